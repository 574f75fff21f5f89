"""Which events of both sides something may be attached to: those of one type on one trigger. Counts nothing."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from annotator.matching.assignment import Pair, assign, one_to_one
from annotator.matching.events import ResolvedEvent
from annotator.scoring.document import Document
from annotator.text.span import Span


class Attachable(NamedTuple):
    """The events of an article that have arguments, and which of them may be one."""

    gold: Sequence[ResolvedEvent]
    predicted: Sequence[ResolvedEvent]
    pairs: Sequence[Pair]
    """Index pairs of events of one type on one trigger; events without a trigger share having none."""
    one_to_one: bool
    """Whether no event is in two pairs, so that there is nothing to choose."""

    def best(self, common: Mapping[Pair, int]) -> Sequence[Pair]:
        """Give the pairs, one-to-one, of which most is in common, by what each has."""
        return list(common) if self.one_to_one else assign(common)


def attachable(gold: Document, predicted: Document) -> Attachable:
    """Give the events with arguments; where one may be several, in an order that depends on their content only."""
    ours = [event for event in gold.events if event.arguments]
    theirs = [event for event in predicted.events if event.arguments]
    pairs = _on_one_trigger(ours, theirs)
    nothing_to_choose = one_to_one(pairs)
    if not nothing_to_choose:
        ours.sort(key=_by_content)
        theirs.sort(key=_by_content)
        pairs = _on_one_trigger(ours, theirs)
    return Attachable(ours, theirs, sorted(pairs), nothing_to_choose)


def _on_one_trigger(gold: Sequence[ResolvedEvent], predicted: Sequence[ResolvedEvent]) -> set[Pair]:
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


def _by_content(event: ResolvedEvent) -> tuple[object, ...]:
    return (
        sorted(event.triggers),
        event.type,
        sorted((argument.role, argument.span) for argument in event.arguments),
    )
