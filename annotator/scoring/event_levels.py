"""Whole events: those of both sides that are one event are found first, then their slots are compared one by one.

A slot is an event's type, the span of each of its triggers, and each of its arguments by role and span. A slot is right
when the event that its own is aligned with has it too; all slots of an event that is aligned with none are wrong.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from annotator.matching.assignment import Pair
from annotator.matching.events import Common, ResolvedEvent, in_common, pair_events, pair_without_triggers
from annotator.scoring.counting import Counts, Part, Row, Rows, in_both, more
from annotator.scoring.document import Document

LEVELS = {"events-aligned": ("slot",), "events-without-triggers": ("slot",)}
"""Name and facets of each level.

Aligned: by type and trigger first, then by arguments in common, then by text in common. Without triggers: so that most
types and arguments match, as if no side had triggers.
"""

_ALIGNED, _WITHOUT = ("events-aligned",), ("events-without-triggers",)

TYPE, TRIGGER = "type", "trigger"
"""The rows of those slots; the others go by their roles."""


def count_events(gold: Document, predicted: Document) -> Iterator[Part]:
    """Count the slots of events, with triggers and without."""
    ours, theirs = gold.events, predicted.events
    if not ours and not theirs:
        return
    common = in_common(ours, theirs) if ours and theirs else {}
    aligned, without = pair_events(ours, theirs, common), pair_without_triggers(ours, theirs, common)
    right = _right(without, ours, theirs, common)
    if aligned == without:
        yield _ALIGNED + _WITHOUT, Counts(_slots(ours), _slots(theirs), right)
    else:
        yield _ALIGNED + _WITHOUT, Counts(_slots(ours), _slots(theirs), {})
        yield _WITHOUT, more(right)
        yield _ALIGNED, more(_right(aligned, ours, theirs, common))
    same = sum(len(in_both(ours[i].triggers, theirs[j].triggers)) for i, j in aligned)
    yield _ALIGNED, Counts(_triggers(ours), _triggers(theirs), _of_triggers(same))


def _slots(events: Sequence[ResolvedEvent]) -> Rows:
    """Give how many types and arguments events have."""
    slots: Counter[Row] = Counter([(argument.role,) for event in events for argument in event.arguments])
    if events:
        slots[TYPE,] += len(events)
    return slots


def _triggers(events: Iterable[ResolvedEvent]) -> Rows:
    return _of_triggers(sum(len(event.triggers) for event in events))


def _of_triggers(number: int) -> Rows:
    return {(TRIGGER,): number} if number else {}


def _right(
    pairs: Iterable[Pair], gold: Sequence[ResolvedEvent], predicted: Sequence[ResolvedEvent], common: Common
) -> Rows:
    """Give how many types and arguments match in pairs of events."""
    right = Counter[Row]([(role,) for pair in pairs for role, _ in common.get(pair, ())])
    if same := sum(gold[i].type == predicted[j].type for i, j in pairs):
        right[TYPE,] += same
    return right
