"""Dates of the Islamic calendar: found, so that their numbers count nothing, and left without a value.

No date is worked out: the months begin with the moon, a day or two apart from country to country. Where the text itself
gives the same day in the other calendar ("الموافق"), that date is the value; the reader of calendars sees to it.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from annotator.finders.words import PhraseTable, Word, beyond, phrase_table, single_words
from annotator.model.lexicon import TimeWords
from annotator.model.value import Precision

_YEAR = re.compile(r"1[34]\d\d")


class HijriDate(NamedTuple):
    """A date of the Islamic calendar in a text."""

    start: int
    until: int
    precision: Precision
    same_as: int | None
    """Index where the same day in the other calendar begins."""


class HijriReader:
    """Reads the months of the Islamic calendar with a day or a year beside them."""

    def __init__(self, times: TimeWords) -> None:
        self._months = phrase_table(times.hijri_months)
        self._ordinals = PhraseTable(times.day_ordinals)
        self._marks = phrase_table(times.hijri_marks)
        self._same = phrase_table(times.same_as)
        self._fillers = single_words(times.fillers)
        self.begins = self._months.openings

    def at(self, text: Sequence[Word], index: int) -> HijriDate | None:
        """Give the date that begins at the word `index`, or None."""
        place = index
        if text[index].text.isdecimal() and len(text[index].text) <= 2:
            place = index + 1
        elif (ordinal := self._ordinals.at(text, index)) is not None:
            place = ordinal.until
        if place > index:
            place = beyond(text, place, self._fillers)
        month = self._months.at(text, place)
        if month is None:
            return self._year_alone(text, index)
        year = month.until < len(text) and _YEAR.fullmatch(text[month.until].text) is not None
        until = month.until + year
        if place == index and not year:
            return None
        until = self._marked(text, until) or until
        start = text[index].start if place > index else month.start
        return self._ended(text, start, until, "day" if place > index else "month")

    def _year_alone(self, text: Sequence[Word], index: int) -> HijriDate | None:
        if not _YEAR.fullmatch(text[index].text) or (until := self._marked(text, index + 1)) is None:
            return None
        return self._ended(text, text[index].start, until, "year")

    def _marked(self, text: Sequence[Word], index: int) -> int | None:
        found = self._marks.at(text, index)
        return None if found is None else found.until

    def _ended(self, text: Sequence[Word], start: int, until: int, precision: Precision) -> HijriDate:
        place = until + (until < len(text) and text[until].text in "،,(/")
        same = self._same.at(text, place)
        return HijriDate(start, until, precision, same.until if same else None)
