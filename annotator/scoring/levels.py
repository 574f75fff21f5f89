"""What counts as a match, level by level. A new level is a new line of `MEASURES`; nothing else knows them by name.

Most levels compare multisets: each side is a list of items, an item of one side is matched by one equal item of the
other (`counting.py`).
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from annotator.errors import Refusal
from annotator.scoring import argument_levels, event_levels, mention_levels, number_levels
from annotator.scoring.counting import NO_LABEL, Count, Counts, Item, same_items
from annotator.scoring.document import Document

CountAll = Callable[[Document, Document], tuple[Counts, ...]]
Plan = tuple[tuple[CountAll, tuple[str | None, ...]], ...]


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
    """Counts one article, a result a level: gold first."""


def _measure(levels: Mapping[str, tuple[str, ...]], count: CountAll) -> Measure:
    return Measure(tuple(Level(name, facets) for name, facets in levels.items()), count)


def _level(name: str, facets: tuple[str, ...], count: Count) -> Measure:
    return Measure((Level(name, facets),), lambda gold, predicted: (count(gold, predicted),))


def _triggers_with_type(document: Document) -> list[Item]:
    """Give every trigger of every event, and the trigger mentions that no event uses, by the type they carry."""
    items: list[Item] = [((event.type,), trigger) for event in document.events for trigger in event.triggers]
    used = {trigger for event in document.events for trigger in event.triggers}
    for mention in document.mentions:
        if mention.kind == "trigger" and mention.span not in used:
            items.append(((mention.label or NO_LABEL,), mention.span))
    return items


def _trigger_spans(document: Document) -> list[Item]:
    return [((), *where) for _, *where in _triggers_with_type(document)]


def _event_types(document: Document) -> set[Item]:
    """Give each event type that the article has, once: also of events without triggers, and of lone triggers."""
    types: set[Item] = {((event.type,),) for event in document.events}
    return types | {(row,) for row, *_ in _triggers_with_type(document) if row != (NO_LABEL,)}


MEASURES: tuple[Measure, ...] = (
    _measure(mention_levels.LEVELS, mention_levels.count_mentions),
    _level("trigger-I", (), same_items(_trigger_spans)),
    _level("trigger-C", ("type",), same_items(_triggers_with_type)),
    _measure(argument_levels.LEVELS, argument_levels.count_arguments),
    _level("events-aligned", ("slot",), event_levels.count_aligned),
    _level("events-without-triggers", ("slot",), event_levels.count_without_triggers),
    _level("numbers-exact", (), number_levels.count_exact),
    _level("numbers-bounds", (), number_levels.count_bounds),
    _level("numbers-within", (), number_levels.count_within),
    _level("article", ("type",), same_items(_event_types)),
)
"""What is counted, in the order in which tables show it."""

LEVELS: tuple[Level, ...] = tuple(level for measure in MEASURES for level in measure.levels)
"""Every level, in that order."""

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


def plan(levels: Collection[Level] = LEVELS) -> Plan:
    """Give what must be counted for levels, each count with the names of what it gives; None for what is not asked."""
    return tuple(
        (measure.count, tuple(level.name if level in levels else None for level in measure.levels))
        for measure in MEASURES
        if not set(levels).isdisjoint(measure.levels)
    )
