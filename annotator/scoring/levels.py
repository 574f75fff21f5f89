"""What counts as a match, level by level. A new level is a new line of `LEVELS`; nothing else knows them by name.

Most levels compare multisets: each side is a list of items, an item of one side is matched by one equal item of the
other. The first fields of an item name the row of the breakdown that it counts in (type, role, kind), so that the
rows always sum to the total.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass

from annotator.matching.assignment import assign
from annotator.matching.events import ResolvedEvent
from annotator.matching.numbers import bounds_overlap
from annotator.scoring.document import Amount, Document
from annotator.scoring.score import Score
from annotator.text.span import Span

Row = tuple[str, ...]
Item = tuple[Hashable, ...]
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


def _counts(gold: Iterable[Item], predicted: Iterable[Item], matched: Iterable[Item], facets: int) -> Counts:
    """Give the counts of three lists of items, by the first `facets` fields."""
    counted: dict[Row, list[int]] = {}
    for place, items in enumerate((matched, predicted, gold)):
        for item in items:
            counted.setdefault(item[:facets], [0, 0, 0])[place] += 1  # type: ignore[arg-type]
    return {row: Score(*counts) for row, counts in counted.items()}


def _same_items(facets: tuple[str, ...], items: Callable[[Document], Iterable[Item]]) -> Callable[..., Counts]:
    """Give the count of a level at which equal items match."""

    def count(gold: Document, predicted: Document) -> Counts:
        ours, theirs = Counter(items(gold)), Counter(items(predicted))
        return _counts(ours.elements(), theirs.elements(), (ours & theirs).elements(), len(facets))

    return count


def _mentions_strict(document: Document) -> Iterator[Item]:
    return ((mention.kind, mention.label or NO_LABEL, mention.span) for mention in document.mentions)


def _mentions_exact(document: Document) -> Iterator[Item]:
    return ((mention.kind, mention.span) for mention in document.mentions)


def _triggers_with_type(document: Document) -> Iterator[Item]:
    """Give every trigger of every event, and the trigger mentions that no event uses, by the type they carry."""
    used: set[Span] = set()
    for event in document.events:
        used.update(event.triggers)
        for trigger in event.triggers:
            yield event.type, trigger
    for mention in document.mentions:
        if mention.kind == "trigger" and mention.span not in used:
            yield mention.label or NO_LABEL, mention.span


def _trigger_spans(document: Document) -> Iterator[Item]:
    return ((trigger,) for _, trigger in _triggers_with_type(document))


def _event_types(document: Document) -> set[Item]:
    types: set[Item] = {(event.type,) for event in document.events}
    return types | {(kind,) for kind, _ in _triggers_with_type(document) if kind != NO_LABEL}


def _arguments_of(event: ResolvedEvent) -> list[Item]:
    return [(event.type, argument.span) for argument in event.arguments]


def _arguments_with_role_of(event: ResolvedEvent) -> list[Item]:
    return [(event.type, argument.role, argument.span) for argument in event.arguments]


def _of_all_events(items: Callable[[ResolvedEvent], list[Item]]) -> Callable[[Document], Iterator[Item]]:
    return lambda document: (item for event in document.events for item in items(event))


def _attached(facets: tuple[str, ...], items: Callable[[ResolvedEvent], list[Item]]) -> Callable[..., Counts]:
    """Give the count of a level at which an item only matches in an event of the same type on the same trigger.

    Where several events share a trigger and a type, they are paired so that most items match. Events that have no
    trigger on either side share having none.
    """

    def count(gold: Document, predicted: Document) -> Counts:
        ours = sorted((event for event in gold.events if event.arguments), key=_event_order)
        theirs = sorted((event for event in predicted.events if event.arguments), key=_event_order)
        on_trigger: dict[tuple[str, Span | None], set[int]] = defaultdict(set)
        for i, event in enumerate(ours):
            for trigger in event.triggers or (None,):
                on_trigger[event.type, trigger].add(i)
        common: dict[tuple[int, int], Counter[Item]] = {}
        for j, event in enumerate(theirs):
            for i in {i for trigger in event.triggers or (None,) for i in on_trigger[event.type, trigger]}:
                common[i, j] = Counter(items(ours[i])) & Counter(items(event))
        pairs = assign({pair: shared.total() for pair, shared in common.items()})
        return _counts(
            (item for event in ours for item in items(event)),
            (item for event in theirs for item in items(event)),
            (item for pair in pairs for item in common[pair].elements()),
            len(facets),
        )

    return count


def _event_order(event: ResolvedEvent) -> tuple[object, ...]:
    return sorted(event.triggers), event.type, sorted((argument.role, argument.span) for argument in event.arguments)


def _amounts(document: Document) -> Iterator[tuple[Span, Amount]]:
    """Give the numbers that carry a value: a number without one claims nothing that could be right or wrong."""
    return ((mention.span, mention.amount) for mention in document.mentions if mention.amount is not None)


def _numbers_with_bounds(gold: Document, predicted: Document) -> Counts:
    """Count the numbers whose span is the same and whose bounds overlap, one-to-one."""
    ours, theirs = sorted(_amounts(gold), key=_amount_order), sorted(_amounts(predicted), key=_amount_order)
    at: dict[Span, list[int]] = defaultdict(list)
    for i, (where, _) in enumerate(ours):
        at[where].append(i)
    pairs = assign(
        {(i, j): 1 for j, (where, said) in enumerate(theirs) for i in at[where] if bounds_overlap(ours[i][1], said)}
    )
    return _counts(ours, theirs, (ours[i] for i, _ in pairs), 0)


def _amount_order(number: tuple[Span, Amount]) -> tuple[object, ...]:
    where, said = number
    return where, [(part is not None, part) for part in said]


def _level(name: str, facets: tuple[str, ...], items: Callable[[Document], Iterable[Item]]) -> Level:
    return Level(name, facets, _same_items(facets, items))


_TYPE, _TYPE_AND_ROLE = ("type",), ("type", "role")

LEVELS: tuple[Level, ...] = (
    _level("mentions-strict", ("kind", "label"), _mentions_strict),
    _level("mentions-exact", ("kind",), _mentions_exact),
    _level("trigger-I", (), _trigger_spans),
    _level("trigger-C", _TYPE, _triggers_with_type),
    Level("argument-I", _TYPE, _attached(_TYPE, _arguments_of)),
    Level("argument-C", _TYPE_AND_ROLE, _attached(_TYPE_AND_ROLE, _arguments_with_role_of)),
    _level("argument-I-unattached", _TYPE, _of_all_events(_arguments_of)),
    _level("argument-C-unattached", _TYPE_AND_ROLE, _of_all_events(_arguments_with_role_of)),
    _level("numbers-exact", (), _amounts),
    Level("numbers-bounds", (), _numbers_with_bounds),
    _level("article", _TYPE, _event_types),
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
