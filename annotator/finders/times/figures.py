"""Dates that are written in digits alone: "2018-05-24", "24/5/2018", "24.05.2018", ٢٤/٥/٢٠١٨.

Gives what the digits say, and leaves open which number is the day where nothing tells. Resolves nothing.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from annotator.finders.edges import is_arabic
from annotator.finders.times.resolving import Said, iso
from annotator.finders.words import Word

YEARS = range(1900, 2100)
"""Numbers that are read as years."""

_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_NEIGHBOURS = 8
"""Words around digits among which the first one of letters tells their language."""


class Date(NamedTuple):
    """A date that stands in a text."""

    start: int
    """Where its span begins, in the folded text."""
    until: int
    """Index one past its last word."""
    said: Said


def in_figures(text: Sequence[Word], index: int, *, expected: bool) -> Date | None:
    """Give the date in digits that begins at the word `index`, or None; `expected` where "12/1" alone is one."""
    parts, until = _figures(text, index)
    if len(parts) == 2 and expected:
        first, second = (int(part) for part in parts)
        return _date(text[index].start, until, None, second, first)
    if len(parts) < 3:
        return None
    first, second, third = (int(part) for part in parts)
    if len(parts[0]) == 4:
        return _date(text[index].start, until, first, second, third)
    year = third if len(parts[2]) == 4 else 2000 + third if len(parts[2]) == 2 else 0
    if year not in YEARS:
        return None
    # 5/6/2018 is a day in May or in June: only a number above twelve tells, or what writes the day first: Arabic, dots.
    dotted = until == index + 1
    if not (first > 12 or second > 12 or first == second or dotted or _in_arabic(text, index, until)):
        return Date(text[index].start, until, Said()) if len(parts[2]) == 4 else None
    day, month = (second, first) if second > 12 else (first, second)
    return _date(text[index].start, until, year, month, day)


def _figures(text: Sequence[Word], index: int) -> tuple[list[str], int]:
    """Give the two or three numbers of a date in digits, with one mark between them, and the index behind."""
    if dotted := _DOTTED.fullmatch(text[index].text):
        return list(dotted.groups()), index + 1
    if not text[index].text.isdecimal() or (
        index and text[index - 1].text in "/" and is_glued(text[index - 1], text[index])
    ):
        return [], index
    parts, mark, place = [text[index].text], None, index + 1
    while place + 1 < len(text) and len(parts) < 3 and text[place].text in "-/." and text[place + 1].text.isdecimal():
        if mark not in (None, text[place].text):
            return [], index
        mark = text[place].text
        parts.append(text[place + 1].text)
        place += 2
    if any(len(part) > len("2018") for part in parts):
        return [], index
    if len(parts) == 2 and (mark != "/" or max(map(len, parts)) > 2):
        return [], index
    return parts, place


def _in_arabic(text: Sequence[Word], index: int, until: int) -> bool:
    """Tell whether the nearest word around some digits is Arabic."""
    for distance in range(1, _NEIGHBOURS):
        for place in (index - distance, until + distance - 1):
            if 0 <= place < len(text) and text[place].is_letters:
                return is_arabic(text[place].text[0])
    return not text[index].text.isascii()


def _date(start: int, until: int, year: int | None, month: int, day: int) -> Date | None:
    if (year is not None and year not in YEARS) or iso(year, month, day) is None:
        return None
    return Date(start, until, Said(year=year, month=month, day=day))


def is_glued(first: Word, second: Word) -> bool:
    """Tell whether a number goes on without a space in the word behind it: "1980s", "2014/15"."""
    return first.end == second.start and (second.text in "/" or second.is_letters or second.is_number)
