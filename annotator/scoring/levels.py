"""What counts as a match, level by level. A new level is a new line of `MEASURES`; nothing else knows them by name.

Most levels compare multisets: each side is a list of items, an item of one side is matched by one equal item of the
other (`counting.py`).
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from annotator.matching.assignment import assign
from annotator.matching.events import ResolvedEvent
from annotator.matching.numbers import bounds_overlap
from annotator.scoring import event_levels, mention_levels
from annotator.scoring.counting import NO_LABEL, Count, Counts, Item, Row, counts, in_both, same_items
from annotator.scoring.document import Amount, Document
from annotator.text.span import Span


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
    count: Callable[[Document, Document], tuple[Counts, ...]]
    """Counts one article, a result a level: gold first."""


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


def _arguments_of(event: ResolvedEvent) -> list[Item]:
    return [((event.type,), argument.span) for argument in event.arguments]


def _arguments_with_role_of(event: ResolvedEvent) -> list[Item]:
    return [((event.type, argument.role), argument.span) for argument in event.arguments]


def _of_all_events(items: Callable[[ResolvedEvent], list[Item]]) -> Callable[[Document], list[Item]]:
    return lambda document: [item for event in document.events for item in items(event)]


def _attached(items: Callable[[ResolvedEvent], list[Item]]) -> Callable[[Document, Document], Counts]:
    """Give the count of a level at which an item only matches in an event of the same type on the same trigger.

    Where several events share a trigger and a type, they are paired so that most items match. Events that have no
    trigger on either side share having none.
    """

    def count(gold: Document, predicted: Document) -> Counts:
        ours, theirs = _with_arguments(gold), _with_arguments(predicted)
        on_trigger: dict[tuple[str, Span | None], set[int]] = defaultdict(set)
        for i, event in enumerate(ours):
            for trigger in event.triggers or (None,):
                on_trigger[event.type, trigger].add(i)
        common: dict[tuple[int, int], list[Item]] = {}
        for j, event in enumerate(theirs):
            for i in {i for trigger in event.triggers or (None,) for i in on_trigger.get((event.type, trigger), ())}:
                common[i, j] = list(in_both(items(ours[i]), items(event)))
        pairs = assign({pair: len(shared) for pair, shared in common.items()})
        return counts(
            (item for event in ours for item in items(event)),
            (item for event in theirs for item in items(event)),
            (item for pair in pairs for item in common[pair]),
        )

    return count


def _with_arguments(document: Document) -> list[ResolvedEvent]:
    """Give the events that have arguments, in an order that depends on their content only."""

    def order(event: ResolvedEvent) -> tuple[object, ...]:
        return (
            sorted(event.triggers),
            event.type,
            sorted((argument.role, argument.span) for argument in event.arguments),
        )

    return sorted((event for event in document.events if event.arguments), key=order)


def _amounts(document: Document) -> list[tuple[Row, Span, Amount]]:
    """Give the numbers that carry a value: a number without one claims nothing that could be right or wrong."""
    return [((), mention.span, mention.amount) for mention in document.mentions if mention.amount is not None]


def _numbers_with_bounds(gold: Document, predicted: Document) -> Counts:
    """Count the numbers whose span is the same and whose bounds overlap, one-to-one."""
    ours, theirs = sorted(_amounts(gold), key=_amount_order), sorted(_amounts(predicted), key=_amount_order)
    at: dict[Span, list[int]] = defaultdict(list)
    for i, (_, where, _) in enumerate(ours):
        at[where].append(i)
    pairs = assign(
        {
            (i, j): 1
            for j, (_, where, said) in enumerate(theirs)
            for i in at.get(where, ())
            if bounds_overlap(ours[i][2], said)
        }
    )
    return counts(ours, theirs, (ours[i] for i, _ in pairs))


def _amount_order(number: tuple[Row, Span, Amount]) -> tuple[object, ...]:
    _, where, said = number
    return where, [(part is not None, part) for part in said]


MEASURES: tuple[Measure, ...] = (
    Measure(tuple(Level(*named) for named in mention_levels.LEVELS.items()), mention_levels.count_mentions),
    _level("trigger-I", (), same_items(_trigger_spans)),
    _level("trigger-C", ("type",), same_items(_triggers_with_type)),
    _level("argument-I", ("type",), _attached(_arguments_of)),
    _level("argument-C", ("type", "role"), _attached(_arguments_with_role_of)),
    _level("argument-I-unattached", ("type",), same_items(_of_all_events(_arguments_of))),
    _level("argument-C-unattached", ("type", "role"), same_items(_of_all_events(_arguments_with_role_of))),
    _level("events-aligned", ("slot",), event_levels.count_aligned),
    _level("events-without-triggers", ("slot",), event_levels.count_without_triggers),
    _level("numbers-exact", (), same_items(_amounts)),
    _level("numbers-bounds", (), _numbers_with_bounds),
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
