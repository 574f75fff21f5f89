"""Scoring gold against predictions, article by article: joins the two, counts, and keeps nothing but the counts."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from annotator.errors import Refusal
from annotator.model.problem import Problem
from annotator.scoring.counting import Key, Tally
from annotator.scoring.document import Document
from annotator.scoring.levels import LEVELS, Level, Plan, chosen
from annotator.scoring.report import Report
from annotator.scoring.signature import GoldName, signature
from annotator.scoring.spread import Spread
from annotator.statistics.bootstrap import SEED

_NAMED = 5
"""How many articles a warning names before it only counts."""


def score_documents(
    gold: Iterable[Document],
    predicted: Iterable[Document],
    *,
    gold_name: GoldName | None = None,
    over: str = "all",
    boot: int = 0,
    seed: int = SEED,
    levels: Collection[str] = (),
) -> Report:
    """Give the scores of `predicted` against `gold` at every level, or at `levels`, joined by article id.

    A gold article without a prediction counts as empty, with a warning; false positives count in articles whose gold
    is empty. `over` says which predictions these are, and stands in the signature. When both come in the same order
    one article is held at a time. With `boot` the report has 95 % intervals by drawing articles so often, from `seed`;
    it then keeps the counts of every article.
    Raises `Refusal` as `count_documents` does.
    """
    return reported(count_documents(gold, predicted, boot=boot, seed=seed, levels=levels), gold_name, over)


@dataclass(slots=True)
class Counted:
    """What was counted over articles: all that a report needs of them, and may be joined with that of others."""

    levels: tuple[Level, ...]
    """What was counted."""
    spread: Spread | None
    """What intervals are drawn from, where they were asked for."""
    articles: int = 0
    languages: set[str] = field(default_factory=set)
    unpredicted: list[str] = field(default_factory=list)
    """Gold articles without a prediction."""
    sums: dict[tuple[str, str], dict[tuple[str, ...], Tally]] = field(default_factory=dict)
    """By language and source, and by the levels that count something alike."""

    def join(self, other: "Counted") -> None:
        """Add what was counted over other articles, at the same levels."""
        self.articles += other.articles
        self.languages |= other.languages
        self.unpredicted += other.unpredicted
        for like, by_level in other.sums.items():
            for levels, tally in by_level.items():
                self.sums.setdefault(like, defaultdict(Tally))[levels].join(tally)
        if self.spread is not None and other.spread is not None:
            self.spread.join(other.spread)


def count_documents(
    gold: Iterable[Document],
    predicted: Iterable[Document],
    *,
    boot: int = 0,
    seed: int = SEED,
    levels: Collection[str] = (),
) -> Counted:
    """Count gold and predictions, joined by article id, one article at a time.

    Raises `Refusal` `gold.invalid` or `predictions.invalid` for an article that comes twice, and `predictions.invalid`
    for one that gold lacks, and `usage` for a level that there is not.
    """
    asked = chosen(levels)
    planned = Plan(asked)
    found = Counted(asked, Spread(boot, seed) if boot else None)
    for ours, theirs in joined(gold, predicted):
        found.articles += 1
        found.languages.add(ours.language)
        if theirs is None:
            found.unpredicted.append(ours.article_id)
            theirs = Document(ours.article_id, ours.language)
        parts = list(planned.parts(ours, theirs))
        sums = found.sums.setdefault((ours.language, ours.source), defaultdict(Tally))
        for levels, counts in parts:
            sums[levels].add(counts)
        if found.spread is not None:
            found.spread.add(ours, parts)
    return found


def reported(counted: Counted, gold_name: GoldName | None = None, over: str = "all") -> Report:
    """Give what was counted as a report, under its signature."""
    asked, spread = counted.levels, counted.spread
    task = "all" if asked == LEVELS else "+".join(level.name for level in asked)
    boot, seed = (spread.trials, spread.seed) if spread is not None else (0, None)
    signed = signature(gold_name or GoldName(), counted.articles, counted.languages, over, task, boot=boot, seed=seed)
    scores = {
        Key(name, language, source, row): score
        for (language, source), by_levels in counted.sums.items()
        for name, tally in _by_level(by_levels).items()
        for row, score in tally.counts().scores().items()
    }
    return Report(signed, scores, tuple(warn_of_missing(counted.unpredicted)), spread, asked)


def _by_level(by_levels: Mapping[tuple[str, ...], Tally]) -> dict[str, Tally]:
    """Give the sum of each level's parts."""
    found: dict[str, Tally] = defaultdict(Tally)
    for levels, tally in by_levels.items():
        for name in levels:
            found[name].join(tally)
    return found


def joined(gold: Iterable[Document], predicted: Iterable[Document]) -> Iterator[tuple[Document, Document | None]]:
    """Give every gold article with its prediction, if there is one, reading ahead no further than needed.

    Raises `Refusal` as `score_documents` does.
    """
    coming, waiting, taken = iter(predicted), dict[str, Document](), set[str]()
    for ours in gold:
        if ours.article_id in taken:
            raise Refusal(
                "gold.invalid", f"Gold has the article {_named([ours.article_id])} twice.", "Remove one of them."
            )
        taken.add(ours.article_id)
        theirs = waiting.pop(ours.article_id, None)
        while theirs is None and (read := next(coming, None)) is not None:
            if read.article_id == ours.article_id:
                theirs = read
            else:
                _wait(read, waiting, taken)
        yield ours, theirs
    for read in coming:
        _wait(read, waiting, taken)
    if waiting:
        raise Refusal(
            "predictions.invalid",
            f"The predictions hold articles that gold lacks: {_named(waiting)}.",
            "Remove them, or allow extra-articles to leave them out.",
        )


def _wait(read: Document, waiting: dict[str, Document], taken: set[str]) -> None:
    """Keep a prediction until its gold comes."""
    if read.article_id in waiting or read.article_id in taken:
        raise Refusal(
            "predictions.invalid",
            f"The article {_named([read.article_id])} is predicted twice.",
            "Remove one of the two.",
        )
    waiting[read.article_id] = read


def warn_of_missing(unpredicted: Sequence[str]) -> Iterator[Problem]:
    """Give the warning about gold articles without a prediction, if there are any."""
    if unpredicted:
        yield Problem(
            rule="predictions.missing-article",
            level="warning",
            where="predictions",
            message=f"{len(unpredicted)} gold article(s) have no prediction and count as empty: {_named(unpredicted)}.",
        )


def _named(article_ids: Iterable[str]) -> str:
    # An id out of a file may hold what a terminal would obey.
    named = [name if name.isprintable() else repr(name) for name in sorted(article_ids)]
    more = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
    return ", ".join(named[:_NAMED]) + more
