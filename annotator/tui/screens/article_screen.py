"""What the labelling and the adjudication screen share: the article, the panel beside it, the lines above and below.

Owns the layout, the truth about saving, and leaving safely. What keys do to an annotation is in the two screens.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress

from rich.text import Text
from textual.app import ComposeResult
from textual.events import Resize
from textual.message import Message
from textual.theme import Theme
from textual.widgets import Static

from annotator.errors import Refusal
from annotator.model.article import READ_REGIONS
from annotator.model.decision import Decision
from annotator.store.writer import SaveState
from annotator.text.counted import counted
from annotator.text.display import display
from annotator.text.span import Span
from annotator.tui.actions import actions_of
from annotator.tui.highlights import MentionHighlights
from annotator.tui.keys import footer_of, keys_in_force
from annotator.tui.layout import BidiMode
from annotator.tui.palette import palette_of
from annotator.tui.screens.asking_screen import NARROW, AskingScreen
from annotator.tui.widgets.article_view import ArticleView
from annotator.tui.widgets.side_panel import SidePanel
from annotator.tui.widgets.sparing import Kept, KeptRow, SparingText
from annotator.workflow.session import Session

_MOST_SAID = 4
"""Lines of a message that are shown."""

_AGAIN = 2.0
"""Seconds until what another window saved is asked for again."""


class ArticleScreen(AskingScreen[bool], Kept):
    """An article with a panel; closing it waits until everything is saved.

    It is dismissed with whether the next article is wanted at once.
    """

    DEFAULT_CSS = """
    ArticleScreen { layout: vertical; }
    ArticleScreen #head { height: 1; background: $primary-darken-2; color: $text; padding: 0 1; }
    ArticleScreen #saying { height: 1; }
    ArticleScreen #says { height: 1; padding: 0 1; layer: front; dock: bottom; margin-bottom: 1; }
    ArticleScreen #foot { height: 1; padding: 0 1; color: $text-muted; background: $surface; }
    ArticleScreen #middle { height: 1fr; }
    ArticleScreen #middle.narrow { layout: vertical; }
    ArticleScreen ArticleView { width: 1fr; height: 1fr; }
    """

    class Saving(Message):
        """The truth about saving changed. It is not carried along: by the time this is read it may be another."""

    class Ready(Message):
        """The screen is laid out and takes keys."""

    class ModeChosen(Message):
        """Right-to-left text is to be written in another way from now on."""

        def __init__(self, mode: BidiMode) -> None:
            """Carry the mode."""
            super().__init__()
            self.mode = mode

    def __init__(self, session: Session, mode: BidiMode) -> None:
        """Show the article of `session`."""
        super().__init__()
        self.session = session
        self.mode = mode
        self._dimmed = session.regions
        self._said = ""
        self._said_lines = 1
        self._failing = False
        self._warned = False
        self.ready = False
        """Whether the screen is laid out: keys that come before wait for it."""
        session.on_save = self._saving_changed
        session.on_change = self.mentions_changed

    def compose(self) -> ComposeResult:
        """Lay out head, article, panel, message line and footer."""
        yield SparingText(id="head")
        with KeptRow(id="middle"):
            yield ArticleView(self.session.article.text, self.mode, self._boilerplate())
            yield SidePanel()
        yield Static(id="saying")  # a long message grows over the last lines of the text, which stays where it is
        yield SparingText(id="says")
        foot = SparingText(id="foot")
        force = keys_in_force(self.session.project.workspace.settings)
        foot.update(footer_of(actions_of(self.name_of_screen), force))
        yield foot

    def _boilerplate(self) -> list[Span]:
        self._dimmed = self.session.regions
        return [region.span for region in self.session.regions if region.kind not in READ_REGIONS]

    def _saving_changed(self, _state: SaveState) -> None:
        """Pass the news on from the writer's thread, which goes on writing when the screen has gone meanwhile."""
        with suppress(RuntimeError):  # what Textual raises for a screen or a program that is no longer there
            self.post_message(self.Saving())

    @property
    def view(self) -> ArticleView:
        """The article."""
        return self.query_one(ArticleView)

    def on_mount(self) -> None:
        """Show where the work stands and go on where it was left."""
        self.app.theme_changed_signal.subscribe(self, self._use_colours)
        self._use_colours(self.app.current_theme)
        self.view.show_highlights(MentionHighlights(self.session))
        self.view.focus()
        self.panel.use_mode(self.mode)
        self.begin()
        self.ready = True
        self.post_message(self.Ready())

    def _use_colours(self, theme: Theme) -> None:
        self.view.use_palette(palette_of(theme.name, colours=not self.app.no_color))

    def go_over_to(self, session: Session) -> None:
        """Show the article of another session in the place of this one's, from its beginning."""
        self.session = session
        session.on_save, session.on_change = self._saving_changed, self.mentions_changed
        self.view.read(session.article.text, self._boilerplate())
        self.view.show_highlights(MentionHighlights(session))

    def begin(self) -> None:
        """Go to where the work goes on. (Textual runs every class's own `on_mount`: this is the one to override.)"""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Before the screen is laid out no key does anything."""
        return self.is_mounted and super().check_action(action, parameters)

    def on_resize(self, event: Resize) -> None:
        """Put the panel where there is room for it."""
        narrow = event.size.width < NARROW
        self.panel.set_class(narrow, "below")
        self.query_one("#middle").set_class(narrow, "narrow")
        self.after_change()
        self.say(self._said)

    def mentions_changed(self, stretches: Sequence[Span]) -> None:
        """Draw the stretches anew on which mentions changed, and the boilerplate if it did."""
        if self._dimmed is not self.session.regions:
            self.view.dim(self._boilerplate())
        self.view.draw_again(stretches)

    def on_article_screen_saving(self, _event: Saving) -> None:
        """Show the truth about saving."""
        self.show_head()
        state = self.session.save_state
        if state.refusal is not None and not (self._failing and self._said):
            self._failing = True
            self.say("")  # and again when it changes what stands in the way
        elif self._failing and not state.pending:
            self._failing = self._warned = False
            self.say("Everything is saved again.")
        self._join_fork()

    def _join_fork(self) -> None:
        """Take over what another window saved, if there was one; try again later while the store does not answer."""
        if self.session.save_state.state != "forked":
            return
        try:
            self.session.reload()
        except Refusal as refusal:
            self.say(str(refusal))
            self.set_timer(_AGAIN, self._join_fork)
            return
        self._failing = False
        self.panel.take_back()  # what it asks about may be there no longer
        self.after_change()
        self.say("Another window saved decisions on this article under your name; both are kept now.")

    def say(self, message: str) -> None:
        """Show a sentence on the message line until the next one; without one, what stands in the way."""
        self._said = message
        shown = Text(display(message or self._hindrance()))
        says, width = self.query_one("#says", Static), max(1, self.size.width - 2)
        lines = 1 if len(shown) <= width else min(_MOST_SAID, len(shown.wrap(self.app.console, width)))
        if lines != self._said_lines:
            self._said_lines = says.styles.height = lines
        says.update(shown, layout=False)

    def _hindrance(self) -> str:
        """Give what the person must know as long as it lasts."""
        refusal = self.session.save_state.refusal
        if refusal is not None:
            kept = self.session.save_state.all_kept
            return f"{'KEPT ON THIS MACHINE, not sent yet.' if kept else 'NOT SAVED.'} {refusal}"
        return ""

    def attempt(self, step: Callable[[], object]) -> bool:
        """Take a step; show what refuses it on the message line; tell whether it went through."""
        self.say("")
        try:
            step()
        except Refusal as refusal:
            self.say(str(refusal))
            return False
        finally:
            self.after_change()
        return True

    def may_ask_after(self, step: Callable[[], object], *, typed: bool = False) -> bool:
        """Take a step that a question needs; tell whether it went through, and so may be asked.

        If not, that is told in the place of the question, one that would be `typed` into or takes a key: an answer
        typed ahead must not be taken for a command.
        """
        self.say("")
        try:
            step()
        except Refusal as refusal:
            self.panel.tell(str(refusal), typed=typed)
            return False
        return True

    def after_change(self) -> None:
        """Bring head and panel up to date."""
        self.show_head()

    def show_head(self) -> None:
        """Show the line above the article."""
        self.query_one("#head", Static).update(Text(self.head_line(), no_wrap=True), layout=False)

    def head_line(self) -> str:
        """Give what stands above the article: the truth about saving first, where no window is too narrow for it."""
        article = self.session.article
        done = "done" if self.session.annotation.finished else self.progress()
        article_facts = (article.article_id, article.language, self.session.person)
        return "  ".join((f"{self.saving():<9}", done, *self.remarks(), *article_facts))

    def remarks(self) -> list[str]:
        """Give what else is to be known of the work, a word or two each."""
        return []

    def progress(self) -> str:
        """Give how far the work is."""
        return ""

    def saving(self) -> str:
        """Give the truth about saving in a word or two."""
        state = self.session.save_state
        return {
            "saved": "saved ✓",
            "saving": f"saving {state.pending}…",
            "failing": f"kept here: {state.pending}" if state.all_kept else f"NOT SAVED: {state.pending} waiting",
            "forked": "changed elsewhere",
        }[state.state]

    # Actions that both screens have

    def action_undo(self) -> None:
        """Take the last decision back."""
        taken = self.session.history.effective[-1:]
        try:
            self.say("" if self.session.undo() else "There is nothing to undo.")
        except Refusal as refusal:
            self.say(str(refusal))
        else:
            self._show_changed(taken)

    def action_redo(self) -> None:
        """Make the last undone decision count again."""
        taken = self.session.history.undone[-1:]
        self.say("" if self.session.redo() else "There is nothing to redo.")
        self._show_changed(taken)

    def _show_changed(self, decisions: Sequence[Decision]) -> None:
        for decision in decisions:
            self.show_change(decision)
        self.after_change()

    def show_change(self, decision: Decision) -> None:
        """Go to where a decision shows that was taken back or made again."""

    def action_bidi(self) -> None:
        """Step to the next way of writing right-to-left text."""
        modes = list(BidiMode)
        self.mode = modes[(modes.index(self.mode) + 1) % len(modes)]
        self.view.use_mode(self.mode)
        self.panel.use_mode(self.mode)
        self.after_change()
        self.post_message(self.ModeChosen(self.mode))
        self.say(f"Right-to-left text is now written in mode {self.mode}. F2 goes on; annotator.toml keeps one.")

    def action_leave(self) -> None:
        """Let go of a selection; without one save what is left and go back, or stay if that cannot be, once."""
        if self.view.selection:
            self.view.move_to(self.view.caret)
            self.say("")
        elif self.may_leave():
            self.dismiss(False)

    def may_leave(self) -> bool:
        """Tell whether leaving loses nothing, or was asked for again after this said that it does."""
        state = self.session.save_state
        if state.pending and state.refusal is not None and not self._warned:
            self._warned = True
            number = counted(state.pending, "decision")
            if state.all_kept:
                self.say(
                    f"{number} kept on this machine and not sent yet. Press again to leave: annotator sends what is "
                    "kept when it is opened here and the store answers."
                )
            else:
                self.say(f"{number} not saved: {state.refusal.what} Press again to leave anyway.")
            return False
        return True
