"""The objects of a file of articles, each with where it stands: one a line, or the items of one JSON array.

Lines are never held whole; an array is, as nothing says where an item of it ends but the item.
"""

from collections.abc import Iterator
from io import BufferedReader, BytesIO
from typing import BinaryIO

from annotator.formats.json_text import Broken, items, parsed
from annotator.formats.lines import Line, read_lines
from annotator.model.problem import Problem

LARGEST = 1 << 29
"""Bytes that an array may have."""

_AHEAD = 1 << 10
"""Bytes that are looked at to tell an array: blanks and a BOM may stand before it."""


def read_objects(source: bytes | BufferedReader, file: str, rule: str, problems: list[Problem]) -> Iterator[Line]:
    """Give the objects of `source`, whose name is `file`; what is none adds an error of `rule` to `problems`."""
    coming = buffered(source)
    return (read_items if begins_array(coming) else read_lines)(coming, file, rule, problems)


def buffered(source: bytes | BufferedReader) -> BufferedReader:
    """Give bytes as a file that is open for reading; one that is stays as it is."""
    return BufferedReader(BytesIO(source)) if isinstance(source, bytes) else source


def begins_array(source: BufferedReader) -> bool:
    """Tell whether a file that nothing was read of is an array: no line of JSON Lines here begins with a bracket."""
    return source.peek(_AHEAD)[:_AHEAD].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"[")


def read_items(source: BinaryIO, file: str, rule: str, problems: list[Problem]) -> Iterator[Line]:
    """Give the objects of an array, as `read_objects` does."""

    def fault(where: str, said: str) -> None:
        problems.append(Problem(rule=rule, level="error", where=where, message=said))

    data = source.read(LARGEST + 1)
    if len(data) > LARGEST:
        fault(
            f"{file}:1", f"The array has more than {LARGEST} bytes. Write one article a line: lines are not held whole."
        )
        return
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        fault(f"{file}:{line}", f"This is no UTF-8: byte {error.start + 1} of the file.")
        return
    line, counted = 1, 0
    try:
        for number, (at, written) in enumerate(items(text), 1):
            line, counted = line + text.count("\n", counted, at), at
            where = f"{file}:{line} (item {number})"
            content, said = parsed(written, "An item must be one JSON object, of one article.")
            if said:
                fault(where, said)
            else:
                yield Line(where, content)
    except Broken as broken:
        line = text.count("\n", 0, broken.at) + 1
        fault(f"{file}:{line}", str(broken))
