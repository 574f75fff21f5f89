"""Arguments: right by the type of their event and their span, and by role; on the right event, or on any.

An argument is attached when its event is of the same type and on the same trigger as the event of gold that has it.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Sequence
from operator import itemgetter
from typing import Any

from annotator.matching.events import ResolvedArgument, ResolvedEvent
from annotator.scoring.attaching import Attachable, attachable
from annotator.scoring.counting import NOTHING, Counts, Row, Rows, in_both
from annotator.scoring.document import Document
from annotator.scoring.entity_level import count_entities, refs_of

LEVELS = {
    "argument-I": ("type",),
    "argument-C": ("type", "role"),
    "argument-I-unattached": ("type",),
    "argument-C-unattached": ("type", "role"),
    "entities": ("type", "role"),
}
"""Name and facets of each level, in the order in which `count_arguments` gives them."""

_Argument = tuple[str, str, Hashable]
"""Type of its event, role, and span."""
_Key = Callable[[Any], Any]
_TYPE: _Key = itemgetter(slice(1))
_TYPE_AND_ROLE: _Key = itemgetter(0, 1)
_TYPE_AND_SPAN: _Key = itemgetter(0, 2)
_SPAN: _Key = itemgetter(1)
_ROLE_AND_SPAN: _Key = itemgetter(0, 1)


def count_arguments(gold: Document, predicted: Document) -> tuple[Counts, ...]:
    """Count arguments, and the entities that they are, at every level."""
    events = attachable(gold, predicted)
    if not events.gold and not events.predicted:
        return (NOTHING,) * len(LEVELS)
    ours, theirs = _all(events.gold), _all(events.predicted)
    roles = Counter(map(_TYPE_AND_ROLE, ours)), Counter(map(_TYPE_AND_ROLE, theirs))
    types = _by_type(roles[0]), _by_type(roles[1])
    by_span = Counts(*types, _attached_by_span(events))
    by_role = Counts(*roles, _attached_by_role(events))
    # What is right on the right event is right on any: only where something is left may there be more.
    most = min(len(ours), len(theirs))
    by_role_anywhere = by_role
    if sum(by_role.right.values()) < most:
        by_role_anywhere = Counts(*roles, Counter(map(_TYPE_AND_ROLE, in_both(ours, theirs))))
    by_span_anywhere = by_span
    if sum(by_span.right.values()) < most:
        same = in_both(list(map(_TYPE_AND_SPAN, ours)), list(map(_TYPE_AND_SPAN, theirs)))
        by_span_anywhere = Counts(*types, Counter(map(_TYPE, same)))
    our_refs, their_refs = refs_of(gold), refs_of(predicted)
    # Without a ref every argument is an entity of its own.
    entities = count_entities(events, our_refs, their_refs) if our_refs or their_refs else by_role
    return by_span, by_role, by_span_anywhere, by_role_anywhere, entities


def _all(events: Sequence[ResolvedEvent]) -> list[_Argument]:
    return [(event.type, role, where) for event in events for role, where, _ in event.arguments]


def _by_type(roles: Rows) -> Rows:
    types: dict[Row, int] = defaultdict(int)
    for (of_type, _), size in roles.items():
        types[of_type,] += size
    return types


def _attached_by_span(events: Attachable) -> Rows:
    """Give how many spans of arguments match on the right event, by its type."""
    common = {pair: len(_shared(events, pair, _SPAN)) for pair in events.pairs}
    right: dict[Row, int] = defaultdict(int)
    for pair in events.best(common):
        right[events.gold[pair[0]].type,] += common[pair]
    return right


def _attached_by_role(events: Attachable) -> Rows:
    """Give how many arguments match on the right event, by its type and their role."""
    shared = {pair: _shared(events, pair, _ROLE_AND_SPAN) for pair in events.pairs}
    common = {pair: len(same) for pair, same in shared.items()}
    right: dict[Row, int] = defaultdict(int)
    for pair in events.best(common):
        of_type = events.gold[pair[0]].type
        for argument in shared[pair]:
            right[of_type, argument[0]] += 1
    return right


def _shared(events: Attachable, pair: tuple[int, int], key: _Key) -> Collection[Any]:
    """Give what two events have in common of their arguments, by some part of these."""
    ours: tuple[ResolvedArgument, ...] = events.gold[pair[0]].arguments
    theirs = events.predicted[pair[1]].arguments
    return in_both(list(map(key, ours)), list(map(key, theirs)))
