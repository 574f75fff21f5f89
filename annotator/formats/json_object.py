"""One JSON object that holds an article under each key: its members, each with the line that it begins on.

Some systems write their whole output so. Knows nothing of what the members mean.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from annotator.formats.inspection import shown
from annotator.formats.json_text import Broken, members, parsed
from annotator.model.problem import Problem


class Member(NamedTuple):
    """One value that is an object."""

    key: str
    where: str
    """FILE:LINE of its key, counted from 1."""
    content: dict[str, Any]


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
        for key, at, written in members(text):
            line, counted = line + text.count("\n", counted, at), at
            content, said = parsed(written, "Under a key must be one JSON object, of one article.")
            if key in keys:
                said = f"The key {shown(key)} stands twice in one object. Remove one of the two."
            keys.add(key)
            if said:
                fault(line, said)
            else:
                yield Member(key, f"{file}:{line}", content)
    except Broken as broken:
        fault(text.count("\n", 0, broken.at) + 1, str(broken))
