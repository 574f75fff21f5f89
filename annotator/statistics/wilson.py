"""Shares of few cases with the interval that they leave open: Wilson's, which never leaves 0 to 1."""

from dataclasses import dataclass
from math import sqrt

NORMAL_95 = 1.959963984540054
"""The normal distribution has 95 % of its mass within so many standard deviations."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    hits: int
    of: int

    @property
    def rate(self) -> float | None:
        """The share; None of nothing."""
        return self.hits / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval; None of nothing."""
        return wilson(self.hits, self.of)


def wilson(hits: int, of: int) -> tuple[float, float] | None:
    """Give the 95 % interval of the share `hits` / `of`, in cases that do not hang together; None of nothing.

    Wilson (1927, JASA 22:209-212); it holds for few cases and near 0 and 1 (Brown, Cai and DasGupta 2001, Statistical
    Science 16:101-133).
    """
    if not of:
        return None
    square = NORMAL_95**2
    middle = (hits + square / 2) / (of + square)
    reach = NORMAL_95 / (of + square) * sqrt(hits * (of - hits) / of + square / 4)
    # At the ends the bound is exact, whatever is lost in rounding.
    return (0.0 if hits == 0 else middle - reach, 1.0 if hits == of else middle + reach)
