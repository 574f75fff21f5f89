"""The list of the guidelines' pages, to be found by typing: what is typed is looked for in titles and in the pages.

Case, diacritics and ways to write a letter do not count, as in every search.
"""

from collections.abc import Iterator, Sequence
from typing import ClassVar, NamedTuple

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from annotator.model.pages import PAGE, Handbook
from annotator.text.finding import sought
from annotator.tui.layout import NARROWEST, BidiMode, beginning
from annotator.tui.line_edit import LineEdit
from annotator.tui.screens.left_once import LeftOnce

_MOST = 200
"""Lines that a search lists."""
_FRAME = 6
"""Rows of the screen that are not the list's: border, line, title, what the keys do."""
_SIDES = 6
"""Columns that are not: border, padding, mark."""


class Place(NamedTuple):
    """A line of a page."""

    page: str
    line: int


class PageList(LeftOnce[Place | None]):
    """Asks for a page, or a line of one."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "leave", show=False, priority=True)]
    DEFAULT_CSS = """
    PageList { align: center middle; }
    PageList Vertical { width: 92%; height: 92%; background: $surface; border: round $primary; padding: 0 1; }
    """

    def __init__(self, handbook: Handbook, first: Sequence[str], mode: BidiMode) -> None:
        """List the pages, those named `first` first."""
        super().__init__()
        self._handbook = handbook
        self._first = first
        self._mode = mode
        self._line = LineEdit(mode=mode)
        self._at = 0
        self._shown: list[tuple[Place, str]] = []

    def compose(self) -> ComposeResult:
        """Lay out the line and the list."""
        with Vertical():
            yield Static(id="pages")

    def on_mount(self) -> None:
        """Begin with all pages."""
        self._look()

    def on_resize(self) -> None:
        """Draw as much as there is room for."""
        self._draw()

    def on_key(self, event: events.Key) -> None:
        """Walk, choose, or type."""
        event.stop()
        room = self._room()
        steps = {"down": 1, "up": -1, "pagedown": room, "pageup": -room}
        if event.key == "enter":
            if self._shown:
                self.dismiss(self._shown[self._at][0])
        elif event.key in steps:
            self._at = max(0, min(self._at + steps[event.key], len(self._shown) - 1))
            self._draw()
        else:
            before = self._line.text
            self._line.take(event.key, event.character)
            if self._line.text != before:
                self._look()
            self._draw()

    def on_paste(self, event: events.Paste) -> None:
        """Look for what was pasted."""
        event.stop()
        self._line.insert(event.text)
        self._look()

    def action_leave(self) -> None:
        """Take back what was typed; with nothing typed, go back."""
        if self._line.text:
            self._line = LineEdit(mode=self._mode)
            self._look()
        else:
            self.dismiss(None)

    def _look(self) -> None:
        wanted = sought(self._line.text)
        self._shown = list(self._found(wanted) if wanted else self._all())[:_MOST]
        self._at = 0
        self._draw()

    def _all(self) -> Iterator[tuple[Place, str]]:
        first = [self._handbook.by_name[name] for name in self._first]
        for page in dict.fromkeys((*first, *self._handbook.pages)):
            yield Place(page.name, 1), f"{page.title}{'  (on this)' if page in first else ''}"

    def _found(self, wanted: str) -> Iterator[tuple[Place, str]]:
        """Give headings that hold what is wanted, then other lines that do."""
        headings = {(page.name, one.line) for page in self._handbook.pages for one in page.headings}
        hits = [
            (Place(page.name, number), line)
            for page in self._handbook.pages
            for number, line in enumerate(page.text.split("\n"), 1)
            if wanted in sought(line)
        ]
        yield from (hit for hit in hits if tuple(hit[0]) in headings)
        yield from (hit for hit in hits if tuple(hit[0]) not in headings)

    def _room(self) -> int:
        return max(1, self.size.height * 92 // 100 - _FRAME)

    def _draw(self) -> None:
        width, room = max(20, self.size.width * 92 // 100 - _SIDES), self._room()
        drawn = Text("Type to search, Enter opens, Esc goes back\n", style="dim")
        drawn.append_text(Text("> ", style="bold not dim").append_text(self._line.drawn(max(8, width - 2)))).append(
            "\n"
        )
        if not self._shown:
            drawn.append("\nNo page says that.", style="not dim")
        top = max(0, min(self._at - room // 2, len(self._shown) - room))
        for number, (place, said) in enumerate(self._shown[top : top + room], top):
            drawn.append_text(self._row(place.page, said, width, chosen=number == self._at))
        self.query_one("#pages", Static).update(drawn)

    def _row(self, name: str, said: str, width: int, *, chosen: bool) -> Text:
        row = Text("\n▸ " if chosen else "\n  ", style="bold reverse not dim" if chosen else "not dim")
        row.append(beginning(name.removesuffix(PAGE), width // 2, self._mode), style="bold")
        said = said.strip("#*-| ").replace("**", "").replace("`", "")
        room = width - row.cell_len - len("  ")
        return row.append(f"  {beginning(said, room, self._mode)}") if said and room > NARROWEST else row
