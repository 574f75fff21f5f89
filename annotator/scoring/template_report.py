"""What a score of templates says: counts by role under a signature, and beside it our levels over the same files."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any

import orjson

from annotator.model.problem import Problem
from annotator.scoring.figures import DIGITS, between, percent
from annotator.scoring.report import Report, plain_intervals
from annotator.scoring.score import Score
from annotator.scoring.signature import Signature
from annotator.scoring.spread import Intervals
from annotator.scoring.templates import TemplateScore, total_of
from annotator.statistics.enough import ENOUGH, FEW, WHAT_FEW_MEANS

BESIDE = ("argument-", "entities", "events-", "article")
"""How the levels begin that templates say something of: they have neither triggers nor numbers, nor all mentions."""

_HEAD = ("templates", "P %", "R %", "F1 %", "right", "predicted", "found", "gold", "95 % of F1")
_HEAD_BESIDE = ("by spans", "P %", "R %", "F1 %", "right", "predicted", "", "gold", "95 % of F1")


@dataclass(frozen=True)
class TemplateReport:
    """Counts of templates by role, and what they come to."""

    signature: Signature
    by_role: Mapping[str, TemplateScore]
    """The sums over articles."""
    intervals: Intervals | None = None
    """Of the sums over roles, by drawing articles; None without draws."""
    articles: int = 0
    """How many articles have anything: what the intervals rest on."""
    by_spans: Report | None = None
    """Our own levels, where gold gives the texts."""
    warnings: tuple[Problem, ...] = ()
    """What was counted although it looks like an oversight."""

    @cached_property
    def total(self) -> TemplateScore:
        """The sums over roles."""
        return total_of(self.by_role.values())

    @cached_property
    def beside(self) -> Mapping[str, Score]:
        """Our own levels that templates say something of, by name; none without texts."""
        levels: Mapping[str, Score] = self.by_spans or {}
        return MappingProxyType({name: score for name, score in levels.items() if name.startswith(BESIDE)})

    def to_json(self) -> bytes:
        """Give the report as JSON with sorted keys and a final newline: the same bytes for the same counts."""
        by_role = {role: _figures(score) for role, score in self.by_role.items()}
        intervals = plain_intervals(self.intervals, self.articles)
        written: dict[str, Any] = {
            "templates": _figures(self.total) | {"by": {"role": by_role}, "intervals": intervals},
            "signature": str(self.signature),
            "signature_parts": self.signature._asdict(),
            "warnings": [problem.plain() for problem in self.warnings],
        }
        if self.by_spans is not None:
            spans = self.by_spans.plain()
            levels = {name: level for name, level in spans["levels"].items() if name in self.beside}
            written["spans"] = {name: spans[name] for name in ("signature", "signature_parts")} | {"levels": levels}
        return orjson.dumps(written, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)

    def table(self) -> str:
        """Give the scores as tables of plain text, each with its signature under it, and 95 % intervals of F1."""
        upper: list[tuple[str, ...]] = [_HEAD, _cells("all", self.total, *map(str, self.total), self._between())]
        upper += [_cells(f"  {role}", score, *map(str, score), "") for role, score in self.by_role.items()]
        lower = list(self._lines_beside())
        shown = None if self.intervals is not None else -1
        lines = _aligned([line[:shown] for line in (*upper, *lower)])
        rows = _signed(lines[: len(upper)], self.signature)
        if self.by_spans is not None:
            rows += _signed(lines[len(upper) :], self.by_spans.signature)
        return "\n".join(rows)

    def _between(self) -> str:
        return "" if self.intervals is None else between(self.intervals.f1, few=self.articles < ENOUGH)

    def _lines_beside(self) -> Iterator[tuple[str, ...]]:
        if self.by_spans is None:
            return
        yield _HEAD_BESIDE
        for name, score in self.beside.items():
            right, predicted, gold = map(str, score)
            yield _cells(name, score, right, predicted, "", gold, self.by_spans.told_interval(name))


def _figures(score: TemplateScore) -> dict[str, Any]:
    figures = {"precision": score.precision, "recall": score.recall, "f1": score.f1}
    return score._asdict() | {name: None if one is None else round(one, DIGITS) for name, one in figures.items()}


def _cells(name: str, score: TemplateScore | Score, *counts: str) -> tuple[str, ...]:
    return (name, *map(percent, (score.precision, score.recall, score.f1)), *counts)


def _signed(lines: Sequence[str], signature: Signature) -> list[str]:
    few = [f"{FEW} {WHAT_FEW_MEANS}"] if any(line.endswith(FEW) for line in lines) else []
    return [*lines, "", *few, str(signature), ""]


def _aligned(lines: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return ["  ".join([line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])]).rstrip() for line in lines]
