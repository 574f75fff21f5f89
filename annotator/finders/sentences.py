"""Where sentences end, by a short rule that serves both languages and sentences that are glued without a space."""

import re
from bisect import bisect_right

from annotator.text.span import Span, span

_END = re.compile(r"\n|[!?؟۔]|\.(?![^\W\d_]\.)(?=[\s\"'”’)»]|[^\W\d_]|$)")
"""A line end, a question or exclamation mark, or a full stop that is not inside a number or an abbreviation."""


class Sentences:
    """The sentences of one text."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in _END.finditer(text))]
        self._length = len(text)

    def around(self, position: int) -> Span:
        """Give the sentence that holds `position`, in code points."""
        index = bisect_right(self._starts, position)
        return span(self._starts[index - 1], self._starts[index] if index < len(self._starts) else self._length)
