"""One person's work on one article in one stage: what holds now, every step recorded, saved in the background.

All changes go through `decide`; nothing else writes. The edits themselves are in `mention_edits`, `event_edits` and
`adjudicating`. This module knows the clock and makes ids; it knows no screen.
"""

import time
import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain

from annotator.errors import Refusal
from annotator.model.annotation import Annotation, History, Thing, history, thing_of
from annotator.model.article import Article, Region
from annotator.model.decision import (
    ALWAYS_POSSIBLE,
    Change,
    Decision,
    Finish,
    Redo,
    RemoveMention,
    SetEvent,
    SettleMention,
    Stage,
    Undo,
)
from annotator.model.mention import Kind
from annotator.model.schema import Schema
from annotator.model.suggestions import Suggestions
from annotator.store.log import Standing, Within, decisions_on, keep_cursor, nothing_else, standing_of
from annotator.store.outbox import Outbox
from annotator.store.writer import SaveState, Writer
from annotator.text.counted import counted
from annotator.text.span import Span, span
from annotator.workflow.clock import Clock
from annotator.workflow.mentions import Item as Item
from annotator.workflow.mentions import Mentions
from annotator.workflow.project import Project


class Session:
    """The state of one person's work on one article. Closing it waits for what is not saved yet."""

    def __init__(
        self,
        project: Project,
        article: Article,
        suggestions: Suggestions,
        person: str,
        stage: Stage = "label",
        base: Annotation | None = None,
    ) -> None:
        """Resume from the log. `person` is a pseudonym; an adjudicator starts from `base`, what is agreed already."""
        self.project = project
        self.article = article
        self.suggestions = suggestions
        self.person = person
        self.stage = stage
        self.on_save: Callable[[SaveState], None] = lambda _: None
        """Called from the writer's thread whenever the truth about saving changes."""
        self.on_change: Callable[[Sequence[Span]], None] = lambda _: None
        """Called with the stretches of the text whose look may have changed."""
        self.after_save: Callable[[], None] = lambda: None
        """Called from the writer's thread when all is on the disk."""
        self.surplus = False
        """Whether others have all slots of the article: what is done is kept, and counts for none."""
        self.before_first: Callable[[], None] = lambda: None
        """Called before the first decision of all is recorded; what it raises keeps it from being."""
        self.within: Within = nothing_else
        """Called in each transaction in which decisions are saved; what it raises keeps them from being."""
        self._base = base or Annotation()
        standing = standing_of(project.engine, person, article.article_id, article.text_sha256)
        self.cursor = standing.cursor if standing else 0
        self.clock = Clock(standing.active_ms if standing else 0)
        """How long the person has been at it."""
        self._outbox = _outbox(project, person, article)
        made = self._decisions()
        self._resume(made)
        if self._outbox is not None:
            self._send(self._outbox, frozenset(decision.id for decision in made))

    def _decisions(self) -> list[Decision]:
        return decisions_on(self.project.engine, self.person, self.article.article_id, self.article.text_sha256)

    def _resume(self, made: list[Decision]) -> None:
        self._made = len(made)
        self.history: History = history(made)
        self._fold()
        engine = self.project.engine
        self._writer = Writer(engine, self._made, self._told, self._outbox, lambda connection: self.within(connection))

    def _told(self, state: SaveState) -> None:
        """Take from the writer's thread what is true about saving."""
        if state.state == "saved":
            self.after_save()
        self.on_save(state)

    def _fold(self) -> None:
        """Work out from the history all that is shown."""
        self._said: defaultdict[Thing, list[Change]] = defaultdict(list)
        """The changes that count, by what they are about: an undo looks at no others."""
        for decision in self.history.effective:
            self._say(decision)
        self.annotation: Annotation = self._base.after(chain.from_iterable(self._said.values()))
        self.items = Mentions(self.suggestions.candidates, self.annotation)
        """Every mention by id, untouched candidates included."""

    def _say(self, decision: Decision) -> None:
        for change in decision.changes:
            self._said[thing_of(change)].append(change)

    @property
    def began(self) -> bool:
        """Whether the person ever decided anything on the article."""
        return self._made > 0

    @property
    def untouched(self) -> int:
        """How many candidates there are of which nothing was said."""
        return self.items.untouched

    @property
    def schema(self) -> Schema:
        """The schema of the workspace."""
        return self.project.guidelines.schema

    @property
    def regions(self) -> tuple[Region, ...]:
        """The regions of the article: as the person says, else as the finders do."""
        return self.suggestions.regions if self.annotation.regions is None else self.annotation.regions

    @property
    def save_state(self) -> SaveState:
        """The truth about saving."""
        return self._writer.state

    def unsaved(self) -> list[Decision]:
        """Give the decisions that the store does not have yet, in order."""
        return self._writer.unsaved()

    def in_order(self) -> list[Item]:
        """Give all mentions in reading order."""
        return self.items.between(0, len(self.items))

    def position_of(self, item: Item) -> int:
        """Give the index of an item in reading order."""
        return self.items.position_of(item)

    def position_at(self, offset: int) -> int:
        """Give how many mentions start before a code point."""
        return self.items.position_at(offset)

    def starting_in(self, start: int, end: int) -> list[Item]:
        """Give the mentions that start within `[start, end)`, in code points, in reading order."""
        return self.items.between(self.position_at(start), self.position_at(end))

    def around(self, position: int, step: int) -> Iterator[Item]:
        """Give every mention once, in reading order from the one behind `position` on, or backwards for a `step` of -1.

        Behind the last one comes the first.
        """
        return self.items.around(position, step)

    def standing_at(self, kind: Kind, start: int, end: int) -> list[Item]:
        """Give the mentions of a kind over exactly `[start, end)`, in code points, whatever was said of them."""
        return self.items.standing_at(kind, start, end)

    def decide(self, *changes: Change) -> None:
        """Record one decision of one or more changes, and queue it to be saved.

        Raises `Refusal` when the article is marked done: it must be opened again first.
        """
        if not all(isinstance(change, ALWAYS_POSSIBLE) for change in changes):
            self.refuse_if_done()
        self.amend(*changes)

    def amend(self, *changes: Change) -> None:
        """Record one decision of one or more changes even of an article that is marked done, which it stays.

        Only for what follows from a decision of the same person in another article.
        """
        decision = self._record(changes)
        self.history = self.history.then(decision)
        self._say(decision)
        self._go_over_to(self.annotation.after(changes), changes)
        self._save(decision)

    def refuse_if_done(self) -> None:
        """Raise `Refusal` when the article is marked done: its labels cannot change then."""
        if self.annotation.finished:
            raise Refusal("label.not-possible", "This article is marked done.", "Open it again first (D).")

    def undo(self) -> bool:
        """Take the last decision that counts back; tell whether there was one.

        Raises `Refusal` where that is a migration of the schema, as what was said before it has names that are gone, or
        the taking in of a file.
        """
        undone = self.history.last
        if undone is None:
            if self.history.effective:
                last = self.history.effective[-1]
                what = f"the schema's migration {last.migration!r}"
                if last.imported is not None:
                    what = f"taking {last.imported.file} in"
                told = f"The last step is {what}."
                raise Refusal("label.not-possible", told, "It is not undone; change what it made wrong instead.")
            return False
        things = list(dict.fromkeys(map(thing_of, undone.changes)))
        for change in undone.changes:
            self._said[thing_of(change)].pop()
        earlier = chain.from_iterable(self._said[thing] for thing in things)
        self._step(undone, Undo(of=undone.id), self.annotation.as_before(self._base, things).after(earlier))
        return True

    def redo(self) -> bool:
        """Make the last undone decision count again; tell whether there was one."""
        if not self.history.undone:
            return False
        redone = self.history.undone[-1]
        self._say(redone)
        self._step(redone, Redo(of=redone.id), self.annotation.after(redone.changes))
        return True

    def finish(self, read_to_end: bool | None = True) -> None:
        """Mark the article done, and say whether all of it was read (None: as was said before).

        Raises `Refusal` while a candidate is untouched.
        """
        self.refuse_while_untouched()
        self.decide(Finish(finished=True, read_to_end=read_to_end))

    def refuse_while_untouched(self) -> None:
        """Raise `Refusal` while there is a candidate of which nothing was said."""
        if self.untouched:
            raise Refusal(
                "label.not-possible",
                f"Still untouched: {counted(self.untouched, 'candidate')}.",
                "Settle each of them first; n goes to the next.",
            )

    def reopen(self) -> None:
        """Open an article again that was marked done."""
        self.decide(Finish(finished=False))

    def reload(self) -> None:
        """After a fork: take over what the other window saved, and save what this one holds on top of it.

        An undo or redo of a decision that is no longer the one in turn is left out. Raises the storage refusals; then
        nothing is lost or changed, and it can be tried again.
        """
        made = self._decisions()
        pending = self.unsaved()
        self._writer.close(timeout=0)
        self._resume(made)
        self._take_over(pending)
        self.on_change([span(0, len(self.article.text))])

    def _send(self, outbox: Outbox, arrived: Collection[str]) -> None:
        """Save what was decided before the program ended and had not `arrived`."""
        waiting = outbox.waiting()
        left = [decision for decision in waiting if decision.id not in arrived]
        if waiting and not left:
            with suppress(Refusal):
                outbox.clear()
        self._take_over(left)

    def _take_over(self, pending: Iterable[Decision]) -> None:
        """Save on top of the log what was decided before and is not in it; what no longer has a meaning is left out."""
        kept = []
        for decision in pending:
            longer = self.history.then(decision)
            if longer is not self.history:
                self.history = longer
                kept.append(decision)
        if kept:
            self._fold()
        for decision in kept:
            self._save(decision)

    def close(self, timeout: float = 10.0) -> bool:
        """Save what is left and remember the place if the store lets us; tell whether all decisions are on the disk."""
        saved = self._writer.close(timeout)
        until = time.monotonic() + timeout
        if self._writer.state.state == "forked":
            self.on_change = lambda _: None
        with suppress(Refusal):  # what stays unsaved is told by whoever closes
            # Again and again: while this one takes over, the other window may save more.
            while self._writer.state.state == "forked" and (left := until - time.monotonic()) > 0:
                self.reload()
                saved = self._writer.close(left)
        if saved and (self._made or self.cursor or self.clock.active_ms):
            with suppress(Refusal):  # the place is a comfort: nobody is kept from leaving by it
                keep_cursor(self.project.engine, self._standing())
        return saved

    def _step(self, decision: Decision, change: Undo | Redo, after: Annotation) -> None:
        step = self._record((change,))
        self.history = self.history.then(step)
        self._go_over_to(after, decision.changes)
        self._save(step)

    def _go_over_to(self, after: Annotation, changes: Iterable[Change]) -> None:
        """Make `after` what holds; it differs by no more than `changes`."""
        self.annotation = after
        touched = {mention_id for change in changes for mention_id in _mentions_of(change)}
        self.on_change(self.items.settle(touched, after))

    def _record(self, changes: tuple[Change, ...]) -> Decision:
        if not self.began:
            self.before_first()
        return Decision(
            id=uuid.uuid4().hex,
            person=self.person,
            article_id=self.article.article_id,
            text_sha256=self.article.text_sha256,
            stage=self.stage,
            made_at=time.time_ns() // 1_000_000,
            changes=changes,
        )

    def _save(self, decision: Decision) -> None:
        self._made += 1
        self._writer.submit(decision, self._standing())

    def _standing(self) -> Standing:
        return Standing(
            person=self.person,
            article_id=self.article.article_id,
            text_sha256=self.article.text_sha256,
            decisions=self._made,
            untouched=self.untouched,
            finished=self.annotation.finished,
            cursor=self.cursor,
            active_ms=self.clock.active_ms,
            flagged=self.annotation.flagged,
            skipped=self.annotation.skipped,
            questions=sum(note.kind == "question" for note in self.annotation.notes.values()),
        )


def _outbox(project: Project, person: str, article: Article) -> Outbox | None:
    """Give the journal of what a server was not sent yet. A file on this machine needs none."""
    if project.engine.dialect.name == "sqlite":
        return None
    workspace = project.workspace
    return Outbox(workspace.work, workspace.store_url, person, article.article_id, article.text_sha256)


def _mentions_of(change: Change) -> tuple[str, ...]:
    match change:
        case SettleMention(mention=mention):
            return (mention.id,)
        case RemoveMention(mention=mention_id):
            return (mention_id,)
        case SetEvent(event=event):
            return event.mentions
        case _:
            return ()


def new_id(prefix: str) -> str:
    """Give an id that nothing else has, as `m-` or `e-` and twelve hexadecimal digits."""
    return f"{prefix}-{uuid.uuid4().hex[:12]}"
