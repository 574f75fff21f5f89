"""A text laid out for a terminal: wrapped in logical order, each row then put into the order of the screen on demand.

Owns the modes in which terminals are served, the rows, and the movements of a caret. Knows nothing of Textual, of
styles or of annotations; where a span's edge must be visible, the caller says so by a cut.
"""

from bisect import bisect_right
from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from annotator.text.bidi.levels import base_level, line_levels, paragraph_levels
from annotator.text.bidi.reorder import mirrored, visual_order
from annotator.text.clusters import Cluster, clusters, is_plain
from annotator.text.display import is_hidden, undirected
from annotator.text.joining import joined
from annotator.text.span import CodePoint, Span, span
from annotator.tui.row import Cell, Row
from annotator.tui.wrap import wrap

LEFT_TO_RIGHT_MARK = "\u200e"
NARROWEST = 8
_STRETCH = 256
"""Rows of a paragraph for which levels are resolved at a time: longer than any real paragraph."""
_STRETCHES_KEPT = 64


class BidiMode(StrEnum):
    """What is sent to the terminal; which terminal wants which is a matter of detection and configuration."""

    GUARD = "guard"
    """Visual order, and a left-to-right mark after every right-to-left cell: terminals that reorder then do not."""
    VISUAL = "visual"
    """Visual order as it is."""
    LOGICAL = "logical"
    """Logical order: the terminal reorders."""
    WORDS = "words"
    """Visual order of words, logical order within a right-to-left word: the terminal reverses each word again."""


class _Stretch(NamedTuple):
    """The levels of some rows of one paragraph."""

    start: int
    text: str
    base: int
    levels: list[int] | None


