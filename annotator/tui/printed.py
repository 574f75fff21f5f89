"""An article and lines about it, printed to a terminal without opening screens: colours, right-to-left in order.

Uses the layout and palette of the screens, so that a mention looks here as it does there; loads no Textual.
"""

import re
import shutil
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from rich.color import ColorSystem
from rich.console import COLOR_SYSTEMS, Console
from rich.style import Style

from annotator.model.mention import KINDS, Kind
from annotator.text.span import Span
from annotator.tui.layout import BidiMode, Layout, in_lines, one_line
from annotator.tui.palette import COLOURLESS, Look, Palette, style_of
from annotator.tui.row import Cell

WIDEST = 120
"""Columns beyond which lines of an article are hard to read."""

_QUOTED = re.compile("“([^”]*)”")


class Mark(NamedTuple):
    """A stretch to be highlighted."""

    span: Span
    kind: Kind


class Printer:
    """Writes texts for one terminal."""

    def __init__(self, mode: BidiMode, palette: Palette, colours: ColorSystem | None, width: int) -> None:
        """Write for a terminal that shows bidirectional text by `mode` and has `colours`, None for none."""
        self._mode, self._palette, self._colours, self._width = mode, palette, colours, width

    @classmethod
    def here(cls, mode: BidiMode, palette: Palette) -> "Printer":
        """Write for the terminal that this program runs in."""
        system = Console().color_system
        colours = COLOR_SYSTEMS[system] if system else None
        return cls(mode, palette, colours, min(WIDEST, shutil.get_terminal_size().columns))

    @property
    def tells_kinds(self) -> bool:
        """Whether mentions of different kinds look different here."""
        return self._colours is not None and self._palette is not COLOURLESS

    def article(self, text: str, marks: Sequence[Mark], boilerplate: Sequence[Span]) -> Iterator[str]:
        """Give a text row by row: marks highlighted, inner ones over outer ones, and boilerplate dim."""
        layout = Layout(text, self._width, self._mode)
        cuts = frozenset(edge for stretch in (*(mark.span for mark in marks), *boilerplate) for edge in stretch)
        ordered = sorted(marks, key=lambda mark: (mark.span.start, -mark.span.end))
        for number in range(layout.row_count):
            row = layout.row(number, cuts)
            near = [mark for mark in ordered if mark.span.start < row.end and row.start < mark.span.end]
            dim = [stretch for stretch in boilerplate if stretch.start < row.end and row.start < stretch.end]
            styled = groupby(row.cells, key=lambda cell: self._style(cell, near, dim))
            written = "".join(self._written("".join(cell.glyph for cell in cells), style) for style, cells in styled)
            yield " " * row.pad + written.rstrip(" ")

    def kinds(self) -> str:
        """Give the names of the kinds as their mentions look."""
        return " ".join(self._written(f" {kind} ", self._look([kind], False)) for kind in KINDS)

    def line(self, told: str) -> str:
        """Give lines about an article with each “quote” in the order of the screen."""
        return _QUOTED.sub(lambda found: f"“{one_line(found[1], self._mode)}”", told)

    def title(self, told: str) -> str:
        """Give words of an article in bold, in as many lines as they need."""
        lines = in_lines(told, self._width, self._mode).split("\n")
        return "\n".join(self._written(line, Style(bold=True)) for line in lines)

    def _style(self, cell: Cell, marks: Sequence[Mark], boilerplate: Sequence[Span]) -> Style | None:
        over = [mark.kind for mark in marks if mark.span.start <= cell.lo < mark.span.end]
        dim = any(stretch.start <= cell.lo < stretch.end for stretch in boilerplate)
        return self._look(over, dim)

    def _look(self, over: Sequence[Kind], dim: bool) -> Style | None:
        if over:
            looks: tuple[Look, ...] = tuple((kind, "confirmed") for kind in over)
            return style_of(self._palette, looks, current=False, selected=False, caret=False, boilerplate=False)
        return self._palette.dim if dim else None

    def _written(self, text: str, style: Style | None) -> str:
        return style.render(text, color_system=self._colours) if style and self._colours else text
