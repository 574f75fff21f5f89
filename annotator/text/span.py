"""Positions and stretches of a text, in code points. Owns their arithmetic; knows nothing of what a stretch means."""

from typing import NamedTuple, NewType

CodePoint = NewType("CodePoint", int)
"""A position in a text, counted in Unicode code points from 0. The only unit of offset inside the tool."""


class Span(NamedTuple):
    """The half-open stretch `[start, end)` of a text, in code points."""

    start: CodePoint
    end: CodePoint

    def overlap(self, other: "Span") -> int:
        """Give the number of code points that both cover; 0 for spans that only touch."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def overlaps(self, other: "Span") -> bool:
        """Tell whether both cover at least one code point in common."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: "Span") -> bool:
        """Tell whether the other lies wholly within this one."""
        return self.start <= other.start and other.end <= self.end

    def union(self, other: "Span") -> int:
        """Give the number of code points that either covers."""
        return (self.end - self.start) + (other.end - other.start) - self.overlap(other)

    def trimmed(self, text: str) -> "Span":
        """Give the span without the blanks of `text` at its edges; an empty one at its start when it is all blank."""
        covered = self.of(text)
        if not covered.strip():
            return Span(self.start, self.start)
        start = self.start + len(covered) - len(covered.lstrip())
        return Span(CodePoint(start), CodePoint(start + len(covered.strip())))

    def of(self, text: str) -> str:
        """Give the characters of `text` that this span covers."""
        return text[self.start : self.end]


def span(start: int, end: int) -> Span:
    """Make a span of two plain integers, both counted in code points."""
    return Span(CodePoint(start), CodePoint(end))
