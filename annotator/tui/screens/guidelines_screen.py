"""The guidelines to read: one page at a time, opened at the rule that belongs to what was at the cursor.

It lies over the article, which stays as it is; leaving goes back to exactly where one was. Nothing here changes
anything, and no link of a page is followed.
"""

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType

from annotator.model.pages import Page
from annotator.tui.actions import ScreenName, actions_of
from annotator.tui.keys import bindings, footer_of, keys_in_force
from annotator.tui.layout import BidiMode, one_line
from annotator.tui.page_text import PageText, page_text
from annotator.tui.screens.app_screen import AppScreen
from annotator.tui.screens.page_list import PageList, Place
from annotator.tui.widgets.page_view import PageView
from annotator.tui.widgets.sparing import SparingText
from annotator.workflow.guidebook import Guidebook
from annotator.workflow.project import Project


class GuidelinesScreen(AppScreen[None]):
    """Pages of the guidelines over the screen from which they were opened."""

    name_of_screen: ClassVar[ScreenName] = "guidelines"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("guidelines")]
    DEFAULT_CSS = """
    GuidelinesScreen { layout: vertical; }
    GuidelinesScreen #head { height: 1; background: $primary-darken-2; color: $text; padding: 0 1; }
    GuidelinesScreen #foot { height: 1; padding: 0 1; color: $text-muted; background: $surface; }
    GuidelinesScreen PageView { margin: 0 1; }
    """

    def __init__(self, project: Project, book: Guidebook, mode: BidiMode, topics: Sequence[str]) -> None:
        """Read `book`, beginning with the page that is on the first of the topics that has one."""
        super().__init__()
        self._book = book
        self._mode = mode
        self._on_topic = [Place(page.name, line) for page, line in book.handbook.about(topics)]
        self._at: Place | None = self._on_topic[0] if self._on_topic else None
        self._force = keys_in_force(project.workspace.settings)
        self._texts: dict[str, PageText] = {}

    def compose(self) -> ComposeResult:
        """Lay out head, page and footer."""
        yield SparingText(id="head")
        yield PageView(self._mode)
        foot = SparingText(id="foot")
        foot.update(footer_of(actions_of("guidelines"), self._force))
        yield foot

    @property
    def view(self) -> PageView:
        """The page."""
        return self.query_one(PageView)

    @property
    def page(self) -> Page | None:
        """The page that is read."""
        return self._book.handbook.by_name[self._at.page] if self._at else None

    def on_mount(self) -> None:
        """Open the page that belongs to what was at the cursor; where none does, ask for one."""
        if self._at is None:
            self.action_list()
        else:
            self.call_after_refresh(self._open, self._at)  # once it is known how wide it is

    def _open(self, place: Place) -> None:
        self._at = place
        text = self._text(place.page)
        self.view.show(text, text.offset_of(place.line))
        self._show_head()

    def _text(self, name: str) -> PageText:
        if name not in self._texts:
            self._texts[name] = page_text(self._book.handbook.by_name[name].text, self._book.illustrated)
        return self._texts[name]

    def say(self, message: str) -> None:
        """Show a sentence in the head until something else happens."""
        self.query_one("#head", SparingText).update(Text(message, no_wrap=True))

    def _show_head(self) -> None:
        if self.page is None or self._at is None:
            return
        names = [place.page for place in self._on_topic]
        among = f"  {names.index(self.page.name) + 1} of {len(names)} on this" if self.page.name in names else ""
        title = one_line(self.page.title.replace("`", ""), self._mode)
        self.say(f"guidelines/{self.page.name}  {self.view.part_read}{among}  {title}")

    # Actions

    def action_roll(self, rows: int) -> None:
        """Go down or up by rows."""
        self.view.roll(rows)
        self._show_head()

    def action_page(self, pages: int) -> None:
        """Go down or up by pages of the screen."""
        self.view.turn(pages)
        self._show_head()

    def action_edge(self, end: int) -> None:
        """Go to the page's beginning or end."""
        self.view.roll((1 if end else -1) * len(self.page.text if self.page else ""))
        self._show_head()

    def action_on_topic(self, step: int) -> None:
        """Go to the next or previous page on what was at the cursor; without one, in the order of the index."""
        places = self._on_topic or [Place(page.name, 1) for page in self._book.handbook.pages]
        names = [place.page for place in places]
        here = names.index(self._at.page) if self._at and self._at.page in names else -(step > 0)
        if places:
            self._open(places[(here + step) % len(places)])

    def action_list(self) -> None:
        """List all pages, to be found by typing."""
        first = [place.page for place in self._on_topic]
        self.app.push_screen(PageList(self._book.handbook, first, self._mode), self._chosen)

    def _chosen(self, place: Place | None) -> None:
        if place is not None:
            self._open(place)
        elif self._at is None:
            self.dismiss()

    def action_leave(self) -> None:
        """Go back to where one was."""
        self.dismiss()
