"""Dates that are written out, in both languages: "the 21st of May 2016", "7 فبراير/ شباط الماضي", "2018-05-21".

Gives what the text says: a missing year stays missing. Resolves nothing, and never gives a date that no calendar has.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from annotator.finders.numbers.counted import CountedReader
from annotator.finders.times.figures import YEARS, Date, in_figures, is_glued
from annotator.finders.times.hijri import HijriReader
from annotator.finders.times.resolving import Said, iso
from annotator.finders.words import PhraseTable, Word, beyond, in_forms, phrase_table, single_words, split
from annotator.model.lexicon import TimeWords
from annotator.model.value import Precision

_COMMAS = frozenset({",", "،"})
_ORDINAL_MARKS = frozenset({"st", "nd", "rd", "th"})


class _Stem(NamedTuple):
    """A date before what may follow its month is read."""

    start: int
    until: int
    month: int
    day: int | None
    named: bool = True
    """Whether it cannot be anything but a date; "may" and "march" on their own can."""


class CalendarReader:
    """Reads dates with the month names of all languages."""

    def __init__(self, times: TimeWords, counted: CountedReader) -> None:
        self._counted = counted
        self._months = PhraseTable(times.months)
        self._ordinals = PhraseTable(times.day_ordinals)
        self._sides = PhraseTable([*((word, -1) for word in times.past_day), *((word, 1) for word in times.next_day)])
        self._current = phrase_table(times.current)
        # "Five killed in May" is no fifth of May: what asks for a month stands in no date.
        self._fillers = single_words(times.fillers).difference(*(_single(phrase) for phrase in times.before_month))
        self._links = single_words(times.links)
        self._years, self._weak_years = phrase_table(times.years), phrase_table(times.weak_years)
        self._before_month, self._month_words = phrase_table(times.before_month), phrase_table(times.month_words)
        self._stages = phrase_table(times.stages)
        self._near_month = PhraseTable(times.nearby.get("month", {}))
        self._near_year = PhraseTable(times.nearby.get("year", {}))
        self._hijri = HijriReader(times)
        tables = (self._months, self._month_words, self._stages, self._sides)
        self.begins = frozenset[str]().union(
            self._ordinals.openings, self._hijri.begins, *(table.openings for table in tables)
        )
        """The words that a date may begin with, other than digits."""
        self._opens = in_forms(self.begins)

    def at(self, text: Sequence[Word], index: int, *, expected: bool = False, spread: bool = False) -> Date | None:
        """Give the date that begins at the word `index`, or None.

        `expected`: a weekday in front asks for one. `spread`: two days of one night are one date, that of the first.
        """
        if index >= len(text) or not (text[index].is_number or self._opens(text[index].text)):
            return None
        return (
            in_figures(text, index, expected=expected)
            or self._not_gregorian(text, index)
            or self._day_first(text, index, spread)
            or self._month_first(text, index)
            or self._staged(text, index)
            or self._year_alone(text, index)
        )

    def alone(self, text: Sequence[Word]) -> Said | None:
        """Give what a month or a year says that is the whole text, where nothing around it could tell."""
        if (year := _year(text, 0)) is not None and len(text) == 1:
            return Said("year", year=year)
        month = self._months.at(text, 0)
        return Said("month", month=month.item) if month is not None and month.until == len(text) else None

    def _not_gregorian(self, text: Sequence[Word], index: int) -> Date | None:
        found = self._hijri.at(text, index)
        if found is None:
            return None
        same = None if found.same_as is None else self.at(text, found.same_as, expected=True)
        if same is not None:
            return Date(found.start, same.until, same.said)
        return Date(found.start, found.until, Said(found.precision))

    # --- day, month, year ---

    def _day_first(self, text: Sequence[Word], index: int, spread: bool) -> Date | None:
        found = self._day(text, index)
        if found is None:
            return None
        start, day, place = found
        place = beyond(text, place, self._fillers)
        stem = self._month_behind(text, place, start, day)
        if stem is not None:
            return self._ending(text, stem)
        near = self._near_month.at(text, place)
        if near is not None and iso(2000, 1, day):
            return Date(start, near.until, Said(day=day, months=near.item))
        return self._elliptic(text, start, day, place, spread)

    def _month_behind(self, text: Sequence[Word], place: int, start: int, day: int) -> _Stem | None:
        word = self._month_words.at(text, place)
        month = self._months.at(text, beyond(text, word.until, self._fillers) if word else place)
        return None if month is None else _Stem(start, month.until, month.item, day)

    def _elliptic(self, text: Sequence[Word], start: int, day: int, place: int, spread: bool) -> Date | None:
        """Read the first of "12 and 13 May": the month and the year stand behind the second."""
        if place >= len(text) or text[place].text not in self._links:
            return None
        found = self._day(text, place + 1)
        stem = (
            None if found is None else self._month_behind(text, beyond(text, found[2], self._fillers), start, found[1])
        )
        if stem is None or found is None or found[1] <= day:
            return None
        whole = self._ending(text, stem)
        if whole is None or iso(whole.said.year, whole.said.month, day) is None:
            return None
        return Date(start, whole.until if spread else place, whole.said._replace(day=day))

    def _month_first(self, text: Sequence[Word], index: int) -> Date | None:
        word = self._month_words.at(text, index)
        month = self._months.at(text, beyond(text, word.until, self._fillers) if word else index)
        if month is None:
            return self._last_month_named(text, index)
        place = month.until
        if place < len(text) and text[place].text == "." and place + 1 < len(text) and text[place + 1].is_number:
            place += 1
        start = word.start if word else month.start
        day = _day_in_digits(text, place)
        if day is not None:
            until = place + 1
            if until < len(text) and text[until].text in _ORDINAL_MARKS:
                until += 1
            until = self._second_day(text, until, day)
            return self._ending(text, _Stem(start, until, month.item, day))
        named = word is not None or self._asked_for(text, index)
        return self._ending(text, _Stem(start, month.until, month.item, None, named))

    def _last_month_named(self, text: Sequence[Word], index: int) -> Date | None:
        """Read "last August"."""
        side = self._sides.at(text, index)
        month = None if side is None else self._months.at(text, side.until)
        if side is None or month is None:
            return None
        return Date(side.start, month.until, Said("month", month=month.item, side=side.item))

    def _second_day(self, text: Sequence[Word], until: int, day: int) -> int:
        """Pass over the end of "May 5-12": one expression, which counts from its first day."""
        if until < len(text) and text[until].text == "-" and (_day_in_digits(text, until + 1) or 0) > day:
            return until + 2
        return until

    def _asked_for(self, text: Sequence[Word], index: int) -> bool:
        """Tell whether what stands in front makes a month of a word: "in March", "from March to May"."""
        if self._before_month.before(text, index) is not None:
            return True
        linked = index > 1 and text[index - 1].text in self._links
        return linked and self._months.before(text, index - 1) is not None

    def _ending(self, text: Sequence[Word], stem: _Stem) -> Date | None:
        """Read what may follow a month: its other name, "last", and the year."""
        until = self._other_name(text, stem)
        in_year = self._near_year.at(text, beyond(text, until, self._fillers))
        side = None if in_year else self._sides.at(text, until)
        current = self._current.at(text, until) if side is None else None
        until = side.until if side else current.until if current else until
        precision: Precision = "month" if stem.day is None else "day"
        said = Said(precision, month=stem.month, day=stem.day, side=side.item if side else 0)
        place = until + (until < len(text) and text[until].text in _COMMAS and stem.day is not None)
        if (year := self._year_behind(text, place)) is not None:
            said, until = said._replace(year=year[0]), year[1]
        elif (near := self._near_year.at(text, beyond(text, place, self._fillers))) is not None:
            said, until = said._replace(years=near.item), near.until
        elif current is not None:
            said = said._replace(years=0)
        elif side is None and not stem.named:
            return None
        return Date(stem.start, until, said) if iso(said.year, said.month, said.day) else None

    def _other_name(self, text: Sequence[Word], stem: _Stem) -> int:
        until = stem.until
        opened = until < len(text) and text[until].text in "/-("
        again = self._months.at(text, until + 1 if opened else until)
        if again is None or again.item != stem.month:
            return until
        closed = opened and again.until < len(text) and text[again.until].text == ")"
        return again.until + closed

    def _year_behind(self, text: Sequence[Word], place: int) -> tuple[int, int] | None:
        """Give the year that follows a month, and the index behind it; "of the year" may stand between."""
        for first in (place, beyond(text, place, self._fillers)):
            found = self._years.at(text, first)
            for at in (first, found.until if found else first):
                if (year := _year(text, at)) is not None:
                    return year, at + 1
        return None

    # --- parts of a month or year, and years alone ---

    def _staged(self, text: Sequence[Word], index: int) -> Date | None:
        """Read "early 2017", "مطلع عام 2017", "mid-March", "summer of 2014"."""
        stage = self._stages.at(text, index)
        if stage is None:
            return None
        place = beyond(text, stage.until, self._fillers)
        if (date := self._month_in_stage(text, place)) is not None:
            return Date(stage.start, date.until, date.said)
        year = self._year_behind(text, place)
        return None if year is None else Date(stage.start, year[1], Said("year", year=year[0]))

    def _month_in_stage(self, text: Sequence[Word], place: int) -> Date | None:
        word = self._month_words.at(text, place)
        month = self._months.at(text, beyond(text, word.until, self._fillers) if word else place)
        return None if month is None else self._ending(text, _Stem(month.start, month.until, month.item, None))

    def _year_alone(self, text: Sequence[Word], index: int) -> Date | None:
        year = _year(text, index)
        if year is None or (index + 1 < len(text) and is_glued(text[index], text[index + 1])):
            return None
        linked = index > 1 and text[index - 1].text in self._links and _year(text, index - 2) is not None
        weak = self._weak_years.before(text, index) is not None and self._counted.behind(text, index + 1) is None
        if not (linked or weak or self._years.before(text, index) is not None):
            return None
        return Date(text[index].start, index + 1, Said("year", year=year))

    # --- small readings ---

    def _day(self, text: Sequence[Word], index: int) -> tuple[int, int, int] | None:
        """Give where a day of a month begins, its number, and the index behind it: "21st", "the first", "السابع"."""
        if (day := _day_in_digits(text, index)) is not None:
            marked = index + 1 < len(text) and text[index + 1].text in _ORDINAL_MARKS
            return text[index].start, day, index + 1 + marked
        found = self._ordinals.at(text, index)
        return None if found is None else (found.start, found.item, found.until)


def _day_in_digits(text: Sequence[Word], index: int) -> int | None:
    if index >= len(text) or not text[index].text.isdecimal() or len(text[index].text) > 2:
        return None
    day = int(text[index].text)
    return day if 1 <= day <= 31 else None


def _year(text: Sequence[Word], index: int) -> int | None:
    if not 0 <= index < len(text) or not re.fullmatch(r"\d{4}", text[index].text):
        return None
    year = int(text[index].text)
    return year if year in YEARS else None


def _single(phrase: str) -> frozenset[str]:
    """Give the word that a phrase is, or nothing for a longer one."""
    parts = split(phrase)
    return frozenset(parts if len(parts) == 1 else ())
