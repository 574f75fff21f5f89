"""What a comparison of two systems says: level by level under a signature, as tables and as JSON."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson

from annotator.model.problem import Problem
from annotator.scoring.figures import DIGITS, between, bounds, counted, figures, percent
from annotator.scoring.levels import ALIASES
from annotator.scoring.score import Score
from annotator.statistics.bootstrap import Interval
from annotator.version import __version__

CHANCE = 0.05
"""Below this p a difference is marked."""

_LEAST = 0.00005
"""The least p that four digits tell from 0."""

_HEAD = ("level", "A F1 %", "B F1 %", "A - B", "95 %", "p", "", "most on")
_HEAD_ARTICLES = ("A - B", "A right", "of", "B right", "of", "gold")


class PairSignature(NamedTuple):
    """The parts of the signature of a comparison, in the order in which they are written; `v` is always last."""

    gold: str
    sha: str
    n: int
    """Gold articles."""
    lang: str
    a: str
    b: str
    """What the systems are called."""
    over: str = "all"
    task: str = "all"
    figure: str = "f1"
    test: str = "randomisation"
    trials: int = 0
    """How often articles were traded."""
    boot: int = 0
    """How often articles were drawn for the intervals; 0 where there are none."""
    seed: int = 0
    """What trades and draws follow from."""
    v: str = __version__

    def __str__(self) -> str:
        return "|".join(f"{name}:{part}" for name, part in self._asdict().items())


class Decisive(NamedTuple):
    """An article that matters to a difference."""

    article_id: str
    contribution: float
    """Half of what the difference loses when the two systems trade this article; below 0 where it speaks for B."""
    a: Score
    b: Score


@dataclass(frozen=True, slots=True)
class Difference:
    """How far two systems differ at one level."""

    a: Score
    b: Score
    p: float | None
    """How likely chance alone makes them differ so far, either way; None where a side has no F1."""
    interval: Interval | None
    """The 95 % interval of the difference; None where none was asked for, or fewer than two articles say anything."""
    articles: tuple[Decisive, ...]
    """Those that matter most, the most first."""

    @property
    def f1(self) -> float | None:
        """A's F1 less B's."""
        return None if self.a.f1 is None or self.b.f1 is None else self.a.f1 - self.b.f1

    @property
    def marked(self) -> bool:
        """Whether p is below 0.05."""
        return self.p is not None and self.p < CHANCE

    def plain(self) -> dict[str, Any]:
        """Give the difference for JSON."""
        return {
            "a": figures(self.a),
            "b": figures(self.b),
            "difference": None if self.f1 is None else round(self.f1, DIGITS),
            "interval": bounds(self.interval),
            "p": self.p,
            "articles": [
                {
                    "article_id": one.article_id,
                    "contribution": round(one.contribution, DIGITS),
                    "a": figures(one.a),
                    "b": figures(one.b),
                }
                for one in self.articles
            ],
        }


@dataclass(frozen=True)
class Comparison(Mapping[str, Difference]):
    """Differences by level name, or by one of the short names of `ALIASES`."""

    signature: PairSignature
    differences: Mapping[str, Difference]
    named: bool = False
    """Whether the levels were asked for by name: then the tables name their articles."""
    warnings: tuple[Problem, ...] = ()
    """What was counted although it looks like an oversight."""

    def __getitem__(self, name: str) -> Difference:
        return self.differences[ALIASES.get(name, name)]

    def __iter__(self) -> Iterator[str]:
        return iter(self.differences)

    def __len__(self) -> int:
        return len(self.differences)

    def to_json(self) -> bytes:
        """Give the comparison as JSON with sorted keys and a final newline: the same bytes for the same counts."""
        written = {
            "levels": {name: difference.plain() for name, difference in self.items()},
            "signature": str(self.signature),
            "signature_parts": self.signature._asdict(),
            "warnings": [problem.plain() for problem in self.warnings],
        }
        return orjson.dumps(written, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)

    def table(self) -> str:
        """Give the differences in points of F1 as plain text, with the articles of levels that were named."""
        rows = _aligned([_HEAD, *(_cells(name, difference) for name, difference in self.items())])
        blocks = [[f"A is {self.signature.a}, B is {self.signature.b}.", ""], rows, ["", *self._remarks()]]
        if self.named:
            blocks += [["", *_articles(name, difference)] for name, difference in self.items()]
        return "\n".join([line for block in blocks for line in block] + ["", str(self.signature), ""])

    def _remarks(self) -> list[str]:
        said = [f"* p < {CHANCE}: trading whole articles between A and B seldom makes them differ so far."]
        tested = sum(difference.p is not None for difference in self.values())
        if tested > 1:
            said.append(
                f"  {tested} levels are tested, each by itself: of twenty that do not differ chance marks one."
                " Decide beforehand which one counts (--level)."
            )
        if too_few(self.signature.n):
            said.append(f"  {self.signature.n} articles are too few to show any difference, however large.")
        return said


def too_few(articles: int, tested: int = 1) -> bool:
    """Tell whether no difference can be marked on so few articles, corrected for how many are tested.

    With all articles traded, or none, two systems differ as far as they do: p is at least two in all ways to trade.
    """
    return tested * 2.0 ** (1 - articles) >= CHANCE


def _cells(name: str, difference: Difference) -> tuple[str, ...]:
    return (
        name,
        percent(difference.a.f1),
        percent(difference.b.f1),
        _points(difference.f1),
        between(difference.interval),
        chance(difference.p),
        "*" if difference.marked else " ",
        difference.articles[0].article_id if difference.articles else "",
    )


def _articles(name: str, difference: Difference) -> list[str]:
    """Give the articles that matter most to a difference."""
    if not difference.articles:
        return [f"{name}: no article tells A from B."]
    lines = [
        (one.article_id, _points(one.contribution), *_right(one.a), *_right(one.b), str(one.a.gold))
        for one in difference.articles
    ]
    return _aligned([(f"{name}: most on", *_HEAD_ARTICLES), *lines])


def _right(score: Score) -> tuple[str, str]:
    right, predicted, _ = counted(score)
    return right, predicted


def _points(difference: float | None) -> str:
    return "n/a" if difference is None else f"{100 * difference:+.2f}"


def chance(p: float | None) -> str:
    """Give a p for people, never as 0."""
    if p is None:
        return "n/a"
    return f"{p:.4f}" if p >= _LEAST else f"{p:.1e}"


def _aligned(lines: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return ["  ".join([line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])]).rstrip() for line in lines]
