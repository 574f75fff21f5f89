"""Words that a trigger's row wants beside it and that do not belong to it: in brackets, "(tried to) move", "fell (to)".

Owns the brackets. The row is looked for as a whole, and wins and loses as a whole; only what is proposed is cut.
"""

import re
from typing import NamedTuple

from annotator.text.span import Span, span

_IN_FRONT = re.compile(r"\(([^)]*)\)\s+")
_BEHIND = re.compile(r"\s+\(([^)]*)\)$")
_WORD = re.compile(r"\S+")


class Outside(NamedTuple):
    """How many words of a phrase do not belong to the trigger."""

    front: int = 0
    behind: int = 0

    def cut(self, found: Span, text: str) -> Span:
        """Give the part of an occurrence of the phrase that is the trigger; both in the stored text."""
        if not (self.front or self.behind):
            return found
        words = list(_WORD.finditer(text, found.start, found.end))[self.front :]
        words = words[: len(words) - self.behind]
        return span(words[0].start(), words[-1].end()) if words else found


NOTHING = Outside()


def plain(row: str) -> tuple[str, Outside]:
    """Give a row without its brackets, and how many words stood in them."""
    if "(" not in row:
        return row, NOTHING
    front, behind = _IN_FRONT.match(row), _BEHIND.search(row)
    outside = Outside(*(len(match[1].split()) if match else 0 for match in (front, behind)))
    return row.replace("(", "").replace(")", ""), outside
