"""Which stretches of an article are its title, byline, dateline and body, and which are what the site put around it.

Decides by lines: by their wording (`lines`), and by where they stand to the title and to the sentences of the text.
To lose a line of the text is the worst that can happen here, so a line that nothing speaks against is body, and text
goes on below a box of links when whole paragraphs follow it. Never decides by what a line tells.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from annotator.finders.page.lines import FEWEST_WORDS, Line, LinePatterns, Wording, line_at
from annotator.model.article import READ_REGIONS, Region, RegionKind
from annotator.text.folding import fold
from annotator.text.span import Span, span

PARAGRAPH = 100
"""Code points. A box of links above a sentence of this length does not end the article."""

BUTTON = 3
"""Words. A line of no more in front of the title is a button or a section of the site."""

NAME = 5
"""Words. A line of no more in front of the title that stands elsewhere on the page too is the outlet's name."""

HEAD = 40
"""Lines among which the name of the outlet is looked for, and who wrote the article."""

_LINE = re.compile(r"[^\n]+")


def regions(text: str, patterns: LinePatterns, outlet: str | None = None) -> tuple[Region, ...]:
    """Give the regions of a text in reading order; they do not overlap, and blank lines between two lie in neither.

    `outlet` is the name of who published it, where that is known. A body region runs on over blank lines.
    """
    page = _Page(tuple(_lines(text)), patterns, outlet)
    found: list[Region] = []
    for kind, lines in groupby(page.split(text), key=lambda item: item[0]):
        spans = [line for _, line in lines]
        found.append(Region(kind=kind, start=spans[0].start, end=spans[-1].end))
    return tuple(found)


def read_spans(found: Iterable[Region]) -> list[Span]:
    """Give where an annotator reads."""
    return [region.span for region in found if region.kind in READ_REGIONS]


def _lines(text: str) -> Iterator[Line]:
    for match in _LINE.finditer(text):
        written = match[0].strip()
        if written:
            yield line_at(match.start() + match[0].index(written), written)


class _Page:
    """The lines of one page, and where its title stands and its text begins and ends."""

    def __init__(self, lines: Sequence[Line], patterns: LinePatterns, outlet: str | None) -> None:
        self._lines, self._patterns = lines, patterns
        self._wordings: list[Wording | None] = [patterns.wording(line) for line in lines]
        prose = [at for at, line in enumerate(lines) if self._wordings[at] is None and line.prose]
        self._text_from = prose[0] if prose else len(lines)
        self._text_until = prose[-1] + 1 if prose else len(lines)
        self._last_paragraph = self._find_last_paragraph(prose)
        self._names = self._outlet_names(outlet)
        self._title = self._find_title()

    def labelled(self) -> Iterator[tuple[RegionKind, Line]]:
        """Give each line with its kind."""
        closed: RegionKind | None = None
        previous: RegionKind | None = None
        for at, line in enumerate(self._lines):
            wording = self._wordings[at]
            if closed == "related_links" and at <= self._last_paragraph and line.prose and line.told:
                closed = None
            kind = wording.kind if wording else closed or self._by_place(at, line, previous)
            if self._closes(wording, line) and at > self._text_from:
                closed = kind
            previous = kind
            yield kind, line

    def _closes(self, wording: Wording | None, line: Line) -> bool:
        """Tell whether nothing below a line is the article: "More from Our Outlet" heads a list as "Related" does."""
        if wording is None:
            return False
        return wording.closes or (wording.kind == "related_links" and line.text.endswith(tuple(self._names)))

    def split(self, text: str) -> Iterator[tuple[RegionKind, Span]]:
        """Give the kind of each stretch, the first paragraph of the text without the dateline that it opens with."""
        begun = False
        for kind, line in self.labelled():
            first = kind == "body" and not begun
            begun = begun or (first and line.prose)
            end = self._patterns.dateline_end(line, text, self._names) if first else None
            rest = "" if end is None else text[end : line.span.end].lstrip()
            if end is not None and rest:
                yield "dateline", span(line.span.start, end)
                yield "body", span(line.span.end - len(rest), line.span.end)
            else:
                yield kind, line.span

    def _by_place(self, at: int, line: Line, previous: RegionKind | None) -> RegionKind:
        if at == self._title:
            return "title"
        if at < self._title:
            return "masthead" if line.text in self._names else self._patterns.credit(line) or "navigation"
        if at < min(self._text_from, HEAD) or previous in ("title", "byline", "dateline"):
            return self._credit(line) or "body"
        heading = not line.ended and line.length <= FEWEST_WORDS
        if at >= self._text_until and heading and previous is not None and previous not in READ_REGIONS:
            # Behind the text a few words below a button are one more.
            return previous
        return "body"

    def _credit(self, line: Line) -> RegionKind | None:
        """Give what a line between title and text is: who wrote it, where and when."""
        if (credit := self._patterns.credit(line)) is not None:
            return credit
        named = not line.prose and line.short and any(name in line.text for name in self._names)
        return "byline" if named else None

    def _find_title(self) -> int:
        """Give which line is the title: the first one that nothing speaks against, or else the first of all."""
        unnamed = [at for at, wording in enumerate(self._wordings) if wording is None]
        if not unnamed:
            return -1
        before_text = [at for at in unnamed[:HEAD] if at < self._text_from]
        whole = (at for at in before_text if not self._is_above_title(self._lines[at]))
        return next(whole, unnamed[0])

    def _find_last_paragraph(self, prose: Sequence[int]) -> int:
        """Give which line is the last paragraph in front of the comments: a box of links above it is not the end."""
        closed = (
            at
            for at, wording in enumerate(self._wordings)
            if wording and wording.closes and wording.kind == "comment_form"
        )
        comments = next((at for at in closed if at > self._text_from), len(self._lines))
        return max((at for at in prose if at < comments and len(self._lines[at].text) >= PARAGRAPH), default=-1)

    def _is_above_title(self, line: Line) -> bool:
        return line.length <= BUTTON or line.text in self._names or self._patterns.credit(line) is not None

    def _outlet_names(self, outlet: str | None) -> frozenset[str]:
        """Give the lines in front of the text that look like the name of the outlet: known, repeated, or taken up."""
        every = Counter(line.text for line in self._lines)
        head = self._lines[: min(self._text_from, HEAD)]
        names = {text for line in head if every[text := line.text] > 1 and line.length <= NAME}
        if outlet is not None:
            names.add(fold(outlet).text)
        edges = [line.text for line in self._lines if line.short and not line.prose]
        for at, line in enumerate(head):
            if self._wordings[at] is None and 1 < line.length <= NAME:
                taken_up = any(line.text in other and line.text != other for other in edges)
                names |= {line.text} if taken_up else set()
        return frozenset(names)
