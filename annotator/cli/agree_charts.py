"""Small drawings of the report on agreement as inline SVG: intervals, bars, lines over time. Knows no article's text.

Colours are the page's own (`currentColor` and its variables), so that light and dark follow it. Every drawing says in
words what it shows.
"""

from collections.abc import Callable, Mapping, Sequence
from html import escape

from annotator.agreement.figure import Figure

Line = tuple[str, Sequence[float | None]]
"""A name, and values from 0 to 1; None is a gap."""

Place = Callable[[int, float], tuple[float, float]]
"""Where on the drawing a value of a step lies."""

_DASHES = ("", "7 4", "2 4", "9 3 2 3", "14 4")
"""Lines are told apart without colours too."""


def interval_bar(figure: Figure, width: int = 160) -> str:
    """Draw where a figure lies between 0 and 1, with its interval; nothing for one without a value."""
    if figure.value is None:
        return ""
    value = _within(figure.value)
    low, high = map(_within, figure.interval or (value, value))
    across = [round(at * (width - 8) + 4, 1) for at in (low, value, high)]
    return (
        f'<svg class="bar" width="{width}" height="14" viewBox="0 0 {width} 14" aria-hidden="true">'
        f'<line class="track" x1="4" y1="7" x2="{width - 4}" y2="7"/>'
        f'<line class="reach" x1="{across[0]}" y1="7" x2="{across[2]}" y2="7"/>'
        f'<circle class="dot" cx="{across[1]}" cy="7" r="4"/></svg>'
    )


def histogram(names: Sequence[str], times: Sequence[int], told: str) -> str:
    """Draw how often each of several things happened, as columns with their numbers above them."""
    most = max(times, default=0) or 1
    column, height, foot = 46, 90, 18
    parts = []
    for at, (name, number) in enumerate(zip(names, times, strict=True)):
        tall = round(number / most * (height - 16), 1)
        x, y = at * column + 8, height - tall
        parts.append(
            f'<rect class="column" x="{x}" y="{y}" width="{column - 12}" height="{tall}"/>'
            f'<text x="{x + (column - 12) / 2}" y="{y - 3}" text-anchor="middle">{number}</text>'
            f'<text x="{x + (column - 12) / 2}" y="{height + foot - 5}" text-anchor="middle">{escape(name)}</text>'
        )
    return _drawing(len(names) * column + 8, height + foot, told, "".join(parts))


def over_time(lines: Sequence[Line], steps: Sequence[str], told: str) -> str:
    """Draw lines of values from 0 to 1 over the same steps, the first one thick, each with its name at its end."""
    width, height, left, right, top, foot = 640, 220, 48, 110, 10, 26
    across = (width - left - right) / max(1, len(steps) - 1)

    def place(at: int, value: float) -> tuple[float, float]:
        return round(left + at * across, 1), round(top + (1 - _within(value)) * (height - top - foot), 1)

    parts = []
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        _, y = place(0, share)
        parts.append(f'<line class="grid" x1="{left}" y1="{y}" x2="{width - right}" y2="{y}"/>')
        parts.append(f'<text x="{left - 6}" y="{y + 4}" text-anchor="end">{share:.0%}</text>')
    parts += [
        f'<text x="{place(at, 0)[0]}" y="{height - 6}" text-anchor="middle">{escape(step)}</text>'
        for at, step in enumerate(steps)
    ]
    names = _apart({name: ends[-1] for name, values in lines if (ends := _points(values, place))})
    for number, (name, values) in enumerate(lines):
        if points := _points(values, place):
            drawn = " ".join(f"{x},{y}" for x, y in points)
            dash = _DASHES[number % len(_DASHES)]
            parts.append(f'<polyline class="line l{number % 6}" points="{drawn}" stroke-dasharray="{dash}"/>')
            parts += [f'<circle class="dot l{number % 6}" cx="{x}" cy="{y}" r="3"/>' for x, y in points]
            parts.append(f'<text x="{points[-1][0] + 8}" y="{names[name] + 4}">{escape(name)}</text>')
    return _drawing(width, height, told, "".join(parts))


def _points(values: Sequence[float | None], place: Place) -> list[tuple[float, float]]:
    return [place(at, value) for at, value in enumerate(values) if value is not None]


def _apart(ends: Mapping[str, tuple[float, float]], least: float = 14) -> dict[str, float]:
    """Give the height of each name, moved down where it would lie on another one."""
    heights: dict[str, float] = {}
    last = float("-inf")
    for name, (_, y) in sorted(ends.items(), key=lambda one: one[1][1]):
        last = heights[name] = max(y, last + least)
    return heights


def _drawing(width: int, height: int, told: str, inside: str) -> str:
    said = escape(told)
    return (
        f'<svg width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" aria-label="{said}">'
        f"<title>{said}</title>{inside}</svg>"
    )


def _within(value: float) -> float:
    return min(1.0, max(0.0, value))
