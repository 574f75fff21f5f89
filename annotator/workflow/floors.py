"""What a score must reach for a pipeline to go on: a bound on the F1 of a level, and which bounds were not reached."""

from collections.abc import Collection, Iterator
from fractions import Fraction
from typing import NamedTuple

from annotator.errors import Refusal
from annotator.scoring.figures import counted
from annotator.scoring.levels import ALIASES, LEVELS
from annotator.scoring.report import Report

_LONGEST = 100
"""Characters of a bound: more than any F1 has. Numbers of thousands of digits are not even read."""


class Floor(NamedTuple):
    """A bound on a level's F1."""

    level: str
    """The level's own name."""
    called: str
    """The name that was written: its own or a short one."""
    written: str
    """The bound as it was written."""

    @property
    def bound(self) -> Fraction:
        """The least F1 that will do, exactly: a float would let 0.7 fail against 0.7."""
        return Fraction(self.written)


def floor(written: str) -> Floor:
    """Read `LEVEL=X`, a level's name or short name and a number from 0 to 1. Raises `Refusal` `usage`."""
    called, equals, bound = (part.strip() for part in written.partition("="))
    names = (*ALIASES, *(level.name for level in LEVELS))
    if called not in names:
        from difflib import get_close_matches  # only where something is wrong

        near = get_close_matches(called, names, 1)
        hint = f"Did you mean {near[0]}?" if near else f"The levels are {', '.join(names)}."
        raise Refusal("usage", f"{called!r} is no level of a score.", hint)
    if not equals or not _is_share(bound):
        raise Refusal("usage", f"{written!r} gives no bound.", f"Write {called}=0.70: a number from 0 to 1.")
    return Floor(ALIASES.get(called, called), called, bound)


def below(report: Report, one: Floor) -> bool:
    """Tell whether a score lies under a bound. An F1 that is undefined lies under every one."""
    score = report[one.level]
    whole = score.pred + score.gold
    return not whole or 2 * score.tp < one.bound * whole


def missed(report: Report, floors: Collection[Floor]) -> Iterator[str]:
    """Give a sentence for every bound that a score does not reach. An F1 that is undefined reaches none."""
    for one in floors:
        score = report[one.level]
        if score.f1 is None:
            yield f"{one.called}: neither gold nor predictions have any, so F1 is undefined and not {one.written}."
        elif below(report, one):
            right, predicted, gold = counted(score)
            told = f"{right} right of {predicted} predicted and {gold} in gold"
            yield f"{one.called}: F1 is {score.f1:.4f} ({told}), under the bound of {one.written}."


def _is_share(written: str) -> bool:
    whole, point, part = written.partition(".")
    digits = (whole or "0") + (part if point else "0")
    plain = len(written) <= _LONGEST and written.isascii() and digits.isdigit() and bool(whole + part)
    return plain and Fraction(written) <= 1
