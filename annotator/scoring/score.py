"""Counts of what was right, predicted and in gold, and the three figures that follow from them."""

from typing import NamedTuple


class Score(NamedTuple):
    """Counts at one level, and what follows from them. 0/0 is undefined: None, never 0 or 1."""

    tp: int = 0
    """Predictions that match gold, one-to-one."""
    pred: int = 0
    """Predictions."""
    gold: int = 0
    """What gold has."""

    @property
    def precision(self) -> float | None:
        """The share of predictions that are right: tp / pred."""
        return self.tp / self.pred if self.pred else None

    @property
    def recall(self) -> float | None:
        """The share of gold that was found: tp / gold."""
        return self.tp / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both: 2 tp / (pred + gold)."""
        return 2 * self.tp / (self.pred + self.gold) if self.pred or self.gold else None

    def plus(self, other: "Score") -> "Score":
        """Give the sum of the counts: figures are never averaged."""
        return Score(self.tp + other.tp, self.pred + other.pred, self.gold + other.gold)
