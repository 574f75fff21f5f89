"""A text cut where mentions begin and end, each piece with the mentions over it: what every way of showing starts from.

Knows no way of showing. Mentions may lie within and across one another.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from annotator.model.annotation import reading_order
from annotator.model.mention import Mention


class Piece(NamedTuple):
    """A stretch of text in which nothing begins or ends."""

    start: int
    """First code point."""
    end: int
    """One past the last."""
    over: tuple[Mention, ...]
    """The mentions that cover it, outermost first."""


class Step(NamedTuple):
    """What happens between two pieces."""

    close: tuple[Mention, ...]
    """Mentions that end here, or are broken off since one around them ends; innermost first."""
    open: tuple[Mention, ...]
    """Mentions that begin here, or go on; outermost first."""


def pieces(length: int, mentions: Iterable[Mention], breaks: Iterable[int] = ()) -> Iterator[Piece]:
    """Give a text of so many code points in pieces, in order; it is cut at `breaks` as well."""
    ordered = sorted(mentions, key=reading_order)
    edges = {0, length, *breaks, *(edge for one in ordered for edge in (one.start, one.end))}
    coming, over = iter(ordered), list[Mention]()
    following = next(coming, None)
    for start, end in pairwise(sorted(edges)):
        over = [one for one in over if one.end > start]
        while following is not None and following.start <= start:
            over.append(following)
            following = next(coming, None)
        yield Piece(start, end, tuple(over))


def step(before: tuple[Mention, ...], after: tuple[Mention, ...]) -> Step:
    """Give what is to be closed and opened between two pieces, so that marks nest."""
    kept = 0
    for one, other in zip(before, after, strict=False):
        if one is not other:
            break
        kept += 1
    return Step(before[kept:][::-1], after[kept:])
