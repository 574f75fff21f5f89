"""The adjudication screen: only what annotators disagree on, both answers beside the text, settled by one key."""

from collections.abc import Iterator
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType

from annotator.adjudication.disagreement import Answer, Disagreement
from annotator.model.decision import Decision, Rule
from annotator.model.event import Event
from annotator.model.mention import Kind, Mention
from annotator.model.note import Note
from annotator.text.counted import counted
from annotator.tui.actions import ScreenName
from annotator.tui.facts import ROOM, frame, meaning, quote, slots
from annotator.tui.highlights import Highlight, MentionHighlights
from annotator.tui.keys import bindings
from annotator.tui.layout import BidiMode, in_lines
from annotator.tui.palette import kind_style
from annotator.tui.screens.label import LabelScreen
from annotator.tui.screens.margin_screen import MarginScreen
from annotator.workflow.adjudicating import Adjudication

_QUESTION = "?"
"""Id of the highlight that shows where the disagreement is."""


class AdjudicateScreen(MarginScreen):
    """One adjudicator settles one article."""

    name_of_screen: ClassVar[ScreenName] = "adjudicate"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("adjudicate")]

    def __init__(self, adjudication: Adjudication, mode: BidiMode) -> None:
        """Adjudicate; begins at the first disagreement that is open."""
        super().__init__(adjudication.session, mode)
        self.adjudication = adjudication
        self._at = 0
        self._edit: Decision | None = None
        """The ruling for which the labelling screen was opened; None while it is not in front."""

    def begin(self) -> None:
        """Go to the first disagreement that is open."""
        left = self.adjudication.unsettled()
        self._go(self.adjudication.disagreements.index(left[0]) if left else 0)
        self.say(" ".join(self._first_words()))

    def _first_words(self) -> Iterator[str]:
        """Give what the adjudicator should know before anything else."""
        if not self.adjudication.disagreements:
            yield "The annotators agree on everything. D marks the article adjudicated."
        if asked := sum(note.kind == "question" for _, note in self.adjudication.notes):
            yield f"The annotators ask {counted(asked, 'question')}: Q lists them."
        if self.adjudication.regions_differ and self.session.annotation.regions is None:
            yield "They do not agree where boilerplate is: b on a paragraph says it."

    def notes(self) -> list[tuple[str, Note]]:
        """Give what annotators wrote in the margin, and the adjudicator."""
        return [*((f"{who} ", note) for who, note in self.adjudication.notes), *super().notes()]

    def on_screen_resume(self) -> None:
        """Take the news back from the labelling screen, if it was that which had them while it was in front."""
        edit, self._edit = self._edit, None
        if edit is None:
            return
        self.session.on_save = self._saving_changed
        self.post_message(self.Saving())  # what was told in between was told to nobody
        self.session.on_change = self.mentions_changed
        self.view.show_highlights(MentionHighlights(self.session))
        if edit in self.session.history.effective[-1:]:
            self.session.undo()
            self.say("Nothing was changed there, so nothing is settled by it.")
        self._go(self._at)

    @property
    def disagreement(self) -> Disagreement | None:
        """The disagreement that is asked about."""
        found = self.adjudication.disagreements
        return found[self._at] if found else None

    def _go(self, at: int) -> None:
        self._at = at
        one = self.disagreement
        if one is not None:
            kinds: list[Kind] = [answer.content.kind for answer in one.answers if isinstance(answer.content, Mention)]
            kind = kinds[0] if kinds else "trigger"
            self.view.change_highlight(_QUESTION, Highlight(_QUESTION, one.span, kind, None))
            self.view.make_current(_QUESTION)
            self.view.move_to(one.span.start)
        self.after_change()

    def mention_here(self) -> Mention | None:
        """Give a mention that is disagreed on; of events, the trigger of one, as being of its type."""
        for answer in self.disagreement.answers if self.disagreement else ():
            if isinstance(answer.content, Mention):
                return answer.content
            if isinstance(answer.content, Event):
                trigger = self.adjudication.merge.mentions[answer.content.triggers[0]]
                return trigger.model_copy(update={"label": answer.content.type})
        return None

    # What is shown

    def progress(self) -> str:
        """Give how many disagreements are settled and how many are left."""
        total, left = len(self.adjudication.disagreements), len(self.adjudication.unsettled())
        return f"{total - left} of {total} settled, {left} left"

    def after_change(self) -> None:
        """Bring head and panel up to date."""
        self.show_head()
        one = self.disagreement
        if one is None:
            self.panel.show(Text("Nothing to settle."))
            return
        # Below the article the answers stand side by side.
        room = self.size.width // (len(one.answers) + 1) - 3 if self.panel.has_class("below") else ROOM
        facts = Text(f"{one.what.upper()} {self._at + 1} of {len(self.adjudication.disagreements)}\n", style="bold")
        facts.append(f"{self._ruling(one)}\n", style="not bold italic")
        for key, meant in (("0", "none of these"), ("e", "edit")):
            facts.append(f" {key} ", style="reverse")
            facts.append(f" {meant}\n", style="not bold")
        for who, note in self.adjudication.notes_on(one):
            said = in_lines(f"{who}, {note.kind}: {note.text}", room, self.mode)
            facts.append(f"{said}\n", style="not bold italic")
        answers = [self._answer(number, answer, room) for number, answer in enumerate(one.answers, 1)]
        self.panel.show(facts, *answers, about=one.id)

    def _answer(self, number: int, answer: Answer, room: int) -> Text:
        guidelines = self.session.project.guidelines
        said = Text()
        said.append(f" {number} ", style="bold reverse")
        said.append(f" {', '.join(answer.people)}{' (unsure)' if answer.unsure else ''}\n", style="bold")
        match answer.content:
            case Mention() as mention:
                said.append(f"{mention.kind} ", style=kind_style(mention.kind))
                said.append(f"{quote(mention.quote, self.mode, room - len(mention.kind) - 1)}\n")
                means = meaning(mention, guidelines.schema, guidelines.registry)
                said.append(f"{in_lines(means, room, self.mode)}\n")
            case Event() as event:
                said.append(self._event(event, room))
            case None:
                said.append("nothing here\n")
        return said

    def _event(self, event: Event, room: int) -> Text:
        """Give an event as an answer: what the other answers do not have is marked, what is no mention struck out."""
        one = self.disagreement
        others = [slots(answer.content) for answer in one.answers if isinstance(answer.content, Event)] if one else []
        mentions = self.adjudication.merge.mentions
        said = Text()
        said.append(f"{event.type}\n", style="bold")
        return said.append(
            frame(
                event,
                mentions,
                self.session.schema,
                self.mode,
                shared=frozenset.intersection(*others) if len(others) > 1 else None,
                dropped={slot[1] for slot in slots(event) if self.session.annotation.live_mention(slot[1]) is None},
                room=room,
            )
        )

    def _ruling(self, one: Disagreement) -> str:
        rule = self.adjudication.ruling_on(one)
        if rule is None:
            return "not settled"
        return {"pick": f"settled: as {rule.annotator}", "none": "settled: none", "edited": "settled: edited"}[
            rule.choice
        ]

    def show_change(self, decision: Decision) -> None:
        """Go to the disagreement on which a decision ruled."""
        super().show_change(decision)
        ruled = {change.item for change in decision.changes if isinstance(change, Rule)}
        for at, one in enumerate(self.adjudication.disagreements):
            if one.id in ruled:
                self._go(at)

    # Actions

    def action_pick(self, number: int) -> None:
        """Settle by an answer and go on."""
        one = self.disagreement
        if one is None or number > len(one.answers):
            self.say("There is no such answer here.")
        elif self.attempt(lambda: self.adjudication.pick(one, one.answers[number - 1])):
            self.action_next()

    def action_none(self) -> None:
        """Settle by none of the answers and go on."""
        one = self.disagreement
        if one is not None and self.attempt(lambda: self.adjudication.none(one)):
            self.action_next()

    def action_edit(self) -> None:
        """Settle by an answer of one's own: the labelling screen opens on it."""
        one = self.disagreement
        if one is not None and self.attempt(lambda: self.adjudication.edit(one)):
            self._edit = self.session.history.effective[-1]
            self.app.push_screen(LabelScreen(self.session, self.mode, at=one.span.start))

    def action_next(self) -> None:
        """Go to the next disagreement that is open."""
        found = self.adjudication.disagreements
        for distance in range(1, len(found) + 1):
            at = (self._at + distance) % len(found)
            if self.adjudication.ruling_on(found[at]) is None:
                self._go(at)
                return
        self._go(self._at)
        if not self.session.annotation.finished:
            self.say("Everything is settled. D marks the article adjudicated.")

    def action_step(self, step: int) -> None:
        """Go to the next or previous disagreement."""
        if self.adjudication.disagreements:
            self._go((self._at + step) % len(self.adjudication.disagreements))

    def action_done(self) -> None:
        """Mark the article adjudicated, or open it again."""
        if self.session.annotation.finished:
            self.attempt(self.session.reopen)
        elif self.attempt(self.adjudication.finish):
            self.say("The article is adjudicated. `annotator release` puts it into the next gold version.")