class Layout:
    """A text in rows of at most `width` cells (and at least `NARROWEST`). Offsets are code points of `text`."""

    def __init__(
        self, text: str, width: int, mode: BidiMode = BidiMode.GUARD, *, reveal: bool = False, joining: bool = True
    ) -> None:
        """Wrap the text; with `reveal` invisible characters are shown, without `joining` Arabic letters stand alone."""
        self.text = text
        self.width = max(width, NARROWEST)
        self.mode = mode
        self.reveal = reveal
        self.joining = joining
        self._starts, self._paragraphs = wrap(text, self.width, reveal=reveal)
        self._stretches: dict[int, _Stretch] = {}
        self._bases: dict[int, int] = {}

    @property
    def row_count(self) -> int:
        """How many rows the text takes; one at least."""
        return len(self._starts)

    def row_at(self, offset: int) -> int:
        """Give the row on which the code point at `offset` stands; offsets outside the text belong to its ends."""
        return max(0, bisect_right(self._starts, max(0, offset)) - 1)

    def row_span(self, row: int) -> Span:
        """Give the code points of a row, its hanging blanks and its LF included."""
        return span(self._starts[row], self._row_end(row))

    def _row_end(self, row: int) -> int:
        return self._starts[row + 1] if row + 1 < len(self._starts) else len(self.text)

    def row(self, row: int, cuts: frozenset[int] = frozenset()) -> Row:
        """Give a row's cells; no cell stands for code points on both sides of a cut."""
        start, end = self.row_span(row)
        content_end = end - 1 if end > start and self.text[end - 1] == "\n" else end
        found = list(clusters(self.text, start, content_end, reveal=self.reveal))
        stretch = self._stretch(row)
        if stretch.levels is not None and self.joining:
            found = self._joined(found, start, content_end, cuts)
        if content_end < end:
            found.append(Cluster(content_end, end, " ", 1))
        found = _without_overhang(found, self.text, self.width)
        levels = self._levels(stretch, found, start, content_end)
        used = sum(cluster.width for cluster in found)
        pad = max(0, self.width - used) if stretch.base else 0
        cells = _cells(found, levels, self.mode, pad, cuts)
        return Row(start, end, bool(stretch.base), pad, used, cells)

    def plain(self, row: int) -> str | None:
        """Give a row as it is written when each of its code points is one cell, from left to right; None otherwise."""
        start, end = self.row_span(row)
        content_end = end - 1 if end > start and self.text[end - 1] == "\n" else end
        stretch = self._stretch(row)
        if stretch.base or stretch.levels is not None or end - start > self.width:
            return None
        if not is_plain(self.text, start, content_end):
            return None
        return self.text[start:content_end] + " " * (end - content_end)

    def _joined(self, found: list[Cluster], start: int, end: int, cuts: frozenset[int]) -> list[Cluster]:
        """Give Arabic letters their forms; lam and alef become one cluster where they join in one glyph."""
        if self.reveal:
            cuts |= {cluster.start for cluster in found if is_hidden(self.text[cluster.start])}
        forms = joined(self.text, start, end, cuts)
        result: list[Cluster] = []
        for cluster in found:
            form = forms[cluster.start - start]
            if not form:
                lam = result[-1]
                result[-1] = Cluster(lam.start, cluster.end, lam.glyph + cluster.glyph[1:], lam.width)
            elif form != self.text[cluster.start]:
                result.append(Cluster(cluster.start, cluster.end, form + cluster.glyph[1:], cluster.width))
            else:
                result.append(cluster)
        return result

    def _levels(self, stretch: _Stretch, found: list[Cluster], start: int, content_end: int) -> list[int]:
        """Give the level of each cluster of a row, which is that of its first code point."""
        if stretch.levels is None:
            return [0] * len(found)
        first, last = start - stretch.start, content_end - stretch.start
        levels = line_levels(stretch.text, stretch.levels, first, last, stretch.base)
        levels.append(stretch.base)  # of the LF
        return [levels[cluster.start - start] for cluster in found]

    def _stretch(self, row: int) -> _Stretch:
        """Give the levels of the rows around `row`: its paragraph's, or of a part of one that is beyond measure.

        Where so long a paragraph is parted, what stands in one part has no say in the next; the direction of the
        paragraph holds throughout.
        """
        paragraph = bisect_right(self._paragraphs, row) - 1
        head = self._paragraphs[paragraph]
        last = (self._paragraphs[paragraph + 1] if paragraph + 1 < len(self._paragraphs) else self.row_count) - 1
        first_row = head + (row - head) // _STRETCH * _STRETCH
        known = self._stretches.get(first_row)
        if known:
            return known
        start, end = self._starts[first_row], self._row_end(min(first_row + _STRETCH - 1, last))
        text = undirected(self.text[start:end].removesuffix("\n"))
        base = self._long_paragraph_base(head, last) if last - head >= _STRETCH else None
        made = _Stretch(start, text, *paragraph_levels(text, base))
        if len(self._stretches) >= _STRETCHES_KEPT:
            self._stretches.clear()
        self._stretches[first_row] = made
        return made

    def _long_paragraph_base(self, head: int, last: int) -> int:
        if head not in self._bases:
            self._bases[head] = base_level(undirected(self.text[self._starts[head] : self._row_end(last)]))
        return self._bases[head]

    def move(self, offset: int, dx: int) -> CodePoint:
        """Give the code point `dx` clusters to the right of the one at `offset` (to the left if negative), as seen.

        At a row's edge the movement goes on in the row that is read next, or before.
        """
        for _ in range(abs(dx)):
            offset = self._beside(offset, 1 if dx > 0 else -1)
        return CodePoint(offset)

    def _beside(self, offset: int, step: int) -> int:
        number = self.row_at(offset)
        row = self.row(number)
        seen = [cell for cell in row.cells if cell.width]
        cell = row.cell_at(offset)
        place = seen.index(cell) + step if cell else -1
        if 0 <= place < len(seen):
            return seen[place].lo
        forward = (step > 0) != (row.rtl and self.mode is not BidiMode.LOGICAL)
        return (
            self._edge(number + 1, last=False, otherwise=offset)
            if forward
            else self._edge(number - 1, last=True, otherwise=offset)
        )

    def _edge(self, row: int, *, last: bool, otherwise: int) -> int:
        """Give the first or last code point, in reading order, that is seen on a row; `otherwise` if none is."""
        if not 0 <= row < self.row_count:
            return otherwise
        seen = [cell.lo for cell in self.row(row).cells if cell.width] or [self._starts[row]]
        return max(seen) if last else min(seen)

    def move_vertical(self, offset: int, dy: int, column: int | None = None) -> CodePoint:
        """Give the code point `dy` rows below the one at `offset`, in `column` or else in the column where it stands.

        The first and last row are as far as it goes.
        """
        here = self.row_at(offset)
        there = max(0, min(self.row_count - 1, here + dy))
        if there == here:
            return CodePoint(offset)
        return self.row(there).hit(self.row(here).column(offset) if column is None else column)


