"""How far a share that was counted may lie from the one that is meant: Wilson's interval, which never leaves 0 to 1."""

from math import sqrt

NORMAL_95 = 1.959963984540054
"""The normal deviate that 95 per cent lie within."""


def wilson(right: int, of: int) -> tuple[float, float] | None:
    """Give the 95 per cent interval of the share `right` / `of`; None of nothing. (Wilson 1927)"""
    if not of:
        return None
    square = NORMAL_95**2
    middle = (right + square / 2) / (of + square)
    reach = NORMAL_95 / (of + square) * sqrt(right * (of - right) / of + square / 4)
    # At the ends the bound is exact, whatever is lost in rounding.
    return (0.0 if right == 0 else middle - reach, 1.0 if right == of else middle + reach)
