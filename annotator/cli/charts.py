"""Small drawings of reports as inline SVG: intervals, bars, lines over time, curves. Knows no article's text.

Colours are the page's own (`currentColor` and its variables), so that light and dark follow it. Every drawing says in
words what it shows.
"""

from collections.abc import Callable, Mapping, Sequence
from html import escape

from annotator.statistics.bootstrap import Interval

Line = tuple[str, Sequence[float | None]]
"""A name, and values from 0 to 1; None is a gap."""

CurvePoint = tuple[float, float, bool]
"""Recall, precision, and whether it is the best point."""

Place = Callable[[int, float], tuple[float, float]]
"""Where on the drawing a value of a step lies."""

_DASHES = ("", "7 4", "2 4", "9 3 2 3", "14 4")
"""Lines are told apart without colours too."""


def interval_dot(figure: float | None, interval: Interval | None, width: int = 160) -> str:
    """Draw where a figure lies between 0 and 1, with its interval; nothing for one without a value."""
    if figure is None:
        return ""
    value = _within(figure)
    low, high = map(_within, interval or (value, value))
    across = [round(at * (width - 8) + 4, 1) for at in (low, value, high)]
    return (
        f'<svg class="bar" width="{width}" height="14" viewBox="0 0 {width} 14" aria-hidden="true">'
        f'<line class="track" x1="4" y1="7" x2="{width - 4}" y2="7"/>'
        f'<line class="reach" x1="{across[0]}" y1="7" x2="{across[2]}" y2="7"/>'
        f'<circle class="dot" cx="{across[1]}" cy="7" r="4"/></svg>'
    )


def whiskered_bar(figure: float | None, interval: Interval | None, width: int = 130) -> str:
    """Draw a figure from 0 to 1 as a bar, its interval as whiskers on its end; nothing for one without a value."""
    if figure is None:
        return ""
    least = 2.0
    end = round(least + _within(figure) * (width - 2 * least), 1)
    drawn = f'<rect class="track-area" x="{least}" y="3" width="{width - 2 * least}" height="10"/>'
    drawn += f'<rect class="column" x="{least}" y="3" width="{round(end - least, 1)}" height="10"/>'
    if interval is not None:
        low, high = (round(least + _within(bound) * (width - 2 * least), 1) for bound in interval)
        ways = f"M{low} 8H{high}M{low} 4V12M{high} 4V12"
        drawn += f'<path class="whisker" d="{ways}"/>'
    return f'<svg class="bar" width="{width}" height="16" viewBox="0 0 {width} 16" aria-hidden="true">{drawn}</svg>'


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


def precision_recall(curves: Mapping[str, Sequence[CurvePoint]], told: str) -> str:
    """Draw precision over recall, a curve each, the best point of each in a ring with the curve's name beside it."""
    width, height, left, right, top, foot = 560, 330, 48, 130, 24, 40

    def place(recall: float, precision: float) -> tuple[float, float]:
        across, down = width - left - right, height - top - foot
        return round(left + _within(recall) * across, 1), round(top + (1 - _within(precision)) * down, 1)

    parts = []
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        (x, y), (first, last) = place(share, share), (place(0, 0), place(1, 1))
        parts.append(f'<path class="grid" fill="none" d="M{first[0]} {y}H{last[0]}M{x} {first[1]}V{last[1]}"/>')
        parts.append(f'<text x="{left - 6}" y="{y + 4}" text-anchor="end">{share:.0%}</text>')
        parts.append(f'<text x="{x}" y="{first[1] + 16}" text-anchor="middle">{share:.0%}</text>')
    parts.append(f'<text x="{place(0.5, 0)[0]}" y="{height - 6}" text-anchor="middle">recall</text>')
    parts.append(f'<text x="{left}" y="{top - 10}" text-anchor="middle">precision</text>')
    known = {
        name: [(place(recall, precision), best) for recall, precision, best in points]
        for name, points in curves.items()
    }
    names = _apart({name: points[-1][0] for name, points in known.items() if points})
    for number, (name, points) in enumerate(known.items()):
        parts.append(_curve(number, [point for point, _ in points]))
        parts += [f'<circle class="ring l{number % 6}" cx="{x}" cy="{y}" r="6"/>' for (x, y), best in points if best]
        if points:
            parts.append(f'<text x="{points[-1][0][0] + 9}" y="{names[name] + 4}">{escape(name)}</text>')
    return _drawing(width, height, told, "".join(parts))


def _curve(number: int, points: Sequence[tuple[float, float]]) -> str:
    """Draw a line through points with a dot on each; of many points the line says enough."""
    dash = _DASHES[number % len(_DASHES)]
    drawn = " ".join(f"{x},{y}" for x, y in points)
    return f'<polyline class="line l{number % 6}" points="{drawn}" stroke-dasharray="{dash}"/>' + "".join(
        f'<circle class="dot l{number % 6}" cx="{x}" cy="{y}" r="2"/>' for x, y in points
    )


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
