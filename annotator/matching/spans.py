"""When two spans are the same, share text, or differ at an edge, in half-open code points.

Spans that touch share nothing.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from annotator.text.span import Span


class Boundary(NamedTuple):
    """How far a span's edges lie from another's, in code points; positive is to the right."""

    start: int
    end: int


def same_span(a: Span, b: Span) -> bool:
    """Tell whether both cover exactly the same stretch."""
    return a == b


def overlap(a: Span, b: Span) -> int:
    """Give how many code points both cover."""
    return a.overlap(b)


def boundary_difference(a: Span, b: Span) -> Boundary:
    """Give how far the edges of `b` lie from those of `a`: (0, 0) for the same span."""
    return Boundary(b.start - a.start, b.end - a.end)


def overlapping(a: Sequence[Span], b: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Give the index pairs (of `a`, of `b`) whose spans share text, without trying all pairs; in no set order."""
    by_start = sorted([(start, end, index) for index, (start, end) in enumerate(b)])
    starts = [start for start, _, _ in by_start]
    longest = max((end - start for start, end, _ in by_start), default=0)
    for index, (start, end) in enumerate(a):
        for position in range(bisect_left(starts, start - longest), bisect_left(starts, end)):
            _, others_end, other = by_start[position]
            if start < others_end:
                yield index, other
