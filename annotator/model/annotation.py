"""What one person says about one article: the fold of that person's decisions.

Pure: the same decisions in the same order give the same annotation. Taking a mention away never rewrites an event:
`live_events` leaves out what hangs on mentions that are not live, so that an undo brings all of it back.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import Any

from annotator.model.article import Region
from annotator.model.decision import (
    AnswerChallenge,
    Change,
    Decision,
    Disposition,
    Finish,
    Flag,
    Reason,
    Redo,
    RemoveEvent,
    RemoveMention,
    RemoveNote,
    Reveal,
    Rule,
    SetEvent,
    SetNote,
    SetRegions,
    SettleMention,
    Skip,
    Undo,
)
from annotator.model.event import Event
from annotator.model.mention import Mention
from annotator.model.note import Note

LIVE: frozenset[Disposition] = frozenset({"confirmed", "corrected", "added"})
"""Dispositions under which a mention stands in the annotation."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A mention with what was said of it."""

    mention: Mention
    disposition: Disposition
    reason: str | None = None

    @property
    def live(self) -> bool:
        """Whether the mention stands."""
        return self.disposition in LIVE


Thing = tuple[str, str]
"""What a change is about: a field of `Annotation` and, where that holds several, an id in it."""


def thing_of(change: Change) -> Thing:
    """Give what a change is about. What holds of a thing is what the changes about it, in order, make of it."""
    match change:
        case SettleMention(mention=mention):
            return "settled", mention.id
        case RemoveMention(mention=mention_id):
            return "settled", mention_id
        case SetEvent(event=event):
            return "events", event.id
        case RemoveEvent(event=event_id):
            return "events", event_id
        case SetNote(note=note):
            return "notes", note.id
        case RemoveNote(note=note_id):
            return "notes", note_id
        case Rule(item=item):
            return "rulings", item
        case Reason(item=item):
            return "reasons", item
        case Reveal(item=item):
            return "revealed", item
        case AnswerChallenge(challenge=challenge):
            return "challenges", challenge.id
        case SetRegions():
            return "regions", ""
        case Flag():
            return "flagged", ""
        case Skip():
            return "skipped", ""
        case Finish():
            return "finished", ""
        case Undo() | Redo():
            raise AssertionError("undo and redo are about decisions")


