"""Which article of ours an extractor means by an id of its own: a map in two columns, or one JSON object.

Owns what is wrong with a map, each fault with its line: an id that stands twice, two ids for one article.
"""

import csv
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from io import StringIO
from typing import NamedTuple

import orjson

from annotator.formats.inspection import shown
from annotator.formats.json_text import Broken, members
from annotator.model.problem import Problem

_NAMED = 5
"""How many ids a warning names before it only counts."""


@dataclass(frozen=True, slots=True)
class IdMap:
    """A map that was read."""

    file: str
    ours: dict[str, str]
    """Our article id by theirs."""
    lines: dict[str, int]
    """The line of each of our ids."""

    def unknown(self, articles: Collection[str], within: str) -> Iterator[Problem]:
        """Give a warning of ids that are said to be ours and are no article's, if there are any."""
        strange = [(line, ours) for ours, line in self.lines.items() if ours not in articles]
        if strange:
            named = ", ".join(f"{shown(ours)} in line {line}" for line, ours in sorted(strange)[:_NAMED])
            more = f" and {len(strange) - _NAMED} more" if len(strange) > _NAMED else ""
            message = f"{len(strange)} id(s) of the second column are no article of {within}: {named}{more}."
            yield Problem(rule="ids.unknown", level="warning", where=f"{self.file}:{min(strange)[0]}", message=message)


class _Pair(NamedTuple):
    line: int
    theirs: str
    ours: str


def read_id_map(data: bytes, file: str) -> tuple[IdMap, tuple[Problem, ...]]:
    """Give the map that the file called `file` holds, and all that is wrong with it.

    A file that begins with a brace is a JSON object from their ids to ours; any other has two columns, theirs and ours,
    parted by tabs where its first line has one and by commas else. There is no line of headings.
    """
    problems: list[Problem] = []

    def fault(line: int, rule: str, said: str) -> None:
        problems.append(Problem(rule=f"ids.{rule}", level="error", where=f"{file}:{line}", message=said))

    found = IdMap(file, {}, {})
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        fault(line, "encoding", f"This is no UTF-8: byte {error.start + 1} of the file.")
        return found, tuple(problems)
    lines_of_theirs: dict[str, int] = {}
    try:
        for line, theirs, ours in _of_object(text) if text.lstrip().startswith("{") else _of_columns(text):
            if not theirs or not ours:
                fault(line, "row", "A line must give their id and ours, neither empty.")
            elif theirs in lines_of_theirs:
                before = lines_of_theirs[theirs]
                fault(line, "twice", f"Their id {shown(theirs)} stands in line {before} already. Remove one of them.")
            elif ours in found.lines:
                before = found.lines[ours]
                fault(line, "twice", f"Our id {shown(ours)} is that of line {before} as well: two of theirs are one.")
            else:
                found.ours[theirs] = ours
                found.lines[ours] = line
            lines_of_theirs.setdefault(theirs, line)
    except _Fault as error:
        fault(error.line, "row", str(error))
    return found, tuple(problems)


class _Fault(Exception):  # noqa: N818 - it says what the map is
    """The rest of a map cannot be read: why, and from which line on."""

    def __init__(self, said: str, line: int) -> None:
        super().__init__(said)
        self.line = line


def _of_object(text: str) -> Iterable[_Pair]:
    line, counted = 1, 0
    try:
        for theirs, at, written in members(text):
            line, counted = line + text.count("\n", counted, at), at
            ours = orjson.loads(written)
            if not isinstance(ours, str):
                raise _Fault(f"Behind {shown(theirs)} must be our id, a text, not {shown(written)}.", line)
            yield _Pair(line, theirs, ours)
    except orjson.JSONDecodeError as error:
        raise _Fault(f"This is no JSON: {error.msg}.", line) from None
    except Broken as broken:
        raise _Fault(str(broken), text.count("\n", 0, broken.at) + 1) from None


def _of_columns(text: str) -> Iterable[_Pair]:
    tabs = "\t" in text.lstrip().partition("\n")[0]
    rows = csv.reader(StringIO(text, newline=""), delimiter="\t" if tabs else ",", strict=True)
    line = 0
    try:
        for row in rows:
            # A cell in quotes may go over lines: the row begins where the one before it ended.
            line, begins = rows.line_num, line + 1
            if not any(cell.strip() for cell in row):
                continue
            if len(row) != 2:
                raise _Fault(f"A line must have two columns, theirs and ours, and this has {len(row)}.", begins)
            yield _Pair(begins, row[0].strip(), row[1].strip())
    except csv.Error as error:
        raise _Fault(f"This cannot be read as columns: {error}.", line + 1) from None
