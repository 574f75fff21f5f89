"""Which events of two annotations of one article are the same event. Decides by content, never by id.

Events name their mentions by ids that two people, or a person and an extractor, never share; so events are resolved
to spans first, and compared as such.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from annotator.matching.assignment import assign
from annotator.model.event import Certainty, Event, Realis
from annotator.model.mention import Mention
from annotator.text.span import Span


class ResolvedArgument(NamedTuple):
    """A role with the stretch of text that fills it."""

    role: str
    span: Span
    of: str | None = None
    """For numbers: registry id of the side that is counted."""


class Attributes(NamedTuple):
    """What else is said of an event."""

    realis: Realis = "actual"
    certainty: Certainty = "asserted"
    background: bool = False
    hub: str | None = None


class ResolvedEvent(NamedTuple):
    """An event as a value: no ids, its lists in canonical order."""

    type: str
    triggers: tuple[Span, ...]
    """In reading order, each once."""
    arguments: tuple[ResolvedArgument, ...] = ()
    """By role, then in reading order."""
    attributes: Attributes = Attributes()


def resolve(event: Event, mentions: Mapping[str, Mention]) -> ResolvedEvent:
    """Give the event with spans in the place of mention ids.

    `mentions` holds the article's mentions by id; an id that it lacks raises KeyError, as such an event was never
    valid.
    """
    arguments = (ResolvedArgument(item.role, mentions[item.mention].span, item.of) for item in event.arguments)
    return ResolvedEvent(
        event.type,
        tuple(sorted({mentions[trigger].span for trigger in event.triggers})),
        tuple(sorted(arguments, key=_argument_order)),
        Attributes(event.realis, event.certainty, event.background, event.hub),
    )


def pair_events(a: Sequence[ResolvedEvent], b: Sequence[ResolvedEvent]) -> tuple[tuple[int, int], ...]:
    """Give the index pairs of `a` and `b` that are one event, in the order of `a`; one-to-one, of greatest weight.

    Most pairs of equal type with a trigger span in common first, then most arguments in common (role and span), then
    most trigger text in common, then most equal types, sides counted and attributes. Events with neither an argument
    nor trigger text in common are never paired; an event without triggers may be paired by its type.
    """
    order_a, order_b = _canonical(a), _canonical(b)
    weights = {}
    for i, index in enumerate(order_a):
        for j, other in enumerate(order_b):
            if any(weight := _likeness(a[index], b[other])):
                weights[i, j] = weight
    return tuple(sorted((order_a[i], order_b[j]) for i, j in assign(weights)))


def arguments_in_common(a: ResolvedEvent, b: ResolvedEvent) -> int:
    """Give how many arguments both have, by role and span, as multisets: an argument counts once."""
    return (_slots(a) & _slots(b)).total()


def _slots(event: ResolvedEvent) -> Counter[tuple[str, Span]]:
    return Counter((argument.role, argument.span) for argument in event.arguments)


def _likeness(one: ResolvedEvent, other: ResolvedEvent) -> tuple[int, ...]:
    same_type = one.type == other.type
    common = arguments_in_common(one, other)
    trigger_text = sum(trigger.overlap(theirs) for trigger in one.triggers for theirs in other.triggers)
    untriggered = not (one.triggers and other.triggers)
    if not (common or trigger_text or (same_type and untriggered)):
        return (0,)
    return (
        int(same_type and not set(one.triggers).isdisjoint(other.triggers)),
        common,
        trigger_text,
        int(same_type),
        (Counter(one.arguments) & Counter(other.arguments)).total(),
        sum(mine == theirs for mine, theirs in zip(one.attributes, other.attributes, strict=True)),
    )


def _argument_order(argument: ResolvedArgument) -> tuple[str, Span, str]:
    return argument.role, argument.span, argument.of or ""


def _canonical(events: Sequence[ResolvedEvent]) -> list[int]:
    """Give the indices in reading order, ties by what the events say."""

    def key(index: int) -> tuple[object, ...]:
        event = events[index]
        arguments = sorted(map(_argument_order, event.arguments))
        return event.triggers, event.type, arguments, event.attributes[:3], event.attributes.hub or ""

    return sorted(range(len(events)), key=key)
