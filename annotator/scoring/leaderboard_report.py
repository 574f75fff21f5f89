"""What a leaderboard says: systems in their order, level by level under a signature, as tables and as JSON."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import inf
from types import MappingProxyType
from typing import Any, NamedTuple

import orjson

from annotator.model.problem import Problem
from annotator.scoring.comparison_report import CHANCE, chance, too_few
from annotator.scoring.figures import between, figures, percent
from annotator.scoring.levels import ALIASES
from annotator.scoring.report import plain_intervals
from annotator.scoring.score import Score
from annotator.scoring.spread import Intervals
from annotator.statistics.enough import ENOUGH, FEW, WHAT_FEW_MEANS
from annotator.text.display import display
from annotator.version import __version__

AMONG_BEST = "="
"""Marks a system that is not shown to be worse than the best."""


_HEAD = ("rank", "system", "P %", "R %", "F1 %", "F1 95 %", "p", "")


class BoardSignature(NamedTuple):
    """The parts of the signature of a leaderboard, in the order in which they are written; `v` is always last."""

    gold: str
    sha: str
    n: int
    """Gold articles."""
    lang: str
    systems: int
    over: str
    task: str
    """The levels."""
    by: str
    """The level that systems are sorted by."""
    figure: str = "f1"
    test: str = "randomisation"
    against: str = "best"
    correction: str = "holm"
    trials: int = 0
    """How often articles were traded."""
    boot: int = 0
    """How often articles were drawn for the intervals; 0 where there are none."""
    seed: int = 0
    """What trades and draws follow from."""
    v: str = __version__

    def __str__(self) -> str:
        return "|".join(f"{name}:{part}" for name, part in self._asdict().items())


class Standing(NamedTuple):
    """How one system does at one level."""

    score: Score
    intervals: Intervals
    """95 %; None where none were asked for, or fewer than two articles say anything."""
    articles: int
    """How many articles have anything to say."""
    rank: int | None
    """One more than there are systems with a higher F1, so equal ones share it; None where there is no F1."""
    p: float | None
    """How likely chance alone sets the best so far off, corrected; None for the best themselves and without F1."""

    @property
    def among_best(self) -> bool:
        """Whether it is the best, or not significantly worse."""
        return self.rank == 1 or (self.p is not None and self.p >= CHANCE)

    @property
    def place(self) -> float:
        """The rank, to sort by: what has none comes last."""
        return inf if self.rank is None else self.rank

    @property
    def few(self) -> bool:
        """Whether it has an interval of F1 that rests on too few articles."""
        return self.intervals.f1 is not None and self.articles < ENOUGH

    def told_interval(self) -> str:
        """Give the interval of F1 for people, marked where it rests on too few articles."""
        return between(self.intervals.f1, few=self.few)

    def plain(self) -> dict[str, Any]:
        """Give the standing for JSON."""
        return figures(self.score) | {
            "intervals": plain_intervals(self.intervals, self.articles),
            "rank": self.rank,
            "p": self.p,
            "among_best": self.among_best,
        }


@dataclass(frozen=True)
class Entry(Mapping[str, Standing]):
    """One system: how it does by level name, or by one of the short names of `ALIASES`."""

    system: str
    file: str
    """Of its predictions, as it was written."""
    standings: Mapping[str, Standing]

    def __getitem__(self, name: str) -> Standing:
        return self.standings[ALIASES.get(name, name)]

    def __iter__(self) -> Iterator[str]:
        return iter(self.standings)

    def __len__(self) -> int:
        return len(self.standings)


@dataclass(frozen=True)
class Leaderboard(Mapping[str, Entry]):
    """Systems by name: the best at the level `by` comes first, equal ones by name, those without an F1 there last."""

    signature: BoardSignature
    by: str
    levels: tuple[str, ...]
    """By name, that one first."""
    entries: tuple[Entry, ...]
    warnings: tuple[Problem, ...] = ()
    """What was counted although it looks like an oversight."""

    def __getitem__(self, name: str) -> Entry:
        return self._by_name[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_name)

    def __len__(self) -> int:
        return len(self.entries)

    def plain(self) -> dict[str, Any]:
        """Give the leaderboard for JSON."""
        return {
            "by": self.by,
            "levels": list(self.levels),
            "systems": [
                {
                    "system": entry.system,
                    "file": entry.file,
                    "rank": entry[self.by].rank,
                    "levels": {name: entry[name].plain() for name in self.levels},
                }
                for entry in self.entries
            ],
            "signature": str(self.signature),
            "signature_parts": self.signature._asdict(),
            "warnings": [problem.plain() for problem in self.warnings],
        }

    def to_json(self) -> bytes:
        """Give the leaderboard as JSON with sorted keys and a final newline: the same bytes for the same counts."""
        return orjson.dumps(self.plain(), option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)

    def table(self) -> str:
        """Give the systems as plain text, a table a level, all in one order, with the signature under them."""
        blocks = [[name, *self._rows(name), ""] for name in self.levels]
        return "\n".join([line for block in blocks for line in block] + [*self.remarks(), "", str(self.signature), ""])

    def remarks(self) -> list[str]:
        """Give the sentences that say what the marks mean that there are."""
        few = any(entry[level].few for entry in self.entries for level in self.levels)
        said = [f"{FEW} {WHAT_FEW_MEANS}."] if few else []
        if len(self) < 2:
            return said
        said += [
            f"{AMONG_BEST} the best of the level, and what is not significantly worse than it (p >= {CHANCE}).",
            "  p is of trading whole articles with the best at random, corrected by Holm for all systems below it;",
            "  each level is tested by itself.",
        ]
        if too_few(self.signature.n, self._tested):
            said.append(f"  {self.signature.n} articles are too few to show that any of them is worse.")
        return said

    @property
    def _tested(self) -> int:
        """How many systems the correction is for, at the level where that is fewest."""
        tested = [sum(entry[level].p is not None for entry in self.entries) for level in self.levels]
        return min(filter(None, tested), default=1)

    @cached_property
    def _by_name(self) -> Mapping[str, Entry]:
        return MappingProxyType({entry.system: entry for entry in self.entries})

    def _rows(self, level: str) -> list[str]:
        lines = [self._cells(entry.system, entry[level]) for entry in self.entries]
        left_out = {"F1 95 %"} if not self.signature.boot else set()
        if len(self) < 2:
            left_out |= {"p", ""}
        columns = [column for column in zip(_HEAD, *lines, strict=True) if column[0] not in left_out]
        widths = [max(map(len, column)) for column in columns]
        return [
            "  ".join(
                [line[0].rjust(widths[0]), line[1].ljust(widths[1]), *map(str.rjust, line[2:], widths[2:])]
            ).rstrip()
            for line in zip(*columns, strict=True)
        ]

    def _cells(self, system: str, one: Standing) -> tuple[str, ...]:
        found = map(percent, (one.score.precision, one.score.recall, one.score.f1))
        p = "" if one.p is None else chance(one.p)
        mark = AMONG_BEST if one.among_best else ""
        return (rank_of(one), display(system), *found, one.told_interval(), p, mark)


def rank_of(standing: Standing) -> str:
    """Give the rank for people."""
    return "n/a" if standing.rank is None else str(standing.rank)
