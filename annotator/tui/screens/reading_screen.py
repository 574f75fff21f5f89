"""What a reader does with an article on either screen without deciding anything: moving about, copying."""

from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

from annotator.errors import Refusal
from annotator.model.article import READ_REGIONS
from annotator.model.mention import Mention
from annotator.model.pages import PAGE
from annotator.text.counted import counted
from annotator.text.span import CodePoint
from annotator.tui.guideline_facts import guideline, topics_of
from annotator.tui.layout import BidiMode
from annotator.tui.screens.article_screen import ArticleScreen
from annotator.tui.screens.guidelines_screen import GuidelinesScreen
from annotator.workflow.clipboard import keep_copied
from annotator.workflow.guidebook import Guidebook
from annotator.workflow.session import Session

_REMEMBERED = 100
"""Jumps that can be gone back."""


class ReadingPlace(NamedTuple):
    """Where a reader is: to come back to when something was only looked at."""

    caret: CodePoint
    selection_start: CodePoint | None
    top: int
    """The line at the top of the view."""


class ReadingScreen(ArticleScreen):
    """An article that can be read."""

    def __init__(self, session: Session, mode: BidiMode) -> None:
        """Read the article of `session`."""
        super().__init__(session, mode)
        self._left: deque[tuple[int, str | None]] = deque(maxlen=_REMEMBERED)
        """Where the reader was before each jump: the cursor, in code points, and the current highlight."""

    @property
    def place(self) -> ReadingPlace:
        """Where the reader is."""
        return ReadingPlace(self.view.caret, self.view.selection_start, self.view.scroll_offset.y)

    def return_to(self, place: ReadingPlace) -> None:
        """Show the article as it was there; nothing else follows, for nothing was left."""
        self.view.move_to(place.caret)
        if place.selection_start is not None:
            self.view.select_from(place.selection_start)
        self.view.scroll_to(y=place.top, animate=False)

    def go_over_to(self, session: Session) -> None:
        """Read the article of another session; no jump leads back into this one."""
        self._left.clear()
        super().go_over_to(session)

    def caret_moved(self) -> None:
        """Follow the cursor."""

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

    def action_edge(self, end: int) -> None:
        """Go to the beginning or the end."""
        self.view.move_to(len(self.session.article.text) if end else 0)
        self.caret_moved()

    def mention_here(self) -> Mention | None:
        """Give the mention that the keys are about, if there is one."""
        return None

    def action_guideline(self) -> None:
        """Show the guideline for what is at the cursor; behind it, where there are pages, those that belong to it."""
        project, mention = self.session.project, self.mention_here()
        topics = self.topics_here(mention)
        try:
            book = Guidebook(project.workspace, project.guidelines)
        except Refusal as refusal:
            self.say(str(refusal))
            return
        names = [page.name.removesuffix(PAGE) for page, _ in book.handbook.about(topics)] or ["the list of pages"]
        if not book.handbook.pages:
            self.panel.read(guideline(mention, project.guidelines, self.mode))
            return
        self.panel.read(
            guideline(mention, project.guidelines, self.mode, names),
            lambda: self._read_pages(book, topics),
        )

    def topics_here(self, mention: Mention | None) -> Sequence[str]:
        """Give what pages may be on that belong to what is at the cursor."""
        if mention is None:
            skipped = (one for one in self.session.regions if one.kind not in READ_REGIONS)
            return ("boilerplate",) if any(one.start <= self.view.caret < one.end for one in skipped) else ()
        item = self.session.items.get(mention.id)
        rejected = item is not None and item.disposition == "rejected"
        return topics_of(mention, self.session.annotation.live_events().values(), rejected=rejected)

    def _read_pages(self, book: Guidebook, topics: Sequence[str]) -> None:
        self.app.push_screen(GuidelinesScreen(self.session.project, book, self.mode, topics))

    def action_roll(self, step: int) -> None:
        """Scroll the panel by a line."""
        self.panel.roll(step)

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