@dataclass(frozen=True, slots=True)
class Annotation:
    """The state of one person's work on one article."""

    settled: Mapping[str, Settled] = field(default_factory=dict)
    """Every mention that was decided on, by id, rejected ones included."""
    events: Mapping[str, Event] = field(default_factory=dict)
    """Every event frame, by id, as it was set."""
    rulings: Mapping[str, Rule] = field(default_factory=dict)
    """For an adjudicator: how each disagreement was settled, by its id."""
    reasons: Mapping[str, Reason] = field(default_factory=dict)
    """For an adjudicator: why disagreements were settled as they were, by their ids."""
    revealed: Mapping[str, Reveal] = field(default_factory=dict)
    """For an adjudicator: of which disagreements it was asked who said what, by their ids."""
    challenges: Mapping[str, AnswerChallenge] = field(default_factory=dict)
    """For an adjudicator: the challenges that were answered, by id."""
    notes: Mapping[str, Note] = field(default_factory=dict)
    """Notes and questions, by id."""
    regions: tuple[Region, ...] | None = None
    """The regions of the article, where they are not those of the finders."""
    flagged: bool = False
    """Whether somebody should look at the article."""
    skipped: bool = False
    """Whether the article is left to others."""
    finished: bool = False
    """Whether the article is marked done."""
    read_to_end: bool = False
    """Whether all of it was read, also where nothing was proposed: what is not marked is then not there."""

    def after(self, changes: Iterable[Change]) -> "Annotation":
        """Give the annotation after `changes`, in order. Undo and redo are not changes of state: see `fold`."""
        settled, events = dict(self.settled), dict(self.events)
        rulings, notes = dict(self.rulings), dict(self.notes)
        reasons, revealed, challenges = dict(self.reasons), dict(self.revealed), dict(self.challenges)
        article: dict[str, Any] = {}
        for change in changes:
            match change:
                case SettleMention(mention=mention, disposition=disposition, reason=reason):
                    settled[mention.id] = Settled(mention, disposition, reason)
                case RemoveMention(mention=mention_id):
                    settled.pop(mention_id, None)
                case SetEvent(event=event):
                    events[event.id] = event
                case RemoveEvent(event=event_id):
                    events.pop(event_id, None)
                case SetNote(note=note):
                    notes[note.id] = note
                case RemoveNote(note=note_id):
                    notes.pop(note_id, None)
                case Rule():
                    rulings[change.item] = change
                case Reason():
                    reasons[change.item] = change
                case Reveal():
                    revealed[change.item] = change
                case AnswerChallenge(challenge=challenge):
                    challenges[challenge.id] = change
                case SetRegions(regions=regions):
                    article["regions"] = regions
                case Flag(flagged=flagged):
                    article["flagged"] = flagged
                case Skip(skipped=skipped):
                    article["skipped"] = skipped
                case Finish(finished=finished, read_to_end=read):
                    article |= {"finished": finished} if read is None else {"finished": finished, "read_to_end": read}
                case Undo() | Redo():
                    pass
        return replace(
            self,
            settled=settled,
            events=events,
            rulings=rulings,
            reasons=reasons,
            revealed=revealed,
            challenges=challenges,
            notes=notes,
            **article,
        )

    def as_before(self, base: "Annotation", things: Iterable[Thing]) -> "Annotation":
        """Give the annotation with these things as they are in `base`: as if no change had been about them."""
        changed: dict[str, Any] = {}
        for name, key in things:
            if not key:
                changed[name] = getattr(base, name)
                continue
            kept, before = changed.setdefault(name, dict(getattr(self, name))), getattr(base, name)
            if key in before:
                kept[key] = before[key]
            else:
                kept.pop(key, None)
        if "finished" in changed:
            changed["read_to_end"] = base.read_to_end
        return replace(self, **changed)

    def live_mentions(self) -> dict[str, Mention]:
        """Give the mentions that stand, by id, in reading order."""
        standing = [item.mention for item in self.settled.values() if item.live]
        return {mention.id: mention for mention in sorted(standing, key=reading_order)}

    def live_mention(self, mention_id: str) -> Mention | None:
        """Give the mention with an id if it stands, else None."""
        found = self.settled.get(mention_id)
        return found.mention if found is not None and found.live else None

    def live_events(self) -> dict[str, Event]:
        """Give the events that still have a live trigger, by id, without arguments that are no longer live.

        Looks at no mention but theirs: screens ask for this at every key.
        """
        standing: list[tuple[int, str, Event]] = []
        for event in self.events.values():
            found = [mention for trigger in event.triggers if (mention := self.live_mention(trigger))]
            triggers = [mention for mention in found if mention.kind == "trigger"]
            arguments = tuple(argument for argument in event.arguments if self.live_mention(argument.mention))
            if triggers:
                ids = tuple(mention.id for mention in triggers)
                whole = (ids, arguments) == (event.triggers, event.arguments)
                left = event if whole else event.model_copy(update={"triggers": ids, "arguments": arguments})
                standing.append((triggers[0].start, event.id, left))
        return {event_id: event for _, event_id, event in sorted(standing, key=itemgetter(0, 1))}


@dataclass(frozen=True, slots=True)
class History:
    """Which decisions count, and what undo and redo would act on next."""

    effective: tuple[Decision, ...] = ()
    """The decisions that count, in order."""
    undone: tuple[Decision, ...] = ()
    """Undone decisions that can be redone, the next one last."""

    @property
    def last(self) -> Decision | None:
        """The decision that undo takes back; None when there is none, or one that lasts stands in the way."""
        return self.effective[-1] if self.effective and not self.effective[-1].is_lasting else None

    def then(self, *decisions: Decision) -> "History":
        """Give the history after more decisions; itself when they change nothing."""
        effective, undone = list(self.effective), list(self.undone)
        for decision in decisions:
            step = decision.changes[0]
            if isinstance(step, Undo):
                if effective and effective[-1].id == step.of and not effective[-1].is_lasting:
                    undone.append(effective.pop())
            elif isinstance(step, Redo):
                if undone and undone[-1].id == step.of:
                    effective.append(undone.pop())
            else:
                effective.append(decision)
                undone.clear()
        after = History(tuple(effective), tuple(undone))
        return self if after == self else after


def history(decisions: Iterable[Decision]) -> History:
    """Give which of one person's decisions on one article count, in the order of the log."""
    return History().then(*decisions)


def fold(decisions: Sequence[Decision], base: Annotation | None = None) -> Annotation:
    """Give the annotation that one person's decisions on one article, in the order of the log, amount to.

    An adjudicator's decisions start from `base`, what the annotators agree on; an annotator's from nothing.
    """
    return (base or Annotation()).after(
        change for decision in history(decisions).effective for change in decision.changes
    )


def reading_order(mention: Mention) -> tuple[int, int, str, str]:
    """Sort key: where a mention starts, longest first, then kind and id."""
    return (mention.start, -mention.end, mention.kind, mention.id)
