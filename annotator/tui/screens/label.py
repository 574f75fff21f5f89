"""The labelling screen: on top of its mentions and events, the article as a whole."""

from typing import ClassVar

from textual.binding import BindingType

from annotator.tui.actions import ScreenName
from annotator.tui.keys import bindings
from annotator.tui.screens.event_screen import EventScreen


class LabelScreen(EventScreen):
    """One person labels one article."""

    name_of_screen: ClassVar[ScreenName] = "label"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("label")]

    def progress(self) -> str:
        """Give how many candidates are settled and how many are left."""
        if self.session.stage == "adjudicate":
            return "an answer of your own, q goes back"
        total, left = len(self.session.suggestions.candidates), self.session.untouched
        return f"{total - left} of {total} settled, {left} left"

    def action_done(self) -> None:
        """Mark the article done, or open it again."""
        if self.session.stage == "adjudicate":
            self.say("Go back to the disagreements first (q): there D ends the adjudication.")
        elif self.session.annotation.finished:
            self.attempt(self.session.reopen)
        elif self.attempt(self.session.finish):
            self.say(f"{self.session.article.article_id} is done. q goes back to the queue.")
