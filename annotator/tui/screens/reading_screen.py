"""What a reader does with an article on either screen without deciding anything: moving about, copying."""

from collections import deque

from annotator.errors import Refusal
from annotator.text.counted import counted
from annotator.tui.layout import BidiMode
from annotator.tui.screens.article_screen import ArticleScreen
from annotator.workflow.clipboard import keep_copied
from annotator.workflow.session import Session

_REMEMBERED = 100
"""Jumps that can be gone back."""


class ReadingScreen(ArticleScreen):
    """An article that can be read."""

    def __init__(self, session: Session, mode: BidiMode) -> None:
        """Read the article of `session`."""
        super().__init__(session, mode)
        self._left: deque[tuple[int, str | None]] = deque(maxlen=_REMEMBERED)
        """Where the reader was before each jump: the cursor, in code points, and the current highlight."""

    def jump_to(self, offset: int) -> None:
        """Put the cursor at `offset`, in code points; `action_back` returns to where it was."""
        self._left.append((self.view.caret, self.view.current))
        self.view.move_to(offset)
        self.caret_moved()

    def action_back(self) -> None:
        """Go back to where the last jump began."""
        if not self._left:
            self.say("There is no jump to go back from.")
            return
        offset, current = self._left.pop()
        self.view.move_to(offset)
        self.caret_moved()
        self.view.make_current(current)
        self.after_change()

    def action_page(self, pages: int) -> None:
        """Go down or up by pages."""
        self.view.turn_page(pages)
        self.caret_moved()

    def action_reveal(self) -> None:
        """Show characters without a glyph of their own by a mark, or hide them again."""
        self.view.reveal(not self.view.reveals)
        shown = "shown by a mark; V hides them" if self.view.reveals else "hidden again"
        self.say(f"Characters that cannot be seen (joiners, direction marks, soft hyphens) are {shown}.")

    def action_copy(self) -> None:
        """Copy the selection, or the mention at the cursor, as it is stored, not as it looks on the screen.

        The terminal gets it encoded (OSC 52), so nothing of an article can steer it.
        """
        where = self.view.selection or self.view.current_span
        if where is None:
            self.say("There is nothing to copy: select something with Shift+arrows, or go to a mention.")
            return
        copied = where.of(self.session.article.text)
        self.app.copy_to_clipboard(copied)
        what = counted(len(copied), "character")
        try:
            kept = keep_copied(self.session.project, copied)
        except Refusal as refusal:
            self.say(f"Copied {what} to the clipboard, if the terminal allows it. {refusal}")
            return
        self.say(f"Copied {what} to the clipboard, if the terminal allows it, and to {kept}.")
