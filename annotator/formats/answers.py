"""JSON as it comes from elsewhere: lines of objects, one object or list over many lines, or either within prose.

Language models put their JSON into fences, with sentences around it. Owns the way from such bytes to objects, every
fault with its line; knows nothing of what the objects mean. What begins like JSON and breaks off is never passed over.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import orjson

from annotator.formats.lines import Line, fault_of_keys, read_lines
from annotator.model.problem import Problem

_BEGINS = re.compile(r'\{\s*["}]|\[\s*[{\]]')
"""What objects and lists of objects begin with, and hardly any prose."""

_DECODER = json.JSONDecoder()


def read_answer(data: bytes, file: str, rule: str, problems: list[Problem]) -> Iterator[Line]:
    """Give the objects of an answer called `file`; what is wrong adds errors of `rule` to `problems`."""
    if _is_lines(data):
        yield from read_lines(data, file, rule, problems)
        return
    found = False
    for where, written, fault in _values(data):
        found = True
        if fault:
            problems.append(Problem(rule=rule, level="error", where=f"{file}:{where}", message=fault))
        else:
            yield from _objects(written, f"{file}:{where}", rule, problems)
    if not found:
        message = "There is no JSON in it: neither an object nor a list of objects."
        problems.append(Problem(rule=rule, level="error", where=file, message=message))


def _is_lines(data: bytes) -> bool:
    """Tell whether every line that is not blank looks like one object."""
    lines = [written for line in data.removeprefix(b"\xef\xbb\xbf").split(b"\n") if (written := line.strip())]
    return bool(lines) and all(line.startswith(b"{") and line.endswith(b"}") for line in lines)


def _values(data: bytes) -> Iterator[tuple[int, bytes, str]]:
    """Give every piece of JSON with the line it begins on, or what is wrong with it."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        yield data.count(b"\n", 0, error.start) + 1, b"", "This is not UTF-8."
        return
    line, counted, position = 1, 0, 0
    while begins := _BEGINS.search(text, position):
        line, counted = line + text.count("\n", counted, begins.start()), begins.start()
        try:
            _, position = _DECODER.raw_decode(text, begins.start())
        except json.JSONDecodeError as error:
            position = max(error.pos, begins.end())
            yield line, b"", f"This is no JSON: {error.msg}, at line {error.lineno}, character {error.colno}."
        except (ValueError, RecursionError):
            # An integer of thousands of digits, or brackets without end: where they end is not known.
            yield line, b"", "This is nothing that an annotation holds: a number too long, or nested too deeply."
            return
        else:
            yield line, text[begins.start() : position].encode(), ""


def _objects(written: bytes, where: str, rule: str, problems: list[Problem]) -> Iterator[Line]:
    """Give the object that JSON holds, or those of the list that it is."""

    def complain(place: str, message: str) -> None:
        problems.append(Problem(rule=rule, level="error", where=place, message=message))

    try:
        content: Any = orjson.loads(written)
    except orjson.JSONDecodeError as error:  # what Python takes besides JSON: NaN, half a surrogate pair
        complain(where, f"This is no JSON: {error.msg}.")
        return
    if fault := fault_of_keys(written, content):
        complain(where, fault)
    elif isinstance(content, dict):
        yield Line(where, content)
    else:
        for index, item in enumerate(content):
            if isinstance(item, dict):
                yield Line(f"{where}[{index}]", item)
            else:
                complain(f"{where}[{index}]", "This must be an object.")
