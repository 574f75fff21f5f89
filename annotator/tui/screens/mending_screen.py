"""From the adjudication screen to the labelling screen and back: what is changed there is the adjudicator's decision.

Knows which decision the labelling screen was opened for, if any, and what held then. What comes of it is decided in
`workflow.adjudicating`.
"""

from collections.abc import Mapping
from typing import NamedTuple

from annotator.model.decision import Decision
from annotator.tui.highlights import MentionHighlights
from annotator.tui.layout import BidiMode
from annotator.tui.screens.label import LabelScreen
from annotator.tui.screens.split_screen import SplitScreen
from annotator.workflow.adjudicating import Adjudication, Holding


class _Away(NamedTuple):
    """What was so when the labelling screen came in front."""

    ruled: Decision | None
    """The decision that it was opened for: undone if nothing changes. None: it was opened to mend anything."""
    before: Mapping[str, Holding]
    decided: int
    """How many decisions counted."""


class MendingScreen(SplitScreen):
    """An article under adjudication whose labels can be changed by hand."""

    def __init__(self, adjudication: Adjudication, mode: BidiMode) -> None:
        """Show the article that is adjudicated."""
        super().__init__(adjudication.session, mode)
        self.adjudication = adjudication
        self._away: _Away | None = None
        """None while the labelling screen is not in front."""

    def open_editor(self, at: int, *, ruled: bool) -> None:
        """Open the labelling screen at a code point; `ruled`: for the decision just made."""
        made = self.session.history.effective
        self._away = _Away(made[-1] if ruled else None, self.adjudication.holding(), len(made))
        self.app.push_screen(LabelScreen(self.session, self.mode, at=at))

    def action_mend(self) -> None:
        """Open the labelling screen at the cursor, to mend what nobody asked about."""
        if self.attempt(self.session.refuse_if_done):
            self.open_editor(self.view.caret, ruled=False)

    def on_screen_resume(self) -> None:
        """Take the news back from the labelling screen, if it was that which had them while it was in front."""
        away, self._away = self._away, None
        if away is None:
            return
        self.session.on_save = self._saving_changed
        self.post_message(self.Saving())  # what was told in between was told to nobody
        self.session.on_change = self.mentions_changed
        self.view.show_highlights(MentionHighlights(self.session))
        self._conclude(away)
        self.came_back(ruled=away.ruled is not None)

    def _conclude(self, away: _Away) -> None:
        """Undo a ruling that nothing came of; say what else was mended, and rule on what was asked about so."""
        made = self.session.history.effective
        if away.ruled is None:
            self.view.move_to(self.session.cursor)
            self.say("Mended, on the record as yours." if len(made) > away.decided else "Nothing was changed there.")
            self.adjudication.rule_by_hand(away.before)
        elif away.ruled in made[-1:]:
            self.session.undo()
            self.say("Nothing was changed there, so nothing is settled by it.")

    def came_back(self, *, ruled: bool) -> None:
        """Go on where the labelling screen was opened; `ruled`: for a decision made before."""
