"""Arguments: right by the type of their event and their span, and by role; on the right event, or on any.

An argument is attached when its event is of the same type and on the same trigger as the event of gold that has it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from annotator.matching.assignment import Pair, assign
from annotator.matching.events import ResolvedEvent
from annotator.scoring.counting import Count, Counts, Item, counts, in_both, same_items
from annotator.scoring.document import Document
from annotator.text.span import Span

Items = Callable[[ResolvedEvent], list[Item]]
"""Gives what an event has that can be right."""


def arguments_of(event: ResolvedEvent) -> list[Item]:
    """Give the arguments of an event by their spans."""
    return [((event.type,), argument.span) for argument in event.arguments]


def arguments_with_role_of(event: ResolvedEvent) -> list[Item]:
    """Give the arguments of an event by role and span."""
    return [((event.type, argument.role), argument.span) for argument in event.arguments]


def unattached(items: Items) -> Count:
    """Give the count of a level at which an item may be in any event."""
    return same_items(lambda document: [item for event in document.events for item in items(event)])


def attached(items: Items) -> Count:
    """Give the count of a level at which an item only matches in an event of the same type on the same trigger."""

    def count(gold: Document, predicted: Document) -> Counts:
        ours, theirs = with_arguments(gold), with_arguments(predicted)
        return count_attached(
            [items(event) for event in ours],
            [items(event) for event in theirs],
            {(i, j): list(in_both(items(ours[i]), items(theirs[j]))) for i, j in on_one_trigger(ours, theirs)},
        )

    return count


def count_attached(
    gold: Sequence[Iterable[Item]], predicted: Sequence[Iterable[Item]], common: dict[Pair, list[Item]]
) -> Counts:
    """Count items by event, where `common` holds those that two events share; these are paired so that most match."""
    pairs = assign({pair: len(shared) for pair, shared in common.items()})
    return counts(
        (item for event in gold for item in event),
        (item for event in predicted for item in event),
        (item for pair in pairs for item in common[pair]),
    )


def on_one_trigger(gold: Sequence[ResolvedEvent], predicted: Sequence[ResolvedEvent]) -> set[Pair]:
    """Give the index pairs of events of one type on one trigger; events without a trigger share having none."""
    standing: dict[tuple[str, Span | None], list[int]] = defaultdict(list)
    for i, event in enumerate(gold):
        for trigger in event.triggers or (None,):
            standing[event.type, trigger].append(i)
    return {
        (i, j)
        for j, event in enumerate(predicted)
        for trigger in event.triggers or (None,)
        for i in standing.get((event.type, trigger), ())
    }


def with_arguments(document: Document) -> list[ResolvedEvent]:
    """Give the events that have arguments, in an order that depends on their content only."""

    def order(event: ResolvedEvent) -> tuple[object, ...]:
        return (
            sorted(event.triggers),
            event.type,
            sorted((argument.role, argument.span) for argument in event.arguments),
        )

    return sorted((event for event in document.events if event.arguments), key=order)
