"""What a person can do to an event frame: make, fill, describe, remove. Each is one decision, undone in one step."""

from annotator.errors import Refusal
from annotator.model.annotation import LIVE
from annotator.model.decision import Change, RemoveEvent, SetEvent
from annotator.model.event import Argument, Certainty, Event, Realis, realis_by
from annotator.model.schema import ARITY_BOUNDS, RoleSpec
from annotator.workflow.linking import DecidedElsewhere, tell_apart
from annotator.workflow.mention_edits import settling
from annotator.workflow.session import Item, Session, new_id


def make_event(session: Session, trigger: Item) -> str:
    """Make an event of a trigger, confirming it on the way, and give the event's id.

    One that is only tried or may only happen, by the words around its trigger, begins so, to be seen and changed.
    Raises `Refusal` for a mention that is no trigger, or one whose type is not said.
    """
    if trigger.mention.kind != "trigger":
        raise Refusal("label.not-possible", "Only a trigger makes an event.", "Go to a trigger, or make this one (K).")
    if trigger.mention.label is None:
        raise Refusal("label.not-possible", "This trigger has no event type yet.", "Choose one first (t).")
    realis = _realis(session, trigger)
    event = Event(id=new_id("e"), type=trigger.mention.label, triggers=(trigger.mention.id,), realis=realis)
    session.decide(*_confirming(trigger), SetEvent(event=event))
    return event.id


def add_trigger(session: Session, event: Event, trigger: Item) -> None:
    """Make a trigger one more of an event's, with its type. Raises `Refusal` for no trigger, or one that it has."""
    if trigger.mention.kind != "trigger":
        raise Refusal("label.not-possible", "Only a trigger can be added as one.")
    if trigger.mention.id in event.triggers:
        raise Refusal("label.not-possible", "It is a trigger of this event already.")
    whole = _as_set(session, event)
    others = tuple(one for one in whole.triggers if one != trigger.mention.id)
    grown = whole.model_copy(update={"triggers": (*others, trigger.mention.id)})
    typed = trigger.mention.model_copy(update={"label": event.type})
    session.decide(settling(trigger, typed), SetEvent(event=grown))


def attach(session: Session, event: Event, role: str, item: Item) -> None:
    """Put a mention into a role of an event, confirming it on the way.

    Raises `Refusal` when the role does not take its kind or has it already. A role that is full takes it all the
    same: `frame_problems` says so, and the person decides which one goes.
    """
    spec = session.schema.roles_of(event.type).get(role)
    if spec is None or item.mention.kind not in spec.kinds:
        raise Refusal("label.not-possible", f"The role {role} does not take a {item.mention.kind}.")
    argument = Argument(role=role, mention=item.mention.id)
    if any(held.role == role and held.mention == argument.mention for held in event.arguments):
        raise Refusal("label.not-possible", f"It is {role} of this event already.")
    whole = _as_set(session, event)
    held_back = [held for held in whole.arguments if (held.role, held.mention) == (role, item.mention.id)]
    filled = whole if held_back else whole.model_copy(update={"arguments": (*whole.arguments, argument)})
    session.decide(*_confirming(item), SetEvent(event=filled))


def detach(session: Session, event: Event, mention_id: str) -> None:
    """Take a mention out of every role of an event, or from its triggers. Raises `Refusal` for the last trigger."""
    if event.triggers == (mention_id,):
        raise Refusal("label.not-possible", "An event needs a trigger.", "Remove the whole event instead (R).")
    if mention_id not in event.mentions:
        raise Refusal("label.not-possible", "It has no part in this event.")
    whole = _as_set(session, event)
    triggers = tuple(trigger for trigger in whole.triggers if trigger != mention_id)
    arguments = tuple(held for held in whole.arguments if held.mention != mention_id)
    session.decide(SetEvent(event=whole.model_copy(update={"triggers": triggers, "arguments": arguments})))


def set_of(session: Session, event: Event, mention_id: str, actor: str | None) -> None:
    """Say of which actor (a registry id) a number in an event counts the losses."""
    whole = _as_set(session, event)
    arguments = tuple(
        held.model_copy(update={"of": actor}) if held.mention == mention_id else held for held in whole.arguments
    )
    session.decide(SetEvent(event=whole.model_copy(update={"arguments": arguments})))


def set_realis(session: Session, event: Event, realis: Realis) -> None:
    """Say whether what an event tells did happen."""
    session.decide(SetEvent(event=_as_set(session, event).model_copy(update={"realis": realis})))


def set_certainty(session: Session, event: Event, certainty: Certainty) -> None:
    """Say in whose voice an event is told, and how surely."""
    session.decide(SetEvent(event=_as_set(session, event).model_copy(update={"certainty": certainty})))


def toggle_background(session: Session, event: Event) -> None:
    """Say that the article retells an older event, or that it does not."""
    step = {"background": not event.background}
    session.decide(SetEvent(event=_as_set(session, event).model_copy(update=step)))


def remove_event(session: Session, event: Event) -> list[DecidedElsewhere]:
    """Take an event frame away; its mentions stay, and what it was linked to stays linked, also in other articles.

    Gives what was decided in those. Raises `Refusal` when one of them cannot be changed now.
    """
    removal = RemoveEvent(event=event.id)
    if event.hub is not None:
        return tell_apart(session, event, removal)
    session.decide(removal)
    return []


def roles_for(session: Session, event: Event, item: Item) -> list[str]:
    """Give the roles of an event that take a mention's kind, in the schema's order."""
    roles = session.schema.roles_of(event.type)
    return [name for name, spec in roles.items() if item.mention.kind in spec.kinds]


def frame_problems(roles: dict[str, RoleSpec], event: Event) -> list[str]:
    """Give what an event frame lacks, has too many of, or has in a role that its type does not know, in short."""
    problems = []
    for role, spec in roles.items():
        least, most = ARITY_BOUNDS[spec.arity]
        held = sum(1 for argument in event.arguments if argument.role == role)
        if held < least:
            problems.append(f"{role} is missing")
        elif most is not None and held > most:
            problems.append(f"{role} takes {most}, has {held}")
    strange = sorted({argument.role for argument in event.arguments} - roles.keys())
    return problems + [f"{role} is no role of {event.type}" for role in strange]


def _as_set(session: Session, event: Event) -> Event:
    """Give the frame as it was set, with what is not live just now: an edit must not take that away for good."""
    return session.annotation.events.get(event.id, event)


def _realis(session: Session, trigger: Item) -> Realis:
    """Give the realis that an event of this trigger begins with: what its marks say, if the schema knows it."""
    said = realis_by(trigger.candidate.marks if trigger.candidate else ())
    return said if said in session.schema.realis else "actual"


def _confirming(item: Item) -> tuple[Change, ...]:
    return () if item.disposition in LIVE else (settling(item, item.mention),)
