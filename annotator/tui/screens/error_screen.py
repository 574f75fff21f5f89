"""An error in its article: gold's stretch and the prediction's marked, both readings beside it, one key to challenge.

To be read only; what is filed goes through `workflow.error_browsing`.
"""

from collections.abc import Mapping, Sequence
from typing import ClassVar, get_args

from pydantic import ValidationError
from rich.text import Text
from textual.binding import BindingType

from annotator.errors import Refusal
from annotator.model.mention import Kind, Mention
from annotator.scoring.errors import ScoringError
from annotator.tui.actions import ScreenName
from annotator.tui.error_facts import GOLD, PREDICTED, TRIGGER, error_head, error_line, highlights, reading_facts
from annotator.tui.facts import ROOM, quote
from annotator.tui.keys import bindings
from annotator.tui.layout import BidiMode, one_line
from annotator.tui.screens.search_screen import SearchScreen
from annotator.tui.widgets.listing import Lines, chosen
from annotator.workflow.error_browsing import ErrorBrowsing
from annotator.workflow.error_filter import words_at
from annotator.workflow.person import checked_name


class ErrorScreen(SearchScreen):
    """One group of errors after the other, each error in its article."""

    name_of_screen: ClassVar[ScreenName] = "errors"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("errors")]

    def __init__(
        self, browsed: ErrorBrowsing, groups: Mapping[str, Sequence[ScoringError]], group: str, mode: BidiMode
    ) -> None:
        """Go through `groups`, of at least one error each, beginning with the first error of `group`."""
        self.browsed = browsed
        self._groups = groups
        self.group = group
        """Name of the group that is gone through."""
        self.at = 0
        """Index of the error that is shown, in its group."""
        super().__init__(browsed.session(self.error), mode)

    @property
    def errors(self) -> Sequence[ScoringError]:
        """The errors of the group."""
        return self._groups[self.group]

    @property
    def error(self) -> ScoringError:
        """The error that is shown."""
        return self.errors[self.at]

    def begin(self) -> None:
        """Show the first error."""
        self._mark()

    def on_unmount(self) -> None:
        """Close the article."""
        self.session.close()

    # What is shown

    def go(self, at: int) -> None:
        """Show an error of the group, by its index, in its article."""
        self.at = at
        if self.error.article_id != self.session.article.article_id:
            before = self.session
            self.go_over_to(self.browsed.session(self.error))
            before.close()
        self.say("")
        self._mark()

    def _mark(self) -> None:
        """Mark what the sides of the error read, and bring it into view."""
        for name in (GOLD, PREDICTED, TRIGGER):
            self.view.change_highlight(name, None)
        where = self.error.place
        if self.browsed.has_text(self.error) and where is not None:
            for one in highlights(self.error):
                self.view.change_highlight(one.id, one)
            self.view.make_current(GOLD)
            self.view.move_to(where.start)
            self.view.bring_into_view(where.start, self.view.size.height // 5)
        self.after_change()

    def head_line(self) -> str:
        """Give which error this is of how many, in which group and article."""
        here = f"{self.at + 1} of {len(self.errors)} in {one_line(self.group, self.mode)}"
        challenged = self.browsed.state_of(self.error)
        return "  ".join(filter(None, (here, challenged and "challenged", self.error.article_id, self.error.language)))

    def after_change(self) -> None:
        """Bring head and panel up to date."""
        self.show_head()
        error, browsed = self.error, self.browsed
        room = self.size.width // 3 - 3 if self.panel.has_class("below") else ROOM
        text = browsed.texts.get(error.article_id)
        self.panel.show(
            error_head(error, browsed.of_trigger(error), browsed.state_of(error), self.mode, room),
            reading_facts(error, GOLD, text, self.mode, room),
            reading_facts(error, PREDICTED, text, self.mode, room),
            about=(self.group, self.at),
        )

    def mention_here(self) -> Mention | None:
        """Give what gold says here, or else the prediction, as far as the guidelines have something on it."""
        reading = self.error.gold or self.error.predicted
        if reading is None:
            return None
        part, label, where = self.error.part, reading.label, reading.span
        if part == "argument":
            part, label, where = "trigger", reading.event_type, reading.trigger
        kind: Kind = next((kind for kind in get_args(Kind) if kind == part), "trigger")
        if where is None:
            return None
        try:
            ref = reading.said if kind in ("actor", "place") else ""
            return Mention(
                id="here", kind=kind, start=where.start, end=where.end, quote="", label=label or None, ref=ref or None
            )
        except ValidationError:
            return None

    def topics_here(self, mention: Mention | None) -> Sequence[str]:
        """Give what pages may be on that belong to the error: the role, or the event type or kind."""
        reading = self.error.gold or self.error.predicted
        if reading is None:
            return super().topics_here(mention)
        if self.error.part in ("argument", "trigger"):
            return (reading.label, self.error.part, "event")
        return (self.error.part, "event" if self.error.part == "event" else "argument")

    # Going on

    def action_step(self, step: int) -> None:
        """Go to the next or previous error; behind the last one comes the first."""
        to = self.at + step
        self.go(to % len(self.errors))
        if not 0 <= to < len(self.errors):
            self.say(
                f"On from the {'first' if step > 0 else 'last'}. ) goes on to the next group, q back to all of them."
            )

    def action_group(self, step: int) -> None:
        """Go to the first error of the next or previous group."""
        names = list(self._groups)
        to = names.index(self.group) + step
        if not 0 <= to < len(names):
            self.say("There is no group behind this one." if step > 0 else "There is no group before this one.")
            return
        self.group = names[to]
        self.go(0)

    def action_list_errors(self) -> None:
        """List the errors of the group, and go to the chosen one."""
        at = self.at
        title = Text(f"{one_line(self.group, self.mode)}: Enter goes there, Esc back", style="bold")
        lines = Lines(title, len(self.errors), self._line, lambda _: None, at)
        self.panel.go_through(lines, lambda answer: self.go(chosen(answer)[0]), lambda: None)

    def _line(self, number: int, room: int) -> Text:
        one = self.errors[number]
        text = self.browsed.texts.get(one.article_id)
        return Text(error_line(one, text, self.browsed.state_of(one), room, self.mode, mixed=one.group != self.group))

    # Challenging

    def action_challenge(self) -> None:
        """Ask why gold is wrong here, and who says so if nobody did yet; file it."""
        try:
            self.browsed.refuse_challenge(self.error)
            name = self.browsed.known_person()
        except Refusal as refusal:
            self.panel.tell(str(refusal), typed=True)
            return
        if name is not None:
            self._ask_reason(name)
            return
        self.panel.type_in(
            "Who says so? Gold carries a pseudonym.",
            "",
            checked_name,
            lambda said: self._ask_reason(checked_name(said)),
        )

    def _ask_reason(self, name: str) -> None:
        error, where = self.error, self.error.place
        words = quote(words_at(where, self.browsed.texts.get(error.article_id)), self.mode)
        self.panel.type_in(
            f"What is wrong in gold here? {words}".rstrip(),
            "",
            lambda written: (
                "Enter files it, for an adjudicator." if written.strip() else "Write a few words; Esc leaves."
            ),
            lambda written: self._file(error, written.strip(), name),
        )

    def _file(self, error: ScoringError, reason: str, name: str) -> None:
        if not reason:
            self.say("Nothing was written, so nothing was challenged.")
            return
        said: list[str] = []

        def file() -> None:
            filed, found = self.browsed.challenge(error, reason, name)
            back = f"`annotator challenge --withdraw {filed.id[:8]}` takes it back."
            said.append(f"Challenged; it waits for an adjudicator. {back}")
            said.extend(f"Note: {one}" for one in found.odd)

        if self.attempt(file):
            self.say(" ".join(said))
