"""How a person types a number or a time in one short line, and how it is said back.

Numbers extend MUC-4's notation: `80`, `101+`, `..13`, `20..99`, `~500`, `?`, `2/3 of number:7-10` (on screens a short
name, `2/3 of n17`), with a nearest figure, a qualifier, a unit and a scope behind it when wanted
(`20..99 ~50 vague persons new`); a fraction takes bounds as well (`2/3 of number:7-10 300..400`). Times: an ISO date or
part of one, days from an anchor, a precision (`2018-05-21 -1 publication part_of_day`), or `?`. Writing a value and
reading it again gives the same value.

What cannot be typed: negative figures (`number.bounds` finds them), an `of` without a fraction, units that the schema
does not have or that are spelt like a qualifier or scope, and dates other than year, month and day.
"""

import re
from collections.abc import Collection, Mapping
from typing import Any, get_args

from annotator.errors import Refusal
from annotator.model.date import DATE, is_date
from annotator.model.value import Anchor, NumberValue, Precision, Qualifier, Scope, TimeValue

_SHAPES: tuple[tuple[re.Pattern[str], Qualifier], ...] = (
    (re.compile(r"(?P<exact>\d{1,16})"), "exact"),
    (re.compile(r"(?P<low>\d{1,16})\+"), "at_least"),
    (re.compile(r"\.\.(?P<high>\d{1,16})"), "at_most"),
    (re.compile(r"(?P<low>\d{1,16})\.\.(?P<high>\d{1,16})"), "range"),
    (re.compile(r"~(?P<best>\d{1,16})"), "about"),
    (re.compile(r"\?"), "unknown"),
    (re.compile(r"(?P<num>\d{1,16})/(?P<den>\d{1,16})(?: of (?P<of>\S+))?"), "about"),
)
"""What can be typed, and the qualifier that each shape has when none is typed. Sixteen digits reach beyond 2^53."""

_NUMBER = re.compile(r"(?P<shape>\d+/\d+ of \S+|\S+)(?P<words>(?: \S+)*)")
_OFFSET = re.compile(r"[+-]\d{1,16}")

EXAMPLES = "80   101+   ..13   20..99   ~500   ?   2/3 of n17"
"""What the number editor shows as a reminder."""

TIME_EXAMPLES = "2018-05-21   2018-05   2018   --02-07   -1 publication"
"""What the time editor shows as a reminder."""


def parse_number(written: str, units: Collection[str]) -> NumberValue:
    """Give the value that `written` stands for; `units` are those of the schema.

    Raises `Refusal` when it is not in the notation, says something twice, names an unknown unit, or its bounds are
    reversed.
    """
    tidy = " ".join(written.split())
    found = _NUMBER.fullmatch(tidy)
    read = _read_shape(found["shape"]) if found else None
    if found is None or read is None:
        raise _not_understood(tidy, EXAMPLES)
    fields, qualifier = read
    for word in found["words"].split():
        fields |= _new(word, _read_word(word, units, fraction="num" in fields), fields)
    try:
        return NumberValue.model_validate({"qualifier": qualifier} | fields)
    except ValueError:
        raise _not_understood(tidy, EXAMPLES) from None


def reworded(value: NumberValue, written: str, units: Collection[str]) -> NumberValue | None:
    """Give a value with its unit or scope as typed without a figure, the rest kept; None where more was typed.

    Raises `Refusal` when something is said twice.
    """
    fields: dict[str, Any] = {}
    for word in written.split():
        if word not in get_args(Scope) and word not in units:
            return None
        fields |= _new(word, _read_word(word, units, fraction=False), fields)
    return value.model_copy(update=fields) if fields else None


def _new(word: str, said: dict[str, Any], fields: Mapping[str, Any]) -> dict[str, Any]:
    """Give what a word says, if nothing before said it."""
    if twice := sorted(said.keys() & fields.keys()):
        raise Refusal("number.notation", f"{word!r} says {twice[0]} a second time.", "Say it once.")
    return said


def _read_shape(written: str) -> tuple[dict[str, Any], Qualifier] | None:
    """Give the fields that a shape says and the qualifier that it implies, or None when it is none."""
    for pattern, qualifier in _SHAPES:
        if shape := pattern.fullmatch(written):
            parts = {name: part for name, part in shape.groupdict().items() if part is not None}
            fields: dict[str, Any] = {name: part if name == "of" else int(part) for name, part in parts.items()}
            if "exact" in fields:
                fields = dict.fromkeys(("low", "high", "best"), fields["exact"])
            return fields, qualifier
    return None


