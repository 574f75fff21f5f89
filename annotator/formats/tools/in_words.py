"""Values and remarks as words on one line, for files that have room for a remark but none for a value.

A value is said as a person would type it (`20..99 vague persons`), where typing says all of it, else as JSON; a remark
stands as it is, where a line can hold it, else as JSON's text. Reading gives back what was written, and takes what
people wrote in other tools as it is.
"""

import re
from typing import Literal

import orjson
from pydantic import ValidationError

from annotator.errors import Refusal
from annotator.model.canonical import canonical_json
from annotator.model.notation import notation, parse_number, parse_time
from annotator.model.value import NumberValue, TimeValue

Sort = Literal["number", "time"]

_UNIT = re.compile(r"[^\W\d_]\S*")
"""A word that may be a unit: a figure or a shape begins otherwise."""
_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def sort_of(value: NumberValue | TimeValue) -> Sort:
    """Tell which of the two notations a value is said in."""
    return "number" if isinstance(value, NumberValue) else "time"


def value_in_words(value: NumberValue | TimeValue) -> str:
    """Give a value on one line; `value_of` gives it back."""
    typed = notation(value)
    if _typed(typed, sort_of(value)) == value:
        return typed
    return canonical_json(value.plain()).decode().strip()


def value_of(words: str, sort: Sort) -> NumberValue | TimeValue | None:
    """Give the value that words stand for, or None where they are none."""
    if not words.startswith("{"):
        return _typed(words, sort)
    try:
        content = orjson.loads(words)
        return (NumberValue if sort == "number" else TimeValue).model_validate(content)
    except (orjson.JSONDecodeError, ValidationError):
        return None


def _typed(words: str, sort: Sort) -> NumberValue | TimeValue | None:
    try:
        if sort == "time":
            return parse_time(words)
        return parse_number(words, [word for word in words.split() if _UNIT.fullmatch(word)])
    except Refusal:
        return None


def remark_in_words(remark: str) -> str:
    """Give a remark on one line; `remark_of` gives it back."""
    return orjson.dumps(remark).decode() if _must_be_packed(remark) else remark


def remark_of(words: str) -> str:
    """Give the remark that a line stands for."""
    unpacked = _unpacked(words)
    return words if unpacked is None else unpacked


def _must_be_packed(remark: str) -> bool:
    """Tell whether a line cannot hold a remark as it is, or would give another one back."""
    return not remark or remark != remark.strip() or bool(_UNFIT.search(remark)) or _unpacked(remark) is not None


def _unpacked(words: str) -> str | None:
    """Give the text that a text of JSON holds, where `remark_in_words` would have written it so."""
    if not (len(words) > 1 and words.startswith('"') and words.endswith('"')):
        return None
    try:
        content = orjson.loads(words)
    except orjson.JSONDecodeError:
        return None
    return content if isinstance(content, str) and _must_be_packed(content) else None
