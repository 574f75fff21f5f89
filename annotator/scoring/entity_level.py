"""Entities: as arguments with their roles, but any mention of the same entity will do.

An entity is what mentions with one `ref` have in common; an argument without a ref is one of its own. Of several
arguments of an event that are one entity in one role, one is counted. (What CEAF-REE asks, with our one-to-one rules.)
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from annotator.matching.assignment import assign
from annotator.matching.events import ResolvedEvent
from annotator.scoring.attaching import Attachable
from annotator.scoring.counting import Counts, Item, rows_of
from annotator.scoring.document import Document
from annotator.text.span import Span

Refs = Mapping[Span, frozenset[str]]
"""What one side says that the mentions at a span refer to; a span without a ref is absent."""

_NOBODY: frozenset[str] = frozenset()


class Filler(NamedTuple):
    """An entity in a role of an event."""

    item: Item
    refs: frozenset[str]
    """Empty where nothing is said."""
    spans: frozenset[Span]
    """Where it stands as an argument of the event."""


def count_entities(events: Attachable, our_refs: Refs, their_refs: Refs) -> Counts:
    """Count the entities in roles of events that arguments may be attached to, by what each side refers to."""
    ours = [_fillers(event, our_refs) for event in events.gold]
    theirs = [_fillers(event, their_refs) for event in events.predicted]

    def same(one: Filler, other: Filler) -> bool:
        return one.item == other.item and (
            not one.spans.isdisjoint(other.spans)
            or not one.refs.isdisjoint(other.refs)
            or _stands_for(other, one, our_refs)
            or _stands_for(one, other, their_refs)
        )

    def common(i: int, j: int) -> list[Item]:
        alike = {(x, y): 1 for x, one in enumerate(ours[i]) for y, other in enumerate(theirs[j]) if same(one, other)}
        return [ours[i][x].item for x, _ in assign(alike)]

    shared = {pair: common(*pair) for pair in events.pairs}
    best = events.best({pair: len(items) for pair, items in shared.items()})
    return Counts(
        rows_of(one.item for event in ours for one in event),
        rows_of(one.item for event in theirs for one in event),
        rows_of(item for pair in best for item in shared[pair]),
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
        filler = Filler(((event.type, role),), refs.get(standing[0], _NOBODY), frozenset(standing))
        # What says the very same twice is a repetition, and counts as one.
        fillers += [filler] * (1 if len(filler.spans) == len(standing) else max(Counter(standing).values()))
    return fillers


def refs_of(document: Document) -> Refs:
    """Give what the mentions of one side refer to."""
    refs: dict[Span, set[str]] = defaultdict(set)
    for mention in document.mentions:
        if mention.ref is not None:
            refs[mention.span].add(mention.ref)
    return {where: frozenset(said) for where, said in refs.items()}