def _read_word(word: str, units: Collection[str], *, fraction: bool) -> dict[str, Any]:
    """Give what a word behind the shape says: qualifier, scope, unit, nearest figure, a fraction's bounds."""
    if word in get_args(Qualifier):
        return {"qualifier": word}
    if word in get_args(Scope):
        return {"scope": word}
    if word in units:
        return {"unit": word}
    bounds = _read_shape(word)
    if bounds and "num" not in bounds[0] and (fraction or bounds[0].keys() == {"best"}):
        return bounds[0]
    raise Refusal("number.notation", f"{word!r} is no unit, qualifier or scope.", f"Units: {', '.join(units)}.")


def number_notation(value: NumberValue) -> str:
    """Give a number's value as it would be typed."""
    shape, implied = _shape(value)
    words = [shape]
    if value.num is not None:
        of = f" of {value.of}" if value.of else ""
        words = [f"{value.num}/{value.den}{of}", *(() if shape == "?" else (shape,))]
        implied = "about"
    if value.best is not None and not shape.startswith("~") and not (value.low == value.high == value.best):
        words.append(f"~{value.best}")
    if value.qualifier != implied:
        words.append(value.qualifier)
    words += [word for word in (value.unit, value.scope) if word]
    return " ".join(words)


def _shape(value: NumberValue) -> tuple[str, Qualifier]:
    low, high = value.low, value.high
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
    """Give the time that `written` stands for.

    Raises `Refusal` when it is not in the notation, says something twice, or is a date that no calendar has.
    """
    tidy = " ".join(written.split())
    fields: dict[str, Any] = {}
    for word in tidy.split() if tidy != "?" else ():
        said = _read_time_word(word)
        if said is None or said.keys() & fields.keys():
            raise _not_understood(tidy, TIME_EXAMPLES)
        fields |= said
    if not fields and tidy != "?":
        raise _not_understood(tidy, TIME_EXAMPLES)
    try:
        return TimeValue.model_validate({"precision": _implied_precision(fields)} | fields)
    except ValueError:
        raise _not_understood(tidy, TIME_EXAMPLES) from None


def _read_time_word(word: str) -> dict[str, Any] | None:
    if word in get_args(Anchor):
        return {"anchor": word}
    if word in get_args(Precision):
        return {"precision": word}
    if _OFFSET.fullmatch(word):
        return {"offset": int(word)}
    return {"value": word} if is_date(word) else None


def _implied_precision(fields: Mapping[str, Any]) -> Precision:
    """Give the finest part that the date shows; an offset is in days."""
    found = DATE.fullmatch(fields.get("value") or "")
    if found is None:
        return "day" if fields.get("offset") is not None else "unresolved"
    return "day" if found["day"] else "month" if found["month"] else "year"


def time_notation(value: TimeValue) -> str:
    """Give a time's value as it would be typed."""
    offset = None if value.offset is None else f"{value.offset:+d}"
    implied = _implied_precision({"value": value.value, "offset": value.offset})
    precision = None if value.precision == implied else value.precision
    return " ".join(part for part in (value.value, offset, value.anchor, precision) if part) or "?"


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
    """Give a number's value in words, to be shown back to whoever typed it; figures that no word has, in brackets."""
    saying = _SAYINGS[value.qualifier]
    if value.num is not None:
        saying = f"about {value.num}/{value.den} of {value.of or 'another number'}"
    held = {name: getattr(value, name) for name in ("low", "high", "best")}
    said = saying.format(**{name: "open" if bound is None else bound for name, bound in held.items()})
    figures = _unsaid(value, {bound for name, bound in held.items() if f"{{{name}}}" in saying})
    return " ".join(part for part in (said, figures, value.unit, value.scope) if part)


def _unsaid(value: NumberValue, said: Collection[int | None]) -> str:
    """Give in brackets, as they would be typed, the figures of a value that are not among those `said`."""
    shape, words = _shape(value)[0], []
    if not {value.low, value.high} - {None} <= {*said}:
        words.append(shape)
    if value.best not in (None, *said) and shape != str(value.best):
        words.append(f"~{value.best}")
    return f"({' '.join(words)})" if words else ""


def _not_understood(written: str, examples: str) -> Refusal:
    return Refusal("number.notation", f"{written!r} is not understood.", f"Write one of: {examples}")
