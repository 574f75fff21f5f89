"""Scores as they are written: figures are rounded here, for JSON and for people, and nowhere before."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from annotator.scoring.macro import Macro
from annotator.scoring.score import Score
from annotator.statistics.bootstrap import Interval
from annotator.statistics.enough import FEW

DIGITS = 6
"""To how many digits JSON gives a figure."""

FIGURES = ("precision", "recall", "f1")
"""What follows from counts."""


def figures(score: Score) -> dict[str, Any]:
    """Give a score's counts and figures for JSON; undefined figures are None."""
    return score._asdict() | {"tp": _credit(score.tp)} | rounded(score)


def rounded(said: Score | Macro) -> dict[str, float | None]:
    """Give figures for JSON; undefined ones are None."""
    found = {name: getattr(said, name) for name in FIGURES}
    return {name: None if figure is None else round(figure, DIGITS) for name, figure in found.items()}


def bounds(interval: Interval | None) -> list[float] | None:
    """Give an interval for JSON."""
    return None if interval is None else [round(bound, DIGITS) for bound in interval]


def counted(score: Score) -> Iterable[str]:
    """Give the counts for people."""
    right = str(score.tp) if isinstance(score.tp, int) else f"{float(score.tp):.2f}"
    return right, str(score.pred), str(score.gold)


def percent(figure: float | None) -> str:
    """Give a figure in percent, for people."""
    return "n/a" if figure is None else f"{100 * figure:.2f}"


def between(interval: Interval | None, *, few: bool = False) -> str:
    """Give an interval in percent, for people, marked where it rests on `few` articles."""
    return "n/a" if interval is None else f"{100 * interval[0]:.2f} to {100 * interval[1]:.2f}{FEW * few}"


def _credit(tp: int | Fraction) -> int | float:
    return tp if isinstance(tp, int) else round(float(tp), DIGITS)
