"""One expression on its own: the value that a short text says, read with the guidelines that come with the program.

For scripts that have figures without articles. Guidelines and finders are loaded at the first call and kept; nothing
is looked up in a workspace, so the same text gives the same value wherever the script is started.
"""

import datetime
import re
from functools import cache

from annotator.finders.numbers.number_finder import NumberFinder
from annotator.finders.times.date_finder import DateFinder
from annotator.model.guidelines import Guidelines, read_guidelines
from annotator.model.value import NumberValue, TimeValue
from annotator.store.workspace import shipped_guidelines

_NEGATIVE = re.compile(r"\s*[-\u2212]\d")
"""Nobody counts below nothing. With a blank behind it a dash is the mark of a list."""


def parse_number(text: str) -> NumberValue | None:
    """Give what the first number expression in a short text says, in English or Arabic, or None where there is none.

    A date, a time of day, a name with digits, an idiom and a negative figure are no numbers. Open bounds are None.
    Raises `TypeError` for what is no text.

    >>> value = parse_number("6 members at least")
    >>> value.low, value.high, value.qualifier, value.unit
    (6, None, 'at_least', 'persons')
    >>> parse_number("نحو خمسمئة مقاتل").best
    500
    >>> parse_number("closed between two fires")
    """
    return None if _NEGATIVE.match(_text(text)) else _numbers().read(text)


def parse_time(text: str, published: datetime.date | str | None = None) -> TimeValue | None:
    """Give what the first time expression in a short text says, in English or Arabic, or None where there is none.

    With `published`, the day of publication as a date or in ISO 8601, today and last Friday are resolved: `value` is
    the day that is meant. Without it they keep their distance in days, and a date without a year stays without one.
    Raises `TypeError` for what is no text, and `ValueError` for a `published` that no calendar has.

    >>> parse_time("the 21st of May 2016").value
    '2016-05-21'
    >>> parse_time("Tuesday evening", "2018-05-24").value
    '2018-05-22'
    >>> value = parse_time("قبل ثلاثة أيام")
    >>> value.value, value.offset, value.anchor, value.precision
    (None, -3, 'publication', 'day')
    >>> parse_time("7 فبراير/ شباط الماضي").value
    '--02-07'
    >>> parse_time("T2, at km 65")
    """
    day = published.isoformat() if isinstance(published, datetime.date) else published
    return _times().read(_text(text), day)


def _text(given: object) -> str:
    if isinstance(given, str):
        return given
    raise TypeError(f"an expression is read from a text (str), not from {type(given).__name__}")


@cache
def shipped() -> Guidelines:
    """Give the guidelines that come with the program."""
    folder = shipped_guidelines()
    return read_guidelines(
        {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.toml"))}
    )


@cache
def _numbers() -> NumberFinder:
    return NumberFinder(shipped().schema, shipped().lexicon)


@cache
def _times() -> DateFinder:
    return DateFinder(shipped().lexicon, _numbers())
