"""Arguments: right by the type of their event and their span, and by role; on the right event, or on any.

An argument is attached when its event is of the same type and on the same trigger as the event of gold that has it.
"""

from collections.abc import Callable
from itertools import chain

from annotator.matching.events import ResolvedEvent
from annotator.scoring.attaching import Attachable, attachable, best
from annotator.scoring.counting import Counts, Item, in_both, rows_of, scores
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


def count_arguments(gold: Document, predicted: Document) -> tuple[Counts, ...]:
    """Count arguments, and the entities that they are, at every level."""
    events = attachable(gold, predicted)
    by_span, by_span_anywhere = _count(events, _arguments_of)
    by_role, by_role_anywhere = _count(events, _arguments_with_role_of)
    ours, theirs = refs_of(gold), refs_of(predicted)
    # Without a ref every argument is an entity of its own.
    entities = count_entities(events, ours, theirs) if ours or theirs else by_role
    return by_span, by_role, by_span_anywhere, by_role_anywhere, entities


def _arguments_of(event: ResolvedEvent) -> list[Item]:
    row = (event.type,)
    return [(row, argument.span) for argument in event.arguments]


def _arguments_with_role_of(event: ResolvedEvent) -> list[Item]:
    return [((event.type, argument.role), argument.span) for argument in event.arguments]


def _count(events: Attachable, items: Callable[[ResolvedEvent], list[Item]]) -> tuple[Counts, Counts]:
    """Count items on the right event, and on any."""
    ours, theirs = list(map(items, events.gold)), list(map(items, events.predicted))
    all_ours, all_theirs = list(chain.from_iterable(ours)), list(chain.from_iterable(theirs))
    golden, found = rows_of(all_ours), rows_of(all_theirs)
    attached = best({(i, j): list(in_both(ours[i], theirs[j])) for i, j in events.pairs})
    return (
        scores(golden, found, rows_of(attached)),
        scores(golden, found, rows_of(in_both(all_ours, all_theirs))),
    )
