"""What a person takes for one character, and for one word: the steps in which a caret moves.

Clusters are those of UAX #29, and whatever has no width of its own (a mark, an invisible character) belongs to what
stands before it. Works on the stored text, in code points; knows nothing of a screen but how wide a glyph is.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from annotator.text.display import INVISIBLE, display, glyph, is_hidden
from annotator.text.span import CodePoint, Span, span

NARROW = (
    " -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0377\u0384-\u0386\u0391-\u03a1\u03b1-\u0482"
    "\u05d0-\u05ea\u0606-\u060f\u061b\u061d-\u064a\u0660-\u066f\u0671-\u06d3\u06d5\u06e5\u06e6\u06e9\u06ee-\u06ff"
    "\u2010-\u2027\u2030-\u203b\u203d-\u2048\u204a-\u205e\u2500-\u25a9"
)
"""Characters that are one cell wide and begin a cluster of their own, as the inside of a regular expression's class."""

MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08e3-\u08ff"
"""Marks that take no cell and belong to what stands before them, likewise."""

WIDTHLESS = MARKS + INVISIBLE

_PLAIN = re.compile(f"[{NARROW}]*+")
_MARKED = re.compile(f"(?:[{NARROW}][{WIDTHLESS}]*+)*+")
_ONE = re.compile(f"[{NARROW}][{WIDTHLESS}]*+")
_BLANK_BASE = "◌"
_WORD = re.compile(f"\\w[\\w{WIDTHLESS}]*+(?:['’]\\w[\\w{WIDTHLESS}]*+)*+")
_WORD_WINDOW = 256


class Cluster(NamedTuple):
    """One character as a person sees it."""

    start: int
    end: int
    glyph: str
    """What to show, already safe for a terminal; empty for what has no glyph."""
    width: int
    """In cells of a terminal."""


def is_plain(text: str, start: int, end: int) -> bool:
    """Tell whether each code point of `[start, end)` is a cluster of its own, one cell wide."""
    found = _PLAIN.match(text, start, end)
    return found is not None and found.end() == end


def clusters(text: str, start: int, end: int, *, reveal: bool = False) -> Iterator[Cluster]:
    """Give the clusters of `[start, end)`, in order and without gaps; `start` must be where a cluster begins.

    With `reveal`, invisible characters are clusters of their own, shown by a mark.
    """
    if is_plain(text, start, end):
        return (Cluster(offset, offset + 1, text[offset], 1) for offset in range(start, end))
    if not reveal:
        marked = _MARKED.match(text, start, end)
        if marked and marked.end() == end:
            return (_marked_cluster(found) for found in _ONE.finditer(text, start, end))
    return _any_clusters(text, start, end, reveal)


def _marked_cluster(found: re.Match[str]) -> Cluster:
    return Cluster(found.start(), found.end(), _shown(found[0], False)[0], 1)


@lru_cache(maxsize=16384)
def _shown(grapheme: str, reveal: bool) -> tuple[str, int]:
    """Give what to show for a grapheme, and its width."""
    from wcwidth import wcswidth

    shown = glyph(grapheme, reveal=reveal) if len(grapheme) == 1 else display(grapheme, reveal=reveal)
    return shown, max(0, wcswidth(shown))


def _any_clusters(text: str, start: int, end: int, reveal: bool) -> Iterator[Cluster]:
    """Join what has no width to what stands before it on its line; where nothing does, marks get a base."""
    held: Cluster | None = None
    at = start
    for grapheme in _graphemes(text, start, end, reveal):
        shown, width = _shown(grapheme, reveal)
        begin, at = at, at + len(grapheme)
        if held is not None and width == 0 and text[held.start] != "\n":
            held = Cluster(held.start, at, held.glyph + shown, held.width)
            continue
        if held is not None:
            yield held
        held = Cluster(begin, at, _BLANK_BASE + shown, 1) if shown and not width else Cluster(begin, at, shown, width)
    if held is not None:
        yield held


def _graphemes(text: str, start: int, end: int, reveal: bool) -> Iterator[str]:
    """Give the clusters of UAX #29; with `reveal`, hidden characters by themselves."""
    from wcwidth import iter_graphemes

    found: Iterator[str] = iter_graphemes(text, start, end)
    return (piece for grapheme in found for piece in _pieces(grapheme)) if reveal else found


def _pieces(grapheme: str) -> Iterator[str]:
    """Take the hidden characters of a cluster apart, but for joiners that make one picture."""
    if display(grapheme) == display(grapheme, reveal=True):
        yield grapheme
        return
    at = 0
    for offset, character in enumerate(grapheme):
        if is_hidden(character):
            if offset > at:
                yield grapheme[at:offset]
            yield character
            at = offset + 1
    if at < len(grapheme):
        yield grapheme[at:]


def _safe_start(text: str, offset: int) -> int:
    """Give a place before `offset`, on its line, at which a cluster surely begins: a blank behind a plain character.

    Behind others it need not: signs such as U+0600 take what follows them into their cluster.
    """
    line = text.rfind("\n", 0, offset) + 1
    start = max(line, text.rfind(" ", line, offset))
    while start > line and not is_plain(text, start - 1, start):
        start = max(line, text.rfind(" ", line, start))
    return start


def _line_end(text: str, offset: int) -> int:
    end = text.find("\n", offset)
    return len(text) if end < 0 else end


def cluster_at(text: str, offset: int) -> Span:
    """Give the cluster that holds the code point at `offset`; an empty span at the end of the text."""
    offset = max(0, min(offset, len(text)))
    if offset == len(text):
        return span(offset, offset)
    if text[offset] == "\n":
        return span(offset, offset + 1)
    for cluster in clusters(text, _safe_start(text, offset), _line_end(text, offset)):
        if cluster.end > offset:
            return span(cluster.start, cluster.end)
    raise AssertionError("clusters leave no gap")


def next_cluster(text: str, offset: int) -> CodePoint:
    """Give the offset, in reading order, at which the cluster after the one at `offset` begins."""
    return cluster_at(text, offset).end


def previous_cluster(text: str, offset: int) -> CodePoint:
    """Give the last offset before `offset` at which a cluster begins; 0 at the text's start."""
    return cluster_at(text, offset - 1).start if offset > 0 else CodePoint(0)


def word_at(text: str, offset: int) -> Span:
    """Give the word that holds the code point at `offset`, its marks included; else the cluster there."""
    for found in _WORD.finditer(text, _word_search_start(text, offset), min(len(text), offset + _WORD_WINDOW)):
        if found.start() <= offset < found.end():
            return span(*found.span())
        if found.start() > offset:
            break
    return cluster_at(text, offset)


def next_word(text: str, offset: int) -> CodePoint:
    """Give the offset at which the first word after `offset` begins; the text's length where there is none."""
    for found in _WORD.finditer(text, _word_search_start(text, offset)):
        if found.start() > offset:
            return CodePoint(found.start())
    return CodePoint(len(text))


def previous_word(text: str, offset: int) -> CodePoint:
    """Give the last offset before `offset` at which a word begins; 0 where there is none."""
    window = _WORD_WINDOW
    while True:
        start = max(0, offset - window)
        begins = [found.start() for found in _WORD.finditer(text, start, offset)]
        if begins and (begins[-1] > start or start == 0):
            return CodePoint(begins[-1])
        if start == 0:
            return CodePoint(0)
        window *= 4


def _word_search_start(text: str, offset: int) -> int:
    """Give a place at or before `offset` that is not inside a word, unless the word is very long."""
    return max(0, offset - _WORD_WINDOW, text.rfind(" ", 0, offset) + 1, text.rfind("\n", 0, offset) + 1)
