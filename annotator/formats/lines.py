"""JSON Lines: bytes to objects, one a line, every fault with its line number. Knows nothing of what the objects mean.

Lines end at LF only, so that a line number is the same here, in an editor and in `sed`; a CR before it is JSON's white
space. A UTF-8 BOM is tolerated, blank lines are passed over.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from typing import Any, BinaryIO, NamedTuple

import orjson

from annotator.formats.inspection import shown
from annotator.model.problem import Problem

_BOM = b"\xef\xbb\xbf"
_SPACED_COLON = re.compile(rb'"[ \t\r\n]+:')
_ESCAPED = (b"\\u0022", b"\\u003a", b"\\u003A")
"""A quotation mark and a colon, written so that they are not seen where a line is not parsed."""

LONGEST = 1 << 28
"""Bytes that a line may have: what is longer is no article's, and would be held whole."""


class Line(NamedTuple):
    """One object and where it stands."""

    where: str
    """FILE:LINE, counted from 1."""
    content: dict[str, Any]


def read_lines(source: bytes | BinaryIO, file: str, rule: str, problems: list[Problem]) -> Iterator[Line]:
    """Give the objects of `source`, whose name is `file`; a line that is none adds an error of `rule` to `problems`.

    `source` is all bytes, or a file open for reading in binary, which then is never held whole. A key that an object
    holds twice is an error: readers differ in which of the two they keep. Behind a line too long nothing is read, nor
    where the first object goes on in the next line: every line would be an error.
    """
    for number, written in numbered_lines(source, file, rule, problems):
        line = read_line(number, written, file, rule, problems)
        if line is not None:
            yield line


def numbered_lines(
    source: bytes | BinaryIO, file: str, rule: str, problems: list[Problem]
) -> Iterator[tuple[int, bytes]]:
    """Give the lines of `source` that are not blank, unread, each with its number. The rest is as in `read_lines`."""
    coming = BytesIO(source) if isinstance(source, bytes) else source
    first = True
    for number, written in enumerate(iter(partial(coming.readline, LONGEST + 1), b""), 1):
        line = written.removeprefix(_BOM) if number == 1 else written
        fault = ""
        if len(written) > LONGEST:
            fault = f"The line is longer than {LONGEST} bytes; nothing behind it is read. Write one article a line."
        elif first and _goes_on(line):
            fault = "An article must stand on one line, or in an array; nothing behind this line is read."
        if fault:
            problems.append(Problem(rule=rule, level="error", where=f"{file}:{number}", message=fault))
            return
        if line and not line.isspace():
            first = False
            yield number, line


def _goes_on(line: bytes) -> bool:
    """Tell whether a line begins an object that ends on a later one, as an indented file does."""
    written = line.strip()
    return written.startswith(b"{") and written.endswith((b"{", b"[", b",")) and not written.endswith(b"},")


def read_line(number: int, written: bytes, file: str, rule: str, problems: list[Problem]) -> Line | None:
    """Give the object of a line, or None after adding what is wrong with it."""
    where = f"{file}:{number}"
    content, fault = _parse(written)
    if fault:
        problems.append(Problem(rule=rule, level="error", where=where, message=fault))
        return None
    return Line(where, content)


def _parse(line: bytes) -> tuple[dict[str, Any], str]:
    """Give the object of a line, or what is wrong with it."""
    try:
        content = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        no_json = f"This is no JSON: {error.msg}, at character {error.pos + 1} of the line."
        return {}, _fault_of_encoding(line) or no_json
    if not isinstance(content, dict):
        return {}, "A line must hold one JSON object, of one article."
    return content, fault_of_keys(line, content)


def _fault_of_encoding(line: bytes) -> str:
    """Give where a line is no UTF-8, or an empty text: the parser says it without a place."""
    try:
        line.decode()
    except UnicodeDecodeError as error:
        return f"This is no UTF-8: byte {error.start + 1} of the line."
    return ""


def fault_of_keys(written: bytes, content: object) -> str:
    """Give what is wrong with the keys of JSON that was parsed to `content`, or an empty text."""
    try:
        repeated = _repeated_key(written, content)
    except orjson.JSONEncodeError:
        return "This is nested more deeply than any annotation is."
    return f"The key {shown(repeated)} stands twice in one object. Remove one of the two." if repeated else ""


def _repeated_key(line: bytes, content: object) -> str:
    """Give a key that some object of the line holds twice, or an empty text.

    The parser keeps the last one silently; the object written again then holds fewer keys than the line. Only in that
    case, or where white space stands before a colon, or marks are escaped, is the line parsed slowly to make sure.
    """
    keys = orjson.dumps(content).count(b'":')  # always: it bounds the depth of what is read on
    hidden = _SPACED_COLON.search(line) or any(mark in line for mark in _ESCAPED)
    if not hidden and line.count(b'":') == keys:
        return ""
    repeated: list[str] = []

    def gather(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        repeated.extend(name for name, times in Counter(name for name, _ in pairs).items() if times > 1)
        return dict(pairs)

    json.loads(line, object_pairs_hook=gather)
    return repeated[0] if repeated else ""
