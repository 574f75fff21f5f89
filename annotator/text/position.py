"""Line and column of an offset, for people. Lines end at LF only, never at the other breaks of `str.splitlines`."""

from typing import NamedTuple


class Position(NamedTuple):
    """Where a person finds a character: line and column, both counted from 1, the column in code points."""

    line: int
    column: int


def position(text: str, offset: int) -> Position:
    """Give line and column of `offset` in `text`, in code points."""
    line_start = text.rfind("\n", 0, offset) + 1
    return Position(text.count("\n", 0, offset) + 1, offset - line_start + 1)
