"""In what offsets are counted, and the way from there to code points of the stored text and back.

Owns the four units and the line ends of sources. Never rounds: what lies inside a character raises.
"""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from typing import Literal, get_args

from annotator.text.clusters import clusters
from annotator.text.span import CodePoint

Unit = Literal["code_point", "utf16", "utf8", "grapheme"]
UNITS: tuple[Unit, ...] = get_args(Unit)
"""All units, the likeliest first."""


class InsideCharacter(ValueError):
    """An offset that lies inside a character, where no code point begins, or no unit of the other side."""


class OutOfText(ValueError):
    """An offset before the text or beyond its end."""


class Ruler:
    """The offsets of one unit over a raw text, against code points of the stored one.

    The stored text is the raw one without BOM and with LF alone at line ends. Where `lines_as_one`, the tool counts a
    CR LF as one character, as browsers and some readers do; a raw text without CR and BOM is the stored text.
    """

    def __init__(self, raw: str, unit: Unit, *, lines_as_one: bool = False) -> None:
        pieces = _pieces(raw.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n") if lines_as_one else raw)
        self.starts: Sequence[int] = _starts(pieces, unit)
        """The offset at which each code point begins, and the text's end; in a cluster all have that of its first."""

    def code_point(self, offset: int) -> CodePoint:
        """Give the position in the stored text. Raises `InsideCharacter` or `OutOfText`."""
        if not 0 <= offset <= self.starts[-1]:
            raise OutOfText(f"{offset} lies outside of the text, which ends at {self.starts[-1]}")
        at = bisect_left(self.starts, offset)
        if self.starts[at] != offset:
            raise InsideCharacter(f"{offset} lies inside a character")
        return CodePoint(at)

    def offset(self, point: CodePoint) -> int:
        """Give the offset at which a code point begins. Raises `InsideCharacter` or `OutOfText`."""
        if not 0 <= point < len(self.starts):
            raise OutOfText(f"{point} lies outside of the text, which has {len(self.starts) - 1} code points")
        found = self.starts[point]
        if point and found == self.starts[point - 1]:
            raise InsideCharacter(f"{point} lies inside a character")
        return found


def _pieces(raw: str) -> list[str]:
    """Give what stands in a raw text for each code point of the stored one; a BOM belongs to what follows it."""
    lead = raw.startswith("\ufeff")
    pieces: list[str] = []
    at = int(lead)
    while at < len(raw):
        step = 2 if raw.startswith("\r\n", at) else 1
        pieces.append(raw[at : at + step])
        at += step
    if lead and pieces:
        pieces[0] = "\ufeff" + pieces[0]
    return pieces


def _starts(pieces: Sequence[str], unit: Unit) -> list[int]:
    """Give the offset at which each code point begins, and that of the end; in a cluster, all those of its first."""
    if unit == "grapheme":
        return _cluster_starts(pieces)
    return [0, *accumulate(_length(piece, unit) for piece in pieces)]


def _length(piece: str, unit: Unit) -> int:
    if unit == "code_point" or piece.isascii():
        return len(piece)
    return len(piece.encode("utf-16-le")) // 2 if unit == "utf16" else len(piece.encode())


def _cluster_starts(pieces: Sequence[str]) -> list[int]:
    stored = "".join("\n" if piece.endswith(("\n", "\r")) else piece[-1] for piece in pieces)
    counts: list[int] = []
    for number, cluster in enumerate(clusters(stored, 0, len(stored))):
        counts += [number] * (cluster.end - cluster.start)
    return [*counts, counts[-1] + 1 if counts else 0]
