"""Where the rows of a text begin at a given width: at blanks, else where a row is full, always in logical order.

Owns line breaking and nothing of order or glyphs. It runs over whole articles, so common text is measured by regular
expressions and only a row with something rare in it cluster by cluster.
"""

import re
from array import array
from functools import lru_cache
from typing import NamedTuple

from annotator.text.clusters import MARKS, NARROW, WIDTHLESS, clusters

_IDEOGRAPHS = "\u2e80"
"""From here on, scripts and pictures that may be parted anywhere."""


class Wrapped(NamedTuple):
    """Where rows begin."""

    starts: "array[int]"
    """The offset of each row's first code point."""
    paragraphs: "array[int]"
    """The number of each paragraph's first row. Paragraphs end with their LF."""


class _Measure(NamedTuple):
    """Patterns that find how far a row reaches."""

    plain: re.Pattern[str]
    marked: re.Pattern[str]
    narrow: re.Pattern[str]
    blanks: re.Pattern[str]


@lru_cache(maxsize=8)
def _measure(width: int, reveal: bool) -> _Measure:
    widthless = MARKS if reveal else WIDTHLESS
    return _Measure(
        re.compile(f"[{NARROW}]{{0,{width}}}"),
        re.compile(f"(?:[{NARROW}][{widthless}]*+){{0,{width}}}"),
        re.compile(f"[{NARROW}]"),
        re.compile(f"(?:[ \t][{widthless}]*+)*+"),
    )


def wrap(text: str, width: int, *, reveal: bool = False) -> Wrapped:
    """Wrap `text` to `width` cells; every code point belongs to one row, blanks that do not fit hang on its end.

    Lam and alef are counted as two cells, so that a row has room for both when a span edge parts them. With `reveal`,
    invisible characters take a cell each.
    """
    wrapped = Wrapped(array("L"), array("L"))
    at = 0
    while True:
        end = text.find("\n", at)
        if end < 0:
            end = len(text)
        wrapped.paragraphs.append(len(wrapped.starts))
        _wrap_paragraph(text, at, end, width, reveal, wrapped.starts)
        at = end + 1
        if at >= len(text):
            return wrapped


def _wrap_paragraph(text: str, start: int, end: int, width: int, reveal: bool, starts: "array[int]") -> None:
    measure = _measure(width, reveal)
    while True:
        starts.append(start)
        stop = _fill(text, start, end, width, reveal, measure)
        if stop < end:
            stop = _break(text, start, stop, end, measure)
        if stop >= end:
            return
        start = stop


def _fill(text: str, start: int, end: int, width: int, reveal: bool, measure: _Measure) -> int:
    """Give the end of the longest stretch from `start` that fits in a row: one cluster at least."""
    for pattern in (measure.plain, measure.marked):
        found = pattern.match(text, start, end)
        stop = found.end() if found else start
        if stop == end or (stop > start and measure.narrow.match(text, stop)):
            return stop
    used = 0
    for cluster in clusters(text, start, end, reveal=reveal):
        used += cluster.width
        if used > width:
            return cluster.start if cluster.start > start else cluster.end
    return end


def _break(text: str, start: int, stop: int, end: int, measure: _Measure) -> int:
    """Give where the next row begins when `[start, stop)` fits and what stands at `stop` does not."""
    hanging = measure.blanks.match(text, stop, end)
    if hanging and hanging.end() > stop:
        return hanging.end()
    if text[stop] >= _IDEOGRAPHS or text[stop - 1] >= _IDEOGRAPHS:
        return stop
    blank = max(text.rfind(" ", start, stop), text.rfind("\t", start, stop))
    found = measure.blanks.match(text, blank, stop) if blank >= start else None
    return found.end() if found else stop
