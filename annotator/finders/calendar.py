"""Dates that are written out, in both languages: "the 21st of May 2016", "7 فبراير/ شباط الماضي", "2018-05-21".

Gives what the text says, as ISO 8601: a missing year stays missing (`--02-07`). Resolves nothing.
"""

import datetime
import re
from collections.abc import Sequence
from typing import NamedTuple

from annotator.finders.words import PhraseTable, Word, forms, split
from annotator.model.lexicon import TimeWords
from annotator.model.value import Precision

YEARS = range(1900, 2100)
_ORDINAL_MARKS = frozenset({"st", "nd", "rd", "th"})


class Date(NamedTuple):
    """A date that stands in a text."""

    start: int
    """Where its span begins, in the folded text."""
    until: int
    """Index one past its last word."""
    value: str | None
    """ISO 8601, or None where day and month cannot be told apart."""
    precision: Precision
    past: bool = False
    """Whether the text says that it lies behind ("الماضي")."""


class CalendarReader:
    """Reads dates with the month names of all languages."""

    def __init__(self, times: TimeWords) -> None:
        self._months = PhraseTable(times.months)
        self._past = frozenset(word for phrase in times.past_day for word in split(phrase))
        self._fillers = frozenset(word for phrase in times.fillers for word in split(phrase))
        self._years = PhraseTable((phrase, None) for phrase in times.years)

    @property
    def begins(self) -> frozenset[str]:
        """The words that a date may begin with, other than digits."""
        return self._months.openings

    def at(self, text: Sequence[Word], index: int) -> Date | None:
        """Give the date that begins at the word `index`, or None."""
        return (
            self._numeric(text, index)
            or self._day_first(text, index)
            or self._month_first(text, index)
            or self._year_alone(text, index)
        )

    def _numeric(self, text: Sequence[Word], index: int) -> Date | None:
        parts, marks = text[index : index + 5 : 2], text[index + 1 : index + 4 : 2]
        if len(parts) < 3 or not all(part.is_number and part.text.isdecimal() for part in parts):
            return None
        if marks[0].text != marks[1].text or marks[0].text not in "-/.":
            return None
        first, second, third = (int(part.text) for part in parts)
        if len(parts[0].text) == 4:
            value = _iso(first, second, third)
        else:
            # 5/6/2018 is a day in May or in June: only a number above twelve tells.
            certain = first > 12 or second > 12 or first == second
            day, month = (second, first) if second > 12 else (first, second)
            value = _iso(third, month, day) if certain else None
            if third not in YEARS or (certain and value is None):
                return None
        return Date(text[index].start, index + 5, value, "day") if value or len(parts[0].text) < 4 else None

    def _day_first(self, text: Sequence[Word], index: int) -> Date | None:
        day = _day(text, index)
        if day is None:
            return None
        place = index + 1
        if place < len(text) and text[place].text in _ORDINAL_MARKS:
            place += 1
        while place < len(text) and text[place].text in self._fillers:
            place += 1
        month = self._months.at(text, place)
        return None if month is None else self._ending(text, text[index].start, month.until, month.item, day)

    def _month_first(self, text: Sequence[Word], index: int) -> Date | None:
        month = self._months.at(text, index)
        if month is None:
            return None
        place = month.until
        if place < len(text) and text[place].text == "." and place + 1 < len(text) and text[place + 1].is_number:
            place += 1
        day = _day(text, place)
        if day is not None:
            until = place + 1
            if until < len(text) and text[until].text in _ORDINAL_MARKS:
                until += 1
            return self._ending(text, month.start, until, month.item, day)
        date = self._ending(text, month.start, month.until, month.item, None)
        # A month on its own may be a verb or a name ("may", "march"): it needs a year or a "last" beside it.
        return date if date is not None and (date.past or not (date.value or "--").startswith("--")) else None

    def _ending(self, text: Sequence[Word], start: int, until: int, month: int, day: int | None) -> Date | None:
        """Read what may follow a month: its other name, "last", and the year."""
        if until < len(text) and text[until].text in "/-(":
            again = self._months.at(text, until + 1)
            if again is not None and again.item == month:
                until = again.until + (again.until < len(text) and text[again.until].text == ")")
        past = until < len(text) and text[until].text in self._past
        until += past
        year_at = until + (until < len(text) and text[until].text == "," and day is not None)
        year = _year(text, year_at)
        if year is None and (found := self._years.at(text, year_at)) is not None:
            year_at = found.until
            year = _year(text, year_at)
        value = _iso(year, month, day)
        if value is None:
            return None
        return Date(start, year_at + 1 if year else until, value, "month" if day is None else "day", bool(past))

    def _year_alone(self, text: Sequence[Word], index: int) -> Date | None:
        year = _year(text, index)
        if year is None or self._years.before(text, index) is None:
            return None
        return Date(text[index].start, index + 1, str(year), "year")


def _day(text: Sequence[Word], index: int) -> int | None:
    if index >= len(text) or not text[index].text.isdecimal() or len(text[index].text) > 2:
        return None
    day = int(text[index].text)
    return day if 1 <= day <= 31 else None


def _year(text: Sequence[Word], index: int) -> int | None:
    if index >= len(text) or not re.fullmatch(r"\d{4}", text[index].text):
        return None
    year = int(text[index].text)
    return year if year in YEARS else None


def _iso(year: int | None, month: int, day: int | None) -> str | None:
    """Give an ISO 8601 date with what is known of it, or None for a date that no calendar has."""
    try:
        datetime.date(year or 2000, month, day or 1)
    except ValueError:
        return None
    ending = "" if day is None else f"-{day:02}"
    return f"{'-' if year is None else f'{year:04}'}-{month:02}{ending}"


def in_forms(word: str, wanted: frozenset[str]) -> bool:
    """Tell whether a folded word, or what it is without glued letters, is one of `wanted`."""
    return any(form.text in wanted for form in forms(word))
