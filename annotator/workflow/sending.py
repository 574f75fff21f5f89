"""One article of a checkout sent to its store: what the store did not have, and what became of the slot.

A decision goes by its id: what the store has counts once, however often it is sent. The store appends in its own order
and chain; the decision that ends the work closes the slot in its own transaction.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from annotator.errors import Refusal
from annotator.model.annotation import fold
from annotator.model.decision import Decision
from annotator.model.suggestions import Candidates
from annotator.store.articles import get_article
from annotator.store.checkouts import Checkout, Taken
from annotator.store.known_texts import finders_of, texts_of
from annotator.store.log import Fork, Standing, Text, append, decisions_on, standing_of
from annotator.store.tasks import Task, lease, tasks
from annotator.text.counted import counted
from annotator.workflow.auditing import as_shown_to
from annotator.workflow.checkout import DAY
from annotator.workflow.from_a_server import own_decisions
from annotator.workflow.leasing import mark_done, others_of
from annotator.workflow.project import Project
from annotator.workflow.standing_from import standing_from
from annotator.workflow.suggesting import suggestions_for

AT_ONCE = 200
"""Decisions that go in one transaction."""

_TRIES = 5
"""How often it is tried again when the same person decides something elsewhere in that very moment."""

Conflict = Literal["article", "text", "lease", "slot", "proposals", "altered"]
"""Why work may count otherwise than who did it thinks."""

SlotState = Literal["done", "leased", "surplus", "free"]


@dataclass(frozen=True, slots=True)
class Came:
    """What came of one article."""

    article_id: str
    sent: int = 0
    """Decisions that the store had not; in a dry run, those that it has not."""
    kept: int = 0
    """Decisions that it did not take."""
    elsewhere: int = 0
    """Decisions that the same person made elsewhere meanwhile."""
    slot: SlotState = "free"
    """Of the store: `surplus` where others have all slots, `free` where nobody has to have one."""
    lease_until: int | None = None
    """Milliseconds since 1970 by the store's clock, of a slot that is leased."""
    conflicts: Mapping[Conflict, str] = field(default_factory=dict)
    """What went otherwise than planned, each in a sentence."""


