"""What a score says: the counts of every level with their breakdowns, under a signature, as a table and as JSON.

How figures are rounded and written is `figures.py`'s.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any

import orjson

from annotator.model.problem import Problem
from annotator.scoring.counting import Key
from annotator.scoring.figures import FIGURES, between, bounds, counted, figures, percent, rounded
from annotator.scoring.levels import ALIASES, LEVELS, Level
from annotator.scoring.macro import Macro, macro
from annotator.scoring.score import Score, total
from annotator.scoring.signature import Signature
from annotator.scoring.spread import Intervals, Spread
from annotator.statistics.enough import FEW, WHAT_FEW_MEANS, is_few

LANGUAGE, SOURCE = "language", "source"
"""The facets that every level has."""

_HEAD = ("level", "P %", "R %", "F1 %", "right", "predicted", "gold", "macro F1 %", "F1 95 %")


@dataclass(frozen=True)
class Report(Mapping[str, Score]):
    """Scores by level name, or by one of the short names of `ALIASES`: `mentions`, `triggers`, `arguments`, …"""

    signature: Signature
    counts: Mapping[Key, Score]
    """The sums over articles, by level, language, source and row of the level's breakdown."""
    warnings: tuple[Problem, ...] = ()
    """What was counted although it looks like an oversight."""
    spread: Spread | None = None
    """What intervals are drawn from, where they were asked for."""
    levels: tuple[Level, ...] = LEVELS
    """The levels that were asked for."""

    def __getitem__(self, name: str) -> Score:
        return self._totals[ALIASES.get(name, name)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._totals)

    def __len__(self) -> int:
        return len(self._totals)

    def by(self, name: str, facet: str) -> dict[str, Score]:
        """Give the scores of a level by `language`, `source`, or one of its own facets, as `kind`, `type` or `role`.

        Raises KeyError for a facet that the level does not have.
        """
        return {value: self._sum(keys) for value, keys in self._parts(name, facet).items()}

    def macro(self, name: str) -> Macro:
        """Give the mean of a level's figures over the labels that gold has, where it is broken down by any."""
        name = ALIASES.get(name, name)
        rows: dict[tuple[str, ...], list[Key]] = defaultdict(list)
        for key in self._keys[name]:
            if key.row:
                rows[key.row].append(key)
        return macro(map(self._sum, rows.values()))

    def intervals(self, name: str) -> Intervals | None:
        """Give the 95 % intervals of a level's figures; None where none were asked for."""
        return self._intervals[ALIASES.get(name, name)] if self.spread is not None else None

    def intervals_by(self, name: str, facet: str) -> dict[str, Intervals] | None:
        """Give the 95 % intervals of a level's breakdown, as `by` gives its scores; None where none were asked for."""
        return None if self.spread is None else self.spread.intervals(self._parts(name, facet))

    def articles(self, name: str) -> int | None:
        """Give how many articles have anything to say at a level; None where no intervals were asked for."""
        return None if self.spread is None else self.spread.articles(self._keys[ALIASES.get(name, name)])

    def articles_by(self, name: str, facet: str) -> dict[str, int] | None:
        """Give how many have anything to say in each part of a level's breakdown, as `intervals_by` gives intervals."""
        if self.spread is None:
            return None
        return {value: self.spread.articles(keys) for value, keys in self._parts(name, facet).items()}

    def facets(self, name: str) -> tuple[str, ...]:
        """Give what a level is broken down by."""
        return self._facets[ALIASES.get(name, name)]

    @property
    def rests_on_few(self) -> bool:
        """Whether any level's interval rests on too few articles."""
        return any(is_few(self.articles(name)) for name, interval in self._intervals.items() if interval.f1 is not None)

    def told_interval(self, name: str) -> str:
        """Give the interval of a level's F1 for people, marked where it rests on too few articles."""
        intervals = self.intervals(name)
        return between(intervals and intervals.f1, few=is_few(self.articles(name)))

    def plain(self) -> dict[str, Any]:
        """Give the report for JSON: dicts, lists, strings, numbers and None."""
        return {
            "levels": {name: self._plain_level(name) for name in self},
            "signature": str(self.signature),
            "signature_parts": self.signature._asdict(),
            "warnings": [problem.plain() for problem in self.warnings],
        }

    def to_json(self) -> bytes:
        """Give the report as JSON with sorted keys and a final newline: the same bytes for the same counts."""
        return orjson.dumps(self.plain(), option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)

    def table(self) -> str:
        """Give the scores as a table of plain text, mentions also by kind, with the signature under it."""
        lines = []
        for name, score in self.items():
            lines.append((*_cells(name, score), percent(self.macro(name).f1), self.told_interval(name)))
            if "kind" in self._facets[name]:
                lines += [(*_cells(f"  {kind}", part), "", "") for kind, part in self.by(name, "kind").items()]
        columns = list(zip(_HEAD, *lines, strict=True))[: None if self.spread else -1]
        widths = [max(map(len, column)) for column in columns]
        rows = [
            "  ".join([line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])]).rstrip()
            for line in zip(*columns, strict=True)
        ]
        few = [f"{FEW} {WHAT_FEW_MEANS}"] if self.rests_on_few else []
        return "\n".join([*rows, "", *few, str(self.signature), ""])

    def _plain_level(self, name: str) -> dict[str, Any]:
        return figures(self[name]) | {
            "by": {
                facet: {value: figures(part) for value, part in self.by(name, facet).items()}
                for facet in self._facets[name]
            },
            "intervals": plain_intervals(self.intervals(name), self.articles(name)),
            "macro": rounded(self.macro(name)) | {"labels": self.macro(name).labels},
        }

    def _parts(self, name: str, facet: str) -> dict[str, list[Key]]:
        """Give the keys of a level by what a facet of theirs says, in its order."""
        name = ALIASES.get(name, name)
        if facet not in self._facets[name]:
            raise KeyError(f"{name} is not broken down by {facet}")
        parts: dict[str, list[Key]] = defaultdict(list)
        for key in self._keys[name]:
            if facet in (LANGUAGE, SOURCE):
                parts[key.language if facet == LANGUAGE else key.source].append(key)
            else:
                parts[key.row[self._facets[name].index(facet)]].append(key)
        return dict(sorted(parts.items()))

    def _sum(self, keys: list[Key]) -> Score:
        return total(self.counts[key] for key in keys)

    @cached_property
    def _facets(self) -> Mapping[str, tuple[str, ...]]:
        return MappingProxyType({level.name: (*level.facets, LANGUAGE, SOURCE) for level in self.levels})

    @cached_property
    def _keys(self) -> Mapping[str, list[Key]]:
        keys: dict[str, list[Key]] = {level.name: [] for level in self.levels}
        for key in self.counts:
            keys[key.level].append(key)
        return keys

    @cached_property
    def _totals(self) -> Mapping[str, Score]:
        return MappingProxyType({name: self._sum(keys) for name, keys in self._keys.items()})

    @cached_property
    def _intervals(self) -> Mapping[str, Intervals]:
        return self.spread.intervals(self._keys) if self.spread is not None else {}


def plain_intervals(intervals: Intervals | None, articles: int | None) -> dict[str, Any] | None:
    """Give intervals for JSON, and on how many articles they rest."""
    if intervals is None:
        return None
    return {"articles": articles, **{figure: bounds(getattr(intervals, figure)) for figure in FIGURES}}


def _cells(name: str, score: Score) -> tuple[str, ...]:
    return (name, *map(percent, (score.precision, score.recall, score.f1)), *counted(score))
