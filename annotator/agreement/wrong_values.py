"""Values that are wrong and look right: another figure of the same size, another day. Never an impossible one."""

import re

from annotator.agreement.lots import Lots
from annotator.model.value import NumberValue, TimeValue

_STEPS = 3
"""How many of its leading unit a figure may move by."""
_YEAR = re.compile(r"[12]\d{3}", re.ASCII)
_MONTH = re.compile(r"((?:\d{4}|-)-)(\d\d)", re.ASCII)
_DAY = re.compile(r"((?:\d{4}|-)-\d\d-)(\d\d)", re.ASCII)
_ROUNDS = ((_MONTH, 12), (_DAY, 28))
"""What is counted round: every year has twelve months, and every month 28 days."""


def wrong_number(value: NumberValue, lots: Lots, *about: str) -> NumberValue | None:
    """Give a value of the same form with other figures.

    None for one that has no figure, or a vague one: how many "dozens" are is a matter of the guidelines.
    """
    step = 1 + lots.index(_STEPS, *about)
    if value.den is not None:
        return value.model_copy(update={"den": value.den + step})
    if value.qualifier == "vague":
        return None
    figures = {name: figure for name in ("low", "high", "best") if (figure := getattr(value, name)) is not None}
    if not figures:
        return None
    far = step * 10 ** (len(str(max(figures.values()))) - 1)
    return NumberValue.model_validate(value.model_dump() | {name: figure + far for name, figure in figures.items()})


def wrong_time(value: TimeValue, lots: Lots, *about: str) -> TimeValue | None:
    """Give the time some days, months or years off; None for one that names neither a date nor a distance."""
    step = 1 + lots.index(_STEPS, *about)
    changed: dict[str, object] = {}
    if value.offset is not None:
        changed["offset"] = value.offset - step
    if value.value is not None:
        changed["value"] = _other_date(value.value, step)
    return value.model_copy(update=changed) if changed and None not in changed.values() else None


def _other_date(written: str, step: int) -> str | None:
    """Give a date of the same form; None for a form that is not `2018`, `2018-05`, `2018-05-21` or without a year."""
    if _YEAR.fullmatch(written):
        return str(int(written) - step)
    for form, most in _ROUNDS:
        if found := form.fullmatch(written):
            return f"{found[1]}{(int(found[2]) - 1 + step) % most + 1:02}"
    return None