def one_line(text: str, mode: BidiMode = BidiMode.GUARD) -> str:
    """Give a short text, such as a title, as one line ready for a widget: safe, joined and in the order of the screen.

    An LF shows as its picture.
    """
    layout = Layout(text.replace("\n", "\u240a"), max(NARROWEST, 2 * len(text)), mode)
    return "".join(cell.glyph for cell in layout.row(0).cells)


def beginning(text: str, width: int, mode: BidiMode = BidiMode.GUARD) -> str:
    """Give as much of a short text as `width` cells hold, from where it begins to be read, as `one_line` does."""
    end, used = 0, 0
    for cluster in clusters(text, 0, len(text)):
        used += cluster.width
        if used > width:
            return one_line(text[:end].rstrip() + "…", mode)
        if used < width:
            end = cluster.end
    return one_line(text, mode)


def in_lines(text: str, width: int, mode: BidiMode = BidiMode.GUARD) -> str:
    """Give a short text in lines of at most `width` cells, parted in the order of reading, each as `one_line` does it.

    Whoever wraps what `one_line` gives puts the beginning of right-to-left text on the last line.
    """
    layout, lines = Layout(text.replace("\n", "\u240a"), width, mode), []
    for row in map(layout.row, range(layout.row_count)):
        hanging = len(layout.text[: row.end].rstrip())
        lines.append("".join(cell.glyph for cell in row.cells if cell.lo < hanging))
    return "\n".join(lines)


def _without_overhang(found: list[Cluster], text: str, width: int) -> list[Cluster]:
    """Take their cells from the blanks at a row's end, and from its LF, as far as the row is too long for them."""
    used = sum(cluster.width for cluster in found)
    place = len(found) - 1
    while used > width and place >= 0 and text[found[place].start] in " \t\n":
        used -= found[place].width
        found[place] = found[place]._replace(glyph="", width=0)
        place -= 1
    return found


def _cells(
    found: list[Cluster], levels: Sequence[int], mode: BidiMode, pad: int, cuts: frozenset[int]
) -> tuple[Cell, ...]:
    order = range(len(found)) if mode is BidiMode.LOGICAL else visual_order(levels)
    glyphs = [_written(found[k].glyph, bool(levels[k] & 1), mode) for k in order]
    if mode is BidiMode.WORDS:
        _reverse_words(glyphs, [found[k].width if levels[k] & 1 else None for k in order])
    cells: list[Cell] = []
    x = pad
    for glyph, k in zip(glyphs, order, strict=True):
        start, end, _, width = found[k]
        rtl = bool(levels[k] & 1)
        parts = [*(cut for cut in range(start + 1, end) if cut in cuts), end] if end - start > 1 and cuts else [end]
        cells.append(Cell(glyph, start, parts[0], x, width, rtl))
        x += width
        cells += [Cell("", lo, hi, x, 0, rtl) for lo, hi in pairwise(parts)]
    return tuple(cells)


def _written(glyph: str, rtl: bool, mode: BidiMode) -> str:
    """Give a glyph as it is sent: turned round and guarded where its direction and the mode ask for it."""
    if not rtl or not glyph or mode in (BidiMode.LOGICAL, BidiMode.WORDS):
        return glyph
    return mirrored(glyph) + (LEFT_TO_RIGHT_MARK if mode is BidiMode.GUARD else "")


def _reverse_words(glyphs: list[str], widths: list[int | None]) -> None:
    """Put the glyphs of each right-to-left word back into logical order, in place; others have no width here.

    A glyph of another width than its neighbours, such as an emoji, is from another font and no part of the word.
    """
    k = 0
    while k < len(glyphs):
        start = k
        while k < len(glyphs) and widths[k] is not None and widths[k] == widths[start] and not glyphs[k].isspace():
            k += 1
        glyphs[start:k] = glyphs[start:k][::-1]
        k = max(k, start + 1)
