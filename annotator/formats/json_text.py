"""JSON that spans lines, taken apart from the outside: where each member of an object and each item of an array stands.

Other readers give values without their places, and a fault without its line. Knows nothing of what the values mean.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import orjson

from annotator.formats.lines import fault_of_keys

_BLANKS = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()


class Broken(Exception):  # noqa: N818 - it says what the text is
    """The text is not the JSON that it should be: why, and from which character on."""

    def __init__(self, said: str, at: int) -> None:
        super().__init__(said)
        self.at = at


def members(text: str) -> Iterator[tuple[str, int, str]]:
    """Give each key of an object, where it stands, and the value as it is written. Raises `Broken`."""
    at = _after(text, "{", 0, "The file must hold one JSON object, with an article under each key.")
    more = not text.startswith("}", at)
    while more:
        begins = at
        key, at = _key(text, at)
        at = _after(text, ":", at, "A key must be followed by a colon and a value.")
        value, at = at, _end_of_value(text, at)
        yield key, begins, text[value:at]
        more, at = _on(text, at)
    at = _after(text, "}", at, "A member must be followed by a comma or the closing brace.")
    if at < len(text):
        raise Broken("Something follows the JSON object. The file must hold one object.", at)


def items(text: str) -> Iterator[tuple[int, str]]:
    """Give where each item of an array stands, and the item as it is written. Raises `Broken`."""
    at = _after(text, "[", 0, "The file must hold one JSON array, with an article an item.")
    more = not text.startswith("]", at)
    while more:
        begins, at = at, _end_of_value(text, at)
        yield begins, text[begins:at]
        more, at = _on(text, at)
    at = _after(text, "]", at, "An item must be followed by a comma or the closing bracket.")
    if at < len(text):
        raise Broken("Something follows the JSON array. The file must hold one array, or JSON Lines.", at)


def parsed(written: str, otherwise: str) -> tuple[dict[str, Any], str]:
    """Give the object that is written, or what is wrong with it: `otherwise` where it is something else."""
    try:
        content = orjson.loads(written)
    except orjson.JSONDecodeError as error:
        return {}, f"This is no JSON: {error.msg}."
    if not isinstance(content, dict):
        return {}, otherwise
    return content, fault_of_keys(written.encode(), content)


def _on(text: str, at: int) -> tuple[bool, int]:
    """Give whether another follows behind a comma, and where the text goes on."""
    at = _blanks(text, at)
    more = text.startswith(",", at)
    return more, _blanks(text, at + 1) if more else at


def _after(text: str, mark: str, at: int, wanted: str) -> int:
    """Give where the text goes on behind a mark and blanks."""
    at = _blanks(text, at)
    if not text.startswith(mark, at):
        raise Broken(wanted, at)
    return _blanks(text, at + 1)


def _blanks(text: str, at: int) -> int:
    found = _BLANKS.match(text, at)
    return found.end() if found else at


def _key(text: str, at: int) -> tuple[str, int]:
    if not text.startswith('"', at):
        raise Broken("A key must stand in double quotes.", at)
    end = _end_of_value(text, at)
    try:
        return str(orjson.loads(text[at:end])), end
    except orjson.JSONDecodeError as error:
        raise Broken(f"This is no JSON: {error.msg}.", at) from None


def _end_of_value(text: str, at: int) -> int:
    try:
        return _DECODER.raw_decode(text, at)[1]
    except json.JSONDecodeError as error:
        raise Broken(f"This is no JSON: {error.msg}.", error.pos) from None
    except (ValueError, RecursionError):
        # An integer of thousands of digits, or brackets without end.
        raise Broken("This is nothing that an annotation holds: a number too long, or nested too deeply.", at) from None
