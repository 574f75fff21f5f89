"""What stands near a trigger: clauses, the company that decides what a word means, and the cues that it did not happen.

Everything is looked up once for a text and kept in order, so that asking about one trigger takes a search by halves.
Owns what counts as near; what follows from it is said in the lexicon. Positions are code points of the stored text.
"""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from annotator.finders.phrases import Found, Phrases, longest
from annotator.finders.sentences import Sentences
from annotator.model.event_words import EventWords, Reading
from annotator.model.mention import Mark
from annotator.text.folding import Folded
from annotator.text.span import CodePoint, Span, span

_BREAK = re.compile(r"[;:،؛()«»“”\"\n]|,(?!\d)|\s[-\u2013\u2014]\s")
"""Marks at which a clause ends."""
_WORD = re.compile(r"\w+")

_ASKED = 4
"""How many cues on each side of a trigger may have it in their reach."""


class _Cue(NamedTuple):
    mark: Mark | None
    """None of a phrase in which a cue says nothing."""
    before: int
    """How many words it reaches over to a trigger behind it; -1 when it says nothing of those."""
    behind: int
    """How many words it reaches over to a trigger in front of it; -1 when it says nothing of those."""


class SurroundingsFinder:
    """The company, cues and idioms of a lexicon, ready to be found."""

    def __init__(self, languages: Iterable[EventWords]) -> None:
        words = tuple(languages)
        self._company = Phrases((phrase, name) for one in words for name, row in one.company.items() for phrase in row)
        self._cues = Phrases(cue for one in words for cue in _cues(one))
        self._breaks = Phrases((phrase, None) for one in words for phrase in one.breaks)
        self._idioms = Phrases((phrase, None) for one in words for phrase in one.idioms)

    def around(self, text: str, folded: Folded, sentences: Sentences) -> "Surroundings":
        """Give what stands where in a text."""
        company: dict[str, list[Span]] = {}
        for found in _whole(self._company.find(text, folded)):
            company.setdefault(found.payload, []).append(found.span)
        breaks = [match.end() for match in _BREAK.finditer(text)]
        breaks += [found.span.start for found in self._breaks.find(text, folded)]
        cues = [found for found in longest(self._cues.find(text, folded)) if not _is_name(text, found.span, sentences)]
        idioms = longest(self._idioms.find(text, folded))
        return Surroundings(text, sentences, sorted(breaks), company, cues, [found.span for found in idioms])


class Surroundings:
    """What stands near the words of one text."""

    def __init__(
        self,
        text: str,
        sentences: Sentences,
        breaks: Sequence[int],
        company: Mapping[str, list[Span]],
        cues: Sequence[Found[_Cue]],
        idioms: Sequence[Span],
    ) -> None:
        self._sentences = sentences
        self._words = array("L", (match.start() for match in _WORD.finditer(text)))
        self._breaks = breaks
        self._company = company
        self._cues = cues
        self._idioms = idioms

    def clause(self, of: Span) -> Span:
        """Give the stretch of the sentence that holds a word, from one break to the next."""
        sentence = self._sentences.around(of.start)
        index = bisect_right(self._breaks, of.start)
        start = max(sentence.start, self._breaks[index - 1] if index else 0)
        behind = bisect_left(self._breaks, of.end)
        end = min(sentence.end, self._breaks[behind] if behind < len(self._breaks) else sentence.end)
        return span(start, max(end, of.end))

    def holding(self, readings: Sequence[Reading], of: Span) -> Reading | None:
        """Give the first reading of a word whose company is in its clause, else the first of the whole sentence.

        A reading that wants its company on one side of the word is content with the clause alone.
        """
        clause = self.clause(of)
        for reading in readings:
            if self._holds(reading, of, clause):
                return reading
        sentence = self._sentences.around(of.start)
        wide = (reading for reading in readings if reading.where == "around" and reading.within is None)
        return next((reading for reading in wide if self._holds(reading, of, sentence)), None)

    def marks(self, of: Span) -> Iterator[Mark]:
        """Give what the words around a trigger say of it."""
        clause = self.clause(of)
        index = bisect_left(self._cues, of.start, key=_start)
        for found in self._cues[max(0, index - _ASKED) : index + _ASKED]:
            cue, where = found.payload, found.span
            reach = cue.before if where.end <= of.start else cue.behind
            if cue.mark and clause.covers(where) and not where.overlaps(of) and self._between(where, of) <= reach:
                yield cue.mark
        index = bisect_right(self._idioms, of.start, key=_begin)
        if any(idiom.overlaps(of) for idiom in self._idioms[max(0, index - 1) : index + 1]):
            yield "idiom"

    def _holds(self, reading: Reading, of: Span, stretch: Span) -> bool:
        start = of.end if reading.where == "behind" else stretch.start
        end = of.start if reading.where == "before" else stretch.end
        return any(self._near(company, reading, of, start, end) for company in self._sets(reading))

    def _sets(self, reading: Reading) -> Iterator[list[Span]]:
        return (self._company[name] for name in reading.near if name in self._company)

    def _near(self, company: list[Span], reading: Reading, of: Span, start: int, end: int) -> bool:
        """Tell whether one of these words stands in the stretch, as close as asked, and not in the word itself."""
        before = bisect_left(company, of.start, key=_begin)
        behind = bisect_left(company, of.end, key=_begin)
        # The nearest on either side decides: others are farther off. In front two are asked, as they may overlap.
        candidates = (*company[max(0, before - 2) : before], *company[behind : behind + 1])
        return any(
            start <= near.start and near.end <= end and not near.overlaps(of)
            and (reading.within is None or self._between(near, of) <= reading.within)
            for near in candidates
        )  # fmt: skip

    def _between(self, one: Span, other: Span) -> int:
        """Give how many words lie between two spans."""
        first, second = (one, other) if one.start <= other.start else (other, one)
        return bisect_left(self._words, second.start) - bisect_left(self._words, first.end)


def _whole(company: Iterable[Found[str]]) -> Iterator[Found[str]]:
    """Give what does not stand inside something longer: of "anti-aircraft" no aircraft is left."""
    longer = Span(CodePoint(0), CodePoint(0))
    for found in sorted(company, key=lambda found: (found.span.start, -found.span.end)):
        if found.span.end > longer.end:
            longer = found.span
        if found.span == longer:
            yield found


def _cues(words: EventWords) -> Iterator[tuple[str, _Cue]]:
    for mark, cues in words.marks.items():
        for phrase in cues.neutral:
            yield phrase, _Cue(None, -1, -1)
        for phrase in dict.fromkeys((*cues.before, *cues.behind)):
            yield phrase, _Cue(mark, cues.before.get(phrase, -1), cues.behind.get(phrase, -1))


def _is_name(text: str, of: Span, sentences: Sentences) -> bool:
    """Tell whether a word is written with a capital inside a sentence: the month of May, and a man called Will."""
    return text[of.start].isupper() and bool(text[sentences.around(of.start).start : of.start].strip())


def _start(found: Found[_Cue]) -> CodePoint:
    return found.span.start


def _begin(of: Span) -> CodePoint:
    return of.start
