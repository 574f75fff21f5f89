"""Which events of two annotations of one article are the same event. Decides by content, never by id.

Events name their mentions by ids that two people, or a person and an extractor, never share; so events are resolved
to spans first, and compared as such.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from annotator.matching.assignment import Pair, Weight, assign, one_to_one
from annotator.matching.clusters import Cluster, clusters
from annotator.matching.spans import overlapping
from annotator.text.span import Span

if TYPE_CHECKING:
    from annotator.model.event import Certainty, Event, Realis
    from annotator.model.mention import Mention


class ResolvedArgument(NamedTuple):
    """A role with the stretch of text that fills it."""

    role: str
    span: Span
    of: str | None = None
    """For numbers: registry id of the side that is counted."""


class Attributes(NamedTuple):
    """What else is said of an event."""

    realis: "Realis" = "actual"
    certainty: "Certainty" = "asserted"
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


Slot = tuple[str, Span]
"""Role and span of an argument."""
Common = Mapping[Pair, Sequence[Slot]]
"""The arguments that two events have in common, by index pair."""


def resolve(event: "Event", mentions: "Mapping[str, Mention]") -> ResolvedEvent:
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


def pair_events(
    a: Sequence[ResolvedEvent], b: Sequence[ResolvedEvent], common: Common | None = None
) -> tuple[tuple[int, int], ...]:
    """Give the index pairs of `a` and `b` that are one event, in the order of `a`; one-to-one, of greatest weight.

    Most pairs of equal type with a trigger span in common first, then most arguments in common (role and span), then
    most trigger text in common, then most equal types, sides counted and attributes. Events with neither an argument
    nor trigger text in common are never paired; an event without triggers may be paired by its type. `common` is what
    `in_common` gives, where that is known already.
    """
    pairs = _maybe_same(a, b, in_common(a, b) if common is None else common)
    return _paired(a, b, pairs, lambda pair: _likeness(a[pair[0]], b[pair[1]]))


def pair_without_triggers(
    a: Sequence[ResolvedEvent], b: Sequence[ResolvedEvent], common: Common | None = None
) -> tuple[tuple[int, int], ...]:
    """Give the index pairs of `a` and `b` that are one event as far as types and arguments tell, in the order of `a`.

    One-to-one, with most types and arguments (role and span) in common; events with neither in common are never paired.
    `common` as in `pair_events`.
    """
    slots = in_common(a, b) if common is None else common
    of_type: dict[str, list[int]] = defaultdict(list)
    for j, event in enumerate(b):
        of_type[event.type].append(j)
    alike = {(i, j) for i, event in enumerate(a) for j in of_type.get(event.type, ())}
    return _paired(a, b, alike | slots.keys(), lambda pair: (pair in alike) + len(slots.get(pair, ())))


def _paired(
    a: Sequence[ResolvedEvent], b: Sequence[ResolvedEvent], pairs: Collection[Pair], weigh: Callable[[Pair], Weight]
) -> tuple[Pair, ...]:
    """Pair by weight; ties go by content alone: neither an order nor which side is `a` changes who is paired.

    All pairs weigh something, so that nothing is weighed where nothing is to be chosen.
    """
    if one_to_one(pairs):
        return tuple(sorted(pairs))
    keys_a, keys_b = list(map(_by_content, a)), list(map(_by_content, b))
    order_a, order_b = sorted(range(len(a)), key=keys_a.__getitem__), sorted(range(len(b)), key=keys_b.__getitem__)
    ordered_a, ordered_b = [keys_a[index] for index in order_a], [keys_b[index] for index in order_b]
    if ordered_a == ordered_b:  # nothing is liker to an event than its equal
        return tuple(sorted(zip(order_a, order_b, strict=True)))
    rank_a, rank_b = _ranks(order_a), _ranks(order_b)
    if ordered_b < ordered_a:
        turned = assign({(rank_b[j], rank_a[i]): weigh((i, j)) for i, j in pairs})
        return tuple(sorted((order_a[i], order_b[j]) for j, i in turned))
    chosen = assign({(rank_a[i], rank_b[j]): weigh((i, j)) for i, j in pairs})
    return tuple(sorted((order_a[i], order_b[j]) for i, j in chosen))


def _ranks(order: Sequence[int]) -> list[int]:
    """Give the place of each index in an order."""
    ranks = [0] * len(order)
    for rank, index in enumerate(order):
        ranks[index] = rank
    return ranks


def in_common(a: Sequence[ResolvedEvent], b: Sequence[ResolvedEvent]) -> dict[Pair, list[Slot]]:
    """Give by index pair the arguments that both events have, one for one; pairs without any are absent."""
    holding: dict[Hashable, list[int]] = defaultdict(list)
    for j, event in enumerate(b):
        for slot in _slots(event):
            holding[slot].append(j)
    common: dict[Pair, list[Slot]] = defaultdict(list)
    for i, event in enumerate(a):
        for slot in _slots(event):
            for j in holding.get(slot, ()):
                common[i, j].append(slot[:2])
    return common


def _slots(event: ResolvedEvent) -> Sequence[tuple[Any, ...]]:
    """Give role and span of each argument; of one that is there again also how often it was there before."""
    slots: list[tuple[Any, ...]] = [argument[:2] for argument in event.arguments]
    if len(set(slots)) == len(slots):
        return slots
    seen = Counter[tuple[Any, ...]]()
    for place, slot in enumerate(slots):
        if seen[slot]:
            slots[place] = (*slot, seen[slot])
        seen[slot] += 1
    return slots


def cluster_events(by_person: Mapping[str, Sequence[ResolvedEvent]]) -> list[Cluster[ResolvedEvent]]:
    """Give the events of several people as clusters of one event each, by their first triggers."""
    return clusters(by_person, _by_content, likenesses)


def likenesses(a: Sequence[ResolvedEvent], b: Sequence[ResolvedEvent]) -> dict[Pair, tuple[int, ...]]:
    """Give how like each event of `a` is to each of `b` that may be the same one, by index pair."""
    return {(i, j): _likeness(a[i], b[j]) for i, j in _maybe_same(a, b, in_common(a, b))}


def _maybe_same(a: Sequence[ResolvedEvent], b: Sequence[ResolvedEvent], common: Common) -> set[Pair]:
    """Give the index pairs with an argument or trigger text in common, or alike in type where one has no trigger."""
    triggers_a = [(trigger, i) for i, event in enumerate(a) for trigger in event.triggers]
    triggers_b = [(trigger, j) for j, event in enumerate(b) for trigger in event.triggers]
    found = {
        (triggers_a[one][1], triggers_b[other][1])
        for one, other in overlapping([span for span, _ in triggers_a], [span for span, _ in triggers_b])
    }
    found.update(common)
    untriggered_a = [i for i, event in enumerate(a) if not event.triggers]
    untriggered_b = [j for j, event in enumerate(b) if not event.triggers]
    found.update((i, j) for i in untriggered_a for j in range(len(b)) if a[i].type == b[j].type)
    found.update((i, j) for i in range(len(a)) for j in untriggered_b if a[i].type == b[j].type)
    return found


def arguments_in_common(a: ResolvedEvent, b: ResolvedEvent) -> int:
    """Give how many arguments both have, by role and span, as multisets: an argument counts once."""
    return _shared([item[:2] for item in a.arguments], [item[:2] for item in b.arguments])


def _shared(a: Sequence[Hashable], b: Sequence[Hashable]) -> int:
    """Give how many items both lists have, an equal one for an equal one."""
    mine, theirs = set(a), set(b)
    if len(mine) == len(a) and len(theirs) == len(b):
        return len(mine & theirs)
    return (Counter(a) & Counter(b)).total()


def _likeness(one: ResolvedEvent, other: ResolvedEvent) -> tuple[int, ...]:
    """Give how like two events are that may be the same one."""
    same_type = one.type == other.type
    return (
        int(same_type and not set(one.triggers).isdisjoint(other.triggers)),
        arguments_in_common(one, other),
        sum(trigger.overlap(theirs) for trigger in one.triggers for theirs in other.triggers),
        int(same_type),
        _shared(one.arguments, other.arguments),
        sum(mine == theirs for mine, theirs in zip(one.attributes, other.attributes, strict=True)),
    )


def _argument_order(argument: ResolvedArgument) -> tuple[str, Span, str]:
    return argument.role, argument.span, argument.of or ""


def _by_content(event: ResolvedEvent) -> tuple[object, ...]:
    """Sort key: reading order, ties by what an event says."""
    arguments = sorted(map(_argument_order, event.arguments))
    return sorted(event.triggers), event.type, arguments, event.attributes[:3], event.attributes.hub or ""
