"""Many systems against one gold: which scores best at each level, and which are not shown to be worse than that one.

Each system is counted by itself, article by article; all are then drawn and traded alike, in the order of article ids,
so that no order of systems or articles changes a digit. How a leaderboard is written is `leaderboard_report.py`'s.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import count
from typing import NamedTuple

from annotator.model.problem import Problem
from annotator.scoring.comparison import Counted, System, count_system, side_of, table_of
from annotator.scoring.document import Document
from annotator.scoring.leaderboard_report import BoardSignature, Entry, Leaderboard, Standing
from annotator.scoring.levels import Level
from annotator.scoring.score import Score, total
from annotator.scoring.signature import GoldName, signature
from annotator.scoring.spread import Intervals
from annotator.statistics.bootstrap import SEED, intervals_of
from annotator.statistics.bootstrap import TRIALS as BOOT
from annotator.statistics.holm import holm
from annotator.statistics.randomisation import TRIALS, Pairs, p_values


class Entrant(NamedTuple):
    """One system as it was counted."""

    name: str
    file: str
    articles: Sequence[Counted]
    """Gold's, in the order of their ids."""
    counts: Mapping[str, Sequence[Score]]
    """By level, in the order of the articles."""
    warnings: tuple[Problem, ...] = ()
    """What is doubtful in its predictions."""


def entrant(gold: Iterable[Document], predicted: Iterable[Document], file: str, levels: Sequence[Level]) -> Entrant:
    """Give a system's counts at some levels; it is called by its file until it has a name.

    Raises `Refusal` as `score_documents` does.
    """
    warnings: list[Problem] = []
    articles, counts = count_system(gold, System(file, predicted), levels, warnings)
    order = sorted(range(len(articles)), key=lambda number: articles[number].article_id)
    in_order = {name: [scores[number] for number in order] for name, scores in counts.items()}
    return Entrant(file, file, [articles[number] for number in order], in_order, tuple(warnings))


def ranked(
    entrants: Sequence[Entrant],
    levels: Sequence[Level],
    by: str,
    *,
    gold_name: GoldName | None = None,
    over: str = "all",
    trials: int = TRIALS,
    boot: int = BOOT,
    seed: int = SEED,
) -> Leaderboard:
    """Give systems that were counted on the same gold in the order of their F1 at the level `by`, equal ones by name.

    At each level all below the best are tested against it, with Holm's correction for how many they are. Trials and
    draws follow from `seed`, the same for all; without `boot` there are no intervals.
    """
    entrants = sorted(entrants, key=lambda one: (one.name, one.file))
    names = [level.name for level in levels]
    totals = {name: [total(one.counts[name]) for one in entrants] for name in names}
    chances = _chances(entrants, totals, trials, seed)
    intervals = _intervals(entrants, names, boot, seed)
    said = {name: [_articles(one.counts[name]) for one in entrants] for name in names}
    standings = {
        name: [
            Standing(*each)
            for each in zip(totals[name], intervals[name], said[name], _ranks(totals[name]), chances[name], strict=True)
        ]
        for name in names
    }
    entries = [
        Entry(one.name, one.file, {name: standings[name][number] for name in names})
        for number, one in enumerate(entrants)
    ]
    entries.sort(key=lambda entry: entry.standings[by].place)
    articles = entrants[0].articles if entrants else ()
    base = signature(gold_name or GoldName(), len(articles), {one.language for one in articles}, over)
    signed = BoardSignature(
        base.gold,
        base.sha,
        base.n,
        base.lang,
        len(entries),
        over,
        "+".join(names),
        by,
        trials=trials,
        boot=boot,
        seed=seed,
    )
    first = [by, *(name for name in names if name != by)]
    return Leaderboard(
        signed, by, tuple(first), tuple(entries), tuple(said for one in entrants for said in one.warnings)
    )


def _f1(score: Score) -> Fraction | None:
    """Give F1 exactly: equal systems are equal, whatever floats make of them."""
    return Fraction(2 * score.tp, score.pred + score.gold) if score.pred + score.gold else None


def _articles(scores: Iterable[Score]) -> int:
    return sum(score.pred + score.gold > 0 for score in scores)


def _ranks(scores: Sequence[Score]) -> list[int | None]:
    """Give the rank of each: one more than there are better ones; None where there is no F1."""
    figures = [_f1(score) for score in scores]
    there = sorted((figure for figure in figures if figure is not None), reverse=True)
    return [None if figure is None else 1 + there.index(figure) for figure in figures]


def _chances(
    entrants: Sequence[Entrant], totals: Mapping[str, Sequence[Score]], trials: int, seed: int
) -> dict[str, list[float | None]]:
    """Give by level the corrected p of each system against the best; None for the best themselves, and without F1.

    Of several best ones that is held against a system which speaks for it most: names must not decide.
    """
    tested = [(name, number, best) for name, scores in totals.items() for number, best in _against_best(_ranks(scores))]
    pairs = [
        Pairs(*([side_of(score) for score in entrants[one].counts[name]] for one in (best, number)))
        for name, number, best in tested
    ]
    found: dict[tuple[str, int], float] = {}
    articles = len(entrants[0].articles) if entrants else 0
    for (name, number, _), p in zip(tested, p_values(pairs, articles, trials, seed), strict=True):
        assert p is not None, "both have an F1"
        found[name, number] = max(p, found.get((name, number), 0.0))
    corrected: dict[str, list[float | None]] = {}
    for name in totals:
        worse = [number for number in range(len(entrants)) if (name, number) in found]
        by_number = dict(zip(worse, holm([found[name, number] for number in worse]), strict=True))
        corrected[name] = [by_number.get(number) for number in range(len(entrants))]
    return corrected


def _against_best(ranks: Sequence[int | None]) -> Iterable[tuple[int, int]]:
    """Give each that is not the best with each that is."""
    best = [number for number, rank in enumerate(ranks) if rank == 1]
    return [(number, one) for number, rank in enumerate(ranks) if rank is not None and rank > 1 for one in best]


def _intervals(entrants: Sequence[Entrant], names: Sequence[str], boot: int, seed: int) -> dict[str, list[Intervals]]:
    """Give by level the intervals of each system's figures, all on the same draws."""
    if not boot or not entrants or not entrants[0].articles:
        return {name: [Intervals()] * len(entrants) for name in names}
    columns = [_columns(one.counts[name]) for name in names for one in entrants]
    parts, wholes = (table_of([column for each in columns for column in each[which]]) for which in (0, 1))
    found = intervals_of(parts, wholes, boot, seed)
    in_threes = [Intervals(found[first], found[first + 1], found[first + 2]) for first in range(0, len(found), 3)]
    return {name: in_threes[at * len(entrants) :][: len(entrants)] for at, name in zip(count(), names)}


def _columns(scores: Sequence[Score]) -> tuple[list[list[float]], list[list[float]]]:
    """Give the parts and the wholes of precision, recall and F1, an article an item."""
    right, predicted, gold = ([float(part) for part in column] for column in zip(*scores, strict=True))
    both = [one + other for one, other in zip(predicted, gold, strict=True)]
    return [right, right, [2 * part for part in right]], [predicted, gold, both]
