"""The feedback screen: where what was settled differs from one's own work, place by place. To be read only."""

from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType

from annotator.adjudication.disagreement import Disagreement
from annotator.model.event import Event
from annotator.model.mention import Kind, Mention
from annotator.tui.actions import ScreenName
from annotator.tui.disagreement_facts import Answers, because, in_its_words
from annotator.tui.facts import ROOM
from annotator.tui.highlights import Highlight
from annotator.tui.keys import bindings
from annotator.tui.layout import BidiMode
from annotator.tui.screens.search_screen import SearchScreen
from annotator.workflow.feedback import SETTLED, Feedback

_HERE = "?"
"""Id of the highlight that shows where the difference is."""


class FeedbackScreen(SearchScreen):
    """One annotator looks at one adjudicated article."""

    name_of_screen: ClassVar[ScreenName] = "feedback"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("feedback")]

    def __init__(self, feedback: Feedback, mode: BidiMode) -> None:
        """Show where what was settled differs; begins at the first place."""
        super().__init__(feedback.session, mode)
        self.feedback = feedback
        self._at = 0

    def begin(self) -> None:
        """Go to the first difference."""
        self._go(0)
        if not self.feedback.differences:
            self.say("What was settled is what you said.")

    @property
    def difference(self) -> Disagreement | None:
        """The difference that is shown."""
        found = self.feedback.differences
        return found[self._at] if found else None

    def _go(self, at: int) -> None:
        self._at = at
        one = self.difference
        if one is not None:
            kind: Kind = next((content.kind for content in one.contents if isinstance(content, Mention)), "trigger")
            self.view.change_highlight(_HERE, Highlight(_HERE, one.span, kind, None))
            self.view.make_current(_HERE)
            self.view.move_to(one.span.start)
        self.after_change()

    def mention_here(self) -> Mention | None:
        """Give the mention that was settled otherwise; of an event, its trigger as being of the settled type."""
        for content in self.difference.contents if self.difference else ():
            if isinstance(content, Event):
                return self.feedback.mentions[content.triggers[0]].model_copy(update={"label": content.type})
            return content
        return None

    def after_change(self) -> None:
        """Bring head and panel up to date."""
        self.show_head()
        one = self.difference
        if one is None:
            self.panel.show(Text("Nothing was settled otherwise."))
            return
        room = self.size.width // 3 - 3 if self.panel.has_class("below") else ROOM
        called = {self.session.person: "you", SETTLED: "settled"}
        answers = Answers(one, called, self.feedback.mentions, self.session, self.mode, room)
        facts = Text(f"{one.what.upper()} {self._at + 1} of {len(self.feedback.differences)}\n", style="bold")
        reason = self.feedback.reason_of(one)
        facts.append(f"{', '.join(one.differences)}{because(reason)}\n", style="not bold")
        facts.append(in_its_words(reason, self.mode, room), style="not bold italic")
        both = sorted(one.answers, key=lambda answer: SETTLED in answer.people)
        self.panel.show(facts, *(answers.of(answer) for answer in both), about=one.id)

    def action_step(self, step: int) -> None:
        """Go to the next or previous difference."""
        if found := self.feedback.differences:
            self._go((self._at + step) % len(found))
