"""Time expressions of an article: where they stand, and what they say.

The span covers the expression with the part of the day and what belongs to it, without preposition and article, and
with whatever says the same day again. `calendar` reads written dates, `days` days and parts of a day, `distances` what
counts in days, months or years; `reports` tells what an expression counts from, and `resolving` makes its value of it.

Nothing that has a date of publication to count from is left open: the annotator sees the day that is meant, and the
distance or the anchor beside it. Without one, nothing is guessed: no seed states its date, and the day of the week that
an article happens to name is no date of publication.
"""

import datetime
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from annotator.finders.edges import POSSESSIVE
from annotator.finders.numbers.number_finder import NumberFinder
from annotator.finders.openings import DIGITS, Openings
from annotator.finders.sentences import Sentences
from annotator.finders.times.calendar import CalendarReader
from annotator.finders.times.days import DayReader, Expression, longest
from annotator.finders.times.distances import DistanceReader
from annotator.finders.times.reports import ReportReader
from annotator.finders.times.resolving import Said, resolved
from annotator.finders.words import PhraseTable, Word, in_forms, phrase_table, single_words, words
from annotator.model.lexicon import Lexicon
from annotator.model.value import Anchor, Precision, TimeValue
from annotator.text.folding import Folded, fold
from annotator.text.span import Span


class Time(NamedTuple):
    """A time expression in a text."""

    span: Span
    value: TimeValue


class DateFinder:
    """The time words of a lexicon, ready to be found."""

    def __init__(self, lexicon: Lexicon, numbers: NumberFinder) -> None:
        known = lexicon.all_words()
        times = known.times
        self._calendar = CalendarReader(times, numbers.counted)
        self._days = DayReader(times, self._calendar)
        self._distances = DistanceReader(times, known.numbers, numbers)
        self._reports = ReportReader(times)
        vague: list[tuple[str, tuple[Precision, Anchor]]] = [
            *((phrase, (precision, "publication")) for phrase, precision in times.loose.items()),
            *((phrase, (precision, "event")) for phrase, precision in times.loose_event.items()),
            *((phrase, ("unresolved", "event")) for phrase in times.then),
        ]
        self._loose = PhraseTable(vague)
        self._then = phrase_table(times.then)
        self._decoys = PhraseTable((phrase, None) for phrase in times.decoys)
        self._is_every = in_forms(single_words(times.every))
        self._opens_decoy = in_forms(self._decoys.openings)
        self._openings = Openings(
            (self._loosely, self._loose.openings),
            (self._days.at, self._days.begins),
            (self._distances.at, self._distances.begins | {DIGITS}),
        )

    def find(
        self, folded: Folded, sentences: Sentences, published: str | None, read: Sequence[Word] | None = None
    ) -> list[Time]:
        """Give the time expressions of a text in reading order; `published` is its ISO date, where that is known.

        `read`: the words of the folded text, where somebody has read them already.
        """
        text = _without_possessive(words(folded.text) if read is None else read)
        today = _day_of(published)
        found: list[Time] = []
        verbs = self._reports.verbs(text)
        near: list[int] = []
        sentence: Span | None = None
        for expression in self._expressions(text):
            where = folded.span(expression.start, expression.end)
            if sentence is None or where.start >= sentence.end:
                near, sentence = [], sentences.around(where.start)
            reported = self._reports.reported(text, expression, near, verbs)
            near.append(expression.first)
            if not self._is_then(text, expression):
                found.append(Time(where, resolved(expression.said, today, reported)))
        return found

    def read(self, phrase: str, published: str | None = None) -> TimeValue | None:
        """Give what the first time expression of a phrase that stands alone says, or None."""
        folded = fold(phrase)
        found = self.find(folded, Sentences(phrase), published)
        if found:
            return found[0].value
        said = self._calendar.alone(words(folded.text))
        return None if said is None else resolved(said, _day_of(published))

    def _expressions(self, text: Sequence[Word]) -> Iterator[Expression]:
        until = 0
        for index, word in enumerate(text):
            readers = self._openings.of(word.text)
            if index < until or not (readers or self._opens_decoy(word.text)):
                continue
            found = longest(text, index, readers) if not self._follows_every(text, index) else None
            decoy = self._decoys.at(text, index)
            if found is not None and (decoy is None or decoy.until < found.until):
                yield found
            until = max(found.until if found else 0, decoy.until if decoy else 0)

    def _follows_every(self, text: Sequence[Word], index: int) -> bool:
        return index > 0 and self._is_every(text[index - 1].text)

    def _is_then(self, text: Sequence[Word], expression: Expression) -> bool:
        """Tell whether an expression only points back: it dates a report that is told again, and is no time itself."""
        found = self._then.at(text, expression.first)
        return found is not None and found.until == expression.until

    def _loosely(self, text: Sequence[Word], index: int) -> Expression | None:
        found = self._loose.at(text, index)
        if found is None:
            return None
        precision, anchor = found.item
        return Expression(found.start, text[found.until - 1].end, index, found.until, Said(precision, anchor))


def _without_possessive(text: Sequence[Word]) -> list[Word]:
    """Give the words with "Tuesday's" as "Tuesday"."""
    return [
        Word(word.text.removesuffix(POSSESSIVE), word.start, word.end - len(POSSESSIVE))
        if word.text.endswith(POSSESSIVE)
        else word
        for word in text
    ]


def _day_of(published: str | None) -> datetime.date | None:
    return None if published is None else datetime.date.fromisoformat(published)
