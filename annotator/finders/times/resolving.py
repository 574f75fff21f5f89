"""From what a time expression says to its value: calendar arithmetic from the day of publication.

With the day of publication known, everything is resolved that one calendar day, month or year answers to:

- today, yesterday, "three days ago": that day, and the distance stays beside it in `offset`;
- a weekday: the last such day on or before publication; with "last" the last one before it, with "next" the first one
  after it. News tells of the days behind it, so "Thursday" in an article of a Thursday is that Thursday;
- a date without a year: the last such date, unless the next one is nearer than `AHEAD` days, because an announcement
  of a coming day looks the same; with "last" and "next" there is no doubt;
- "last month", "this year", "two months ago": that month, that year.

A week stays a distance, for calendars disagree where weeks begin. What counts from a quoted report or from an event is
never resolved, as the day of those is not known here; nor is a day whose weekday contradicts it.
"""

import datetime
from typing import NamedTuple

from annotator.model.value import Anchor, Precision, TimeValue

AHEAD = 60
"""Days. A month and day without a year that come up within them may lie ahead as well as a year behind."""

ALMOST_TWO_MONTHS = 2
"""Months. The same for a month without a year."""

_A_YEAR_WITH_A_LEAP_DAY = 2000


class Said(NamedTuple):
    """What a time expression says, before it is known what it counts from."""

    precision: Precision = "day"
    anchor: Anchor | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    days: int | None = None
    """Distance in days."""
    months: int | None = None
    """Distance in calendar months ("last month")."""
    years: int | None = None
    """Distance in calendar years ("this year", "March last year")."""
    weekday: int | None = None
    """Monday is 1, Sunday 7."""
    side: int = 0
    """-1 where the text says that it lies behind, 1 where it says that it lies ahead."""
    sure: bool = True
    """Whether the distance names one day: "after midnight of yesterday" may be two nights."""

    @property
    def written(self) -> bool:
        """Whether it names a month or a year of the calendar."""
        return self.month is not None or self.year is not None


def iso(year: int | None, month: int | None, day: int | None) -> str | None:
    """Give an ISO 8601 date with what is known of it, or None for nothing or a date that no calendar has."""
    if month is None and (year is None or day is not None):
        return None
    try:
        datetime.date(_A_YEAR_WITH_A_LEAP_DAY if year is None else year, month or 1, day or 1)
    except ValueError:
        return None
    if month is None:
        return f"{year:04}"
    return f"{'-' if year is None else f'{year:04}'}-{month:02}{'' if day is None else f'-{day:02}'}"


def resolved(said: Said, today: datetime.date | None, reported: bool = False) -> TimeValue:
    """Give the value of what is said: `today` is the day of publication, `reported` whether a quoted report is told."""
    value = TimeValue(
        value=iso(said.year, said.month, said.day), precision=said.precision, anchor=said.anchor, offset=said.days
    )
    if said.anchor == "publication" and reported:
        return value.model_copy(update={"anchor": "quoted_report"})
    if today is None or said.anchor == "event":
        return value
    try:
        worked_out = _worked_out(said, today)
    except (ValueError, OverflowError):
        return value
    return value if worked_out is None else value.model_copy(update={"value": worked_out, "anchor": "publication"})


def _worked_out(said: Said, today: datetime.date) -> str | None:
    """Give the date that is meant, where publication answers for it. Raises for days beyond the calendar."""
    if said.months is not None:
        year, month = divmod(today.year * 12 + today.month - 1 + said.months, 12)
        return iso(year, month + 1, said.day)
    if said.years is not None:
        return iso(today.year + said.years, said.month, said.day)
    if said.month is not None:
        return None if said.year is not None else _nearest(said.month, said.day, said.side, today)
    if said.days is not None:
        return _distant(said, today)
    return None if said.weekday is None else _weekday(said.weekday, said.side, today).isoformat()


def _distant(said: Said, today: datetime.date) -> str | None:
    if not said.sure or said.days is None or said.precision not in ("day", "part_of_day", "hour"):
        return None
    day = today + datetime.timedelta(days=said.days)
    return day.isoformat() if said.weekday in (None, day.isoweekday()) else None


def _weekday(weekday: int, side: int, today: datetime.date) -> datetime.date:
    if side > 0:
        return today + datetime.timedelta(days=(weekday - today.isoweekday() - 1) % 7 + 1)
    behind = (today.isoweekday() - weekday) % 7
    return today - datetime.timedelta(days=7 if side < 0 and not behind else behind)


def _nearest(month: int, day: int | None, side: int, today: datetime.date) -> str | None:
    """Give the year to a month, or to a month and day, without one; None where the next may be meant as well."""
    if day is None:
        behind = (today.month - month) % 12
        if side == 0 and behind and 12 - behind <= ALMOST_TWO_MONTHS:
            return None
        distance = (month - today.month - 1) % 12 + 1 if side > 0 else -(behind or (12 if side < 0 else 0))
        return iso((today.year * 12 + today.month - 1 + distance) // 12, month, None)
    last = _year_with(month, day, today, -1, allowed=side == 0)
    following = _year_with(month, day, today, 1, allowed=False)
    if side > 0:
        return None if following is None else following.isoformat()
    if side == 0 and last != today and following is not None and (following - today).days <= AHEAD:
        return None
    return None if last is None else last.isoformat()


def _year_with(month: int, day: int, today: datetime.date, step: int, *, allowed: bool) -> datetime.date | None:
    """Give the nearest such day behind or ahead of `today`, or `today` itself where that is allowed."""
    # Nine years, because a 29 February may be missing for eight.
    for year in range(today.year, today.year + 9 * step, step):
        try:
            date = datetime.date(year, month, day)
        except ValueError:
            continue
        if (date - today).days * step > 0 or (allowed and date == today):
            return date
    return None
