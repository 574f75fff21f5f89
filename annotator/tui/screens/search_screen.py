"""Searching an article, on either screen: asked in the panel, found as it is typed, gone through hit by hit.

Owns what was looked for and where the reader was before. What counts as equal is said in `text/finding.py`. An article
beyond measure is prepared piece by piece while the person types, and searched when the typing pauses: no key waits.
"""

from textual.timer import Timer

from annotator.text.counted import counted
from annotator.text.finding import Finder, Hits
from annotator.text.span import Span
from annotator.tui.facts import quote
from annotator.tui.layout import BidiMode
from annotator.tui.screens.reading_screen import ReadingPlace, ReadingScreen
from annotator.workflow.session import Session

_AT_ONCE = 1_000_000
"""Code points up to which an article is searched at every letter; a longer one when typing pauses."""

_PAUSE = 0.15
"""Seconds without a key after which typing pauses."""

_STEP = 200_000
"""Code points that are prepared between two keys: about a hundredth of a second's work."""

_BREATH = 0.001
"""Seconds in which keys may come in between two such steps."""


class SearchScreen(ReadingScreen):
    """An article that can be searched."""

    def __init__(self, session: Session, mode: BidiMode) -> None:
        """Read the article of `session`; nothing is looked for yet."""
        super().__init__(session, mode)
        self.finder = Finder(session.article.text)
        """The article, ready to be searched."""
        self._hits: Hits | None = None
        self._before: ReadingPlace | None = None
        """Where the reader was when the open search began; None while none is open."""
        self._hits_before: Hits | None = None
        self._wanted = ""
        self._pause: Timer | None = None

    def go_over_to(self, session: Session) -> None:
        """Read the article of another session, in which nothing is looked for yet."""
        self.finder, self._hits = Finder(session.article.text), None
        super().go_over_to(session)

    def action_search(self) -> None:
        """Ask what to look for."""
        self.say("")
        self._before, self._hits_before = self.place, self._hits
        written = self._hits.query if self._hits is not None else ""
        self.panel.type_in(
            "Search: Enter goes there, Esc back", written, self._look_for, self._end_search, self._leave_search
        )

    def _look_for(self, written: str) -> str:
        """Look for what is typed so far, or begin to; say how much there is of it."""
        self._wanted = written
        if self._pause is not None:
            self._pause.stop()
        if self._hits is None or self._hits.query != written:
            if len(self.session.article.text) > _AT_ONCE:
                self._pause = self.set_timer(_PAUSE if self.finder.ready else _BREATH, self._look_on)
                return "…"
            self._find(written)
        return "" if self._hits is None else counted(len(self._hits), "hit")

    def _look_on(self) -> None:
        """Prepare a long article a little further; once that is done, search it."""
        if self._before is None or not self.panel.asking:
            return
        if self.finder.prepare(_STEP):
            self._find(self._wanted)
            self.panel.read_again()
        else:
            self._pause = self.set_timer(_BREATH, self._look_on)

    def _find(self, query: str) -> None:
        """Search, mark all that is found and show the first from where the reader was."""
        self._hits = self.finder.find(query) if query else None
        self.view.show_found(self._hits)
        if self._before is not None:
            self.return_to(self._before)
            if self._hits:
                self.view.select(self._hits[self._first(self._before.caret)])

    def _end_search(self, written: str) -> None:
        """Go to the first hit and select it."""
        if self._hits is None or self._hits.query != written:
            self._find(written)
        before, self._before = self._before, None
        if before is not None:
            self.return_to(before)
        if self._hits:
            self._select(self._first(self.view.caret), "")
        elif written:
            self.say(f"{quote(written, self.mode)} is nowhere in this article.")

    def _leave_search(self) -> None:
        """Go back where the reader was, with what was marked there."""
        before, self._before = self._before, None
        if before is not None:
            self._hits = self._hits_before
            self.view.show_found(self._hits)
            self.return_to(before)

    def _first(self, offset: int) -> int:
        """Give the number of the first hit at or behind a code point; behind the last one comes the first."""
        return 0 if self._hits is None else self._hits.at_or_after(offset) % len(self._hits)

    def action_hit(self, step: int) -> None:
        """Go to the next or previous hit and select it."""
        hits = self._hits
        if not hits:
            self.say("Nothing is looked for: / asks what." if hits is None else "There is no hit.")
            return
        selected = self.view.selection
        on_hit = selected is not None and selected.start == self.view.caret
        behind = hits.at_or_after(self.view.caret + on_hit) if step > 0 else hits.at_or_after(self.view.caret) - 1
        wrapped = "" if 0 <= behind < len(hits) else f", {'on from the beginning' if step > 0 else 'back from the end'}"
        self._select(behind % len(hits), wrapped)

    def _select(self, number: int, wrapped: str) -> None:
        if self._hits is None:
            return
        hit: Span = self._hits[number]
        self.jump_to(hit.start)
        self.view.select(hit)
        self.say(f"{quote(self._hits.query, self.mode)}: hit {number + 1} of {len(self._hits)}{wrapped}")
