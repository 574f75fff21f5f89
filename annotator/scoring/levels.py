"""What counts as a match, level by level. A new level is a new line of `MEASURES`; nothing else knows them by name.

Most levels compare multisets: each side is a list of items, an item of one side is matched by one equal item of the
other (`counting.py`).
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from annotator.errors import Refusal
from annotator.scoring import argument_levels, event_levels, mention_levels, number_levels, trigger_levels
from annotator.scoring.counting import Part
from annotator.scoring.document import Document
from annotator.scoring.score import Score

CountAll = Callable[[Document, Document], Iterable[Part]]


@dataclass(frozen=True, slots=True)
class Level:
    """One way to ask how much was right."""

    name: str
    facets: tuple[str, ...]
    """What its rows are broken down by, one name a field of a row."""


@dataclass(frozen=True, slots=True)
class Measure:
    """Levels that are counted together, as they look at the same things."""

    levels: tuple[Level, ...]
    count: CountAll
    """Counts one article: gold first."""


def _measure(levels: Mapping[str, tuple[str, ...]], count: CountAll) -> Measure:
    return Measure(tuple(Level(name, facets) for name, facets in levels.items()), count)


MEASURES: tuple[Measure, ...] = (
    _measure(mention_levels.LEVELS, mention_levels.count_mentions),
    _measure(trigger_levels.LEVELS, trigger_levels.count_triggers),
    _measure(argument_levels.LEVELS, argument_levels.count_arguments),
    _measure(event_levels.LEVELS, event_levels.count_events),
    _measure(number_levels.LEVELS, number_levels.count_numbers),
)
"""What is counted."""

_WIDEST = "article"

LEVELS: tuple[Level, ...] = tuple(
    sorted((level for measure in MEASURES for level in measure.levels), key=lambda level: level.name == _WIDEST)
)
"""Every level, in the order in which tables show it: that of measures, the level of whole articles last."""

ALIASES = {
    "mentions": "mentions-strict",
    "triggers": "trigger-C",
    "arguments": "argument-C",
    "events": "events-aligned",
    "numbers": "numbers-exact",
    "articles": "article",
}
"""Short names for the level of each task that leads."""


def chosen(names: Collection[str]) -> tuple[Level, ...]:
    """Give the levels of those names or short names, in the order of tables; all where none is named.

    Raises `Refusal` `usage` for a name that is none.
    """
    known = {level.name for level in LEVELS}
    full = {ALIASES.get(name, name) for name in names}
    for name in sorted(full - known):
        raise Refusal("usage", f"{name!r} is no level.", f"Levels are {', '.join([*ALIASES, *sorted(known)])}.")
    return tuple(level for level in LEVELS if level.name in full) if full else LEVELS


NONE = Score()


class Plan:
    """What must be counted for some levels."""

    def __init__(self, levels: Collection[Level] = LEVELS) -> None:
        self.names = tuple(level.name for level in levels)
        self._counts = [measure.count for measure in MEASURES if not set(levels).isdisjoint(measure.levels)]
        self._asked: dict[tuple[str, ...], tuple[str, ...]] = {}

    def parts(self, gold: Document, predicted: Document) -> Iterator[Part]:
        """Count one article, gold first: give the parts of what its levels count."""
        asked = self._asked
        for count in self._counts:
            for levels, counts in count(gold, predicted):
                if levels not in asked:
                    asked[levels] = tuple(name for name in levels if name in self.names)
                if asked[levels]:
                    yield asked[levels], counts

    def totals(self, gold: Document, predicted: Document) -> dict[str, Score]:
        """Count one article, gold first: give the score of each level, without its breakdown."""
        totals = dict.fromkeys(self.names, NONE)
        for levels, counts in self.parts(gold, predicted):
            part = counts.total()
            for name in levels:
                whole = totals[name]
                totals[name] = part if whole is NONE else whole.plus(part)
        return totals
