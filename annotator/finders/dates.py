"""Time expressions: dates, weekdays, days relative to now, parts of a day, distances ("three days ago").

The span covers the expression with the part of the day and what belongs to it ("after midnight of yesterday"), and a
weekday that says the same day again ("yesterday morning, Wednesday", اليوم الخميس).

A value is resolved only where it is certain: a written date is; today, yesterday and the like are when the date of
publication is known and nothing in the sentence moves the anchor. A report with a time of its own ("published
yesterday that …") moves it: what follows counts from that report. Everything else keeps its distance in `offset`.
"""

import datetime
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from annotator.finders.calendar import CalendarReader, Date, in_forms
from annotator.finders.numbers import NumberFinder, Reading
from annotator.finders.sentences import Sentences
from annotator.finders.words import PhraseTable, Word, opens, split, words
from annotator.model.lexicon import Lexicon
from annotator.model.value import Precision, TimeValue
from annotator.text.folding import Folded
from annotator.text.span import Span

REPORT_REACH = 14
"""How many words may stand between a verb of saying and its "that"."""

OWN_REACH = 4
"""Within how many words behind a verb of saying a time is that report's own ("published before midnight")."""

_UNITS: dict[str, Precision] = {
    "minutes": "minute", "hours": "hour", "days": "day", "months": "month", "years": "year"
}  # fmt: skip


class Time(NamedTuple):
    """A time expression in a text."""

    span: Span
    value: TimeValue


class _Expression(NamedTuple):
    """A time expression by words, before its anchor is known."""

    start: int
    end: int
    first: int
    until: int
    value: TimeValue
    day: int | None = None
    """Offset of a day that publication alone would resolve."""
    weekday: int | None = None
    past: bool = False


