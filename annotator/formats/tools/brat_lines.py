"""The lines of a brat `.ann` file, each as what it says: text-bound, event, relation, attribute, reference, note.

Owns the syntax and its faults. Which text the offsets count in, and what the types mean, is not its business.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from annotator.formats.inspection import shown
from annotator.model.problem import Level, Problem


class Bound(NamedTuple):
    """`T1<TAB>Type 0 4;8 10<TAB>words`: a type with one stretch of text, or several."""

    id: str
    where: str
    type: str
    pieces: tuple[tuple[int, int], ...]
    quote: str
    """The words, pieces joined by a blank; empty where the line has none."""


class Framed(NamedTuple):
    """`E1<TAB>Type:T1 Role:T2 Role2:E3`."""

    id: str
    where: str
    type: str
    trigger: str
    arguments: tuple[tuple[str, str], ...]


class Related(NamedTuple):
    """`R1<TAB>Type Arg1:T1 Arg2:T2`, and each pair of neighbours of `*<TAB>Type T1 T2 T3`."""

    id: str
    where: str
    type: str
    source: str
    target: str
    symmetric: bool


class Said(NamedTuple):
    """What is said of another annotation: an attribute, a reference into a registry, or a note."""

    id: str
    where: str
    type: str
    target: str
    words: str
    """The value, the entry, or the text; of a binary attribute empty."""


@dataclass
class Lines:
    """All that a file says, each sort in its order."""

    bound: list[Bound] = field(default_factory=list)
    framed: list[Framed] = field(default_factory=list)
    related: list[Related] = field(default_factory=list)
    attributes: list[Said] = field(default_factory=list)
    references: list[Said] = field(default_factory=list)
    notes: list[Said] = field(default_factory=list)


_ID = re.compile(r"[TERAMN][A-Za-z0-9_.-]{1,40}|#[A-Za-z0-9_.-]{0,40}|\*")
_PIECES = r"-?[0-9]{1,18} -?[0-9]{1,18}"
_BOUND = re.compile(rf"(\S+) ({_PIECES}(?:;{_PIECES})*)")
_FILLED = re.compile(r"([^\s:]+):([^\s:]+)")
_SAID = re.compile(r"(\S+) (\S+)(?: (.*))?")

SHAPES: Mapping[str, str] = {
    "T": "Type START END, a TAB and the words",
    "E": "Type:T1 and Role:T2 for each argument",
    "R": "Type Arg1:T1 Arg2:T2",
    "A": "Name T1, with a value behind it or none",
    "M": "Name T1",
    "N": "Reference T1 REGISTRY:ENTRY",
    "#": "Type T1, a TAB and the text",
    "*": "Type T1 T2",
}
"""What a line must look like behind its id and a TAB."""


class _Line(NamedTuple):
    """A line, cut at its TABs."""

    id: str
    where: str
    data: str
    tail: str


def read_lines_of(text: str, file: str, problems: list[Problem]) -> Lines:
    """Give what the lines of `text` say; those that say nothing add to `problems`, each with its number."""
    lines = Lines()
    ids: dict[str, str] = {}
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        written = line.removesuffix("\r")
        if written.strip():
            _read(written, f"{file}:{number}", lines, ids, problems)
    return lines


def _read(line: str, where: str, lines: Lines, ids: dict[str, str], problems: list[Problem]) -> None:
    name, _, rest = line.partition("\t")
    data, _, tail = rest.partition("\t")
    if not _ID.fullmatch(name):
        problems.append(_problem("unknown-line", "warning", where, f"{shown(line)} is no line of brat's; passed over."))
        return
    if name in ids:
        first = ids[name].rpartition(":")[2]
        problems.append(_problem("duplicate-id", "error", where, f"{name} stands in line {first} too. Rename one."))
        return
    if name not in ("*", "#"):
        ids[name] = where
    if not _READERS[name[0]](_Line(name, where, data.rstrip(), tail), lines):
        shape = SHAPES[name[0]]
        problems.append(_problem("syntax", "error", where, f"Behind {name} and a TAB must stand: {shape}."))


def _bound(line: _Line, lines: Lines) -> bool:
    found = _BOUND.fullmatch(line.data)
    if found is None:
        return False
    pieces = [piece.split(" ") for piece in found[2].split(";")]
    spans = tuple((int(start), int(end)) for start, end in pieces)
    lines.bound.append(Bound(line.id, line.where, found[1], spans, line.tail))
    return True


def _framed(line: _Line, lines: Lines) -> bool:
    pairs = _pairs(line.data.split())
    if not pairs:
        return False
    lines.framed.append(Framed(line.id, line.where, *pairs[0], arguments=tuple(pairs[1:])))
    return True


def _related(line: _Line, lines: Lines) -> bool:
    kind, *rest = line.data.split() or [""]
    pairs = _pairs(rest)
    if len(pairs) != 2:
        return False
    (_, source), (_, target) = sorted(pairs, key=lambda pair: pair[0])
    lines.related.append(Related(line.id, line.where, kind, source, target, symmetric=False))
    return True


def _pairs(written: Sequence[str]) -> list[tuple[str, str]]:
    """Give the pairs around colons; none where one of them is none."""
    found = [_FILLED.fullmatch(word) for word in written]
    return [(one[1], one[2]) for one in found if one] if all(found) else []


def _equal(line: _Line, lines: Lines) -> bool:
    kind, *members = line.data.split() or [""]
    for source, target in pairwise(members):
        lines.related.append(Related(line.id, line.where, kind, source, target, symmetric=True))
    return len(members) > 1


def _attribute(line: _Line, lines: Lines) -> bool:
    return _say(lines.attributes, line)


def _reference(line: _Line, lines: Lines) -> bool:
    return ":" in line.data and _say(lines.references, line)


def _note(line: _Line, lines: Lines) -> bool:
    return _say(lines.notes, line, in_tail=True)


def _say(said: list[Said], line: _Line, *, in_tail: bool = False) -> bool:
    found = _SAID.fullmatch(line.data)
    if found is None or (in_tail and found[3]):
        return False
    said.append(Said(line.id, line.where, found[1], found[2], line.tail if in_tail else found[3] or ""))
    return True


_READERS = {
    "T": _bound, "E": _framed, "R": _related, "A": _attribute, "M": _attribute, "N": _reference, "#": _note,
    "*": _equal,
}  # fmt: skip


def lines_written(lines: Lines) -> Iterator[str]:
    """Give the lines as brat writes them, those that others speak of before them."""
    for one in lines.bound:
        pieces = ";".join(f"{start} {end}" for start, end in one.pieces)
        yield f"{one.id}\t{one.type} {pieces}\t{one.quote}"
    for event in lines.framed:
        arguments = "".join(f" {role}:{target}" for role, target in event.arguments)
        yield f"{event.id}\t{event.type}:{event.trigger}{arguments}"
    yield from _relations_written(lines.related)
    for attribute in lines.attributes:
        yield f"{attribute.id}\t{attribute.type} {attribute.target} {attribute.words}".rstrip(" ")
    for reference in lines.references:
        entry = reference.words.partition(":")[2]
        yield f"{reference.id}\t{reference.type} {reference.target} {reference.words}\t{entry}"
    for note in lines.notes:
        yield f"{note.id}\t{note.type} {note.target}\t{note.words}"


def _relations_written(related: Sequence[Related]) -> Iterator[str]:
    """Give relations with numbers, and each chain of equal ones as one line."""
    number, held = 0, list[str]()
    for at, one in enumerate(related):
        if not one.symmetric:
            number += 1
            yield f"R{number}\t{one.type} Arg1:{one.source} Arg2:{one.target}\t"
            continue
        held = held or [one.source]
        held.append(one.target)
        following = related[at + 1] if at + 1 < len(related) else None
        if following is None or following[2:4] != (one.type, one.target) or not following.symmetric:
            yield f"*\t{one.type} {' '.join(held)}"
            held = []


def _problem(rule: str, level: Level, where: str, message: str) -> Problem:
    return Problem(rule=f"format.{rule}", level=level, where=where, message=message)
