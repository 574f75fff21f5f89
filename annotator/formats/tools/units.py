"""In what offsets are counted, and the way from there to code points of the stored text and back.

Owns the four units and the line ends of sources. Never rounds: what lies inside a character raises.
"""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from typing import Literal, get_args

from annotator.text.clusters import is_plain
from annotator.text.span import CodePoint

Unit = Literal["code_point", "utf16", "utf8", "grapheme"]
UNITS: tuple[Unit, ...] = get_args(Unit)
"""All units, the likeliest first."""

BOM = "\ufeff"


class InsideCharacter(ValueError):  # noqa: N818 - it says where the offset lies
    """An offset that lies inside a character, where no code point begins, or no unit of the other side."""


class OutOfText(ValueError):  # noqa: N818 - it says where the offset lies
    """An offset before the text or beyond its end."""


class Ruler:
    """The offsets of one unit over a raw text, against code points of the stored one.

    The stored text is the raw one without BOM and with LF alone at line ends. Where `lines_as_one`, the tool counts a
    CR LF as one character and no BOM, as browsers and some readers do.
    """

    def __init__(self, raw: str, unit: Unit, *, lines_as_one: bool = False) -> None:
        counted = raw.removeprefix(BOM).replace("\r\n", "\n") if lines_as_one else raw
        before = _clusters_before(counted) if unit == "grapheme" else _lengths_before(counted, unit)
        points = _begins(counted)
        self.starts: Sequence[int] = before if len(points) == len(before) else [before[at] for at in points]
        """The offset at which each code point begins, and the text's end; in a cluster all have that of its first."""

    def code_point(self, offset: int) -> CodePoint:
        """Give the position in the stored text. Raises `InsideCharacter` or `OutOfText`.

        What begins with the BOM of a text begins with the text.
        """
        if not 0 <= offset <= self.starts[-1]:
            raise OutOfText(f"the text ends at {self.starts[-1]}")  # whatever digits the offset has
        at = bisect_left(self.starts, offset)
        if self.starts[at] != offset and offset:
            raise InsideCharacter(f"{offset} lies inside a character")
        return CodePoint(at)

    def offset(self, point: CodePoint) -> int:
        """Give the offset at which a code point begins. Raises `InsideCharacter` or `OutOfText`."""
        if not 0 <= point < len(self.starts):
            raise OutOfText(f"the text has {len(self.starts) - 1} code points")
        found = self.starts[point]
        if point and found == self.starts[point - 1]:
            raise InsideCharacter(f"{point} lies inside a character")
        return found


def _begins(raw: str) -> Sequence[int]:
    """Give where in a raw text each code point of the stored one begins, and where it ends."""
    lead = int(raw.startswith(BOM))
    if not lead and "\r\n" not in raw:
        return range(len(raw) + 1)
    return [at for at in range(lead, len(raw) + 1) if not raw.startswith("\r\n", at - 1) or at == 0]


def _lengths_before(raw: str, unit: Unit) -> Sequence[int]:
    """Give the length of what stands before each code point of a raw text, and of all of it."""
    if unit == "code_point" or raw.isascii():
        return range(len(raw) + 1)
    if unit == "utf16":
        return [0, *accumulate(2 if one > "\uffff" else 1 for one in raw)]
    return [0, *accumulate(len(one.encode("utf-8", "surrogatepass")) for one in raw)]


def _clusters_before(raw: str) -> Sequence[int]:
    """Give how many clusters of UAX #29 begin before each code point's own, and how many there are."""
    if is_plain(raw, 0, len(raw)):
        return range(len(raw) + 1)
    from wcwidth import iter_graphemes

    counts: list[int] = []
    number = 0
    for number, cluster in enumerate(iter_graphemes(raw), 1):
        counts += [number - 1] * len(cluster)
    return [*counts, number]
