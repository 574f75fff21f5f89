"""One JSON object that holds an article under each key: its members, each with the line that it begins on.

Some systems write their whole output so. Knows nothing of what the members mean.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import orjson

from annotator.formats.lines import fault_of_keys
from annotator.model.problem import Problem

_BLANKS = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()


class Member(NamedTuple):
    """One value that is an object."""

    key: str
    where: str
    """FILE:LINE of its key, counted from 1."""
    content: dict[str, Any]


class _Broken(Exception):  # noqa: N818 - it says what the text is
    """The text is no JSON object: why, and from which character on."""

    def __init__(self, said: str, at: int) -> None:
        super().__init__(said)
        self.at = at


def read_members(data: bytes, file: str, rule: str, problems: list[Problem]) -> Iterator[Member]:
    """Give the members of the object that the file called `file` holds.

    A value that is no object adds an error of `rule` to `problems`, and so does a key that one object holds twice, as
    readers differ in which of the two they keep. What is no JSON adds an error too, and nothing behind it is read.
    """

    def fault(line: int, said: str) -> None:
        problems.append(Problem(rule=rule, level="error", where=f"{file}:{line}", message=said))

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        fault(data.count(b"\n", 0, error.start) + 1, f"This is no UTF-8: byte {error.start + 1} of the file.")
        return
    line, counted, keys = 1, 0, set[str]()
    try:
        for key, at, written in _members(text):
            line, counted = line + text.count("\n", counted, at), at
            content, said = _parsed(written)
            if key in keys:
                said = f"The key {key!r} stands twice in one object. Remove one of the two."
            keys.add(key)
            if said:
                fault(line, said)
            else:
                yield Member(key, f"{file}:{line}", content)
    except _Broken as broken:
        fault(text.count("\n", 0, broken.at) + 1, str(broken))


def _members(text: str) -> Iterator[tuple[str, int, str]]:
    """Give each key of an object, where it stands, and the value as it is written. Raises `_Broken`."""
    at = _after(text, "{", 0, "The file must hold one JSON object, with an article under each key.")
    more = not text.startswith("}", at)
    while more:
        begins = at
        key, at = _key(text, at)
        at = _after(text, ":", at, "A key must be followed by a colon and a value.")
        value, at = at, _end_of_value(text, at)
        yield key, begins, text[value:at]
        at = _blanks(text, at)
        more = text.startswith(",", at)
        at = _after(text, ",", at, "") if more else at
    at = _after(text, "}", at, "A member must be followed by a comma or the closing brace.")
    if at < len(text):
        raise _Broken("Something follows the JSON object. The file must hold one object.", at)


def _after(text: str, mark: str, at: int, wanted: str) -> int:
    """Give where the text goes on behind a mark and blanks."""
    at = _blanks(text, at)
    if not text.startswith(mark, at):
        raise _Broken(wanted, at)
    return _blanks(text, at + 1)


def _blanks(text: str, at: int) -> int:
    found = _BLANKS.match(text, at)
    return found.end() if found else at


def _key(text: str, at: int) -> tuple[str, int]:
    if not text.startswith('"', at):
        raise _Broken("A key must stand in double quotes.", at)
    end = _end_of_value(text, at)
    try:
        return str(orjson.loads(text[at:end])), end
    except orjson.JSONDecodeError as error:
        raise _Broken(f"This is no JSON: {error.msg}.", at) from None


def _end_of_value(text: str, at: int) -> int:
    try:
        return _DECODER.raw_decode(text, at)[1]
    except json.JSONDecodeError as error:
        raise _Broken(f"This is no JSON: {error.msg}.", error.pos) from None
    except (ValueError, RecursionError):
        # An integer of thousands of digits, or brackets without end.
        raise _Broken(
            "This is nothing that an annotation holds: a number too long, or nested too deeply.", at
        ) from None


def _parsed(written: str) -> tuple[dict[str, Any], str]:
    """Give the object that is written, or what is wrong with it."""
    try:
        content = orjson.loads(written)
    except orjson.JSONDecodeError as error:
        return {}, f"This is no JSON: {error.msg}."
    if not isinstance(content, dict):
        return {}, "Under a key must be one JSON object, of one article."
    return content, fault_of_keys(written.encode(), content)
