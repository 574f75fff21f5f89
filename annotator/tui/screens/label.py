"""The labelling screen: on top of its mentions and events, the article as a whole."""

from collections.abc import Iterator
from typing import ClassVar

from textual.binding import BindingType

from annotator.model.decision import Flag, Skip
from annotator.text.counted import counted
from annotator.tui.actions import ScreenName
from annotator.tui.keys import bindings
from annotator.tui.layout import BidiMode
from annotator.tui.screens.filling_screen import FillingScreen
from annotator.tui.widgets.picker import Option
from annotator.workflow.event_edits import frame_problems
from annotator.workflow.session import Session
from annotator.workflow.sums import broken_sums


class LabelScreen(FillingScreen):
    """One person labels one article."""

    name_of_screen: ClassVar[ScreenName] = "label"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("label")]

    def __init__(
        self,
        session: Session,
        mode: BidiMode,
        at: int | None = None,
        of_queue: tuple[int, int] | None = None,
        current: dict[str, str] | None = None,
    ) -> None:
        """Label the article of `session`, beginning at `at` (a code point) or where it was left.

        `of_queue` is how many articles the person marked done, and how many there are; `current` is which event was
        current when an article was left in this sitting, by the article's id, and is kept up.
        """
        super().__init__(session, mode, at)
        self._of_queue = of_queue
        if current is not None:
            self.remember_in(current)

    def begin(self) -> None:
        """Go on where the work was left, and say what a new schema asks."""
        super().begin()
        words = [*(["This article is done. D opens it again."] if self._is_done() else []), *self.waiting_questions()]
        if words:
            self.say(" ".join(words))

    def _is_done(self) -> bool:
        return self.session.annotation.finished and not self._judging

    def progress(self) -> str:
        """Give how many candidates are settled and how many are left, and what else is said of the article."""
        if self._judging:
            return "an answer of your own, q goes back"
        total, left = len(self.session.suggestions.candidates), self.session.untouched
        of_queue = f"  articles: {self._of_queue[0]} of {self._of_queue[1]}" if self._of_queue else ""
        return f"{total - left} of {total} settled, {left} left{of_queue}"

    def remarks(self) -> list[str]:
        """Give what was said of the article as a whole, and the time spent."""
        annotation, minutes = self.session.annotation, self.session.clock.active_ms // 60_000
        said = [word for word, holds in (("flagged", annotation.flagged), ("skipped", annotation.skipped)) if holds]
        if minutes:
            said.append(f"{minutes} min")
        return [*super().remarks(), *said]

    @property
    def _judging(self) -> bool:
        """Whether an adjudicator is here for an answer of the own, and not for the article as a whole."""
        return self.session.stage == "adjudicate"

    def _refuse_judging(self) -> bool:
        if self._judging:
            self.say("Go back to the disagreements first (q): there D ends the adjudication.")
        return self._judging

    def action_done(self) -> None:
        """Ask whether the article was read to its end, and mark it done; or open it again."""
        if self._refuse_judging():
            return
        if self.session.annotation.finished:
            # Asked, so that D and y on an article that is done already change nothing.
            again = Option("again", "open it again", "o")
            self.panel.choose("This article is done.", [again], lambda _: self._reopen())
        elif self.may_ask_after(self.session.refuse_while_untouched):
            options = [
                Option("yes", "yes: nothing else is there", "y"),
                Option("no", "no: only what was proposed", "n"),
            ]
            self.panel.choose("Did you read all of it, also where nothing was proposed?", options, self._finish)
            self.say("  ".join(self._doubts()))

    def _doubts(self) -> Iterator[str]:
        """Give what one might want to mend before the article is done; none of it stands in the way."""
        events, roles_of = self.events, self.session.schema.roles_of
        if bare := len(self.bare_triggers(events)):
            yield f"{counted(bare, 'trigger')} without an event (F lists them)."
        if lacking := sum(bool(frame_problems(roles_of(event.type), event)) for event in events):
            yield f"{counted(lacking, 'event')} with a role missing or too many."
        if odd := self._of_another_type():
            yield f"{counted(odd, 'trigger')} of another type than its event: gold takes the event's."
        for found in broken_sums(self.session):
            yield f"{found.said()}."

    def _of_another_type(self) -> int:
        """Give how many triggers carry a type that none of their events has."""
        types: dict[str, set[str]] = {}
        for event in self.events:
            for trigger in event.triggers:
                types.setdefault(trigger, set()).add(event.type)
        return sum(self.session.items[one].mention.label not in of for one, of in types.items())

    def _reopen(self) -> None:
        self.attempt(self.session.reopen)

    def _finish(self, read: str) -> None:
        if self.attempt(lambda: self.session.finish(read_to_end=read == "yes")):
            self.say(f"{self.session.article.article_id} is done. z goes on to the next, q back to the queue.")

    def action_next_article(self) -> None:
        """Leave this article as it is and open the next one that waits."""
        if not self._refuse_judging() and self.may_leave():
            self.dismiss(True)

    def action_skip(self) -> None:
        """Leave the article to others and go on; or take it up after all. Where something was decided, ask first."""
        if self._refuse_judging():
            return
        if self.session.annotation.settled and not self.session.annotation.skipped:
            # Not `y`: a name that was typed where nothing was asked may go on so behind its `s`.
            options = [Option("skip", "yes: others take it", "s"), Option("stay", "no: stay here", "n")]
            self.panel.choose("You decided something here. Leave it to others?", options, self._skip_if, "stay")
        else:
            self._skip()

    def _skip_if(self, answer: str) -> None:
        if answer == "skip":
            self._skip()

    def _skip(self) -> None:
        skipped = self.session.annotation.skipped
        if self.attempt(lambda: self.session.decide(Skip(skipped=not skipped))):
            if skipped:
                self.say("You take this article up after all.")
            else:
                self.action_next_article()

    def action_flag(self) -> None:
        """Flag the article for somebody to look at, or no longer."""
        flagged = self.session.annotation.flagged
        if self.attempt(lambda: self.session.decide(Flag(flagged=not flagged))):
            self.say(
                "No longer flagged." if flagged else "Flagged: the queue and `annotator status` show it. w says why."
            )
