"""Spans that do not overlap, kept in order, so that asking what another one touches stays fast in long texts."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from annotator.text.span import Span


class Apart:
    """A set of spans that do not overlap one another."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._spans: list[Span] = []
        for span in spans:
            self.add(span)

    def __iter__(self) -> Iterator[Span]:
        return iter(self._spans)

    def add(self, span: Span) -> bool:
        """Take a span in unless it overlaps one that is there; tell whether it was taken."""
        index = bisect_left(self._spans, span)
        if self._overlapping(span, index) is not None:
            return False
        self._spans.insert(index, span)
        return True

    def overlapping(self, span: Span) -> Span | None:
        """Give the first span that overlaps `span`, or None."""
        return self._overlapping(span, bisect_left(self._spans, span))

    def covers(self, span: Span) -> bool:
        """Tell whether one of the spans holds all of `span`."""
        found = self.overlapping(span)
        return found is not None and found.covers(span)

    def _overlapping(self, span: Span, index: int) -> Span | None:
        for near in self._spans[max(0, index - 1) : index + 1]:
            if near.overlaps(span):
                return near
        return None
