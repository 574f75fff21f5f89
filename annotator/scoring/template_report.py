"""What a score of templates says: counts by role under a signature, and beside it our levels over the same files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any

import orjson

from annotator.model.problem import Problem
from annotator.scoring.report import DIGITS, Report
from annotator.scoring.score import Score
from annotator.scoring.signature import Signature
from annotator.scoring.templates import TemplateScore

BESIDE = ("argument-", "entities", "events-", "article")
"""How the levels begin that templates say something of: they have neither triggers nor numbers, nor all mentions."""

_HEAD = ("templates", "P %", "R %", "F1 %", "right", "predicted", "found", "gold")
_HEAD_BESIDE = ("by spans", "P %", "R %", "F1 %", "right", "predicted", "", "gold")


@dataclass(frozen=True)
class TemplateReport:
    """Counts of templates by role, and what they come to."""

    signature: Signature
    by_role: Mapping[str, TemplateScore]
    """The sums over articles."""
    by_spans: Report | None = None
    """Our own levels, where gold gives the texts."""
    warnings: tuple[Problem, ...] = ()
    """What was counted although it looks like an oversight."""

    @cached_property
    def total(self) -> TemplateScore:
        """The sums over roles."""
        total = TemplateScore()
        for score in self.by_role.values():
            total = total.plus(score)
        return total

    @cached_property
    def beside(self) -> Mapping[str, Score]:
        """Our own levels that templates say something of, by name; none without texts."""
        levels: Mapping[str, Score] = self.by_spans or {}
        return MappingProxyType({name: score for name, score in levels.items() if name.startswith(BESIDE)})

    def to_json(self) -> bytes:
        """Give the report as JSON with sorted keys and a final newline: the same bytes for the same counts."""
        by_role = {role: _figures(score) for role, score in self.by_role.items()}
        written = {
            "templates": _figures(self.total) | {"by": {"role": by_role}},
            "signature": str(self.signature),
            "signature_parts": self.signature._asdict(),
            "warnings": [problem.plain() for problem in self.warnings],
        }
        if self.by_spans is not None:
            spans = orjson.loads(self.by_spans.to_json())
            levels = {name: level for name, level in spans["levels"].items() if name in self.beside}
            written["spans"] = {name: spans[name] for name in ("signature", "signature_parts")} | {"levels": levels}
        return orjson.dumps(written, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)

    def table(self) -> str:
        """Give the scores as tables of plain text, each with its signature under it."""
        lines: list[tuple[str, ...]] = [_HEAD, _cells("all", self.total, *map(str, self.total))]
        lines += [_cells(f"  {role}", score, *map(str, score)) for role, score in self.by_role.items()]
        if self.by_spans is None:
            return "\n".join([*_aligned(lines), "", str(self.signature), ""])
        spans: list[tuple[str, ...]] = [_HEAD_BESIDE]
        for name, score in self.beside.items():
            right, predicted, gold = map(str, score)
            spans.append(_cells(name, score, right, predicted, "", gold))
        rows = _aligned([*lines, *spans])
        upper, lower = rows[: len(lines)], rows[len(lines) :]
        return "\n".join([*upper, "", str(self.signature), "", *lower, "", str(self.by_spans.signature), ""])


def _figures(score: TemplateScore) -> dict[str, Any]:
    figures = {"precision": score.precision, "recall": score.recall, "f1": score.f1}
    return score._asdict() | {name: None if one is None else round(one, DIGITS) for name, one in figures.items()}


def _cells(name: str, score: TemplateScore | Score, *counts: str) -> tuple[str, ...]:
    figures = (score.precision, score.recall, score.f1)
    return (name, *("n/a" if one is None else f"{100 * one:.2f}" for one in figures), *counts)


def _aligned(lines: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return ["  ".join([line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])]).rstrip() for line in lines]
