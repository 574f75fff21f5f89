"""What a test that fails says: short, every figure with what it rests on, and safe to show at a terminal."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from annotator.model.problem import Problem
from annotator.scoring.comparison_report import Comparison, chance
from annotator.scoring.figures import counted
from annotator.scoring.report import Report
from annotator.statistics.bootstrap import Interval
from annotator.statistics.enough import ENOUGH
from annotator.text.display import display
from annotator.workflow.floors import Floor

_GROUPS = 5
"""How many of the commonest errors are named."""

_WARNINGS = 3
"""How many warnings are told before they are only counted."""

_WIDEST = 160
"""Characters of a line."""

_PARTS: Mapping[str, frozenset[str]] = {
    "trigger": frozenset({"trigger"}),
    "argument": frozenset({"argument"}),
    "entities": frozenset({"argument"}),
    "mentions": frozenset({"trigger", "actor", "number", "place", "time"}),
    "numbers": frozenset({"number"}),
}
"""By what a level's name begins with: which parts its errors are of; any, for the others."""

_WITHOUT_VALUES = ("trigger", "argument", "mentions")
"""What such levels count is right whatever value or reference it has."""


def under_floors(report: Report, short: Sequence[Floor], groups: Mapping[str, int]) -> str:
    """Give the message for a score that lies under some floors; `groups` are its errors, the commonest first."""
    return _message([_under(report, one) for one in short], groups, report.warnings, str(report.signature))


def worse(comparison: Comparison, levels: Sequence[str]) -> str:
    """Give the message for predictions that are significantly worse than others at some levels."""
    return _message([_worse(comparison, level) for level in levels], {}, comparison.warnings, str(comparison.signature))


def counts(level: str, part: str, kind: str) -> bool:
    """Tell whether a level counts errors of such a part and kind."""
    parts = next((parts for start, parts in _PARTS.items() if level.startswith(start)), {part})
    return part in parts and not (kind == "value" and level.startswith(_WITHOUT_VALUES))


def _under(report: Report, one: Floor) -> str:
    score, intervals = report[one.level], report.intervals(one.level)
    if score.f1 is None:
        return f"{one.called}: F1 is undefined, not {one.written}: neither gold nor predictions have any"
    drawn = _drawn(intervals.f1, few=(report.articles(one.level) or 0) < ENOUGH) if intervals is not None else ""
    right, predicted, gold = counted(score)
    return (
        f"{one.called}: F1 is {score.f1:.4f}{drawn}, under the floor of {one.written}:"
        f" {right} right of {predicted} predicted and {gold} in gold"
    )


def _worse(comparison: Comparison, level: str) -> str:
    one = comparison[level]
    assert one.f1 is not None and one.p is not None, "what has no F1 is not tested"
    named = ", ".join(display(article.article_id) for article in one.articles[:_WARNINGS] if article.contribution < 0)
    return (
        f"{level}: F1 is {one.a.f1:.4f} and was {one.b.f1:.4f}: {one.f1:+.4f}{_drawn(one.interval)},"
        f" p = {chance(one.p)}" + (f", most on {named}" if named else "")
    )


def _drawn(interval: Interval | None, *, few: bool = False) -> str:
    if interval is None:
        return ""
    return f" (95 %: {interval[0]:.4f} to {interval[1]:.4f}{', on few articles' if few else ''})"


def _message(said: Iterable[str], groups: Mapping[str, int], warnings: Sequence[Problem], signature: str) -> str:
    return "\n".join(_cut(line) for line in (*said, *_commonest(groups), *_doubtful(warnings))) + f"\n{signature}"


def _commonest(groups: Mapping[str, int]) -> Iterator[str]:
    if groups:
        yield "the commonest errors:"
    width = max(map(len, map(str, groups.values())), default=0)
    for group, times in islice(groups.items(), _GROUPS):
        yield f"  {times:>{width}}  {group}"
    if len(groups) > _GROUPS:
        more = sum(groups.values()) - sum(islice(groups.values(), _GROUPS))
        yield f"  and {more} of {len(groups) - _GROUPS} other sorts"


def _doubtful(warnings: Sequence[Problem]) -> Iterator[str]:
    for problem in warnings[:_WARNINGS]:
        yield problem.line()
    if len(warnings) > _WARNINGS:
        yield f"and {len(warnings) - _WARNINGS} more warnings"


def _cut(line: str) -> str:
    shown = display(line)
    return shown if len(shown) <= _WIDEST else f"{shown[: _WIDEST - 1]}…"
