"""A page to read: a text with styles in rows of the width that there is, scrolled by lines."""

from bisect import bisect_right

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from annotator.tui.layout import BidiMode, Layout
from annotator.tui.page_text import PageText

_EMPTY = PageText("", ((0, ""),), ())


class PageView(Widget):
    """Shows one page at a time."""

    DEFAULT_CSS = "PageView { height: 1fr; }"

    def __init__(self, mode: BidiMode) -> None:
        """Begin with nothing; `mode` is how right-to-left text is written."""
        super().__init__()
        self._mode = mode
        self._page = _EMPTY
        self._layout = Layout("", 80, mode)
        self._top = 0

    @property
    def top(self) -> int:
        """The code point at which the first row in sight begins."""
        return self._layout.row_span(self._top).start

    @property
    def part_read(self) -> str:
        """How far the page is read, in words."""
        last = self._last()
        return "all" if last == 0 else f"{min(self._top, last) * 100 // last} %"

    def show(self, page: PageText, offset: int = 0) -> None:
        """Show a page from the row on that the code point `offset` stands on."""
        self._page = page
        self._lay_out(offset)

    def roll(self, rows: int) -> None:
        """Go down by rows, or up."""
        self._top = max(0, min(self._top + rows, self._last()))
        self.refresh()

    def turn(self, pages: int) -> None:
        """Go down by pages, or up, one row staying in sight."""
        self.roll(pages * max(1, self.size.height - 1))

    def on_resize(self) -> None:
        """Wrap anew; what was on top stays there."""
        self._lay_out(self.top)

    def _lay_out(self, offset: int) -> None:
        self._layout = Layout(self._page.text, max(1, self.size.width), self._mode)
        self._top = self._layout.row_at(offset)
        self.refresh()

    def _last(self) -> int:
        return max(0, self._layout.row_count - max(1, self.size.height))

    def render_line(self, y: int) -> Strip:
        """Give one line of the widget."""
        row, width = self._top + y, self.size.width
        if row >= self._layout.row_count or not self._page.text:
            return Strip.blank(width, self.rich_style)
        start, end = self._layout.row_span(row)
        cuts = frozenset(at for at, _ in self._page.runs if start < at < end)
        line = self._layout.row(row, cuts)
        segments = [Segment(" " * line.pad, self.rich_style)]
        for cell in line.cells:
            segments.append(Segment(cell.glyph, self.rich_style + Style.parse(self._style_at(cell.lo))))
        segments.append(Segment(" " * max(0, width - line.pad - line.width), self.rich_style))
        return Strip(Segment.simplify(segments), max(width, line.pad + line.width))

    def _style_at(self, offset: int) -> str:
        place = bisect_right(self._page.runs, offset, key=lambda run: run[0])
        return self._page.runs[max(0, place - 1)][1]
