"""All that a report on one file of predictions shows: its scores, what was taken for what, the commonest errors, and
precision and recall by confidence. Predictions are read once, also from standard input, and held.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from heapq import nsmallest
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from annotator.formats.confidences import Sureness
from annotator.formats.known import Tally
from annotator.model.problem import Problem
from annotator.scoring.articles import joined, score_documents
from annotator.scoring.confidence import Curve, Curves
from annotator.scoring.confusion import Confusions
from annotator.scoring.document import Document
from annotator.scoring.errors import ScoringError, compared
from annotator.scoring.report import Report, plain_intervals
from annotator.statistics.bootstrap import SEED, TRIALS
from annotator.workflow.erring import in_groups
from annotator.workflow.evaluating import Gold, load_gold, predicted

EXAMPLES = 3
"""Errors of a group that are kept, from the first articles by id."""

_KEPT_AT_ONCE = 64
"""How many are kept before all but those are let go."""


class Group(NamedTuple):
    """Errors of one sort."""

    name: str
    times: int
    """How many there are."""
    examples: tuple[ScoringError, ...]


@dataclass(frozen=True, slots=True)
class ScoreDetails:
    """What a report shows."""

    report: Report
    confusion: Confusions
    groups: tuple[Group, ...]
    """Errors by sort, commonest first."""
    curves: Mapping[str, Curve]
    """By level; those without any confidence are absent."""
    texts: Mapping[str, str]
    """The texts at hand by article id."""

    def to_json(self) -> bytes:
        """Give the report as JSON as `Report.to_json` does, with intervals of every breakdown, and the curves."""
        plain = self.report.plain()
        plain["by_confidence"] = {level: curve.plain() for level, curve in self.curves.items()}
        for name, level in plain["levels"].items():
            level["intervals_by"] = _intervals_by(self.report, name)
        return orjson.dumps(plain, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)


def score_details(
    gold: Gold | str | Path,
    predictions: str | Path,
    *,
    allow: Collection[str] = (),
    judged: bool = False,
    boot: int = TRIALS,
    seed: int = SEED,
    levels: Collection[str] = (),
    ids: str | Path | None = None,
) -> ScoreDetails:
    """Give the scores of a file of predictions as `score` does, and what else there is to say of it.

    Raises `Refusal` as `score` does.
    """
    loaded = gold if isinstance(gold, Gold) else load_gold(gold)
    problems, sureness = list[Problem](), Sureness()
    tally = Tally(sureness=sureness)
    documents = tuple(predicted(loaded, predictions, problems, allow=allow, judged=judged, ids=ids, tally=tally))
    report = score_documents(
        loaded.documents,
        documents,
        gold_name=loaded.name,
        over="judged" if judged else "all",
        boot=boot,
        seed=seed,
        levels=levels,
    )
    report = replace(report, warnings=(*loaded.warnings, *problems, *report.warnings))
    curves, confusion, groups = Curves(report.levels), Confusions(), _Groups()
    for ours, theirs in joined(loaded.documents, documents):
        said = theirs or Document(ours.article_id, ours.language)
        curves.add(ours, said, sureness.by_article.get(ours.article_id))
        found = compared(ours, said)
        confusion.add(found)
        groups.add(found.errors)
    return ScoreDetails(report, confusion, groups.commonest(), curves.curves(), loaded.known.texts)


class _Groups:
    """Errors by sort while they are counted: of each a few are kept."""

    def __init__(self) -> None:
        self._times = Counter[str]()
        self._kept: dict[str, list[ScoringError]] = {}

    def add(self, errors: Collection[ScoringError]) -> None:
        """Take in the errors of one article."""
        self._times.update(error.group for error in errors)
        for error in errors:
            kept = self._kept.setdefault(error.group, [])
            kept.append(error)
            if len(kept) == _KEPT_AT_ONCE:
                kept[:] = _first(kept)

    def commonest(self) -> tuple[Group, ...]:
        """Give all groups, commonest first."""
        return tuple(
            Group(name, times, tuple(_first(self._kept[name]))) for name, times in in_groups(self._times).items()
        )


def _first(errors: Collection[ScoringError]) -> list[ScoringError]:
    # In an article they come in their order already, and what is equal stays in it.
    return nsmallest(EXAMPLES, errors, key=lambda error: error.article_id)


def _intervals_by(report: Report, name: str) -> dict[str, Any] | None:
    """Give the intervals of every breakdown of a level for JSON; None where none were asked for."""
    if report.spread is None:
        return None
    found = {}
    for facet in report.facets(name):
        intervals, articles = report.intervals_by(name, facet) or {}, report.articles_by(name, facet) or {}
        found[facet] = {value: plain_intervals(one, articles[value]) for value, one in intervals.items()}
    return found
