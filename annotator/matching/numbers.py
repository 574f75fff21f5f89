"""When two number values are the same, can both be true, or lie one within the other.

Works on anything with a number's fields, so that a scorer can use values lighter than the model's. Says nothing of
spans, and never reads words: qualifier and scope are how the text says it, not what number it says.
"""

from typing import Protocol


class Amount(Protocol):
    """The fields of a number value that say which number it is; null bounds are open."""

    @property
    def low(self) -> int | None: ...
    @property
    def high(self) -> int | None: ...
    @property
    def best(self) -> int | None: ...
    @property
    def unit(self) -> str | None: ...
    @property
    def num(self) -> int | None: ...
    @property
    def den(self) -> int | None: ...


def same_value(a: Amount, b: Amount) -> bool:
    """Tell whether both say the same number: bounds, best and unit, and for fractions numerator and denominator."""
    return (a.low, a.high, a.best, a.unit, a.num, a.den) == (b.low, b.high, b.best, b.unit, b.num, b.den)


def bounds_overlap(a: Amount, b: Amount) -> bool:
    """Tell whether some number lies in both intervals. An open bound excludes nothing; units are not compared."""
    return _not_above(a.low, b.high) and _not_above(b.low, a.high)


def within(predicted: Amount, gold: Amount) -> bool:
    """Tell whether the predicted value lies inside gold's bounds, both ends included; units are not compared.

    Whichever has no bounds stands for its best figure. Where gold has a bound, an open one is not inside it: a
    prediction that says nothing gains nothing.
    """
    low, high = _bounds(predicted)
    least, most = _bounds(gold)
    return (least is None or (low is not None and least <= low)) and (
        most is None or (high is not None and high <= most)
    )


def _bounds(value: Amount) -> tuple[int | None, int | None]:
    return (value.best, value.best) if value.low is None and value.high is None else (value.low, value.high)


def _not_above(low: int | None, high: int | None) -> bool:
    return low is None or high is None or low <= high
