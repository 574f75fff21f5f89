"""Which stretches of an article are its title, byline and body, and which are what the site put around it.

Decides by lines, with the boilerplate of the lexicon. Never decides by the meaning of a line.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from annotator.model.article import READ_REGIONS, Region, RegionKind
from annotator.model.lexicon import Boilerplate
from annotator.text.folding import fold
from annotator.text.span import CodePoint, Span, span

LONGEST_BYLINE = 80
"""Code points. A longer line that begins with "by" is a sentence."""

_LINE = re.compile(r"[^\n]+")


class _Line(NamedTuple):
    span: Span
    folded: str


class LinePatterns(NamedTuple):
    """Boilerplate, folded and ready to compare."""

    whole: dict[str, RegionKind]
    openings: tuple[tuple[str, RegionKind], ...]
    closing: frozenset[RegionKind]
    bylines: tuple[str, ...]

    @classmethod
    def of(cls, boilerplate: Boilerplate) -> "LinePatterns":
        """Fold the boilerplate of the lexicon."""
        return cls(
            {_bare(fold(line).text): kind for kind, lines in boilerplate.lines.items() for line in lines},
            tuple((fold(line).text, kind) for kind, lines in boilerplate.openings.items() for line in lines),
            frozenset(boilerplate.closing),
            tuple(fold(line).text for line in boilerplate.bylines),
        )

    def kind_of(self, line: str) -> RegionKind | None:
        """Give the kind of boilerplate that a folded line is, or None."""
        if (kind := self.whole.get(_bare(line))) is not None:
            return kind
        return next((kind for opening, kind in self.openings if line.startswith(opening)), None)


def regions(text: str, patterns: LinePatterns) -> tuple[Region, ...]:
    """Give the regions of a text in reading order; they do not overlap, and blank lines between two lie in neither.

    The first line that is no boilerplate is the title; a body region runs on over blank lines.
    """
    labelled = _labelled(_lines(text), patterns)
    found: list[Region] = []
    for kind, lines in groupby(labelled, key=lambda item: item[0]):
        spans = [line for _, line in lines]
        found.append(Region(kind=kind, start=spans[0].start, end=spans[-1].end))
    return tuple(found)


def read_spans(found: Iterable[Region]) -> list[Span]:
    """Give where an annotator reads."""
    return [region.span for region in found if region.kind in READ_REGIONS]


def _lines(text: str) -> Iterator[_Line]:
    for match in _LINE.finditer(text):
        written = match[0].strip()
        if written:
            start = match.start() + match[0].index(written)
            yield _Line(span(start, start + len(written)), fold(written).text)


def _labelled(lines: Iterable[_Line], patterns: LinePatterns) -> Iterator[tuple[RegionKind, Span]]:
    previous: RegionKind | None = None
    titled = False
    closed: RegionKind | None = None
    for line in lines:
        kind = patterns.kind_of(line.folded) or closed or _article_kind(line, previous, titled, patterns)
        titled = titled or kind == "title"
        if kind in patterns.closing:
            closed = kind
        previous = kind
        yield kind, line.span


def _article_kind(line: _Line, previous: RegionKind | None, titled: bool, patterns: LinePatterns) -> RegionKind:
    if not titled:
        return "title"
    short = line.span.end - CodePoint(LONGEST_BYLINE) <= line.span.start
    if previous == "title" and short and line.folded.startswith(patterns.bylines):
        return "byline"
    return "body"


def _bare(line: str) -> str:
    return line.strip(" .:…!-*")
