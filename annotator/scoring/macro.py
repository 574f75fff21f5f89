"""Macro figures: the mean over labels, each label counting the same however rare it is. Secondary to the sums."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from annotator.scoring.score import Score


class Macro(NamedTuple):
    """Means over the labels that gold has: what is only predicted is left out, as no recall of it could be told."""

    precision: float | None = None
    """Over those of the labels that are predicted at all: of others it is undefined."""
    recall: float | None = None
    f1: float | None = None
    labels: int = 0
    """How many labels gold has."""


def macro(by_label: Iterable[Score]) -> Macro:
    """Give the means over labels, exactly until the end, so that their order changes nothing."""
    scores = [score for score in by_label if score.gold]
    return Macro(
        _mean([Fraction(score.tp) / score.pred for score in scores if score.pred]),
        _mean([Fraction(score.tp) / score.gold for score in scores]),
        _mean([2 * Fraction(score.tp) / (score.pred + score.gold) for score in scores]),
        len(scores),
    )


def _mean(figures: Sequence[Fraction]) -> float | None:
    return float(sum(figures, Fraction()) / len(figures)) if figures else None
