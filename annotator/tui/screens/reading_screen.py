"""What a reader does with an article on either screen without deciding anything: moving about in it."""

from collections import deque

from annotator.tui.layout import BidiMode
from annotator.tui.screens.article_screen import ArticleScreen
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
