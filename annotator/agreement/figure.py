"""A figure of a report: its value, how far that may be off, and on how much it rests."""

from dataclasses import dataclass
from typing import Any

from annotator.statistics.bootstrap import Interval
from annotator.statistics.enough import ENOUGH

DIGITS = 6
"""To how many digits JSON gives a figure."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of agreement, over articles."""

    value: float | None
    """None where there was nothing to compare: never 0, never 1."""
    interval: Interval | None = None
    """95 %, by drawing articles; None where fewer than two have anything to say."""
    articles: int = 0
    """How many articles have anything to say."""
    of: int = 0
    """How many things were compared: of F1, those of the one and of the other together."""
    single: bool = False
    """Whether all said one and the same thing throughout: a coefficient of 1 that tells little."""

    @property
    def few(self) -> bool:
        """Whether it rests on too few articles."""
        return self.value is not None and self.articles < ENOUGH

    def plain(self) -> dict[str, Any]:
        """Give the figure for JSON."""
        low, high = self.interval or (None, None)
        return {
            "value": _rounded(self.value),
            "low": _rounded(low),
            "high": _rounded(high),
            "articles": self.articles,
            "of": self.of,
            "few": self.few,
            "single": self.single,
        }


NO_FIGURE = Figure(None)


def _rounded(figure: float | None) -> float | None:
    return None if figure is None else round(figure, DIGITS) + 0.0  # no -0.0
