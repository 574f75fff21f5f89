"""A page of the guidelines as one text with styles, to be laid out for a terminal like an article.

Owns how each piece of Markdown looks where there are only cells. Nothing of a page is obeyed: links are words, pictures
are their names, markup of other sorts is shown as it stands, and whoever draws the text passes it through `Layout`,
which shows control characters by pictures.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.model.worked_example import EXAMPLE, Slip
from annotator.workflow.guidebook import Illustration

if TYPE_CHECKING:
    from markdown_it.token import Token

Illustrate = Callable[[str], tuple[tuple[Illustration, ...], tuple[Slip, ...]]]

_STYLES: Mapping[str, str] = {"strong": "bold", "em": "italic", "link": "underline"}
_RTL, _LTR = "\u200f", "\u200e"
"""Marks that are not seen and say which way a paragraph runs."""
RIGHT, WRONG, TRIGGER = "bold reverse", "bold underline strike", "italic underline"
"""How the words of a claim look. The line under them says it in words, for terminals that do not show all of these."""


@dataclass(frozen=True)
class PageText:
    """What to show of a page."""

    text: str
    runs: tuple[tuple[int, str], ...]
    """Where a style begins, in code points, and which; each holds up to the next."""
    lines: tuple[tuple[int, int], ...]
    """Which line of the page stands at which code point, in order, for each of its blocks."""

    def offset_of(self, line: int) -> int:
        """Give the code point at which the block begins that the page's line `line` is in, counted from 1."""
        place = bisect_right(self.lines, (line, len(self.text))) - 1
        return self.lines[place][1] if place >= 0 else 0


def page_text(markdown: str, illustrate: Illustrate) -> PageText:
    """Give a page of Markdown as a text; `illustrate` gives what a block of worked examples shows."""
    from markdown_it import MarkdownIt  # many sessions open no page

    writing = _Writing(illustrate)
    for token in MarkdownIt("commonmark", {"html": False}).enable("table").parse(markdown):
        writing.block(token)
    return writing.done()


class _Writing:
    def __init__(self, illustrate: Illustrate) -> None:
        self._illustrate = illustrate
        self._parts: list[str] = []
        self._length = 0
        self._styles: list[str] = []
        self._runs: list[tuple[int, str]] = [(0, "")]
        self._lines: list[tuple[int, int]] = []
        self._lists: list[int | None] = []
        """The lists that are open: the number of the next entry, None where entries have none."""
        self._cells = 0
        """Cells of the row that is open, before the one to come."""

    def done(self) -> PageText:
        text = "".join(self._parts).rstrip("\n") + "\n"
        runs = tuple((min(at, len(text)), style) for at, style in self._runs)
        return PageText(text, runs, tuple((line, min(at, len(text))) for line, at in self._lines))

    # Writing

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _styled(self, text: str, style: str) -> None:
        self._open(style)
        self._add(text)
        self._close()

    def _open(self, style: str) -> None:
        self._styles.append(style)
        self._runs.append((self._length, " ".join(self._styles)))

    def _close(self) -> None:
        self._styles.pop()
        self._runs.append((self._length, " ".join(self._styles)))

    def _blank_line(self) -> None:
        """Leave a line empty, unless one is already."""
        ends = "".join(self._parts[-2:])
        if self._length and not ends.endswith("\n\n"):
            self._add("\n" if ends.endswith("\n") else "\n\n")

    def _indent(self) -> str:
        return "  " * (len(self._lists) - 1)

    # Blocks

    def block(self, token: "Token") -> None:
        """Write what a token of the page says; the names of tokens are markdown-it's."""
        if token.map and token.nesting >= 0 and token.type != "inline":
            self._lines.append((token.map[0] + 1, self._length))
        kind = token.type
        if kind == "inline":
            self._inline(token)
        elif kind == "heading_open":
            self._blank_line()
            self._lines[-1] = (self._lines[-1][0], self._length)
            self._open("bold reverse" if token.tag == "h1" else "bold underline" if token.tag == "h2" else "bold")
        elif kind == "heading_close":
            self._close()
            self._blank_line()
        elif kind == "paragraph_close":
            self._add("\n") if token.hidden else self._blank_line()
        elif kind in ("fence", "code_block"):
            self._fenced(token)
        elif kind == "hr":
            self._add("─" * 20 + "\n\n")
        elif "list" in kind:
            self._list(token)
        else:
            self._table(kind)

    def _list(self, token: "Token") -> None:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            self._lists.append(int(token.attrGet("start") or 1) if token.type[0] == "o" else None)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self._lists.pop()
            if not self._lists:
                self._blank_line()
        elif token.type == "list_item_open":
            number = self._lists[-1]
            self._add(f"{self._indent()}{'•' if number is None else f'{number}.'} ")
            self._lists[-1] = None if number is None else number + 1

    def _table(self, kind: str) -> None:
        if kind in ("th_open", "td_open"):
            self._add("  │  " if self._cells else "")
            self._cells += 1
            if kind == "th_open":
                self._open("bold")
        elif kind == "th_close":
            self._close()
        elif kind == "tr_close":
            self._cells = 0
            self._add("\n")
        elif kind == "table_close":
            self._blank_line()

    def _inline(self, token: "Token") -> None:
        for child in token.children or ():
            name, _, side = child.type.rpartition("_")
            if name in _STYLES:
                self._open(_STYLES[name]) if side == "open" else self._close()
            elif child.type in ("softbreak", "hardbreak"):
                self._add(" " if child.type == "softbreak" else "\n")
            elif child.type == "code_inline":
                self._styled(child.content, "bold")
            else:
                self._add(child.content)

    def _fenced(self, token: "Token") -> None:
        if token.info.split()[:1] != [EXAMPLE]:
            self._add("".join(f"  {line}\n" for line in token.content.rstrip("\n").split("\n")))
            self._blank_line()
            return
        shown, slips = self._illustrate(token.content)
        for one in shown:
            self._illustration(one)
        for slip in slips:
            self._styled(f"{_LTR}Line {slip.line} of the example: {slip.message}\n\n", "italic")

    def _illustration(self, shown: Illustration) -> None:
        self._add(_RTL if shown.rtl else _LTR)
        right = any(claim.right for claim in shown.claims)
        for piece in shown.pieces:
            words = piece.text.replace("\n", "⏎")
            if not piece.mark:
                self._add(words)
            else:
                self._styled(words, TRIGGER if piece.mark == "trigger" else RIGHT if right else WRONG)
        for claim in shown.claims:
            self._add(f"\n{_LTR}  ")
            self._styled("✓ right" if claim.right else "✗ wrong", "bold")
            self._add(f"  {claim.said}" + (f"  “{claim.there.replace(chr(10), ' ')}”{_LTR}" if claim.there else ""))
        self._styled(f"  {shown.article.partition('_')[0]} {shown.place.start}-{shown.place.end}\n\n", "dim")
