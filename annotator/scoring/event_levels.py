"""Whole events: those of both sides that are one event are found first, then their slots are compared one by one.

A slot is an event's type, the span of each of its triggers, and each of its arguments by role and span. A slot is right
when the event that its own is aligned with has it too; all slots of an event that is aligned with none are wrong.
"""

from collections.abc import Callable, Sequence

from annotator.matching.assignment import Pair
from annotator.matching.events import ResolvedEvent, pair_events, pair_without_triggers
from annotator.scoring.counting import Count, Counts, Item, counts, in_both
from annotator.scoring.document import Document

TYPE, TRIGGER = "type", "trigger"
"""The rows of those slots; the others go by their roles."""


def _slots(event: ResolvedEvent) -> list[Item]:
    return [*_slots_without_triggers(event), *(((TRIGGER,), trigger) for trigger in event.triggers)]


def _slots_without_triggers(event: ResolvedEvent) -> list[Item]:
    return [((TYPE,), event.type), *(((argument.role,), argument.span) for argument in event.arguments)]


_Pair = Callable[[Sequence[ResolvedEvent], Sequence[ResolvedEvent]], tuple[Pair, ...]]


def _slot_by_slot(pair: _Pair, slots: Callable[[ResolvedEvent], list[Item]]) -> Count:
    def count(gold: Document, predicted: Document) -> Counts:
        ours, theirs = list(map(slots, gold.events)), list(map(slots, predicted.events))
        aligned = pair(gold.events, predicted.events) if ours and theirs else ()
        return counts(
            (item for event in ours for item in event),
            (item for event in theirs for item in event),
            (item for i, j in aligned for item in in_both(ours[i], theirs[j])),
        )

    return count


count_aligned = _slot_by_slot(pair_events, _slots)
"""Counts slots of events aligned by type and trigger first, then by arguments in common, then by text in common."""

count_without_triggers = _slot_by_slot(pair_without_triggers, _slots_without_triggers)
"""Counts types and arguments of events aligned so that most of these match, as if no side had triggers."""
