"""What a person can do to a mention: confirm, reject, correct, add. Each is one decision, undone in one step."""

from annotator.errors import Refusal
from annotator.model.annotation import LIVE
from annotator.model.decision import Change, Disposition, RemoveMention, SetEvent, SettleMention
from annotator.model.mention import Kind, Mention
from annotator.model.registry import Actor, Place
from annotator.model.value import NumberValue, TimeValue
from annotator.text.folding import fold
from annotator.workflow.session import Item, Session, new_id

_WRONG_KIND = "wrong_kind"
"""The reason for rejecting what is a mention of another kind, where the schema has it."""


def confirm(session: Session, item: Item) -> None:
    """Say that a mention is right as it stands."""
    session.decide(SettleMention(disposition=_standing_disposition(item, item.mention), mention=item.mention))


def reject(session: Session, item: Item, reason: str | None = None) -> None:
    """Say that a candidate is not a mention; one's own addition is taken away."""
    if item.candidate is None and item.disposition == "added":
        session.decide(RemoveMention(mention=item.mention.id))
    else:
        rejected = item.candidate.as_mention() if item.candidate else item.mention
        session.decide(SettleMention(disposition="rejected", mention=rejected, reason=reason))


def unsure(session: Session, item: Item) -> None:
    """Leave a mention to others: looked at, not decided."""
    session.decide(SettleMention(disposition="unsure", mention=item.mention))


def relabel(session: Session, item: Item, label: str) -> None:
    """Give a trigger another event type, along with the events whose main trigger it is, and all their triggers."""
    changed = item.mention.model_copy(update={"label": label})
    session.decide(settling(item, changed), *retyping(session, changed))


def retyping(session: Session, trigger: Mention) -> list[Change]:
    """Give the changes by which the events whose main trigger it is take a trigger's type, if it has one.

    Their other triggers take it along.
    """
    live = session.annotation.live_events().values()
    led = [event for event in live if event.triggers[0] == trigger.id and trigger.label not in (None, event.type)]
    others = [session.items[one] for one in dict.fromkeys(one for event in led for one in event.triggers[1:])]
    typed = {"label": trigger.label}
    events = [session.annotation.events[event.id].model_copy(update={"type": trigger.label}) for event in led]
    return [
        *(settling(one, one.mention.model_copy(update=typed)) for one in others if one.mention.label != trigger.label),
        *(SetEvent(event=event) for event in events),
    ]


def refer(session: Session, item: Item, ref: str | None) -> None:
    """Say which entry of the registry an actor or place is."""
    session.decide(settling(item, item.mention.model_copy(update={"ref": ref})))


def revalue(session: Session, item: Item, value: NumberValue | TimeValue | None) -> None:
    """Say what a number or time means."""
    session.decide(settling(item, item.mention.model_copy(update={"value": value})))


def rekind(session: Session, item: Item, kind: Kind) -> str:
    """Make a mention one of another kind, and give the id of the mention that is; what only the old kind carries goes.

    Where one of that kind stands over the same words already, that one holds and this one is rejected: two would say
    the same.
    """
    if kind == item.mention.kind:
        return item.mention.id
    there = session.standing_at(kind, item.mention.start, item.mention.end)
    if there:
        session.decide(_gone(session, item), settling(there[0], there[0].mention))
        return there[0].mention.id
    ref = _entry_called(session, kind, item.mention.quote)
    changed = item.mention.model_copy(update={"kind": kind, "label": None, "ref": ref, "value": None})
    session.decide(settling(item, changed))
    return item.mention.id


def _gone(session: Session, item: Item) -> Change:
    """Give the change by which a mention is none of its kind."""
    if item.candidate is None:
        return RemoveMention(mention=item.mention.id)
    reason = _WRONG_KIND if _WRONG_KIND in session.schema.rejection_reasons.values() else None
    return SettleMention(disposition="rejected", mention=item.candidate.as_mention(), reason=reason)


def move_edges(session: Session, item: Item, start: int, end: int) -> None:
    """Move a mention to `[start, end)`, in code points. Raises `Refusal` if nothing is left or moves."""
    if not _lies_within(session, start, end) or (start, end) == item.mention.span:
        raise Refusal("label.not-possible", "The boundary cannot move further.")
    changed = item.mention.model_copy(update={"start": start, "end": end, "quote": session.article.text[start:end]})
    session.decide(settling(item, changed))


def add(session: Session, kind: Kind, start: int, end: int, label: str | None = None) -> str:
    """Add a mention over `[start, end)`, in code points, and give its id. A candidate that stands there is confirmed.

    Raises `Refusal` when it is there already, or nothing of the text is.
    """
    if not _lies_within(session, start, end):
        raise Refusal("label.not-possible", "There is no text to mark here.")
    there = session.standing_at(kind, start, end)
    if any(item.disposition in LIVE for item in there):
        raise Refusal("label.not-possible", f"This {kind} is marked already.")
    if there:
        found = there[0]
        wanted = found.mention if label is None else found.mention.model_copy(update={"label": label})
        session.decide(settling(found, wanted))
        return found.mention.id
    quote = session.article.text[start:end]
    ref = _entry_called(session, kind, quote)
    mention = Mention.model_validate(
        {"id": new_id("m"), "kind": kind, "start": start, "end": end, "quote": quote, "label": label, "ref": ref}
    )
    session.decide(SettleMention(disposition="added", mention=mention))
    return mention.id


def _entry_called(session: Session, kind: Kind, quote: str) -> str | None:
    """Give the entry of the registry that goes by exactly these words, where it is the only one."""
    registry = session.project.guidelines.registry
    if kind not in ("actor", "place"):
        return None
    entries: dict[str, Actor] | dict[str, Place] = registry.actors if kind == "actor" else registry.places
    words = fold(quote).text
    called = [ref for ref, one in entries.items() if any(fold(name).text == words for name in (*one.en, *one.ar))]
    return called[0] if len(called) == 1 else None


def settling(item: Item, mention: Mention) -> Change:
    """Give the change that makes `mention` hold in place of what stands."""
    return SettleMention(disposition=_standing_disposition(item, mention), mention=mention)


def _standing_disposition(item: Item, mention: Mention) -> Disposition:
    if item.candidate is None:
        return "added"
    return "confirmed" if mention.content == item.candidate.as_mention().content else "corrected"


def _lies_within(session: Session, start: int, end: int) -> bool:
    return 0 <= start < end <= len(session.article.text)
