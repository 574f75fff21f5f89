"""Errors in arguments and in whole events: each event is compared with the one that it is, slot by slot.

Arguments are held to `argument-C`, attached. Events are aligned so that as many arguments are right as that level
counts; then by their triggers, where these were read as another type or at other edges; an event without triggers
also by its type alone. So an argument of an event whose trigger is wrong is not lost on both sides: where role and span
are right its label is wrong, which for an argument is the event that it hangs on. So it is on any other event.

Of events themselves what is wrong is what else is said of them (realis, certainty, background), and the ones without a
trigger that are missed or spurious: those with triggers are errors in triggers. Hubs reach over articles and are left
out.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from operator import eq
from typing import NamedTuple

from annotator.matching.assignment import Pair, Weight, assign
from annotator.matching.events import ResolvedArgument, ResolvedEvent, arguments_in_common
from annotator.matching.leftovers import Marked, pair_marked
from annotator.scoring.document import Document
from annotator.scoring.error_groups import edges, read_as
from annotator.scoring.scoring_error import ARGUMENT, EVENT, ErrorKind, Reading, ScoringError, error_in, event_reading
from annotator.scoring.scoring_error import first_trigger as hung_on
from annotator.text.span import Span

_SAME, _READ_OTHERWISE, _BY_TYPE = 4, 2, 1
"""How near events are: of one type on one trigger, on triggers that were paired, of one type where one has none."""

_WEIGHED_FINELY = 4096
"""Pairs of events up to which also arguments of wrong events and attributes decide; beyond, numbers would not fit."""

TriggerPair = tuple[tuple[str, Span], tuple[str, Span]]
"""Type and span of a trigger, as gold and as the prediction has it."""


class Slot(NamedTuple):
    """An argument with its event."""

    event: ResolvedEvent
    argument: ResolvedArgument


class Compared(NamedTuple):
    """The arguments and events of an article."""

    pairs: tuple[tuple[Slot, Slot], ...]
    """The arguments that are one, gold first, also where they differ."""
    errors: tuple[ScoringError, ...]


def compare_events(gold: Document, predicted: Document, triggers: Iterable[TriggerPair]) -> Compared:
    """Give what is wrong with the arguments and events of an article; `triggers` are those that are one thing."""
    if not gold.events and not predicted.events:
        return Compared((), ())
    ours, theirs = (sorted(side.events, key=_by_content) for side in (gold, predicted))
    aligned = _aligned(ours, theirs, list(triggers))
    arguments = _compare_arguments(gold, ours, theirs, aligned)
    return arguments._replace(errors=(*arguments.errors, *_event_errors(gold, ours, theirs, aligned)))


# which event is which


def _aligned(ours: list[ResolvedEvent], theirs: list[ResolvedEvent], triggers: list[TriggerPair]) -> dict[Pair, int]:
    """Give the index pairs that are one event, with how near they are; the side that comes first breaks no tie."""
    nearness = _nearness(ours, theirs, triggers)
    fine = len(nearness) <= _WEIGHED_FINELY
    weights = {(i, j): _likeness(ours[i], theirs[j], near, fine) for (i, j), near in nearness.items()}
    if list(map(_by_content, theirs)) < list(map(_by_content, ours)):
        turned = assign({(j, i): weight for (i, j), weight in weights.items()})
        return {(i, j): nearness[i, j] for j, i in turned}
    return {pair: nearness[pair] for pair in assign(weights)}


def _nearness(ours: list[ResolvedEvent], theirs: list[ResolvedEvent], triggers: list[TriggerPair]) -> dict[Pair, int]:
    at, at_theirs = _standing(ours), _standing(theirs)
    near: dict[Pair, int] = {}
    for (kind, where), left in at.items():
        if where is None:
            others = [j for (other, _), right in at_theirs.items() if other == kind for j in right]
        else:
            others = at_theirs.get((kind, None), [])
        near.update(((i, j), _BY_TYPE) for i in left for j in others)
    for one, other in triggers:
        near.update(((i, j), _READ_OTHERWISE) for i in at.get(one, ()) for j in at_theirs.get(other, ()))
    for place, left in at.items():
        near.update(((i, j), _SAME) for i in left for j in at_theirs.get(place, ()))
    return near


def _standing(events: Sequence[ResolvedEvent]) -> dict[tuple[str, Span | None], list[int]]:
    standing: dict[tuple[str, Span | None], list[int]] = defaultdict(list)
    for index, event in enumerate(events):
        for trigger in event.triggers or (None,):
            standing[event.type, trigger].append(index)
    return standing


def _likeness(one: ResolvedEvent, other: ResolvedEvent, near: int, fine: bool) -> Weight:
    common = arguments_in_common(one, other)
    right = common if near == _SAME else 0
    if not fine:
        return right, near
    return right, near, common, sum(map(eq, one.attributes[:3], other.attributes[:3]))


def _by_content(event: ResolvedEvent) -> tuple[object, ...]:
    arguments = sorted((one.role, one.span, one.of or "") for one in event.arguments)
    return sorted(event.triggers), event.type, arguments, event.attributes[:3]


# arguments


def _compare_arguments(
    document: Document, ours: list[ResolvedEvent], theirs: list[ResolvedEvent], aligned: dict[Pair, int]
) -> Compared:
    left, others = [_slots(event) for event in ours], [_slots(event) for event in theirs]
    tells = any(slot.argument.of is not None for slots in left for slot in slots)
    pairs: list[tuple[Slot, Slot]] = []
    errors: list[ScoringError] = []
    for (i, j), near in aligned.items():
        within = pair_marked(list(map(_marked, left[i])), list(map(_marked, others[j])))
        for x, y in within:
            pairs.append((left[i][x], others[j][y]))
            errors += _differing(document, *pairs[-1], same_event=near == _SAME, tells=tells)
        left[i], others[j] = _without(left[i], {x for x, _ in within}), _without(others[j], {y for _, y in within})
    missed, spurious = ([slot for slots in side for slot in slots] for side in (left, others))
    for one, other in (elsewhere := list(_on_other_events(missed, spurious))):
        pairs.append((missed[one], spurious[other]))
        errors += _differing(document, *pairs[-1], same_event=False, tells=tells)
    for slot in _without(missed, {one for one, _ in elsewhere}):
        errors.append(error_in(document, ARGUMENT, "missed", _reading(slot), None, f"{slot.argument.role} missed"))
    for slot in _without(spurious, {other for _, other in elsewhere}):
        errors.append(error_in(document, ARGUMENT, "spurious", None, _reading(slot), f"{slot.argument.role} spurious"))
    return Compared(tuple(pairs), tuple(errors))


def _slots(event: ResolvedEvent) -> list[Slot]:
    return [Slot(event, argument) for argument in event.arguments]


def _without(slots: list[Slot], taken: set[int]) -> list[Slot]:
    return [slot for index, slot in enumerate(slots) if index not in taken]


def _marked(slot: Slot) -> Marked:
    return Marked(slot.argument.span, slot.argument.role, slot.argument.of or "")


def _on_other_events(missed: list[Slot], spurious: list[Slot]) -> Iterator[Pair]:
    """Give the index pairs of one role and span on events that are not one: those of one type first.

    All that are alike are worth the same, so taking them in canonical order loses nothing.
    """
    left, others = (sorted(range(len(side)), key=lambda index: _slot_order(side[index])) for side in (missed, spurious))
    keys: tuple[Callable[[Slot], Hashable], ...] = (_with_type, _without_type)
    for key in keys:
        waiting: dict[Hashable, list[int]] = defaultdict(list)
        for j in reversed(others):
            waiting[key(spurious[j])].append(j)
        found = [(i, waiting[key(missed[i])].pop()) for i in left if waiting.get(key(missed[i]))]
        yield from found
        taken, gone = {i for i, _ in found}, {j for _, j in found}
        left, others = [i for i in left if i not in taken], [j for j in others if j not in gone]


def _with_type(slot: Slot) -> Hashable:
    return slot.event.type, slot.argument.role, slot.argument.span


def _without_type(slot: Slot) -> Hashable:
    return slot.argument.role, slot.argument.span


def _slot_order(slot: Slot) -> tuple[object, ...]:
    return slot.argument.role, slot.argument.span, slot.argument.of or "", _by_content(slot.event)


def _differing(
    document: Document, gold: Slot, predicted: Slot, *, same_event: bool, tells: bool
) -> Iterator[ScoringError]:
    """Give the error that there is in a pair, if there is any."""
    found = _difference(gold, predicted, same_event, tells)
    if found is not None:
        kind, group = found
        yield error_in(document, ARGUMENT, kind, _reading(gold), _reading(predicted), group)


def _difference(gold: Slot, predicted: Slot, same_event: bool, tells: bool) -> tuple[ErrorKind, str] | None:
    one, other = gold.argument, predicted.argument
    if one.role != other.role:
        return "role", read_as(one.role, other.role, one.span == other.span)
    if one.span != other.span:
        return "boundary", edges(one.span, other.span)
    if not same_event:
        what = "trigger" if gold.event.type == predicted.event.type else "type"
        return "label", f"{one.role} on an event of another {what}"
    if not tells or one.of == other.of:
        return None
    missed, more = other.of is None, one.of is None
    return "value", "side missed" if missed else "side that gold has not" if more else "other side"


def _reading(slot: Slot) -> Reading:
    event, argument = slot
    return Reading(argument.span, argument.role, argument.of or "", hung_on(event), event.type)


# whole events


def _event_errors(
    document: Document, ours: list[ResolvedEvent], theirs: list[ResolvedEvent], aligned: dict[Pair, int]
) -> Iterator[ScoringError]:
    for i, j in aligned:
        said = _said(ours[i], theirs[j])
        if said:
            readings = event_reading(ours[i], _attributes(ours[i])), event_reading(theirs[j], _attributes(theirs[j]))
            yield error_in(document, EVENT, "value", *readings, said)
    for i in _alone(ours, {i for i, _ in aligned}):
        yield error_in(document, EVENT, "missed", event_reading(ours[i]), None, f"{ours[i].type} missed")
    for j in _alone(theirs, {j for _, j in aligned}):
        yield error_in(document, EVENT, "spurious", None, event_reading(theirs[j]), f"{theirs[j].type} spurious")


def _alone(events: list[ResolvedEvent], aligned: set[int]) -> Iterator[int]:
    """Give the events that are aligned with none and have no trigger that would tell it."""
    return (index for index, event in enumerate(events) if index not in aligned and not event.triggers)


def _said(one: ResolvedEvent, other: ResolvedEvent) -> str:
    """Give what else is said of two events where it differs."""
    differing = []
    for name in ("realis", "certainty", "background"):
        ours, theirs = getattr(one.attributes, name), getattr(other.attributes, name)
        if ours != theirs:
            told = f"{name} {read_as(ours, theirs)}"
            differing.append(told if name != "background" else f"background {'missed' if ours else 'spurious'}")
    return ", ".join(differing)


def _attributes(event: ResolvedEvent) -> str:
    attributes = event.attributes
    return " ".join([attributes.realis, attributes.certainty, *(["background"] if attributes.background else [])])
