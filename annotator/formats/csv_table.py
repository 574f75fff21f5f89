"""A table as CSV (RFC 4180) that a spreadsheet opens as data: no cell of it begins a formula.

UTF-8 with a BOM, because Excel takes a file without one for the machine's old code page, and Arabic for noise; what
reads `utf-8-sig` never sees it. Lines end in CRLF; every text is quoted, so that a spreadsheet which parts cells at
semicolons sees quotes too. Texts are written as they may be shown (`display`): line breaks, control and bidi characters
as marks, so that a row is a line and no cell turns the next one round. Exact words are what JSON is for.

A text that could begin a formula gets an apostrophe before the sign that would begin it: at its start, also behind
blanks, and behind whatever may begin a cell where separators or quotes are read otherwise. `unmarked` takes it away.
Numbers are numbers: a negative one of ours needs no mark.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from annotator.text.display import display

Cell = str | int | float | None
"""None is an empty cell."""

MARK = "'"

FORMULA_SIGNS = "=+-@＝＋－＠﹦﹢﹣﹫⁼⁺₌₊⩵⩶﬩−"
"""What may begin a formula, or is turned into what may: with the forms of other widths and heights."""

_SIGN = re.compile(f"[{re.escape(FORMULA_SIGNS)}]")
_SEPARATORS = (",", ";", "|")
_SKIPPED = "".join(filter(str.isspace, map(chr, range(0x3001)))) + '"'
"""What may stand between the beginning of a cell and a formula."""

_BOM = "\ufeff".encode()


def csv_table(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Give a whole table as CSV: `head` names its columns."""
    return b"".join(csv_lines(head, rows))


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Give the lines of a table as CSV, one by one; the first begins with the BOM."""
    yield _BOM + csv_line(head)
    for row in rows:
        yield csv_line(row)


def csv_line(cells: Sequence[Cell]) -> bytes:
    """Give one row as a line of CSV, for a table that is written bit by bit."""
    line = io.StringIO()
    writer = csv.writer(line, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in cells])
    return line.getvalue().encode()


def harmless(text: str) -> str:
    """Give a text as a cell holds it: as it may be shown, and marked where it could begin a formula."""
    shown = display(text)
    return "".join(_parts(shown, ((place, place) for place in _beginnings(shown)), MARK))


def unmarked(cell: str) -> str:
    """Give back the text of a cell, as it may be shown."""
    marks = ((place - 1, place) for place in _beginnings(cell) if cell[place - 1 : place] == MARK)
    return "".join(_parts(cell, marks, ""))


def _beginnings(text: str) -> Iterator[int]:
    """Give where a sign stands at which a cell begins, or may begin where quotes and separators are read otherwise."""
    after = 0
    for sign in _SIGN.finditer(text):
        before = text[after : sign.start()].rstrip(MARK)
        solid = before.rstrip(_SKIPPED)
        if '"' in before[len(solid) :] or solid.endswith(_SEPARATORS) or not (solid or after):
            yield sign.start()
        after = sign.end()


def _parts(text: str, cuts: Iterable[tuple[int, int]], put: str) -> Iterator[str]:
    """Give the parts of a text with `put` in the place of every cut."""
    after = 0
    for start, end in cuts:
        yield text[after:start]
        yield put
        after = end
    yield text[after:]
