"""Counts of what was right, predicted and in gold, and the three figures that follow from them."""

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple


class Score(NamedTuple):
    """Counts at one level, and what follows from them. 0/0 is undefined: None, never 0 or 1."""

    tp: int | Fraction = 0
    """Predictions that match gold, one-to-one; where a match can be partial, the credit for them, exactly."""
    pred: int = 0
    """Predictions."""
    gold: int = 0
    """What gold has."""

    @property
    def precision(self) -> float | None:
        """The share of predictions that are right: tp / pred."""
        return float(self.tp / self.pred) if self.pred else None

    @property
    def recall(self) -> float | None:
        """The share of gold that was found: tp / gold."""
        return float(self.tp / self.gold) if self.gold else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both: 2 tp / (pred + gold)."""
        return float(2 * self.tp / (self.pred + self.gold)) if self.pred or self.gold else None

    def plus(self, other: "Score") -> "Score":
        """Give the sum of the counts: figures are never averaged."""
        return Score(self.tp + other.tp, self.pred + other.pred, self.gold + other.gold)


class Sum:
    """A score while it is summed over articles.

    Parts are kept by their wholes and only put together at the end: exact, without denominators that grow on the way.
    """

    __slots__ = ("_gold", "_parts", "_pred", "_whole")

    def __init__(self) -> None:
        self._whole = self._pred = self._gold = 0
        self._parts: dict[int, int] | None = None

    def add(self, score: Score) -> None:
        """Add the counts of one article."""
        self._pred += score.pred
        self._gold += score.gold
        if isinstance(score.tp, int):
            self._whole += score.tp
        else:
            self.add_share(score.tp.numerator, score.tp.denominator)

    def add_share(self, part: int, whole: int) -> None:
        """Add a credit of `part / whole` to what is right."""
        if self._parts is None:
            self._parts = defaultdict(int)
        self._parts[whole] += part

    def add_counts(self, tp: int, pred: int, gold: int) -> None:
        """Add counts as they are."""
        self._whole += tp
        self._pred += pred
        self._gold += gold

    def score(self) -> Score:
        """Give the sum."""
        shares = (Fraction(part, whole) for whole, part in (self._parts or {}).items())
        return Score(plain(self._whole + sum(shares, Fraction())), self._pred, self._gold)


def total(scores: Iterable[Score]) -> Score:
    """Give the sum of scores."""
    summed = Sum()
    for score in scores:
        summed.add(score)
    return summed.score()


def plain(credit: int | Fraction) -> int | Fraction:
    """Give a credit as an integer where it is one."""
    return credit.numerator if credit.denominator == 1 else credit
