"""The lines of WebAnno TSV 3: which layers there are, and what each row says of its token in each of them.

Owns the header, the escapes, and how stacked values and their numbers are written. Knows no offsets and no text.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from annotator.formats.inspection import shown
from annotator.model.problem import Problem

_JAVA = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "b": "\b"}
_ESCAPED = re.compile(r"\\(->|.)")
_ID = re.compile(r"([0-9]{1,9})-([0-9]{1,9})(?:\.([0-9]{1,9}))?")
_OFFSETS = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")
_NUMBER = re.compile(r"(?<!\\)\[([0-9]{1,9})(?:_([0-9]{1,9}))?\]$")
_HEADS = {"#T_SP=": "span", "#T_RL=": "relation", "#T_CH=": "chain"}


class Layer(NamedTuple):
    """A layer and its columns."""

    name: str
    sort: str
    """`span`, `relation` or `chain`."""
    columns: tuple[str, ...]
    first: int
    """Of its columns among all."""


class Value(NamedTuple):
    """One value of a column: values of stacked annotations stand in it one behind the other."""

    said: str | None
    """None: the annotation has no value there."""
    number: int
    """Of the annotation, where several tokens or stacked ones have to be told apart; 0: none."""
    other: int = 0
    """Of relations the number of the other end."""


class Row(NamedTuple):
    """A token, or a part of one."""

    line: int
    name: str
    """`2-4`, or `2-4.1` of a part."""
    start: int
    end: int
    form: str
    columns: tuple[str, ...]

    @property
    def token(self) -> str:
        """The name of its token."""
        return self.name.partition(".")[0]


class Sentence(NamedTuple):
    """A sentence with its rows."""

    text: str
    rows: tuple[Row, ...]


class Lines(NamedTuple):
    """What a file says."""

    layers: tuple[Layer, ...]
    sentences: tuple[Sentence, ...]


def parsed(text: str, file: str, problems: list[Problem]) -> Lines:
    """Give what a file says, adding what is no line of it to `problems`."""

    def error(line: int, message: str) -> None:
        problems.append(Problem(rule="format.unknown-line", level="error", where=f"{file}:{line}", message=message))

    layers: list[Layer] = []
    sentences: list[tuple[list[str], list[Row]]] = []
    lines = text.removeprefix("\ufeff").split("\n")
    if not lines[0].startswith("#FORMAT=WebAnno TSV 3"):
        error(1, "A file begins with #FORMAT=WebAnno TSV 3.3, or another 3.")
    for number, line in enumerate((line.removesuffix("\r") for line in lines), 1):
        head = next((one for one in _HEADS if line.startswith(one)), None)
        if head is not None:
            name, *columns = line.removeprefix(head).split("|")
            first = layers[-1].first + max(1, len(layers[-1].columns)) if layers else 0
            layers.append(Layer(name, _HEADS[head], tuple(columns), first))
        elif line.startswith("#Text="):
            if not sentences or sentences[-1][1]:
                sentences.append(([], []))
            sentences[-1][0].append(plain(line.removeprefix("#Text=")))
        elif line and not line.startswith("#"):
            row = _row(number, line)
            if row is None or not sentences:
                error(number, f"{shown(line)} is no token with its place and its values below a #Text.")
            else:
                sentences[-1][1].append(row)
    return Lines(tuple(layers), tuple(Sentence("\n".join(said), tuple(rows)) for said, rows in sentences))


def _row(number: int, line: str) -> Row | None:
    name, place, form, *columns = (*line.split("\t"), "", "")[: max(3, line.count("\t") + 1)]
    offsets = _OFFSETS.fullmatch(place)
    if not _ID.fullmatch(name) or offsets is None or not form:
        return None
    return Row(number, name, int(offsets[1]), int(offsets[2]), plain(form), tuple(columns))


def plain(written: str) -> str:
    """Give a text without its escapes."""
    return _ESCAPED.sub(lambda found: _JAVA.get(found[1], found[1]), written)


def values(column: str) -> Iterator[Value]:
    """Give the values of a column, one for each annotation that begins or goes on there."""
    if column in ("_", ""):
        return
    for one in _split(column, "|"):
        number = _NUMBER.search(one)
        said = one[: number.start()] if number else one
        first, second = (int(number[1]), int(number[2] or 0)) if number else (0, 0)
        yield Value(None if said in ("*", "_", "") else said, first, second)


def slots(said: str | None) -> Sequence[str]:
    """Give what stands in one value for several slots."""
    return [] if said is None else list(_split(said, ";"))


def _split(written: str, sign: str) -> Iterator[str]:
    """Give the parts between signs that are not escaped."""
    start = at = 0
    while at < len(written):
        if written[at] == "\\":
            at += 1
        elif written[at] == sign:
            yield written[start:at]
            start = at + 1
        at += 1
    yield written[start:]


class Target(NamedTuple):
    """What a slot or a relation refers to."""

    token: str
    number: int


def target(written: str) -> Target | None:
    """Give what `2-4` or `2-4[3]` refers to, or None."""
    number = _NUMBER.search(written)
    name = written[: number.start()] if number else written
    return Target(name, int(number[1]) if number else 0) if _ID.fullmatch(name) else None