class DateFinder:
    """The time words of a lexicon, ready to be found."""

    def __init__(self, lexicon: Lexicon, numbers: NumberFinder) -> None:
        times = lexicon.all_words().times
        self._numbers = numbers
        self._calendar = CalendarReader(times)
        self._weekdays = PhraseTable(times.weekdays)
        self._relative = PhraseTable(times.relative)
        self._loose = PhraseTable(times.loose)
        self._parts = _table(times.parts)
        self._openings = _table(times.openings)
        self._fillers = frozenset(word for phrase in times.fillers for word in split(phrase))
        self._aside = frozenset(word for phrase in (*times.past_day, *times.next_day) for word in split(phrase))
        self._ago_before, self._ago_after = _table(times.ago_before), _table(times.ago_after)
        self._later_before, self._later_after = _table(times.later_before), _table(times.later_after)
        self._earlier_after = _table(times.earlier_after)
        tables = (self._weekdays, self._relative, self._loose, self._parts, self._openings, self._ago_before)
        self._begins = numbers.begins.union(
            self._aside, self._calendar.begins, self._later_before.openings, *(table.openings for table in tables)
        )
        self._links = frozenset(word for phrase in times.event_links for word in split(phrase))
        self._reporting = frozenset(word for phrase in times.reporting for word in split(phrase))
        self._that = frozenset(word for phrase in times.that for word in split(phrase))

    def find(self, folded: Folded, sentences: Sentences, published: str | None) -> list[Time]:
        """Give the time expressions of a text in reading order; `published` is its ISO date, where that is known."""
        text = words(folded.text)
        today = None if published is None else datetime.date.fromisoformat(published)
        found: list[Time] = []
        near: list[_Expression] = []
        sentence: Span | None = None
        for expression in self._expressions(text):
            where = folded.span(expression.start, expression.end)
            if sentence is None or where.start >= sentence.end:
                near, sentence = [], sentences.around(where.start)
            reported = self._reported(text, expression, near, folded, sentence)
            near.append(expression)
            found.append(Time(where, _resolved(expression, today, reported)))
        return found

    def _expressions(self, text: Sequence[Word]) -> Iterator[_Expression]:
        index = 0
        while index < len(text):
            found = self._at(text, index)
            if found is not None:
                yield found
                index = found.until
            else:
                index += 1

    def _at(self, text: Sequence[Word], index: int) -> _Expression | None:
        """Give the longest expression that begins at the word `index`."""
        if not opens(text[index], self._begins):
            return None
        readings = (self._loosely(text, index), self._distance(text, index), self._day_or_part(text, index))
        return max((found for found in readings if found), key=lambda found: found.until, default=None)

    def _loosely(self, text: Sequence[Word], index: int) -> _Expression | None:
        found = self._loose.at(text, index)
        if found is None:
            return None
        value = TimeValue(precision=found.item, anchor="publication")
        return _Expression(found.start, text[found.until - 1].end, index, found.until, value)

    # --- distances ---

    def _distance(self, text: Sequence[Word], index: int) -> _Expression | None:
        """Read "two days ago", "قبل ثلاثة أيام", "a day after", "بعد يوم من"."""
        ago, later = self._ago_before.at(text, index), self._later_before.at(text, index)
        ahead = ago or later
        first = ahead.until if ahead else index
        reading = self._duration(text, first)
        if reading is None:
            return None
        start = ahead.start if ahead else reading.start
        if ahead is not None:
            linked = reading.until < len(text) and text[reading.until].text in self._links
            return self._from(text, start, index, reading.until, reading, -1 if ago else 1, linked or ago is None)
        for table, sign, event in (
            (self._ago_after, -1, False),
            (self._later_after, 1, True),
            (self._earlier_after, -1, True),
        ):
            if (found := table.at(text, reading.until)) is not None:
                return self._from(text, start, index, found.until, reading, sign, event)
        return None

    def _duration(self, text: Sequence[Word], index: int) -> Reading | None:
        """Read a number of days or the like; Arabic leaves out the one ("بعد يوم")."""
        if index >= len(text):
            return None
        reading = self._numbers.reading_at(text, index)
        if reading is None and (single := self._numbers.counted.at(text, index)) is not None:
            followed = single.until < len(text) and text[single.until].is_number
            if not single.measure or text[index].text.isascii() or followed:
                return None
            value = self._numbers.read(f"1 {text[index].text}")
            return Reading(text[index].start, text[index].end, index, single.until, value, counted=single)
        return reading if reading is not None and reading.value and reading.value.unit in _UNITS else None

    def _from(
        self, text: Sequence[Word], start: int, first: int, until: int, reading: Reading, sign: int, event: bool
    ) -> _Expression | None:
        value = reading.value
        if value is None or value.unit not in _UNITS:
            return None
        week = reading.counted is not None and reading.counted.multiple == 7
        precise = value.unit == "days" and value.qualifier == "exact" and value.best is not None
        offset = sign * value.best if precise and value.best is not None else None
        time = TimeValue(
            precision="week" if week else _UNITS[value.unit],
            anchor="event" if event else "publication",
            offset=offset,
        )
        day = offset if not week and not event else None
        return _Expression(start, text[until - 1].end, first, until, time, day=day)

    # --- days and parts of a day ---

    def _day_or_part(self, text: Sequence[Word], index: int) -> _Expression | None:
        opening = self._openings.at(text, index)
        part = self._parts.at(text, opening.until if opening else index)
        if part is None:
            return self._day(text, index)
        place = part.until
        while place < len(text) and text[place].text in self._fillers:
            place += 1
        day = self._day(text, place)
        start = opening.start if opening else part.start
        if day is None:
            if opening is None:
                return None
            value = TimeValue(precision="part_of_day", anchor="publication")
            return _Expression(start, text[part.until - 1].end, index, part.until, value)
        value = day.value.model_copy(update={"precision": "part_of_day"})
        # "After midnight of yesterday" may be last night or the night before: only the distance is certain.
        certain = None if opening else day.day
        return _Expression(start, day.end, index, day.until, value, certain, day.weekday, day.past)

    def _day(self, text: Sequence[Word], index: int) -> _Expression | None:
        """Read a date, a weekday or a relative day, with a part of the day or a weekday behind it."""
        if (date := self._calendar.at(text, index)) is not None:
            return self._dated(text, index, date)
        if (relative := self._relative.at(text, index)) is not None:
            value = TimeValue(precision="day", anchor="publication", offset=relative.item)
            until, precision = self._part_behind(text, relative.until)
            until, weekday = self._weekday_behind(text, until)
            value = value.model_copy(update={"precision": precision})
            return _Expression(relative.start, text[until - 1].end, index, until, value, relative.item, weekday)
        return self._weekday(text, index)

    def _dated(self, text: Sequence[Word], index: int, date: Date) -> _Expression:
        value = TimeValue(value=date.value, precision=date.precision)
        return _Expression(date.start, text[date.until - 1].end, index, date.until, value, past=date.past)

    def _weekday(self, text: Sequence[Word], index: int) -> _Expression | None:
        aside = text[index].text in self._aside if index < len(text) else False
        found = self._weekdays.at(text, index + 1 if aside else index)
        if found is None:
            return None
        start = text[index].start if aside else found.start
        until, precision = self._part_behind(text, found.until)
        if until < len(text) and text[until].text in self._aside and not text[until].text.isascii():
            until += 1
        comma = until < len(text) and text[until].text in (",", "،")
        date = self._calendar.at(text, until + comma)
        if date is not None and date.precision == "day":
            value = TimeValue(value=date.value, precision=precision)
            return _Expression(start, text[date.until - 1].end, index, date.until, value, past=date.past)
        value = TimeValue(precision=precision, anchor="publication")
        return _Expression(start, text[until - 1].end, index, until, value, weekday=found.item)

    def _part_behind(self, text: Sequence[Word], index: int) -> tuple[int, Precision]:
        part = self._parts.at(text, index)
        return (index, "day") if part is None else (part.until, "part_of_day")

    def _weekday_behind(self, text: Sequence[Word], index: int) -> tuple[int, int | None]:
        comma = index < len(text) and text[index].text in (",", "،", "(")
        found = self._weekdays.at(text, index + comma)
        return (index, None) if found is None else (found.until, found.item)

    # --- anchors ---

    def _reported(
        self, text: Sequence[Word], expression: _Expression, near: Sequence[_Expression], folded: Folded, sentence: Span
    ) -> bool:
        """Tell whether an expression stands behind "verb … time … that", with `near` before it in its sentence."""
        for index in range(expression.first - 1, -1, -1):
            if folded.origin[text[index].start] < sentence.start:
                return False
            if not in_forms(text[index].text, self._reporting):
                continue
            if self._that_behind(text, index, expression, near):
                return True
            if expression.first - index <= OWN_REACH:
                return False
        return False

    def _that_behind(
        self, text: Sequence[Word], verb: int, expression: _Expression, near: Sequence[_Expression]
    ) -> bool:
        for index in range(verb + 1, min(verb + REPORT_REACH, expression.first)):
            if text[index].text in self._that:
                return any(verb < other.first < index for other in near)
        return False


def _resolved(expression: _Expression, today: datetime.date | None, reported: bool) -> TimeValue:
    value = expression.value
    if value.anchor == "publication" and reported:
        return value.model_copy(update={"anchor": "quoted_report"})
    if today is None:
        return value
    if expression.past and value.value is not None and value.value.startswith("--") and value.value.count("-") == 3:
        return value.model_copy(update={"value": _last(value.value, today)})
    if expression.day is not None:
        day = today + datetime.timedelta(days=expression.day)
        if expression.weekday in (None, day.isoweekday()):
            return value.model_copy(update={"value": day.isoformat()})
    return value


def _last(month_and_day: str, today: datetime.date) -> str:
    """Give the last day before `today` that is `--MM-DD`."""
    month, day = int(month_and_day[2:4]), int(month_and_day[5:7])
    for year in range(today.year, today.year - 9, -1):
        try:
            date = datetime.date(year, month, day)
        except ValueError:
            continue
        if date < today:
            return date.isoformat()
    return month_and_day


def _table(phrases: Sequence[str]) -> PhraseTable[None]:
    return PhraseTable((phrase, None) for phrase in phrases)
