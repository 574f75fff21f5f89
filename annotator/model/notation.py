"""How a person types a number or a time in one short line, and how it is said back.

Numbers extend MUC-4's notation: `80`, `101+`, `..13`, `20..99`, `~500`, `?`, `2/3 of number:7-10`, with a unit and a
scope behind it when wanted (`80 persons new`). Times: an ISO date or part of one, or days from an anchor
(`-1 publication`). Writing a value and reading it again gives the same value.
"""

import re
from collections.abc import Collection, Mapping
from typing import Any, get_args

from annotator.errors import Refusal
from annotator.model.value import Anchor, NumberValue, Precision, Qualifier, Scope, TimeValue

_SHAPES: tuple[tuple[re.Pattern[str], Qualifier], ...] = (
    (re.compile(r"(?P<exact>\d+)"), "exact"),
    (re.compile(r"(?P<low>\d+)\+"), "at_least"),
    (re.compile(r"\.\.(?P<high>\d+)"), "at_most"),
    (re.compile(r"(?P<low>\d+)\.\.(?P<high>\d+)"), "range"),
    (re.compile(r"~(?P<best>\d+)"), "about"),
    (re.compile(r"\?"), "unknown"),
    (re.compile(r"(?P<num>\d+)/(?P<den>\d+)(?: of (?P<of>\S+))?"), "about"),
)
"""What can be typed, and the qualifier that each shape has when none is typed."""

_NUMBER = re.compile(r"(?P<shape>\d+/\d+ of \S+|\S+)(?P<words>(?: \S+)*)")
_TIME = re.compile(
    r"(?:(?P<value>\d{4}(?:-\d\d(?:-\d\d)?)?|--\d\d-\d\d)|(?P<offset>[+-]\d+))?"
    r"(?: ?(?P<anchor>publication|quoted_report|event))?"
)
_PRECISIONS: Mapping[int, Precision] = {4: "year", 7: "month", 10: "day"}

EXAMPLES = "80   101+   ..13   20..99   ~500   ?   2/3 of ID"
"""What the number editor shows as a reminder."""

TIME_EXAMPLES = "2018-05-21   2018-05   2018   --02-07   -1 publication"
"""What the time editor shows as a reminder."""


def parse_number(written: str, units: Collection[str]) -> NumberValue:
    """Give the value that `written` stands for; `units` are those of the schema.

    Raises `Refusal` when it is not in the notation, names an unknown unit, or its bounds are reversed.
    """
    tidy = " ".join(written.split())
    found = _NUMBER.fullmatch(tidy)
    if found:
        for pattern, qualifier in _SHAPES:
            if shape := pattern.fullmatch(found["shape"]):
                return _number_of(shape.groupdict(), qualifier, found["words"].split(), units, tidy)
    raise _not_understood(tidy, EXAMPLES)


def _number_of(
    parts: Mapping[str, str | None], qualifier: Qualifier, words: list[str], units: Collection[str], tidy: str
) -> NumberValue:
    fields: dict[str, Any] = {"qualifier": qualifier}
    for name, digits in parts.items():
        if digits is not None:
            fields[name] = digits if name == "of" else int(digits)
    if "exact" in fields:
        fields |= dict.fromkeys(("low", "high", "best"), fields.pop("exact"))
    for word in words:
        if word in get_args(Qualifier):
            fields["qualifier"] = word
        elif word in get_args(Scope):
            fields["scope"] = word
        elif word in units:
            fields["unit"] = word
        elif word.startswith("~") and word[1:].isdigit():
            fields["best"] = int(word[1:])
        else:
            raise Refusal("number.notation", f"{word!r} is no unit, qualifier or scope.", f"Units: {', '.join(units)}.")
    try:
        return NumberValue(**fields)
    except ValueError:
        raise _not_understood(tidy, EXAMPLES) from None


def number_notation(value: NumberValue) -> str:
    """Give a number's value as it would be typed."""
    shape, implied = _shape(value)
    words = [shape]
    if value.best is not None and not shape.startswith("~") and not (value.low == value.high == value.best):
        words.append(f"~{value.best}")
    if value.qualifier != implied:
        words.append(value.qualifier)
    words += [word for word in (value.unit, value.scope) if word]
    return " ".join(words)


def _shape(value: NumberValue) -> tuple[str, Qualifier]:
    low, high = value.low, value.high
    if value.num is not None:
        return f"{value.num}/{value.den}" + (f" of {value.of}" if value.of else ""), "about"
    if low is not None and low == high == value.best:
        return str(low), "exact"
    if low is not None and high is not None:
        return f"{low}..{high}", "range"
    if low is not None:
        return f"{low}+", "at_least"
    if high is not None:
        return f"..{high}", "at_most"
    if value.best is not None:
        return f"~{value.best}", "about"
    return "?", "unknown"


def parse_time(written: str) -> TimeValue:
    """Give the time that `written` stands for. Raises `Refusal` when it is not in the notation."""
    tidy = " ".join(written.split())
    found = _TIME.fullmatch(tidy)
    if not tidy or found is None:
        raise _not_understood(tidy, TIME_EXAMPLES)
    value, offset = found["value"], found["offset"]
    precision: Precision = _PRECISIONS.get(len(value), "day") if value else "day" if offset else "unresolved"
    anchor: Anchor | None = next((one for one in get_args(Anchor) if one == found["anchor"]), None)
    return TimeValue(value=value, precision=precision, anchor=anchor, offset=int(offset) if offset else None)


def time_notation(value: TimeValue) -> str:
    """Give a time's value as it would be typed; a precision that the date does not show is not said."""
    amount = value.value or (f"{value.offset:+d}" if value.offset is not None else "")
    return " ".join(part for part in (amount, value.anchor) if part) or "?"


def notation(value: NumberValue | TimeValue | None) -> str:
    """Give a value as it would be typed, or nothing for none."""
    if value is None:
        return ""
    return number_notation(value) if isinstance(value, NumberValue) else time_notation(value)


_SAYINGS: Mapping[Qualifier, str] = {
    "exact": "exactly {low}",
    "at_least": "at least {low}",
    "more_than": "more than the text's bound: at least {low}",
    "at_most": "at most {high}",
    "less_than": "less than the text's bound: at most {high}",
    "about": "about {best}",
    "range": "between {low} and {high}",
    "vague": "vague: {low} to {high}",
    "unknown": "said to be unknown",
}


def sentence(value: NumberValue) -> str:
    """Give a number's value in words, to be shown back to whoever typed it."""
    bounds = {name: "open" if (bound := getattr(value, name)) is None else bound for name in ("low", "high", "best")}
    said = _SAYINGS[value.qualifier].format(**bounds)
    if value.num is not None:
        said = f"about {value.num}/{value.den} of {value.of or 'another number'}"
    return " ".join(part for part in (said, value.unit, value.scope) if part)


def _not_understood(written: str, examples: str) -> Refusal:
    return Refusal("number.notation", f"{written!r} is not understood.", f"Write one of: {examples}")
