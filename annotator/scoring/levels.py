"""What counts as a match, level by level. A new level is a new line of `LEVELS`; nothing else knows them by name.

Most levels compare multisets: each side is a list of items, an item of one side is matched by one equal item of the
other. An item begins with the row of the breakdown that it counts in (type, role, kind), so that the rows always sum
to the total.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable
from dataclasses import dataclass
from operator import itemgetter

from annotator.matching.assignment import assign
from annotator.matching.events import ResolvedEvent
from annotator.matching.numbers import bounds_overlap
from annotator.scoring.document import Amount, Document
from annotator.scoring.score import Score
from annotator.text.span import Span

Row = tuple[str, ...]
Item = tuple[Row, *tuple[Hashable, ...]]
"""A row, and what else must be equal."""
Counts = dict[Row, Score]
"""The counts of one article at one level, by row of its breakdown; rows without anything are absent."""

NO_LABEL = "(none)"
"""The row of items that carry no label."""


@dataclass(frozen=True, slots=True)
class Level:
    """One way to ask how much was right."""

    name: str
    facets: tuple[str, ...]
    """What its rows are broken down by, one name a field of a row."""
    count: Callable[[Document, Document], Counts]
    """Counts one article: gold first."""


_ROW = itemgetter(0)


def _counts(gold: Iterable[Item], predicted: Iterable[Item], matched: Iterable[Item]) -> Counts:
    """Give the counts of three lists of items, by row."""
    right, theirs, ours = (Counter(map(_ROW, items)) for items in (matched, predicted, gold))
    return {row: Score(right[row], theirs[row], ours[row]) for row in ours.keys() | theirs.keys()}


def _in_both(gold: Collection[Item], predicted: Collection[Item]) -> Iterable[Item]:
    """Give the items of both lists, an item as often as both have it."""
    ours, theirs = set(gold), set(predicted)
    if len(ours) == len(gold) and len(theirs) == len(predicted):
        return ours & theirs
    return (Counter(gold) & Counter(predicted)).elements()


def _same_items(items: Callable[[Document], Collection[Item]]) -> Callable[[Document, Document], Counts]:
    """Give the count of a level at which equal items match."""

    def count(gold: Document, predicted: Document) -> Counts:
        ours, theirs = items(gold), items(predicted)
        return _counts(ours, theirs, _in_both(ours, theirs)) if ours or theirs else {}

    return count


def _mentions_strict(document: Document) -> list[Item]:
    return [((mention.kind, mention.label or NO_LABEL), mention.span) for mention in document.mentions]


def _mentions_exact(document: Document) -> list[Item]:
    return [((mention.kind,), mention.span) for mention in document.mentions]


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
                common[i, j] = list(_in_both(items(ours[i]), items(event)))
        pairs = assign({pair: len(shared) for pair, shared in common.items()})
        return _counts(
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
    return _counts(ours, theirs, (ours[i] for i, _ in pairs))


def _amount_order(number: tuple[Row, Span, Amount]) -> tuple[object, ...]:
    _, where, said = number
    return where, [(part is not None, part) for part in said]


LEVELS: tuple[Level, ...] = (
    Level("mentions-strict", ("kind", "label"), _same_items(_mentions_strict)),
    Level("mentions-exact", ("kind",), _same_items(_mentions_exact)),
    Level("trigger-I", (), _same_items(_trigger_spans)),
    Level("trigger-C", ("type",), _same_items(_triggers_with_type)),
    Level("argument-I", ("type",), _attached(_arguments_of)),
    Level("argument-C", ("type", "role"), _attached(_arguments_with_role_of)),
    Level("argument-I-unattached", ("type",), _same_items(_of_all_events(_arguments_of))),
    Level("argument-C-unattached", ("type", "role"), _same_items(_of_all_events(_arguments_with_role_of))),
    Level("numbers-exact", (), _same_items(_amounts)),
    Level("numbers-bounds", (), _numbers_with_bounds),
    Level("article", ("type",), _same_items(_event_types)),
)
"""Every level, in the order in which tables show them."""

ALIASES = {
    "mentions": "mentions-strict",
    "triggers": "trigger-C",
    "arguments": "argument-C",
    "numbers": "numbers-exact",
    "articles": "article",
}
"""Short names for the level of each task that leads."""
