"""What reports on a score say, however they are written: what leads, its breakdowns, whether floors were reached."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from annotator.scoring.figures import between, counted, percent
from annotator.scoring.levels import ALIASES
from annotator.scoring.report import LANGUAGE, SOURCE, Report
from annotator.scoring.score import Score
from annotator.statistics.bootstrap import Interval
from annotator.statistics.enough import is_few
from annotator.workflow.floors import Floor, missed

MOST = 60
"""Rows of a breakdown: those with most in gold and predictions together."""


class Row(NamedTuple):
    """One part of a breakdown."""

    value: str
    score: Score
    interval: Interval | None
    """Of F1."""
    told: str | None
    """The interval for people; None where none were asked for."""
    articles: int | None
    """How many articles have anything to say there."""


class Held(NamedTuple):
    """What came of a floor."""

    reached: bool
    told: str


def leading(report: Report) -> tuple[str, ...]:
    """Give the level of each task that leads; where none of those was asked for, what was."""
    return tuple(name for name in report if name in ALIASES.values()) or tuple(report)


def told_interval(report: Report, name: str) -> str | None:
    """Give the interval of a level's F1 for people; None where none were asked for."""
    return None if report.spread is None else report.told_interval(name)


def figure_names(report: Report, unit: str = "") -> tuple[str, ...]:
    """Give what columns are called that hold what `figure_cells` gives."""
    first, *others = (f"{name}{unit}" for name in ("F1", "P", "R"))
    return (first, *(() if report.spread is None else ("F1 95 %",)), *others, "right", "predicted", "gold")


def figure_cells(score: Score, interval: str | None) -> tuple[str, ...]:
    """Give a score's figures in per cent, with the interval of F1 where there is one, and its counts."""
    told = () if interval is None else (interval,)
    return percent(score.f1), *told, percent(score.precision), percent(score.recall), *counted(score)


def facets(report: Report) -> list[str]:
    """Give what the leading levels are broken down by; what all of them have comes last."""
    found = dict.fromkeys(facet for name in leading(report) for facet in report.facets(name))
    return [*(facet for facet in found if facet not in (LANGUAGE, SOURCE)), LANGUAGE, SOURCE]


def breakdowns(report: Report, facet: str) -> Iterator[tuple[str, tuple[Row, ...], int]]:
    """Give each leading level that has a facet with the rows of its breakdown, and how many rare ones are left out.

    One language or one outlet alone is no breakdown.
    """
    for name in leading(report):
        if facet in report.facets(name):
            parts = report.by(name, facet)
            if parts and (len(parts) > 1 or facet not in (LANGUAGE, SOURCE)):
                yield name, tuple(_rows(report, name, facet)), max(0, len(parts) - MOST)


def _rows(report: Report, name: str, facet: str) -> Iterator[Row]:
    parts = report.by(name, facet)
    intervals, articles = report.intervals_by(name, facet) or {}, report.articles_by(name, facet) or {}
    most = sorted(parts, key=lambda value: (-parts[value].gold - parts[value].pred, value))[:MOST]
    for value in sorted(most):
        interval = intervals[value].f1 if value in intervals else None
        told = None if report.spread is None else between(interval, few=is_few(articles.get(value)))
        yield Row(value, parts[value], interval, told, articles.get(value))


def held_to(report: Report, floors: Iterable[Floor]) -> Iterator[Held]:
    """Give of every floor whether it was reached, and a sentence."""
    for one in floors:
        missing = next(missed(report, [one]), None)
        f1 = report[one.level].f1
        if missing is not None:
            yield Held(False, missing)
        elif f1 is not None:
            yield Held(True, f"{one.called}: F1 is {f1:.4f}, at least {one.written}.")
