"""One line of text being typed: its characters, the cursor in it, what each key does to them, how it is drawn.

No widget. The line is kept as it was typed; on the screen it is in the order of the screen, as the article is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.text import Text

from annotator.text.clusters import next_cluster, previous_cluster
from annotator.tui.layout import NARROWEST, BidiMode, Layout
from annotator.tui.row import Cell, Row


@dataclass(slots=True)
class LineEdit:
    """A line and a cursor, in code points of the line."""

    text: str = ""
    caret: int = 0
    fresh: bool = True
    """While nothing was typed yet: the first character replaces the whole line; a movement keeps it, as a blank does,
    behind which one goes on.
    """
    mode: BidiMode = BidiMode.GUARD
    """How right-to-left text is written."""

    @classmethod
    def of(cls, text: str, mode: BidiMode = BidiMode.GUARD) -> "LineEdit":
        """Begin with `text`, to be kept, edited or typed over."""
        return cls(text, len(text), bool(text), mode)

    def insert(self, written: str) -> None:
        """Type or paste at the cursor; line ends become blanks."""
        written = " ".join(written.splitlines())
        if self.fresh:
            self.text, self.caret = "", 0
        self.text = self.text[: self.caret] + written + self.text[self.caret :]
        self.caret += len(written)
        self.fresh = False

    def take(self, key: str, character: str | None) -> None:
        """Do what a key does: move, as seen on the screen, delete, or type its character; other keys do nothing."""
        match key:
            case "left" | "right":
                self.caret = self._layout().move(self.caret, 1 if key == "right" else -1)
            case "home" | "ctrl+a":
                self.caret = 0
            case "end" | "ctrl+e":
                self.caret = len(self.text)
            case "backspace":
                self._delete(0 if self.fresh else previous_cluster(self.text, self.caret), self.caret)
            case "delete":
                self._delete(self.caret, next_cluster(self.text, self.caret))
            case "ctrl+u":
                self._delete(0, self.caret)
            case "ctrl+k":
                self._delete(self.caret, len(self.text))
            case _:
                if character is not None and character.isprintable():
                    self.fresh = self.fresh and character != " "
                    self.insert(character)
                return
        self.fresh = False

    def _delete(self, start: int, end: int) -> None:
        self.text = self.text[:start] + self.text[end:]
        self.caret = start

    def _layout(self) -> Layout:
        """Lay the line out in one row, with a blank behind it for the cursor to stand on."""
        return Layout(f"{self.text} ", max(NARROWEST, 2 * len(self.text) + 1), self.mode)

    def drawn(self, width: int) -> Text:
        """Give the line in at most `width` cells, the cursor in sight, from the right where it reads from there.

        Where there is more of it than fits, an ellipsis says so.
        """
        row = self._layout().row(0)
        unseen = any(cell.lo <= self.caret < cell.hi and not cell.glyph for cell in row.cells)
        room = width - unseen  # what cannot be seen takes a cell while the cursor stands on it
        return self._written(_in_sight(row, self.caret, room), room - row.width if row.rtl else 0)

    def wrapped(self, width: int, most: int) -> Text:
        """Give all of the line in rows of at most `width` cells, parted between words; `most` rows, those in sight of
        the cursor.
        """
        layout = Layout(f"{self.text} ", max(NARROWEST, width - 1), self.mode)  # what cannot be seen takes a cell
        if layout.row_count == 1:
            return self.drawn(width)
        first = max(0, layout.row_at(self.caret) - max(1, most) + 1)
        rows = [layout.row(number) for number in range(first, min(layout.row_count, first + max(1, most)))]
        return Text("\n").join(self._written(row.cells, row.pad) for row in rows)

    def _written(self, cells: Sequence[Cell], pad: int) -> Text:
        drawn = Text(" " * max(0, pad))
        for cell in cells:
            here = cell.lo <= self.caret < cell.hi
            style = "reverse" if here or (self.fresh and cell.hi <= len(self.text)) else "bold underline"
            drawn.append(cell.glyph or ("·" if here else ""), style=style if cell.hi <= len(self.text) or here else "")
        return drawn


def _in_sight(row: Row, caret: int, width: int) -> Sequence[Cell]:
    """Give the cells that are shown when there are `width`: all of them, or those around the cursor."""
    if row.width <= width:
        return row.cells
    host = row.cell_at(caret)
    middle = host.x - row.pad if host else 0
    left = max(0, min(middle - width // 2, row.width - width))
    shown = [cell for cell in row.cells if left <= cell.x - row.pad and cell.x - row.pad + cell.width <= left + width]
    if left:
        shown[0] = shown[0]._replace(glyph="…")
    if left + width < row.width:
        shown[-1] = shown[-1]._replace(glyph="…")
    return shown
