"""Days and parts of a day: dates, weekdays, "yesterday", "the next day", with "morning" or "late on" around them.

The span takes in the part of the day and what belongs to it ("after midnight of yesterday", "late on Wednesday"), and a
weekday or a date that says the same day again ("yesterday morning, Wednesday", اليوم الخميس). Two weekdays of one night
("ليل السبت - الأحد") are one expression: the day on which that night begins.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from annotator.finders.openings import DIGITS, Openings
from annotator.finders.times.calendar import CalendarReader
from annotator.finders.times.resolving import Said
from annotator.finders.words import Match, PhraseTable, Word, beyond, phrase_table, single_words
from annotator.model.lexicon import TimeWords
from annotator.model.value import Anchor, Precision

_BREAKS = frozenset({",", "،", "("})
_PART: Precision = "part_of_day"


class Expression(NamedTuple):
    """A time expression by words."""

    start: int
    """Where its span begins, in the folded text."""
    end: int
    first: int
    """Index of its first word."""
    until: int
    """Index one past its last word."""
    said: Said


def longest(
    text: Sequence[Word], index: int, readers: Iterable[Callable[[Sequence[Word], int], Expression | None]]
) -> Expression | None:
    """Give the longest expression that any reader finds at the word `index`, the first of equally long ones."""
    best: Expression | None = None
    for reader in readers:
        found = reader(text, index)
        if found is not None and (best is None or found.until > best.until):
            best = found
    return best


class DayReader:
    """Reads days with the time words of all languages."""

    def __init__(self, times: TimeWords, calendar: CalendarReader) -> None:
        self._calendar = calendar
        self._weekdays = PhraseTable(times.weekdays)
        self._relative = PhraseTable(times.relative)
        self._near = PhraseTable(_by_precision(times.nearby))
        self._of_event = PhraseTable(_by_precision(times.from_event))
        self._parts, self._openings = phrase_table(times.parts), phrase_table(times.openings)
        self._part_frames, self._part_alone = phrase_table(times.before_part), phrase_table(times.alone)
        self._late, self._stages = phrase_table(times.early_late), phrase_table(times.stages)
        self._hours, self._midnights = phrase_table(times.hours), phrase_table(times.midnights)
        self._same_as = phrase_table(times.same_as)
        self._ordinals = PhraseTable(times.day_ordinals)
        self._fillers = single_words(times.fillers)
        self._links = single_words(times.links)
        self._sides = PhraseTable([*((word, -1) for word in times.past_day), *((word, 1) for word in times.next_day)])
        days = (self._weekdays, self._relative, self._near, self._of_event, self._sides)
        self._readers = Openings(
            (self._with_part, _openings(self._hours, self._parts, self._openings)),
            (self._late_on, self._late.openings),
            (self._staged, self._stages.openings),
            (self._alone, _openings(self._part_alone, self._part_frames)),
            (self._day, calendar.begins.union({DIGITS}, _openings(*days))),
        )
        self.begins = self._readers.words
        """The words that an expression of a day may begin with; `DIGITS` is one."""

    def at(self, text: Sequence[Word], index: int) -> Expression | None:
        """Give the longest expression that begins at the word `index`, or None."""
        return longest(text, index, self._readers.of(text[index].text))

    # --- a part of a day in front ---

    def _with_part(self, text: Sequence[Word], index: int) -> Expression | None:
        """Read "evening of 22 May", "after midnight of yesterday", "السابعة من مساء الأحد"."""
        hour = self._hour(text, index)
        opening = None if hour or self._parts.at(text, index) else self._openings.at(text, index)
        part_at = hour.until if hour else opening.until if opening else index
        part = self._parts.at(text, part_at)
        if part is None:
            return None
        start = hour.start if hour else opening.start if opening else part.start
        day = self._day(text, beyond(text, part.until, self._fillers), spread=True)
        if day is None:
            if opening is None:
                return None
            return Expression(start, text[part.until - 1].end, index, part.until, Said(_PART, "publication"))
        # "After midnight of yesterday" may be last night or the night before: only the distance is certain.
        sure = opening is None or self._midnights.at(text, part_at) is None
        said = day.said._replace(precision="hour" if hour else _PART, sure=sure)
        return Expression(start, day.end, index, day.until, said)

    def _hour(self, text: Sequence[Word], index: int) -> Match[None] | None:
        """Give "السابعة من" in front of a part of a day."""
        found = self._hours.at(text, index)
        if found is None or found.until >= len(text) or text[found.until].text not in self._fillers:
            return None
        return found._replace(until=found.until + 1)

    def _late_on(self, text: Sequence[Word], index: int) -> Expression | None:
        """Read "late on Wednesday", "early this morning", "وقت متأخر من مساء الاثنين"."""
        late = self._late.at(text, index)
        if late is None:
            return None
        place = beyond(text, late.until, self._fillers)
        day = self._with_part(text, place) or self._day(text, place) or self._alone(text, place)
        if day is None and (part := self._parts.at(text, place)) is not None and place > late.until:
            said = Said(_PART, "publication")
            day = Expression(part.start, text[part.until - 1].end, place, part.until, said)
        if day is None or day.said.precision not in ("day", _PART):
            return None
        return Expression(late.start, day.end, index, day.until, day.said._replace(precision=_PART))

    def _staged(self, text: Sequence[Word], index: int) -> Expression | None:
        """Read "earlier this month", "later today", "مطلع الأسبوع الماضي"."""
        stage = self._stages.at(text, index)
        if stage is None:
            return None
        near = self._nearby(text, beyond(text, stage.until, self._fillers))
        return near and near._replace(start=stage.start, first=index)

    def _alone(self, text: Sequence[Word], index: int) -> Expression | None:
        """Read "overnight", "ليلا"; after "at" and "in the" every part of a day will do."""
        if (found := self._part_alone.at(text, index)) is not None:
            said = Said(_PART, "publication")
            return Expression(found.start, text[found.until - 1].end, index, found.until, said)
        frame = self._part_frames.at(text, index)
        part = None if frame is None else self._parts.at(text, frame.until)
        if part is None:
            return None
        day = None if frame is None else self._with_part(text, frame.until)
        if day is not None:
            return day._replace(first=index)
        return Expression(part.start, text[part.until - 1].end, index, part.until, Said(_PART, "publication"))

    # --- days ---

    def _day(self, text: Sequence[Word], index: int, *, spread: bool = False) -> Expression | None:
        """Read a date, a weekday or a relative day, with a part of the day or a weekday behind it.

        `spread`: a second day may follow, the morning of one night.
        """
        if (date := self._calendar.at(text, index, spread=spread)) is not None:
            part = self._part_behind(text, date.until) if date.said.day is not None else None
            until = part.until if part else date.until
            said = date.said._replace(precision=_PART) if part else date.said
            return Expression(date.start, text[until - 1].end, index, until, said)
        near = self._nearby(text, index)
        relative = self._relative_day(text, index)
        if near is not None and (relative is None or near.until > relative.until):
            return near
        return relative or self._weekday(text, index, spread)

    def _relative_day(self, text: Sequence[Word], index: int) -> Expression | None:
        found = self._relative.at(text, index)
        # اليوم الثالث is the third day of something, and not today.
        if found is None or self._ordinals.at(text, found.until) is not None:
            return None
        return self._with_weekday(text, index, found, Said(anchor="publication", days=found.item))

    def _nearby(self, text: Sequence[Word], index: int) -> Expression | None:
        """Read "last week", "this morning", "the next day"."""
        anchors: tuple[tuple[PhraseTable[tuple[Precision, int]], Anchor], ...] = (
            (self._of_event, "event"), (self._near, "publication"),
        )  # fmt: skip
        for table, anchor in anchors:
            if (found := table.at(text, index)) is None:
                continue
            precision, distance = found.item
            said = _distant(precision, anchor, distance)
            if precision in ("day", _PART):
                return self._with_weekday(text, index, found, said)
            return Expression(found.start, text[found.until - 1].end, index, found.until, said)
        return None

    def _with_weekday(self, text: Sequence[Word], index: int, found: Match[Any], said: Said) -> Expression:
        """Read what may follow a relative day: a part of it, its weekday, its date."""
        part = self._part_behind(text, found.until)
        until = part.until if part else found.until
        place = until + (until < len(text) and text[until].text in _BREAKS)
        weekday = self._weekdays.at(text, place)
        if weekday is not None and self._is_weekday(text, weekday):
            until, said = weekday.until, said._replace(weekday=weekday.item)
            if part is None and (part := self._part_behind(text, until)) is not None:
                until = part.until
            date = self._date_behind(text, until)
            if date is not None:
                until, said = date[0], date[1]
        precision = _PART if part else said.precision
        return Expression(found.start, text[until - 1].end, index, until, said._replace(precision=precision))

    def _weekday(self, text: Sequence[Word], index: int, spread: bool) -> Expression | None:
        ahead = self._sides.at(text, index)
        found = self._weekdays.at(text, ahead.until if ahead else index)
        if found is None or not self._is_weekday(text, found):
            return None
        until, second = self._second_weekday(text, found, spread)
        part = self._part_behind(text, until)
        until = part.until if part else until
        precision: Precision = _PART if part or second else "day"
        start = ahead.start if ahead else found.start
        behind = self._sides.at(text, until) if not text[until - 1].text.isascii() else None
        until = behind.until if behind else until
        if (date := self._date_behind(text, until)) is not None:
            return Expression(start, text[date[0] - 1].end, index, date[0], date[1]._replace(precision=precision))
        week = self._near.at(text, beyond(text, until, self._fillers))
        if week is not None and week.item[0] == "week" and ahead is None and week.item[1]:
            # Tuesday of last week: calendars disagree where weeks begin.
            return Expression(start, text[week.until - 1].end, index, week.until, Said(precision, "publication"))
        side = ahead.item if ahead else behind.item if behind else 0
        said = Said(precision, "publication", weekday=found.item, side=side)
        return Expression(start, text[until - 1].end, index, until, said)

    def _is_weekday(self, text: Sequence[Word], found: Match[int]) -> bool:
        """Tell whether a weekday is none of the numbers that look like it: الأحد عشر is eleven."""
        return found.until >= len(text) or not text[found.until].text.startswith("عشر")

    def _second_weekday(self, text: Sequence[Word], found: Match[int], spread: bool) -> tuple[int, bool]:
        place = found.until
        linked = place < len(text) and text[place].text in self._links
        again = self._weekdays.at(text, place + linked)
        if again is None or again.item != found.item % 7 + 1 or again.joined:
            return place, False
        tight = linked and text[place].text in "-/"
        return (again.until, True) if spread or tight else (place, False)

    def _date_behind(self, text: Sequence[Word], until: int) -> tuple[int, Said] | None:
        """Give the date that says a weekday again, and the index behind it: "Friday, 12 January", "الجمعة 12/1"."""
        opened = until < len(text) and text[until].text in _BREAKS
        place = until + opened
        same = self._same_as.at(text, place)
        date = self._calendar.at(text, same.until if same else place, expected=True)
        if date is None or date.said.precision != "day":
            return None
        closed = opened and text[until].text == "(" and date.until < len(text) and text[date.until].text == ")"
        return date.until + closed, date.said

    def _part_behind(self, text: Sequence[Word], index: int) -> Match[None] | None:
        """Give a part of a day behind a day: "Tuesday evening", "Thursday at dawn"."""
        frame = self._part_frames.at(text, index)
        return self._parts.at(text, index) or (self._parts.at(text, frame.until) if frame else None)


def _distant(precision: Precision, anchor: Anchor, distance: int) -> Said:
    """Give what a distance in units of its precision says; this week is no distance in days."""
    match precision:
        case "year":
            return Said(precision, anchor, years=distance)
        case "month":
            return Said(precision, anchor, months=distance)
        case "week":
            return Said(precision, anchor, days=distance * 7 or None)
        case _:
            return Said(precision, anchor, days=distance)


def _by_precision(table: dict[Precision, dict[str, int]]) -> list[tuple[str, tuple[Precision, int]]]:
    return [(phrase, (precision, item)) for precision, phrases in table.items() for phrase, item in phrases.items()]


def _openings(*tables: PhraseTable[Any]) -> frozenset[str]:
    return frozenset[str]().union(*(table.openings for table in tables))
