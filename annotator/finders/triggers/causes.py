"""Which event a casualty is of: the one that its clause names, or the last one before it, or a total over many.

Owns that choice. Sums are told by a trigger of a total in front, or by a word for all the time since.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence

from annotator.finders.triggers.surroundings import Surroundings
from annotator.model.event_words import Reading
from annotator.text.span import CodePoint, Span

FALLBACK = "toll.aggregate"
"""What a casualty is proposed as when nothing violent is named up to it, and when it sums many events."""

CAPTURE = "detain.capture"
"""What hurts nobody by itself: a casualty takes it only when its sentence names nothing else violent."""

_SUMS = (Reading(near=("since",), where="behind", within=8),)
"""What says of a casualty without an event in its sentence that it counts many."""

_Named = Sequence[tuple[Span, str]]


class Causes:
    """The events of a text that may have cost lives, in reading order, each with its type."""

    def __init__(self, events: Iterable[tuple[Span, str]], violent: Collection[str]) -> None:
        named = tuple(events)
        self._violent = [event for event in named if event[1] in violent and event[1] != CAPTURE]
        self._captures = [event for event in named if event[1] == CAPTURE]
        self._totals = [event for event in named if event[1] == FALLBACK]

    def of_casualty(self, casualty: Span, near: Surroundings, sentence: Span) -> str:
        """Give the event type that a casualty word takes."""
        clause = near.clause(casualty)
        if _before(casualty, self._totals, sentence) and not _before(casualty, self._violent, clause):
            return FALLBACK
        return (
            _nearest(casualty, self._violent, clause)
            or _before(casualty, self._violent, sentence)
            or _nearest(casualty, self._totals, sentence)
            or _nearest(casualty, self._violent, sentence)
            or _nearest(casualty, self._captures, sentence)
            or (FALLBACK if near.holding(_SUMS, casualty) else _before(casualty, self._violent))
            or FALLBACK
        )


def _before(casualty: Span, events: _Named, stretch: Span | None = None) -> str | None:
    """Give the type of the last event in front of a casualty, if it lies in the stretch."""
    index = bisect_left(events, casualty.start, key=_start)
    found = events[index - 1] if index else None
    return found[1] if found and (stretch is None or stretch.covers(found[0])) else None


def _nearest(casualty: Span, events: _Named, stretch: Span) -> str | None:
    """Give the type of the event nearest to a casualty in a stretch, the earlier of two."""
    index = bisect_left(events, casualty.start, key=_start)
    beside = [
        (abs(at.start - casualty.start), at.start, key)
        for at, key in events[max(0, index - 1) : index + 1]
        if stretch.covers(at)
    ]
    return min(beside)[2] if beside else None


def _start(event: tuple[Span, str]) -> CodePoint:
    return event[0].start
