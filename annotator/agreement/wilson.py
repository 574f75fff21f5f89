"""Shares of few cases with the interval that they leave open."""

from dataclasses import dataclass
from math import sqrt

_Z = 1.959963984540054
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
        """The 95 % interval of Wilson (1927, JASA 22:209-212), which holds for few cases and near 0 and 1.

        None of nothing. Recommended for that by Brown, Cai and DasGupta (2001, Statistical Science 16:101-133).
        """
        if not self.of:
            return None
        centre = (self.hits + _Z**2 / 2) / (self.of + _Z**2)
        half = _Z / (self.of + _Z**2) * sqrt(self.hits * (self.of - self.hits) / self.of + _Z**2 / 4)
        return max(0.0, centre - half), min(1.0, centre + half)
