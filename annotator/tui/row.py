"""One row of text as it stands on the screen: cells from left to right, and the way between columns and code points.

Owns the map. It must never read a text: it is made of cells, and made by `annotator.tui.layout`.
"""

from typing import NamedTuple

from annotator.text.span import CodePoint


class Cell(NamedTuple):
    """What stands in one place of a row: a cluster, or the part of one on this side of a span's edge."""

    glyph: str
    """What to write there, safe for a terminal. Empty where nothing is to be written."""
    lo: int
    """The first code point that it stands for."""
    hi: int
    """The code point after the last."""
    x: int
    """Its first column."""
    width: int
    """How many columns it takes. 0 for what cannot be seen: blanks that hang over the row's end, invisible
    characters at the start of a line, and what a cut parts from the cluster whose glyph it shares."""
    rtl: bool
    """Whether it stands in right-to-left text."""


class Row(NamedTuple):
    """The cells of one row. Together they stand for each code point of `[start, end)` once."""

    start: CodePoint
    end: CodePoint
    """After the last code point; the LF that ends a paragraph belongs to its last row."""
    rtl: bool
    """Whether the paragraph reads from right to left."""
    pad: int
    """Empty columns before the first cell: right-to-left paragraphs stand on the right."""
    width: int
    """The columns that the cells take, the pad not counted."""
    cells: tuple[Cell, ...]
    """From left to right, as they are to be written."""

    def hit(self, column: int) -> CodePoint:
        """Give the first code point of the cluster under a column; beside the text, of the nearest one."""
        nearest = self.start
        for cell in self.cells:
            if cell.width:
                nearest = CodePoint(cell.lo)
                if column < cell.x + cell.width:
                    break
        return nearest

    def columns(self, start: int, end: int) -> list[tuple[int, int]]:
        """Give the stretches of columns, half-open, from left to right, on which code points `[start, end)` stand.

        Mixed directions may make several of one span. What cannot be seen by itself is shown on what it hangs on.
        """
        pieces: list[tuple[int, int]] = []
        for cell in self.cells:
            if cell.width and cell.lo < end and cell.hi > start:
                left = pieces.pop()[0] if pieces and pieces[-1][1] == cell.x else cell.x
                pieces.append((left, cell.x + cell.width))
        if not pieces and max(start, self.start) < min(end, self.end):
            host = self.cell_at(start)
            return [(host.x, host.x + host.width)] if host else []
        return pieces

    def cell_at(self, offset: int) -> Cell | None:
        """Give the cell that shows the code point at `offset`, or the one that it hangs on; None if all is unseen."""
        seen = [cell for cell in self.cells if cell.width]
        before = [cell for cell in seen if cell.lo <= offset]
        if before:
            return max(before, key=lambda cell: cell.lo)
        return min(seen, key=lambda cell: cell.lo, default=None)

    def column(self, offset: int) -> int:
        """Give the first column of the cell that shows the code point at `offset`."""
        cell = self.cell_at(offset)
        return cell.x if cell else self.pad
