"""The article on the screen: only the lines in view are drawn, mentions are highlighted, the cursor stands on clusters.

It draws what it is given and reports where the reader is. It never changes a mention, and every character reaches the
terminal through `Layout`, which shows hostile ones as marks.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from operator import itemgetter

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from annotator.text.finding import Hits
from annotator.text.span import CodePoint, Span, span
from annotator.tui.highlights import Highlight, Highlights, NoHighlights
from annotator.tui.layout import BidiMode, Layout
from annotator.tui.palette import DARK, Palette, style_of, without_line
from annotator.tui.widgets.sparing import changed_columns

_KEPT = 512
"""Lines that are kept as drawn, those out of view included."""

_NOTHING = Strip([], 0)


_DOTS_BELOW = frozenset("بپيجچ\u064d\u0650")
"""Letters and marks that a line below would make unreadable."""


class ArticleView(ScrollView, can_focus=True, inherit_bindings=False):
    """A long text with highlights, a cursor and a selection."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    ArticleView { background: $background; overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1; }
    """

    class Moved(Message):
        """The mouse moved the cursor. (Who moves it by a key knows, and must not act on a place that is behind.)"""

    def __init__(self, text: str, mode: BidiMode, boilerplate: Sequence[Span] = (), *, id: str | None = None) -> None:
        """Show `text`; `boilerplate` is dimmed."""
        super().__init__(id=id)
        self.text = text
        self.mode = mode
        self.palette = DARK
        self.caret = CodePoint(0)
        """Where the cursor stands, in code points."""
        self.selection_start: CodePoint | None = None
        """Where a selection began, or None."""
        self.current: str | None = None
        """Id of the highlight that is shown as the current one."""
        self._column: int | None = None
        """Where the cursor wants to stand while it goes up and down over lines that are shorter."""
        self._boilerplate = tuple(boilerplate)
        self._found: Hits | None = None
        self._reveal = False
        self._highlights: Highlights = NoHighlights()
        self._more: dict[str, Highlight] = {}
        self._layout: Layout | None = None
        self._strips: dict[int, Strip] = {}
        """Rows as they were last sent to the terminal."""
        self._stale: set[int] = set()
        """Rows in view that may look otherwise by now."""

    # What is shown

    def read(self, text: str, boilerplate: Sequence[Span] = ()) -> None:
        """Show another text from its beginning, with nothing marked."""
        self.text, self._boilerplate = text, tuple(boilerplate)
        self.caret, self.selection_start, self._column, self.current = CodePoint(0), None, None, None
        self._highlights, self._found = NoHighlights(), None
        self._more.clear()
        self._stale.clear()
        self._lay_out()
        self.scroll_to(y=0, animate=False)

    def show_highlights(self, highlights: Highlights) -> None:
        """Show these highlights in place of all others; who gives them says when one changes (`draw_again`)."""
        self._highlights = highlights
        self._strips.clear()
        self.refresh()

    def change_highlight(self, highlight_id: str, highlight: Highlight | None) -> None:
        """Show one highlight more than those, or no longer."""
        before = self._more.pop(highlight_id, None)
        if highlight is not None:
            self._more[highlight_id] = highlight
        self.draw_again(one.span for one in (before, highlight) if one is not None)

    def draw_again(self, stretches: Iterable[Span]) -> None:
        """Draw the lines again on which these stretches lie."""
        for stretch in stretches:
            self._draw_again(stretch)

    def make_current(self, highlight_id: str | None) -> None:
        """Show a highlight as the current one."""
        before = self.current_span
        self.current = highlight_id
        self.draw_again(one for one in (before, self.current_span) if one is not None)

    def _over(self, stretch: Span) -> list[Highlight]:
        return [*self._highlights.over(stretch), *(one for one in self._more.values() if one.span.overlaps(stretch))]

    def dim(self, boilerplate: Sequence[Span]) -> None:
        """Dim these stretches, and no others."""
        if tuple(boilerplate) != self._boilerplate:
            self._boilerplate = tuple(boilerplate)
            self._strips.clear()
            self.refresh()

    def show_found(self, hits: Hits | None) -> None:
        """Mark what a search found, in place of what an earlier one did."""
        self._found = hits
        self._strips.clear()
        self.refresh()

    @property
    def reveals(self) -> bool:
        """Whether characters without a glyph are shown by a mark."""
        return self._reveal

    def reveal(self, shown: bool) -> None:
        """Show characters without a glyph by a mark, or hide them; the line on top stays there."""
        top = self._layout.row_span(self.scroll_offset.y).start if self._layout else 0
        self._reveal = shown
        self._lay_out()
        if self._layout is not None:
            self.scroll_to(y=self._layout.row_at(top), animate=False)

    def use_mode(self, mode: BidiMode) -> None:
        """Write right-to-left text in another way."""
        self.mode = mode
        self._lay_out()

    def use_palette(self, palette: Palette) -> None:
        """Draw in the looks of a theme."""
        self.palette = palette
        self._strips.clear()
        self.refresh()

    # Moving

    @property
    def selection(self) -> Span | None:
        """The selected stretch, or None."""
        if self.selection_start is None or self.selection_start == self.caret:
            return None
        return Span(min(self.selection_start, self.caret), max(self.selection_start, self.caret))

    @property
    def current_span(self) -> Span | None:
        """Where the current highlight stands, or None."""
        current = self._more.get(self.current or "") or self._highlights.get(self.current or "")
        return current.span if current else None

    def move_to(self, offset: int, *, select: bool = False) -> None:
        """Put the cursor at `offset`, in code points, extending or dropping the selection, and show it."""
        before = self._marked()
        self._column = None
        if not select:
            self.selection_start = None
        elif self.selection_start is None:
            self.selection_start = self.caret
        self.caret = CodePoint(max(0, min(offset, len(self.text))))
        self.draw_again((before, self._marked()))
        self.bring_into_view(self.caret)

    def _marked(self) -> Span:
        """Give the stretch that selection and cursor stand on."""
        selection = self.selection or span(self.caret, self.caret)
        return span(selection.start, max(selection.end, self.caret + 1))

    def select(self, span: Span) -> None:
        """Select a stretch; the cursor stands at its beginning."""
        self.move_to(span.start)
        self.select_from(span.end)

    def select_from(self, offset: int) -> None:
        """Select what is between `offset`, a code point, and the cursor."""
        self.selection_start = CodePoint(offset)
        self._draw_again(Span(min(self.caret, self.selection_start), max(self.caret, self.selection_start)))

    def step(self, columns: int, rows: int, *, select: bool = False) -> None:
        """Move the cursor on the screen, right and down counted positive."""
        if self._layout is None:
            return
        if columns:
            self.move_to(self._layout.move(self.caret, columns), select=select)
            return
        column = self._column
        if column is None:
            column = self._layout.row(self._layout.row_at(self.caret)).column(self.caret)
        self.move_to(self._layout.move_vertical(self.caret, rows, column), select=select)
        self._column = column

    def reads_leftwards(self) -> bool:
        """Tell whether the line under the cursor reads from right to left on the screen."""
        layout = self._layout
        if layout is None or self.mode is BidiMode.LOGICAL:
            return False
        return layout.row(layout.row_at(self.caret)).rtl

    def bring_into_view(self, offset: int, around: int = 0) -> None:
        """Scroll so that `offset` is in view with so many lines around it; the text stays still when it is already."""
        if self._layout is None:
            return
        row, top, height = self._layout.row_at(offset), self.scroll_offset.y, self.size.height
        if not (top + min(around, row) <= row < top + height - around):
            self.scroll_to(y=max(0, row - height // 3), animate=False)

    def turn_page(self, pages: int) -> None:
        """Move the cursor by whole pages."""
        self.step(0, pages * max(1, self.size.height - 1))

    def offset_at(self, x: int, y: int) -> CodePoint:
        """Give the code point of the cluster that is drawn at a cell of this widget."""
        if self._layout is None:
            return CodePoint(0)
        row = min(max(0, y + self.scroll_offset.y), self._layout.row_count - 1)
        return self._layout.row(row).hit(x)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the cursor under the pointer."""
        self.focus()
        self.move_to(self.offset_at(event.x, event.y))
        self.post_message(self.Moved())
        self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select while the button is held."""
        if self.app.mouse_captured is self:
            self.move_to(self.offset_at(event.x, event.y), select=True)

    def on_mouse_up(self, _event: events.MouseUp) -> None:
        """End selecting."""
        self.release_mouse()
        self.post_message(self.Moved())

    # Drawing

    def on_resize(self) -> None:
        """Wrap anew when the width changed, keeping the place."""
        if self._layout is None or self._layout.width != self.scrollable_content_region.width:
            self._lay_out()

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        if width <= 0:
            return
        self._layout = Layout(self.text, width, self.mode, reveal=self._reveal)
        self._strips.clear()
        self.virtual_size = Size(width, self._layout.row_count)
        self.bring_into_view(self.caret)
        self.refresh()

    def _draw_again(self, span: Span) -> None:
        if self._layout is None:
            return
        rows = range(self._layout.row_at(span.start), self._layout.row_at(max(span.start, span.end - 1)) + 1)
        shown = self._rows_in_view()
        self._stale.update(range(max(rows.start, shown.start), min(rows.stop, shown.stop)))
        for row in [row for row in self._strips if row in rows and row not in shown]:
            del self._strips[row]
        self.check_idle()

    def _rows_in_view(self) -> range:
        top = self.scroll_offset.y
        return range(top, top + self.size.height)

    def on_idle(self) -> None:
        """When all that a key does is done: draw the rows again that it touched, and send what differs on them."""
        if self._layout is None or not self._stale:
            return
        shown, changed = self._rows_in_view(), []
        for row in self._stale:
            before = self._strips.pop(row, _NOTHING)
            if row in shown and row < self._layout.row_count:
                after = self._strips[row] = self._draw(self._layout, row)
                if columns := changed_columns(before, after):
                    changed.append(Region(0, row - shown.start, columns, 1))
        self._stale.clear()
        if changed:
            self.refresh(*changed)

    def render_line(self, y: int) -> Strip:
        """Give one line of the widget; lines stay as drawn until something on them changes."""
        row = y + self.scroll_offset.y
        if self._layout is None or row >= self._layout.row_count:
            return Strip.blank(self.size.width, self.palette.blank)
        if row in self._stale:
            # Another widget on the same line is drawn first. What is sent of this one is settled when it is idle.
            return self._draw(self._layout, row)
        if row not in self._strips:
            if len(self._strips) >= _KEPT:
                shown = self._rows_in_view()
                self._strips = {one: strip for one, strip in self._strips.items() if one in shown}
            self._strips[row] = self._draw(self._layout, row)
        return self._strips[row]

    def render_lines(self, crop: Region) -> list[Strip]:
        """Give some lines: as they are, for there is no border or padding for Textual to put around them."""
        strips = [self.render_line(y) for y in crop.line_range]
        return (
            strips
            if crop.column_span == (0, self.outer_size.width)
            else [one.crop(*crop.column_span) for one in strips]
        )

    def _draw(self, layout: Layout, row: int) -> Strip:
        segments, width = self._written(layout, row, self._runs(layout.row_span(row)))
        if self.caret == len(self.text) and row == layout.row_count - 1 and width < layout.width:
            segments.append(Segment(" ", style_of(self.palette, (), False, False, True, False)))
            width += 1
        segments.append(Segment(" " * (layout.width - width), self.palette.blank))
        strip = Strip(Segment.simplify(segments), max(layout.width, width))
        for one in self.get_line_filters():
            strip = strip.apply_filter(one, self.background_colors[1])
        return strip

    def _written(self, layout: Layout, row: int, runs: list[tuple[int, Style]]) -> tuple[list[Segment], int]:
        """Give what stands on a row in the styles of `runs`, from left to right, and how many columns it takes."""
        start, end = layout.row_span(row)
        starts = [start for start, _ in runs]
        plain = layout.plain(row)
        if plain is not None:
            ends = [*starts[1:], end]
            return [
                Segment(plain[lo - start : hi - start], style) for (lo, style), hi in zip(runs, ends, strict=True)
            ], len(plain)
        line = layout.row(row, frozenset(starts))
        segments = [Segment(" " * line.pad, self.palette.blank)]
        for cell in line.cells:
            style = runs[max(0, bisect_right(starts, cell.lo) - 1)][1]
            if cell.rtl and not _DOTS_BELOW.isdisjoint(self.text[cell.lo : cell.hi]):
                style = without_line(style)
            segments.append(Segment(cell.glyph, style))
        return segments, line.pad + line.width

    def _dimmed(self, stretch: Span) -> list[Span]:
        """Give the boilerplate on a stretch; it is in order, and no piece of it overlaps another."""
        first = max(0, bisect_right(self._boilerplate, stretch.start, key=itemgetter(0)) - 1)
        last = bisect_left(self._boilerplate, stretch.end, key=itemgetter(0))
        return [dim for dim in self._boilerplate[first:last] if dim.overlaps(stretch)]

    def _runs(self, span: Span) -> list[tuple[int, Style]]:
        """Give where on a row the style changes, in code points, with the style from there on."""
        selection = self.selection
        covering = self._over(span)
        covering.sort(key=lambda one: (one.span.start, -one.span.end, one.id))
        # Blanks that hang at a row's end are not underlined: they only look like an edge that slipped.
        content_end = span.end if not (text := span.of(self.text).rstrip()) else span.start + len(text)
        edges = {span.start, span.end, CodePoint(content_end)}
        dimmed = self._dimmed(span)
        stretches = [one.span for one in covering] + dimmed
        found = self._found.within(span) if self._found is not None else []
        stretches += found
        if selection:
            stretches.append(selection)
        stretches.append(Span(self.caret, CodePoint(self.caret + 1)))
        for stretch in stretches:
            edges.update(edge for edge in stretch if span.start < edge < span.end)
        runs: list[tuple[int, Style]] = []
        for start in sorted(edges - {span.end}) or [span.start]:
            under = [one for one in covering if one.span.start <= start < min(one.span.end, content_end)]
            style = style_of(
                self.palette,
                tuple((one.kind, one.disposition) for one in under),
                any(one.id == self.current for one in under),
                bool(selection and selection.start <= start < selection.end),
                start == self.caret,
                any(dim.start <= start < dim.end for dim in dimmed),
                any(hit.start <= start < hit.end for hit in found),
            )
            runs.append((start, style))
        return runs
