"""How many an event killed, as one claim of bounds, and the one figure that event data sets want for it.

Owns how numbers of one event are put together, and how a figure is derived of bounds. A figure is worked out where it
leaves, and never stored: the bounds are what the text says.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from annotator.formats.tools.document import Filled, Marked
from annotator.model.registry import Registry
from annotator.model.value import NumberValue

KILLED = "killed"
"""The role whose numbers count the dead."""

VAGUE: Mapping[tuple[int | None, int | None], int] = {(20, 99): 12, (200, 999): 100, (2000, 9999): 1000}
"""What ACLED writes for dozens, hundreds and thousands, by the bounds that these words have here."""


class Toll(NamedTuple):
    """How many were killed; None is open, or not said."""

    low: int | None
    high: int | None
    figure: int | None
    """The one figure, on the cautious side: the text's own nearest, else the lower bound."""


NOTHING = Toll(None, None, None)


def toll(arguments: Iterable[Filled], marks: Mapping[str, Marked], registry: Registry) -> Toll:
    """Give the toll of an event.

    What one side lost is told again and again: of its figures the largest counts, and what comes on top of it. A side
    that is part of another is not counted beside it. Sides are added; a figure without a side is that of all, if it is
    larger. Parts of other figures add nothing.
    """
    arguments = list(arguments)
    named = {one.of for one in arguments if one.role == KILLED and one.of is not None}
    sides: dict[str | None, list[NumberValue]] = {}
    for one in arguments:
        mark = marks.get(one.target)
        if one.role == KILLED and mark is not None and isinstance(mark.value, NumberValue) and mark.value.num is None:
            sides.setdefault(_outermost(one.of, named, registry), []).append(mark.value)
    of_all = _of_side(sides.pop(None, []))
    added = _sum([_of_side(values) for values in sides.values()])
    return max((of_all, added), key=lambda one: (one.figure is not None, one.figure or 0, one != NOTHING))


def _outermost(side: str | None, named: Collection[str], registry: Registry) -> str | None:
    """Give the side that a side is part of, directly or not, as far as it is among those named; else the side."""
    found = above = side
    seen: set[str] = set()
    while above is not None and above not in seen:
        seen.add(above)
        found = above if above in named else found
        entry = registry.actors.get(above)
        above = None if entry is None else entry.part_of
    return found


def _of_side(values: list[NumberValue]) -> Toll:
    told = [_claim(value) for value in values if value.scope != "additional"]
    more = [_claim(value) for value in values if value.scope == "additional"]
    largest = [max(told, key=lambda one: (one.figure or 0, one.low or 0))] if told else []
    return _sum([*largest, *more])


def _claim(value: NumberValue) -> Toll:
    figure = VAGUE.get((value.low, value.high)) if value.qualifier == "vague" else None
    if figure is None:
        figure = value.best if value.best is not None else value.low
    return Toll(value.low, value.high, figure)


def _sum(tolls: list[Toll]) -> Toll:
    """Give all of them together: where one is open upwards, so is the sum."""
    if not tolls:
        return NOTHING
    lows = [one.low for one in tolls if one.low is not None]
    highs = [one.high for one in tolls if one.high is not None]
    figures = [one.figure for one in tolls if one.figure is not None]
    high = sum(highs) if len(highs) == len(tolls) else None
    return Toll(sum(lows) if lows else None, high, sum(figures) if figures else None)
