"""What one line of a page is by its wording alone, whatever stands around it.

Holds the boilerplate of the lexicon, folded and ready to compare. Knows nothing of the order of lines.
"""

import re
from typing import NamedTuple

from annotator.finders.words import single_words, split, words
from annotator.model.article import RegionKind
from annotator.model.lexicon import Lexicon
from annotator.text.folding import fold
from annotator.text.span import CodePoint, Span, span

SHORT = 120
"""Code points. A longer line is no button, link or credit."""

LONGEST_BYLINE = 80
LONG = 150
"""Code points. A line from here on is a paragraph even without a full stop."""

FEWEST_WORDS = 5
"""Words of a sentence that shows where the text of the article has begun."""

DATELINE_REACH = 70
"""Code points in which a dateline in front of a text must end."""

LONGEST_DATELINE = 10
"""Words."""

FEWEST_ENTRIES = 3
"""Entries of a menu in one line."""

ENTRY = 3
"""Words of its longest entry."""

STRANGERS = 2
"""Words in a line of a date that may be none of a date: the place."""

_BREAK = re.compile(r"(?<=\s)[-–—]{1,2}(?=\s)|(?<=[\w)])\s?[:–—](?=\s)|(?<=\))\s?-(?=\s)")
"""A dash or colon that may end a dateline."""
_SEPARATOR = re.compile(r"\s[/›>\"]\s|\|")
"""What stands between the entries of a menu; » is folded to a quotation mark."""
_PLACE_END = re.compile(r"[,(/]|\s[-–—]")
_CLOSING_MARKS = "\"')] "
_DIGIT = re.compile(r"\d")
_BULLET = re.compile(r"^[-*•·▪>»|\s]+")


_ByKind = tuple[tuple[RegionKind, tuple[str, ...]], ...]


class Line(NamedTuple):
    """A line of an article that is not blank."""

    span: Span
    text: str
    """Folded."""

    @property
    def length(self) -> int:
        """How many words and numbers it has; of a line that is not short, only that they are many."""
        if not self.short:
            return SHORT
        return sum(1 for word in words(self.text) if word.is_letters or word.is_number)

    @property
    def short(self) -> bool:
        """Whether it may be a button, a link or a credit."""
        return len(self.text) <= SHORT

    @property
    def ended(self) -> bool:
        """Whether it ends like a sentence."""
        return self.text.rstrip(_CLOSING_MARKS).endswith((".", "!", "?", "؟", "۔", ":"))

    @property
    def told(self) -> bool:
        """Whether it tells something: a headline may end with a question mark as well, but not with a full stop."""
        return not self.text.endswith(("?", "؟", "!"))

    @property
    def prose(self) -> bool:
        """Whether it is a sentence or a paragraph of an article, and no heading, button or teaser."""
        if len(self.text) >= LONG:
            return not self.text.rstrip(_CLOSING_MARKS).endswith(("..", "…"))
        return self.ended and not self.text.endswith(":") and self.length >= FEWEST_WORDS


class Wording(NamedTuple):
    """What the wording of a line says."""

    kind: RegionKind
    closes: bool = False
    """Whether nothing below it is the article."""


