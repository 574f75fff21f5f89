"""The words around an error, cut where either side's spans begin and end, ready to be shown with both marked."""

from itertools import pairwise
from typing import NamedTuple

from annotator.finders.sentences import Sentences
from annotator.scoring.errors import ScoringError
from annotator.text.script import dominant_language
from annotator.text.span import Span, span

GOLD, PREDICTED, TRIGGER = "gold", "predicted", "trigger"
"""Whose span a piece lies in; `trigger` is that of the event of an argument."""

_MOST = 320
"""Code points that an excerpt is to have: a longer sentence is cut around the spans."""

_REACH = 1500
"""Code points to each side that are looked at: what is longer counts as no sentence."""

_LEAST = 40
"""Code points that are shown on either side at least, where the sentence has them."""


class Piece(NamedTuple):
    """A stretch of an excerpt."""

    text: str
    marks: tuple[str, ...]
    """Of `gold`, `predicted` and `trigger` those whose span it lies in."""


class Excerpt(NamedTuple):
    """The sentence in which an error stands, or as much of it as can be shown."""

    pieces: tuple[Piece, ...]
    rtl: bool
    cut: tuple[bool, bool]
    """Whether the sentence goes on before it, and behind it."""


def excerpt(error: ScoringError, text: str) -> Excerpt | None:
    """Give the sentence around an error, in the text of its article; None where neither side has a place in it."""
    named = _spans(error, len(text))
    own = [where for mark, where in named if mark != TRIGGER]
    if not own:
        return None
    held = span(min(where.start for where in own), max(where.end for where in own))
    sentence, shown = _sentence(text, held)
    ends = {shown.start, shown.end}
    for _, where in named:
        ends |= {at for at in where if shown.start < at < shown.end}
    pieces = (
        Piece(text[start:end], tuple(mark for mark, where in named if where.start <= start and end <= where.end))
        for start, end in pairwise(sorted(ends))
    )
    rtl = dominant_language(text[shown.start : shown.end]) == "ar"
    return Excerpt(tuple(pieces), rtl, (sentence.start < shown.start, shown.end < sentence.end))


def _spans(error: ScoringError, size: int) -> list[tuple[str, Span]]:
    """Give the spans of both sides that lie in a text; a gold trigger stands for that of both."""
    readings = [(GOLD, error.gold), (PREDICTED, error.predicted)]
    found = [(mark, reading.span) for mark, reading in readings if reading is not None]
    triggers = [reading.trigger for _, reading in readings if reading is not None and reading.trigger is not None]
    found += [(TRIGGER, where) for where in triggers[:1]]
    return [(mark, where) for mark, where in found if where is not None and 0 <= where.start < where.end <= size]


def _sentence(text: str, held: Span) -> tuple[Span, Span]:
    """Give the sentence that holds a span, without blanks around it, and what can be shown of it, in whole words."""
    low, high = max(0, held.start - _REACH), min(len(text), held.end + _REACH)
    sentences = Sentences(text[low:high])
    start, end = low + sentences.around(held.start - low).start, low + sentences.around(held.end - 1 - low).end
    start += len(text[start : held.start]) - len(text[start : held.start].lstrip())
    end -= len(text[held.end : end]) - len(text[held.end : end].rstrip())
    room = max(_LEAST, (_MOST - (held.end - held.start)) // 2)
    first, last = max(start, held.start - room), min(end, held.end + room, held.start + 2 * _MOST)
    if first > start:
        first = text.find(" ", first, held.start) + 1 or first
    if last < end:
        last = max(last if last < held.end else text.rfind(" ", held.end, last), min(held.end, last))
    return span(start, end), span(first, last)
