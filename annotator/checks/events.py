"""Rules over the events of one article. Owns what an event frame must be, as the schema says."""

from collections import Counter
from collections.abc import Iterator

from annotator.checks.labels import Labels, repeated
from annotator.checks.rule import Found, RuleBook, unknown
from annotator.model.event import Argument, Event
from annotator.model.mention import Mention
from annotator.model.schema import ARITY_BOUNDS, RoleSpec

EVENTS: RuleBook[Labels] = RuleBook("records")
"""Rules over events."""


@EVENTS.rule("event.id", "error", "Two events of an article carry the same id.")
def _ids_twice(labels: Labels) -> Iterator[Found]:
    for event in repeated((event.id, event) for event in labels.events):
        yield Found(labels.at_event(event), f"The id {event.id!r} is taken by an earlier event. Give this one its own.")


@EVENTS.rule("event.duplicate", "error", "Two events of an article say the same in every field.")
def _same_event_twice(labels: Labels) -> Iterator[Found]:
    for event in repeated((_content(event), event) for event in labels.events):
        yield Found(labels.at_event(event), f"An earlier event says the same as {event.id!r}. Keep one of them.")


def _content(event: Event) -> tuple[object, ...]:
    said = (event.type, event.realis, event.certainty, event.background, event.hub)
    return (*said, frozenset(event.triggers), frozenset(event.arguments))


@EVENTS.rule("event.order", "warning", "Events do not stand in the order of their first triggers.")
def _out_of_order(labels: Labels) -> Iterator[Found]:
    furthest = 0
    for event in labels.events:
        trigger = labels.by_id.get(event.triggers[0])
        if trigger is not None and trigger.start < furthest:
            yield Found(labels.at_event(event), f"The event {event.id!r} belongs before an earlier one.")
        furthest = max(furthest, trigger.start if trigger else 0)


@EVENTS.rule("event.type", "error", "An event has a type that the schema does not know.")
def _type_unknown(labels: Labels) -> Iterator[Found]:
    for event in labels.events:
        if event.type not in labels.schema.types:
            yield Found(labels.at_event(event), unknown(event.type, "an event type of the schema", labels.schema.types))


@EVENTS.rule("event.attribute", "error", "An event's realis or certainty is one that the schema does not use.")
def _attribute_unused(labels: Labels) -> Iterator[Found]:
    for event in labels.events:
        if event.realis not in labels.schema.realis:
            yield Found(labels.at_event(event), unknown(event.realis, "a realis of the schema", labels.schema.realis))
        if event.certainty not in labels.schema.certainty:
            message = unknown(event.certainty, "a certainty of the schema", labels.schema.certainty)
            yield Found(labels.at_event(event), message)


@EVENTS.rule("event.trigger", "error", "An event's trigger is no trigger mention of the article.")
def _no_trigger(labels: Labels) -> Iterator[Found]:
    for event in labels.events:
        for trigger in event.triggers:
            mention = labels.by_id.get(trigger)
            if mention is None:
                yield Found(labels.at_event(event), f"The trigger {trigger!r} is not among the mentions.")
            elif mention.kind != "trigger":
                yield Found(labels.at_event(event), f"The trigger {trigger!r} ({mention.quote!r}) is a {mention.kind}.")


@EVENTS.rule("event.repeated", "error", "An event names a trigger, or an argument in one role, twice.")
def _named_twice(labels: Labels) -> Iterator[Found]:
    for event in labels.events:
        for trigger in repeated((trigger, trigger) for trigger in event.triggers):
            yield Found(labels.at_event(event), f"The trigger {trigger!r} is named twice.")
        for argument in repeated(((argument.role, argument.mention), argument) for argument in event.arguments):
            yield Found(labels.at_event(event), f"{argument.mention!r} is named twice as {argument.role}.")


@EVENTS.rule("argument.mention", "error", "An argument names a mention that the article does not have.")
def _no_mention(labels: Labels) -> Iterator[Found]:
    for event, argument in _arguments(labels):
        if argument.mention not in labels.by_id:
            yield Found(labels.at_event(event), f"{argument.role} is {argument.mention!r}, which is no mention.")


def _arguments(labels: Labels) -> Iterator[tuple[Event, Argument]]:
    return ((event, argument) for event in labels.events for argument in event.arguments)


@EVENTS.rule("event.role", "error", "An event has an argument in a role that its type does not have.")
def _role_unknown(labels: Labels) -> Iterator[Found]:
    for event, argument in _arguments(labels):
        roles = labels.schema.roles_of(event.type)
        if event.type in labels.schema.types and argument.role not in roles:
            yield Found(labels.at_event(event), unknown(argument.role, f"a role of {event.type}", roles))


@EVENTS.rule("argument.kind", "error", "A role is filled with a kind of mention that it does not take.")
def _kind_unfit(labels: Labels) -> Iterator[Found]:
    for event, argument, spec, mention in _placed(labels):
        if mention.kind not in spec.kinds:
            takes = " or ".join(spec.kinds)
            message = (
                f"{argument.role} takes {takes}, but {argument.mention!r} ({mention.quote!r}) is a {mention.kind}."
            )
            yield Found(labels.at_event(event), message)


def _placed(labels: Labels) -> Iterator[tuple[Event, Argument, RoleSpec, Mention]]:
    """Give the arguments whose role and mention are both known."""
    for event, argument in _arguments(labels):
        spec = labels.schema.roles_of(event.type).get(argument.role)
        mention = labels.by_id.get(argument.mention)
        if spec is not None and mention is not None:
            yield event, argument, spec, mention


@EVENTS.rule("event.arity", "error", "A role is filled more often than it may be, or a required one is empty.")
def _arity_broken(labels: Labels) -> Iterator[Found]:
    for event in labels.events:
        filled = Counter(argument.role for argument in event.arguments)
        for role, spec in labels.schema.roles_of(event.type).items():
            least, most = ARITY_BOUNDS[spec.arity]
            if filled[role] < least:
                yield Found(labels.at_event(event), f"{event.type} needs {role}, which is empty.")
            if most is not None and filled[role] > most:
                yield Found(labels.at_event(event), f"{role} takes {most}, but {filled[role]} are given.")


@EVENTS.rule(
    "argument.of", "error", "An argument counts a side (`of`) but is no number, or the side is no known actor."
)
def _side_unknown(labels: Labels) -> Iterator[Found]:
    for event, argument in _arguments(labels):
        mention = labels.by_id.get(argument.mention)
        if argument.of is None:
            continue
        if mention is not None and mention.kind != "number":
            message = f"{argument.role} is a {mention.kind}; only a number can be counted of {argument.of!r}."
            yield Found(labels.at_event(event), message)
        elif labels.registry is not None and argument.of not in labels.registry.actors:
            message = unknown(argument.of, "the id of a known actor", labels.registry.actors)
            yield Found(labels.at_event(event), message)


@EVENTS.rule("trigger.unused", "warning", "A trigger that is labelled with an event type belongs to no event.")
def _trigger_unused(labels: Labels) -> Iterator[Found]:
    used = {trigger for event in labels.events for trigger in event.triggers}
    for mention in labels.mentions:
        if mention.kind == "trigger" and mention.label is not None and mention.id not in used:
            message = f"No event has the trigger {mention.quote!r} ({mention.label}). Make its event, or reject it."
            yield Found(labels.at(mention), message)
