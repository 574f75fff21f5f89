"""Arguments: right by the type of their event and their span, and by role; on the right event, or on any.

An argument is attached when its event is of the same type and on the same trigger as the event of gold that has it.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from annotator.matching.events import ResolvedEvent
from annotator.scoring.attaching import Attachable, attachable
from annotator.scoring.counting import Counts, Part, Row, Rows, in_both, more
from annotator.scoring.document import Document
from annotator.scoring.entity_level import count_entities, refs_of

LEVELS = {
    "argument-I": ("type",),
    "argument-C": ("type", "role"),
    "argument-I-unattached": ("type",),
    "argument-C-unattached": ("type", "role"),
    "entities": ("type", "role"),
}
"""Name and facets of each level."""

_BY_SPAN = ("argument-I", "argument-I-unattached")
_BY_ROLE = ("argument-C", "argument-C-unattached")
_ENTITIES = ("entities",)

_Argument = tuple[str, str, Hashable]
"""Type of its event, role, and span."""
_Key = Callable[[Any], Any]
_TYPE: _Key = itemgetter(slice(1))
_TYPE_AND_ROLE: _Key = itemgetter(0, 1)
_TYPE_AND_SPAN: _Key = itemgetter(0, 2)
_ROLE: _Key = itemgetter(0)
_SPAN: _Key = itemgetter(1)
_ROLE_AND_SPAN: _Key = itemgetter(0, 1)


def count_arguments(gold: Document, predicted: Document) -> Iterator[Part]:
    """Count arguments, and the entities that they are, at every level."""
    events = attachable(gold, predicted)
    if not events.gold and not events.predicted:
        return
    ours, theirs = _all(events.gold), _all(events.predicted)
    roles = Counter(map(_TYPE_AND_ROLE, ours)), Counter(map(_TYPE_AND_ROLE, theirs))
    right_by_span, right_by_role = _attached(events)
    yield _BY_SPAN, Counts(_by_type(roles[0]), _by_type(roles[1]), right_by_span)
    our_refs, their_refs = refs_of(gold), refs_of(predicted)
    if our_refs or their_refs:
        yield _BY_ROLE, Counts(*roles, right_by_role)
        yield _ENTITIES, count_entities(events, our_refs, their_refs)
    else:  # every argument is an entity of its own
        yield _BY_ROLE + _ENTITIES, Counts(*roles, right_by_role)
    # What is right on the right event is right on any: only where something is left may there be more.
    most = min(len(ours), len(theirs))
    if sum(right_by_role.values()) < most:
        anywhere = Counter(map(_TYPE_AND_ROLE, in_both(ours, theirs)))
        yield ("argument-C-unattached",), more(_beside(right_by_role, anywhere))
    if sum(right_by_span.values()) < most:
        same = in_both(list(map(_TYPE_AND_SPAN, ours)), list(map(_TYPE_AND_SPAN, theirs)))
        yield ("argument-I-unattached",), more(_beside(right_by_span, Counter(map(_TYPE, same))))


def _beside(attached: Rows, anywhere: Rows) -> Rows:
    """Give what is right only when it need not be attached."""
    left = {row: number - attached.get(row, 0) for row, number in anywhere.items()}
    return {row: number for row, number in left.items() if number}


def _all(events: Sequence[ResolvedEvent]) -> list[_Argument]:
    return [(event.type, role, where) for event in events for role, where, _ in event.arguments]


def _by_type(roles: Rows) -> Rows:
    types: dict[Row, int] = defaultdict(int)
    for (of_type, _), size in roles.items():
        types[of_type,] += size
    return types


class _Same(NamedTuple):
    """What two events have in common of their arguments."""

    roles: Collection[str]
    """Of arguments of one role and span."""
    spans: int
    """Arguments of one span."""


def _same(one: ResolvedEvent, other: ResolvedEvent) -> _Same:
    ours, theirs = one.arguments, other.arguments
    most = min(len(ours), len(theirs))
    roles = list(map(_ROLE, in_both(list(map(_ROLE_AND_SPAN, ours)), list(map(_ROLE_AND_SPAN, theirs)))))
    if len(roles) == most:
        return _Same(roles, most)
    return _Same(roles, len(in_both(list(map(_SPAN, ours)), list(map(_SPAN, theirs)))))


def _attached(events: Attachable) -> tuple[Rows, Rows]:
    """Give how many arguments match on the right event: their spans by its type, and by its type and their role."""
    same = {(i, j): _same(events.gold[i], events.predicted[j]) for i, j in events.pairs}
    by_span: dict[Row, int] = defaultdict(int)
    for pair in events.best({pair: one.spans for pair, one in same.items()}):
        by_span[events.gold[pair[0]].type,] += same[pair].spans
    by_role: dict[Row, int] = defaultdict(int)
    for pair in events.best({pair: len(one.roles) for pair, one in same.items()}):
        of_type = events.gold[pair[0]].type
        for role in same[pair].roles:
            by_role[of_type, role] += 1
    return by_span, by_role