class LinePatterns(NamedTuple):
    """Boilerplate, folded and ready to compare."""

    whole: dict[str, RegionKind]
    openings: _ByKind
    asides: _ByKind
    marks: _ByKind
    bars: frozenset[str]
    closing: frozenset[RegionKind]
    bylines: tuple[str, ...]
    byline_marks: tuple[str, ...]
    signatures: tuple[str, ...]
    dates: frozenset[str]
    agencies: frozenset[str]

    @classmethod
    def of(cls, lexicon: Lexicon) -> "LinePatterns":
        """Fold the boilerplate of the lexicon and its names of days and months."""
        site, times = lexicon.boilerplate, lexicon.all_words().times
        return cls(
            whole={_bare(fold(line).text): kind for kind, lines in site.lines.items() for line in lines},
            openings=_by_kind(site.openings),
            asides=_by_kind(site.asides),
            marks=_by_kind(site.marks),
            bars=single_words(site.bars),
            closing=frozenset(site.closing),
            bylines=_folded(site.bylines),
            byline_marks=_folded(site.byline_marks),
            signatures=_folded(site.signatures),
            dates=single_words((*times.months, *times.weekdays, *site.date_words)),
            agencies=single_words(site.agencies),
        )

    def wording(self, line: Line) -> Wording | None:
        """Give what a line is by its wording, or None."""
        text = _BULLET.sub("", line.text).replace(" :", ":")
        if (kind := self.whole.get(_bare(text))) is not None:
            return Wording(kind, kind in self.closing)
        if (kind := _opening(text, self.openings)) is not None:
            return Wording(kind, kind in self.closing)
        if not line.short:
            return None
        if not (line.prose and line.told) and (kind := _opening(text, self.asides)) is not None:
            return Wording(kind)
        if (
            kind := next((kind for kind, marks in self.marks if any(mark in text for mark in marks)), None)
        ) is not None:
            return Wording(kind)
        if text.startswith(self.signatures):
            return Wording("byline")
        bar = self._is_bar(text) or self._is_menu(text)
        return Wording("navigation") if bar and not self.is_dateline(line) else None

    def credit(self, line: Line) -> RegionKind | None:
        """Give what a line around the title is by its wording: who wrote the text, where and when, or None."""
        if self._is_byline(line):
            return "byline"
        return "dateline" if self.is_dateline(line) else None

    def _is_byline(self, line: Line) -> bool:
        if len(line.text) > LONGEST_BYLINE:
            return False
        if line.text.replace(" :", ":").startswith(self.bylines):
            return True
        if line.prose:
            return False
        return any(mark in f" {line.text} " for mark in self.byline_marks) or self._is_agency(line)

    def _is_agency(self, line: Line) -> bool:
        """Tell whether a line names an agency and nothing else: "(أ ف ب)"."""
        parts = [word.text for word in words(line.text) if word.is_letters or word.is_number]
        return 0 < len(parts) <= FEWEST_WORDS and all(part in self.agencies for part in parts)

    def is_dateline(self, line: Line) -> bool:
        """Tell whether a line says a day, alone or with a place."""
        if len(line.text) > LONGEST_BYLINE or not _DIGIT.search(line.text) or line.prose:
            return False
        parts = [word for word in words(line.text) if word.is_letters or word.is_number]
        numbers = sum(1 for word in parts if word.is_number)
        known = sum(1 for word in parts if word.text in self.dates)
        strangers = len(parts) - numbers - known
        return numbers > 0 and numbers + known >= FEWEST_WORDS - 2 and strangers <= min(STRANGERS, numbers + known - 2)

    def dateline_end(self, line: Line, text: str, names: frozenset[str]) -> CodePoint | None:
        """Give where the dateline ends that the body opens with, or None.

        `text` is the article's own, `names` are those of its outlet, folded.
        """
        found: int | None = None
        own = line.span.of(text)
        for match in _BREAK.finditer(own, 0, DATELINE_REACH):
            if self._is_place_and_source(own[: match.start()], names):
                found = match.end()
        return None if found is None else CodePoint(line.span.start + found)

    def _is_place_and_source(self, head: str, names: frozenset[str]) -> bool:
        """Tell whether a stretch is "BEIRUT, Oct 9 (Reuters)", "دمشق – سانا" or "DAMASCUS"."""
        folded = fold(head).text
        parts = [word.text for word in words(folded) if word.is_letters or word.is_number]
        if not 0 < len(parts) <= LONGEST_DATELINE:
            return False
        capitals = _PLACE_END.split(head, maxsplit=1)[0].strip()
        named = any(part in self.agencies for part in parts) or any(name in folded for name in names)
        return named or folded.rstrip().endswith(")") or (capitals.isupper() and len(capitals) > 2)

    def _is_menu(self, text: str) -> bool:
        """Tell whether a line is short entries between separators of which at least half are sections of a site."""
        entries = [_bare(entry) for entry in _SEPARATOR.split(text) if _bare(entry)]
        if len(entries) < FEWEST_ENTRIES or any(len(split(entry)) > ENTRY for entry in entries):
            return False
        return 2 * sum(1 for entry in entries if self.whole.get(entry) == "navigation") >= len(entries)

    def _is_bar(self, text: str) -> bool:
        first = split(text.split(maxsplit=1)[0]) if text else ()
        if not any(part in self.bars for part in first):
            return False
        parts = [word.text for word in words(text) if word.is_letters]
        return bool(parts) and all(part in self.bars for part in parts)


def _opening(text: str, table: _ByKind) -> RegionKind | None:
    return next((kind for kind, openings in table if text.startswith(openings)), None)


def _by_kind(table: dict[RegionKind, tuple[str, ...]]) -> _ByKind:
    return tuple((kind, _folded(lines)) for kind, lines in table.items())


def _folded(phrases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(fold(phrase).text for phrase in phrases)


def _bare(line: str) -> str:
    return line.strip(" .:…!-*|()[]‹›←→+\"'0123456789")


def line_at(start: int, written: str) -> Line:
    """Give a line of an article from where it begins, in code points, and what is written there."""
    return Line(span(start, start + len(written)), fold(written).text)
