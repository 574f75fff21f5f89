"""Entities: as arguments with their roles, but any mention of the same entity will do.

An entity is what mentions with one `ref` have in common; an argument without a ref is one of its own. Of several
arguments of an event that are one entity in one role, one is counted. (What CEAF-REE asks, with our one-to-one rules.)
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from annotator.matching.assignment import assign
from annotator.matching.events import ResolvedEvent
from annotator.scoring.argument_levels import count_attached, on_one_trigger, with_arguments
from annotator.scoring.counting import Counts, Item
from annotator.scoring.document import Document
from annotator.text.span import Span

Refs = Mapping[Span, frozenset[str]]
"""What one side says that the mentions at a span refer to; a span without a ref is absent."""


class Filler(NamedTuple):
    """An entity in a role of an event."""

    item: Item
    refs: frozenset[str]
    """Empty where nothing is said."""
    spans: frozenset[Span]
    """Where it stands as an argument of the event."""


def count_entities(gold: Document, predicted: Document) -> Counts:
    """Count the entities in roles of events of the same type on the same trigger."""
    ours, theirs = with_arguments(gold), with_arguments(predicted)
    our_refs, their_refs = _refs(gold), _refs(predicted)
    golden, found = [_fillers(one, our_refs) for one in ours], [_fillers(one, their_refs) for one in theirs]

    def same(one: Filler, other: Filler) -> bool:
        return one.item == other.item and (
            not one.spans.isdisjoint(other.spans)
            or not one.refs.isdisjoint(other.refs)
            or _stands_for(other, one, our_refs)
            or _stands_for(one, other, their_refs)
        )

    def shared(ours: list[Filler], theirs: list[Filler]) -> list[Item]:
        alike = {(x, y): 1 for x, one in enumerate(ours) for y, other in enumerate(theirs) if same(one, other)}
        return [ours[x].item for x, _ in assign(alike)]

    return count_attached(
        [[one.item for one in event] for event in golden],
        [[one.item for one in event] for event in found],
        {(i, j): shared(golden[i], found[j]) for i, j in on_one_trigger(ours, theirs)},
    )


def _stands_for(bare: Filler, entity: Filler, refs: Refs) -> bool:
    """Tell whether a filler without a ref stands where the other side, by its `refs`, has a mention of the entity."""
    return not bare.refs and any(not entity.refs.isdisjoint(refs.get(where, ())) for where in bare.spans)


def _fillers(event: ResolvedEvent, refs: Refs) -> list[Filler]:
    spans: dict[tuple[str, object], list[Span]] = defaultdict(list)
    for argument in event.arguments:
        spans[argument.role, refs.get(argument.span, argument.span)].append(argument.span)
    fillers = []
    for (role, _), standing in spans.items():
        filler = Filler(((event.type, role),), refs.get(standing[0], frozenset()), frozenset(standing))
        # What says the very same twice is a repetition, and counts as one.
        fillers += [filler] * max(Counter(standing).values())
    return sorted(fillers, key=lambda one: (one.item, sorted(one.spans)))


def _refs(document: Document) -> Refs:
    refs: dict[Span, set[str]] = defaultdict(set)
    for mention in document.mentions:
        if mention.ref is not None:
            refs[mention.span].add(mention.ref)
    return {where: frozenset(said) for where, said in refs.items()}
