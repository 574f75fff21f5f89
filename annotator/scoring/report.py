"""What a score says: the counts of every level with their breakdowns, under a signature, as a table and as JSON.

Figures are rounded here, when they are written, and nowhere before.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import Any

import orjson

from annotator.model.problem import Problem
from annotator.scoring.counting import Row
from annotator.scoring.levels import ALIASES, LEVELS
from annotator.scoring.score import Score, Sum
from annotator.scoring.signature import Signature

DIGITS = 6
"""To how many digits JSON gives a figure."""

LANGUAGE = "language"
"""The facet that every level has."""

_HEAD = ("level", "P %", "R %", "F1 %", "right", "predicted", "gold")


@dataclass(frozen=True)
class Report(Mapping[str, Score]):
    """Scores by level name, or by the short names `mentions`, `triggers`, `arguments`, `numbers`, `articles`."""

    signature: Signature
    counts: Mapping[tuple[str, str, Row], Score]
    """The sums over articles, by level, language and row of the level's breakdown."""
    warnings: tuple[Problem, ...] = ()
    """What was counted although it looks like an oversight."""

    def __getitem__(self, name: str) -> Score:
        return self._totals[ALIASES.get(name, name)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._totals)

    def __len__(self) -> int:
        return len(self._totals)

    def by(self, name: str, facet: str) -> dict[str, Score]:
        """Give the scores of a level by `kind`, `label`, `type` or `role`, as the level has it, or by `language`.

        Raises KeyError for a facet that the level does not have.
        """
        name = ALIASES.get(name, name)
        if facet not in self._facets[name]:
            raise KeyError(f"{name} is not broken down by {facet}")
        place = None if facet == LANGUAGE else self._facets[name].index(facet)
        sums: dict[str, Sum] = defaultdict(Sum)
        for (level, language, row), score in self.counts.items():
            if level == name:
                sums[language if place is None else row[place]].add(score)
        return {key: one.score() for key, one in sorted(sums.items())}

    def to_json(self) -> bytes:
        """Give the report as JSON with sorted keys and a final newline: the same bytes for the same counts."""
        levels = {
            name: _figures(score)
            | {"by": {facet: {key: _figures(part) for key, part in self.by(name, facet).items()} for facet in facets}}
            for (name, score), facets in zip(self.items(), self._facets.values(), strict=True)
        }
        written = {
            "levels": levels,
            "signature": str(self.signature),
            "signature_parts": self.signature._asdict(),
            "warnings": [problem.plain() for problem in self.warnings],
        }
        return orjson.dumps(written, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)

    def table(self) -> str:
        """Give the scores as a table of plain text, mentions also by kind, with the signature under it."""
        lines = []
        for name, score in self.items():
            lines.append(_cells(name, score))
            if "kind" in self._facets[name]:
                lines += [_cells(f"  {kind}", part) for kind, part in self.by(name, "kind").items()]
        widths = [max(map(len, column)) for column in zip(_HEAD, *lines, strict=True)]
        rows = [
            "  ".join([line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])]).rstrip()
            for line in (_HEAD, *lines)
        ]
        return "\n".join([*rows, "", str(self.signature), ""])

    @cached_property
    def _facets(self) -> Mapping[str, tuple[str, ...]]:
        return MappingProxyType({level.name: (*level.facets, LANGUAGE) for level in LEVELS})

    @cached_property
    def _totals(self) -> Mapping[str, Score]:
        sums = {level.name: Sum() for level in LEVELS}
        for (name, _, _), score in self.counts.items():
            sums[name].add(score)
        return MappingProxyType({name: one.score() for name, one in sums.items()})


def _figures(score: Score) -> dict[str, Any]:
    rounded = {
        name: None if figure is None else round(figure, DIGITS)
        for name, figure in (("precision", score.precision), ("recall", score.recall), ("f1", score.f1))
    }
    return score._asdict() | {"tp": _credit(score.tp)} | rounded


def _credit(tp: int | Fraction) -> int | float:
    return tp if isinstance(tp, int) else round(float(tp), DIGITS)


def _cells(name: str, score: Score) -> tuple[str, ...]:
    right = str(score.tp) if isinstance(score.tp, int) else f"{float(score.tp):.2f}"
    return (name, *map(_percent, (score.precision, score.recall, score.f1)), right, str(score.pred), str(score.gold))


def _percent(figure: float | None) -> str:
    return "n/a" if figure is None else f"{100 * figure:.2f}"
