"""Two systems against one gold: how far their F1 differs at each level, whether by chance, and on which articles.

Articles are paired: both systems are counted on each, and what is traded or drawn by chance is whole articles, in the
order of their ids. How a comparison is written is `comparison_report.py`'s.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from heapq import nsmallest
from typing import TYPE_CHECKING, NamedTuple

from annotator.model.problem import Problem
from annotator.scoring.articles import joined, warn_of_missing
from annotator.scoring.comparison_report import Comparison, Decisive, Difference, PairSignature
from annotator.scoring.document import Document
from annotator.scoring.levels import Level, Plan, chosen
from annotator.scoring.score import Score, total
from annotator.scoring.signature import GoldName, signature
from annotator.statistics.bootstrap import SEED, intervals_of_differences
from annotator.statistics.bootstrap import TRIALS as BOOT
from annotator.statistics.randomisation import TRIALS, Pairs, Side, p_values

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DECISIVE = 10
"""How many articles are named of each level."""


class System(NamedTuple):
    """What one system predicted."""

    name: str
    documents: Iterable[Document]


def compare_documents(
    gold: Iterable[Document],
    a: System,
    b: System,
    *,
    gold_name: GoldName | None = None,
    over: str = "all",
    levels: Collection[str] = (),
    trials: int = TRIALS,
    boot: int = BOOT,
    seed: int = SEED,
) -> Comparison:
    """Give how far `a` and `b` differ against `gold`, at the levels named (or their short names), or at all of them.

    Gold is gone through twice. Trials and draws follow from `seed`; without `boot` there are no intervals.
    Raises `Refusal` `usage` for a level that is none, and as `score_documents` does.
    """
    asked = chosen(levels)
    names = [level.name for level in asked]
    warnings: list[Problem] = []
    articles, counted = count_system(gold, a, asked, warnings)
    _, counted_b = count_system(gold, b, asked, warnings)
    # No order of articles may change a digit: they are traded and drawn in the order of their ids.
    order = sorted(range(len(articles)), key=lambda number: articles[number].article_id)
    by_level = [tuple([scores[name][number] for number in order] for scores in (counted, counted_b)) for name in names]
    pairs = [Pairs(*(list(map(side_of, scores)) for scores in sides)) for sides in by_level]
    chances = p_values(pairs, len(order), trials, seed)
    intervals = _intervals(by_level, boot, seed) if boot and order else [None] * len(names)
    article_ids = [articles[number].article_id for number in order]
    differences = {
        name: Difference(total(sides[0]), total(sides[1]), p, interval, _decisive(article_ids, pair, sides))
        for name, sides, pair, p, interval in zip(names, by_level, pairs, chances, intervals, strict=True)
    }
    base = signature(gold_name or GoldName(), len(order), {one.language for one in articles}, over)
    signed = PairSignature(
        base.gold,
        base.sha,
        base.n,
        base.lang,
        a.name,
        b.name,
        over,
        "+".join(names) if levels else "all",
        trials=trials,
        boot=boot,
        seed=seed,
    )
    return Comparison(signed, differences, named=bool(levels), warnings=tuple(warnings))


class Counted(NamedTuple):
    """An article of gold that a system was counted on."""

    article_id: str
    language: str


def count_system(
    gold: Iterable[Document], system: System, levels: Sequence[Level], warnings: list[Problem]
) -> tuple[list[Counted], Mapping[str, list[Score]]]:
    """Give gold's articles and a system's counts of each, by level, and add what is doubtful to the warnings."""
    by_level: dict[str, list[Score]] = {level.name: [] for level in levels}
    articles, unpredicted, planned = [], [], Plan(levels)
    for ours, theirs in joined(gold, system.documents):
        articles.append(Counted(ours.article_id, ours.language))
        if theirs is None:
            unpredicted.append(ours.article_id)
            theirs = Document(ours.article_id, ours.language)
        counted = planned.totals(ours, theirs)
        for name, scores in by_level.items():
            scores.append(counted[name])
    warnings += [problem.at(system.name) for problem in warn_of_missing(unpredicted)]
    return articles, by_level


def side_of(score: Score) -> Side:
    """Give what F1 is of, in an article: twice what is right over what is predicted and in gold."""
    return Side(2 * score.tp, score.pred + score.gold)


def _intervals(
    by_level: Sequence[tuple[list[Score], ...]], boot: int, seed: int
) -> "Sequence[tuple[float, float] | None]":
    one, other = (
        (
            table_of([[float(2 * score.tp) for score in sides[which]] for sides in by_level]),
            table_of([[float(score.pred + score.gold) for score in sides[which]] for sides in by_level]),
        )
        for which in (0, 1)
    )
    return intervals_of_differences(one, other, boot, seed)


def table_of(columns: Sequence[Sequence[float]]) -> "NDArray[np.float64]":
    """Give columns as a table to draw from, a row an article."""
    import numpy as np

    return np.ascontiguousarray(np.array(columns, dtype=np.float64).T)


def _decisive(article_ids: Sequence[str], pairs: Pairs, sides: tuple[list[Score], ...]) -> tuple[Decisive, ...]:
    """Give the articles that matter most to the difference, either way: the most first, equal ones by id."""
    every = pairs.contributions()
    # Floats come first, as they are compared fast; where they are equal the exact shares decide.
    found = [(-float(abs(share)), -abs(share), article_ids[at], at) for at, share in enumerate(every) if share]
    return tuple(
        Decisive(article_id, float(every[at]), sides[0][at], sides[1][at])
        for _, _, article_id, at in nsmallest(DECISIVE, found)
    )
