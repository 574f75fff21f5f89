"""XML before any library may read it: well-formed, without a document type, of a sane size and depth.

Entities are declared in a document type and nowhere else, so that without one nothing can be told to grow, to be read
from elsewhere or to be fetched. Also owns where elements stand: libraries tell no lines.
"""

from collections.abc import Mapping
from typing import NamedTuple
from xml.parsers import expat

from annotator.model.problem import Problem

LARGEST = 1 << 28
"""Bytes that a file may have."""
DEEPEST = 64
"""Elements that may lie in each other."""


class Element(NamedTuple):
    """An element with its attributes."""

    line: int
    name: str
    """With its namespace before a blank, if it has one; so are names of attributes."""
    attributes: Mapping[str, str]


class _Hostile(Exception):  # noqa: N818 - it says what the file is
    """The file has what none of a tool's has."""


def elements(data: bytes, file: str, problems: list[Problem]) -> list[Element]:
    """Give the elements of a file in order; nothing where it is not to be read, which is in `problems` then."""
    parser, found = expat.ParserCreate(namespace_separator=" "), list[Element]()

    def error(rule: str, line: int, message: str) -> list[Element]:
        problems.append(Problem(rule=f"format.{rule}", level="error", where=f"{file}:{line}", message=message))
        return []

    if len(data) > LARGEST:
        return error("too-large", 1, f"The file has more than {LARGEST} bytes.")
    _gather(parser, found)
    try:
        parser.Parse(data, True)
    except _Hostile as hostile:
        return error("syntax", parser.CurrentLineNumber, str(hostile))
    except (expat.ExpatError, LookupError, ValueError) as fault:
        # An encoding that nobody knows is a LookupError, one that Python refuses to use here a ValueError.
        told = expat.ErrorString(fault.code) if isinstance(fault, expat.ExpatError) else "its encoding is unknown"
        return error("syntax", parser.ErrorLineNumber, f"This is no XML: {told}.")
    return found


def _gather(parser: expat.XMLParserType, found: list[Element]) -> None:
    """Have a parser put what it meets into `found`, and stop at what is hostile."""
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise _Hostile(f"Elements lie in each other {DEEPEST} deep. No annotations do.")
        found.append(Element(parser.CurrentLineNumber, name, attributes))

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    def refuse(*_: object) -> None:
        raise _Hostile("A document type may declare entities without end, and is not read. Remove it.")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = refuse
