"""The difference between two versions of gold as text for a terminal, and as plain data for JSON."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from annotator.gold.change import counts_of_changes
from annotator.gold.told_change import told_change
from annotator.scoring.signature import UNRELEASED
from annotator.text.counted import counted
from annotator.text.display import display
from annotator.workflow.gold_diff import GoldDiff, GoldSide, SystemScores

_DIGITS = 12
"""How many digits of a hash name a version at the head."""


def diff_plain(found: GoldDiff) -> dict[str, Any]:
    """Give the difference ready for JSON: the two versions, counts by name, every change, and scores."""
    return {
        "before": found.before.plain(),
        "after": found.after.plain(),
        "counts": counts_of_changes(found.changes),
        "changes": [change.plain() for change in found.changes],
        "only_before": list(found.only_before),
        "only_after": list(found.only_after),
        "scores": [scores.plain() for scores in found.scores],
    }


def diff_text(found: GoldDiff) -> str:
    """Give the difference as lines: a head with counts, then article by article in reading order, then scores."""
    lines = [f"{_named(found.before)} → {_named(found.after)}", *_counts(found)]
    for article_id, changes in groupby(found.changes, key=lambda change: change.article_id):
        lines += ["", display(article_id) if article_id else "schema"]
        lines += (f"  {told_change(change)}" for change in changes)
    for scores in found.scores:
        lines += ["", *_scores(scores)]
    if found.scores:
        lines += _held_by_one(found)
    return "\n".join([*lines, ""])


def _named(side: GoldSide) -> str:
    version = display(side.written) if side.name.version == UNRELEASED else side.name.version
    return f"{version} ({side.name.sha256[:_DIGITS]}, {counted(len(side.records), 'article')})"


def _counts(found: GoldDiff) -> Iterator[str]:
    if not found.changes:
        yield "nothing changed in meaning"
        return
    articles = {change.article_id for change in found.changes if change.article_id}
    yield f"{counted(len(found.changes), 'change')} in {counted(len(articles), 'article')}"
    counts = counts_of_changes(found.changes)
    width = len(str(max(counts.values())))
    yield from (f"  {number:>{width}}  {name}" for name, number in counts.items())


def _scores(scores: SystemScores) -> Iterator[str]:
    """Give the table of one system: micro F1 in percent against both versions, and the difference in points."""
    width = max(map(len, scores.levels))
    yield f"{display(scores.file)}: F1 %"
    yield f"  {'level':<{width}}  {'before':>7} {'after':>7} {'moved':>7}"
    for name, moved in scores.levels.items():
        before, after, difference = moved.before.f1, moved.after.f1, moved.difference
        yield f"  {name:<{width}}  {_percent(before):>7} {_percent(after):>7} {_percent(difference, sign='+'):>7}"
    for signature in scores.signatures:
        yield f"  {signature}"


def _percent(figure: float | None, sign: str = "") -> str:
    return "n/a" if figure is None else f"{100 * figure:{sign}.2f}"


def _held_by_one(found: GoldDiff) -> Iterator[str]:
    """Say which articles make the two scores stand on different ground."""
    for articles, told in ((found.only_before, "before"), (found.only_after, "after")):
        if articles:
            yield f"  only in the scores {told}: {', '.join(map(display, articles))}"
