"""Dates as annotations write them: ISO 8601, whole or in part. Light: what only reads a date needs no model."""

import datetime
import re

DATE = re.compile(r"(?:(?P<year>\d{4})|-(?=-))(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?", re.ASCII)
"""A date or part of one, as far as its shape tells."""


def is_date(word: str) -> bool:
    """Tell whether a word is an ISO date or part of one (`2018`, `2018-05`, `--02-07`) that some calendar has."""
    found = DATE.fullmatch(word)
    if found is None:
        return False
    try:
        # 2000 has a 29 February, so it can stand for a year that is not said.
        datetime.date(int(found["year"] or 2000), int(found["month"] or 1), int(found["day"] or 1))
    except ValueError:
        return False
    return True
