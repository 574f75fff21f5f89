"""Which mentions, events and hubs of two records, or two versions, are the same: `matching` decides, never an id.

Told the other way round it gives the same pairs: ties are broken from the side that comes first by what it says.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from annotator.matching.assignment import assign
from annotator.matching.events import ResolvedEvent, pair_events, resolve
from annotator.matching.mentions import pair_mentions
from annotator.model.event import Event
from annotator.model.mention import Mention
from annotator.model.notation import notation
from annotator.model.record import GoldRecord
from annotator.model.value import NumberValue, TimeValue

Pairs = tuple[tuple[int | None, int | None], ...]
"""Indices on both sides; None where there is nothing of the kind."""


class Alignment(NamedTuple):
    """The same things on both sides of one article."""

    mentions: Pairs
    events: Pairs

    def mirrored(self) -> "Alignment":
        """Give it with the sides exchanged."""
        return Alignment(_mirrored(self.mentions), _mirrored(self.events))


def align(before: GoldRecord, after: GoldRecord) -> Alignment:
    """Give which mentions and events of two records of one text are the same, whichever comes first."""
    if _content(after) < _content(before):
        return _aligned(after, before).mirrored()
    return _aligned(before, after)


def with_itself(record: GoldRecord) -> Alignment:
    """Give the alignment of a record with one that is equal, in the same order."""
    mentions, events = (
        tuple((place, place) for place in range(len(held))) for held in (record.mentions, record.events)
    )
    return Alignment(mentions, events)


def _aligned(one: GoldRecord, other: GoldRecord) -> Alignment:
    mentions = pair_mentions(one.mentions, other.mentions)
    ours, theirs = ({mention.id: mention for mention in record.mentions} for record in (one, other))
    for i, j in mentions:
        # An event is the same though an edge of what it holds has moved: both sides see the stretch of the two.
        a, b = one.mentions[i], other.mentions[j]
        both = {"start": min(a.start, b.start), "end": max(a.end, b.end)}
        ours[a.id], theirs[b.id] = a.model_copy(update=both), b.model_copy(update=both)
    events = pair_events(_resolved(one, ours), _resolved(other, theirs))
    return Alignment(
        _with_alone(mentions, len(one.mentions), len(other.mentions)),
        _with_alone(events, len(one.events), len(other.events)),
    )


def _resolved(record: GoldRecord, mentions: Mapping[str, Mention]) -> list[ResolvedEvent]:
    return [resolve(event, mentions) for event in record.events]


def _with_alone(pairs: Sequence[tuple[int, int]], ours: int, theirs: int) -> Pairs:
    paired_a, paired_b = {i for i, _ in pairs}, {j for _, j in pairs}
    alone_a = tuple((i, None) for i in range(ours) if i not in paired_a)
    alone_b = tuple((None, j) for j in range(theirs) if j not in paired_b)
    return (*pairs, *alone_a, *alone_b)


def _mirrored(pairs: Pairs) -> Pairs:
    return tuple((j, i) for i, j in pairs)


def _content(record: GoldRecord) -> tuple[str, ...]:
    """Sort key: what a record says, whatever its ids and order."""
    by_id = {mention.id: mention for mention in record.mentions}
    mentions = (
        repr((one.start, one.end, one.kind, one.label, one.ref, notation(without_of(one.value))))
        for one in record.mentions
    )
    events = (repr(resolve(event.model_copy(update={"hub": None}), by_id)) for event in record.events)
    return (*sorted(mentions), "", *sorted(events))


def without_of(value: NumberValue | TimeValue | None) -> NumberValue | TimeValue | None:
    """Give a value without the id of the mention that a fraction is taken of."""
    return value.model_copy(update={"of": None}) if isinstance(value, NumberValue) else value


def same_hubs(pairs: Iterable[tuple[Event, Event]]) -> dict[str, str]:
    """Give which hub of the newer version each of the older one is: the one with most tellings in common.

    `pairs` are the events that are the same, of all articles.
    """
    shared = Counter((one.hub, other.hub) for one, other in pairs if one.hub is not None and other.hub is not None)
    names = [sorted({pair[side] for pair in shared}) for side in (0, 1)]
    weights = {
        (names[0].index(one), names[1].index(other)): (times, int(one == other))
        for (one, other), times in shared.items()
    }
    mirrored = {(j, i): weight for (i, j), weight in weights.items()}
    if sorted(mirrored.items()) < sorted(weights.items()):
        matched = tuple((i, j) for j, i in assign(mirrored))
    else:
        matched = assign(weights)
    return {names[0][i]: names[1][j] for i, j in matched}
