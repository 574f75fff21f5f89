"""The scores as one table of CSV: a row for each level, and one for each part of each of its breakdowns."""

from collections.abc import Iterator, Sequence

from annotator.formats.csv_table import Cell, csv_table
from annotator.scoring.figures import FIGURES, bounds, figures
from annotator.scoring.report import Report
from annotator.scoring.score import Score
from annotator.scoring.spread import Intervals

_COUNTS = ("tp", "pred", "gold")
_HEAD = (
    "level",
    "facet",
    "value",
    *_COUNTS,
    *FIGURES,
    *(f"{figure}_{end}" for figure in FIGURES for end in ("low", "high")),
    "articles",
    "signature",
)


def score_csv(report: Report) -> bytes:
    """Give the scores as CSV; facet and value are empty for a whole level, and what is undefined is an empty cell."""
    return csv_table(_HEAD, _rows(report))


def _rows(report: Report) -> Iterator[Sequence[Cell]]:
    signed = str(report.signature)
    for name, score in report.items():
        yield name, "", "", *_cells(score, report.intervals(name)), report.articles(name), signed
        for facet in report.facets(name):
            intervals, articles = report.intervals_by(name, facet) or {}, report.articles_by(name, facet) or {}
            for value, part in report.by(name, facet).items():
                yield name, facet, value, *_cells(part, intervals.get(value)), articles.get(value), signed


def _cells(score: Score, intervals: Intervals | None) -> Iterator[Cell]:
    told = figures(score)
    yield from (told[name] for name in (*_COUNTS, *FIGURES))
    for figure in FIGURES:
        low, high = bounds(None if intervals is None else getattr(intervals, figure)) or (None, None)
        yield from (low, high)