@dataclass(frozen=True, slots=True)
class Sending:
    """A checkout and its store, both open."""

    here: Project
    server: Project
    checkout: Checkout
    dry_run: bool = False
    """Whether only to say what would be sent."""
    acknowledged: Callable[[int], None] = lambda _: None
    """Is told how many decisions the store has just taken."""

    def article(self, taken: Taken) -> tuple[Came, Taken]:
        """Send what the store does not have of an article; give what came of it, and what is to be remembered.

        Raises the storage refusals, and `store.fork` when somebody decides faster than this sends.
        """
        made = decisions_on(self.here.engine, *self._text(taken))
        texts = texts_of(self.server.engine, taken.article_id)
        if taken.text_sha256 not in texts:
            told = "The server does not know this article, or not this text of it. The work on it is kept here."
            return Came(taken.article_id, kept=len(made), conflicts={"article": told}), taken
        current = texts[-1] == taken.text_sha256
        before = self._held(taken)
        spent = standing_of(self.here.engine, *self._text(taken))
        there, sent = self._send(taken, made, spent, current=current)
        altered = len(_missing(made, there, by=lambda one: one)) if not self.dry_run else 0
        if current and not self.dry_run and fold(there).finished:
            mark_done(self.server, taken.article_id, self.checkout.person)  # a slot that was had again, or only now
        after = self._slots(taken)
        if self._slot(before)[0] == "done" != self._slot(after)[0]:
            after = self._held(taken)  # what was opened again is leased for a day only
        slot, lease_until = self._slot(after)
        finders = finders_of(self.server.engine, taken.article_id, taken.text_sha256)
        remembered = {
            "sent": len(made) - altered,
            "active_ms": max(taken.active_ms, spent.active_ms if spent else 0),
            "finders": finders,
        }
        conflicts = dict(_conflicts(taken, slot, altered, assigned=bool(after), current=current, finders=finders))
        elsewhere = len(_missing(there, made))
        came = Came(taken.article_id, sent, altered, elsewhere, slot, lease_until, conflicts)
        return came, taken if self.dry_run else taken.model_copy(update=remembered)

    def _send(
        self, taken: Taken, made: Sequence[Decision], spent: Standing | None, *, current: bool
    ) -> tuple[list[Decision], int]:
        """Send what is missing; give what the store has of the person's decisions then, and how many it had not."""
        article = get_article(self.here.engine, taken.article_id)
        sent = 0
        for _ in range(_TRIES):
            there = own_decisions(self.server, self.checkout.person, article)
            left = _missing(made, there)
            if self.dry_run:
                return there, len(left)
            try:
                for first in range(0, len(left), AT_ONCE):
                    batch = left[first : first + AT_ONCE]
                    standing = self._standing(taken, [*there, *batch], spent, all_sent=len(left) <= first + AT_ONCE)
                    append(self.server.engine, batch, len(there), standing, current=current)
                    there += batch
                    sent += len(batch)
                    self.acknowledged(len(batch))
            except Fork:
                continue
            return there, sent
        what = f"{taken.article_id} is being worked on under your name elsewhere, faster than it can be sent."
        raise Refusal("store.fork", what, "Try again.")

    def _standing(
        self, taken: Taken, decisions: Sequence[Decision], spent: Standing | None, *, all_sent: bool
    ) -> Standing:
        """Give how far the person is by these decisions. Time counts with the last ones, so that it counts once."""
        standing = standing_from(self._text(taken), decisions, self.shown(taken))
        before = standing_of(self.server.engine, *self._text(taken))
        known = before.active_ms if before else 0
        if spent is None:
            return replace(standing, active_ms=known)
        new = max(0, spent.active_ms - taken.active_ms) if all_sent else 0
        return replace(standing, cursor=spent.cursor, active_ms=known + new)

    def shown(self, taken: Taken) -> Candidates:
        """Give the candidates that the person is asked about here."""
        article = get_article(self.here.engine, taken.article_id)
        suggestions = suggestions_for(self.here, article)
        return as_shown_to(self.checkout.person, self.here, article, suggestions).candidates

    @property
    def _lasts(self) -> int:
        return self.checkout.days * DAY

    @property
    def _also(self) -> list[str]:
        return others_of(self.server, self.checkout.name, "label")

    def _text(self, taken: Taken) -> Text:
        return self.checkout.person, taken.article_id, taken.text_sha256

    def _held(self, taken: Taken) -> list[Task]:
        """Have or renew a slot of an article, and give its slots then; in a dry run only give them."""
        if (slots := self._slots(taken)) and not self.dry_run:
            lease(self.server.engine, taken.article_id, "label", self.checkout.person, self._lasts, self._also)
            return self._slots(taken)
        return slots

    def _slots(self, taken: Taken) -> list[Task]:
        return [one for one in tasks(self.server.engine, article_id=taken.article_id) if one.stage == "label"]

    def _slot(self, slots: Sequence[Task]) -> tuple[SlotState, int | None]:
        own = next((one for one in slots if one.owner == self.checkout.person), None)
        if own is not None and own.state != "open":
            return own.state, own.lease_until
        full = bool(slots) and all(one.state != "open" for one in slots)
        return "surplus" if full else "free", None


def _missing(
    of: Sequence[Decision], there: Sequence[Decision], by: Callable[[Decision], object] = lambda one: one.id
) -> list[Decision]:
    """Give the decisions that are not there, in their order."""
    known = {by(one) for one in there}
    return [one for one in of if by(one) not in known]


def _conflicts(
    taken: Taken, slot: SlotState, altered: int, *, assigned: bool, current: bool, finders: str | None
) -> Iterator[tuple[Conflict, str]]:
    if not current:
        yield (
            "text",
            "The text was changed on the server. Your work on the earlier one is kept there and counts for nothing; "
            "check the article out again to label the new one.",
        )
    if slot == "surplus":
        yield (
            "lease",
            "Your lease ran out and others have all its slots. Your work is kept on the server and counts for nothing.",
        )
    if taken.slotted and not assigned:
        yield "slot", "It is not assigned any more: your slot was taken back. Your work is kept on the server."
    if current and finders != taken.finders:
        yield (
            "proposals",
            "What is proposed for it, or the guidelines, changed on the server. Your work rests on the earlier ones.",
        )
    if altered:
        told = f"{counted(altered, 'decision')} of yours stand otherwise on the server, under the same ids."
        yield "altered", f"{told} Tell whoever looks after it."
