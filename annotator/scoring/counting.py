"""How a level counts one article: two lists of items, one of each side, and those that match.

An item begins with the row of the breakdown that it counts in (type, role, kind), so that the rows always sum to the
total. Knows no level.
"""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from operator import itemgetter
from typing import NamedTuple

from annotator.scoring.document import Document
from annotator.scoring.score import Score

Row = tuple[str, ...]
Item = tuple[Row, *tuple[Hashable, ...]]
"""A row, and what else must be equal."""
Counts = dict[Row, Score]
"""The counts of one article at one level, by row of its breakdown; rows without anything are absent."""
Rows = Mapping[Row, int]
"""How many items count in each row."""
Count = Callable[[Document, Document], Counts]
"""Counts one article: gold first."""

NO_LABEL = "(none)"
"""The row of items that carry no label."""

_ROW = itemgetter(0)


def counts(gold: Iterable[Item], predicted: Iterable[Item], matched: Iterable[Item]) -> Counts:
    """Give the counts of three lists of items, by row."""
    return scores(rows_of(gold), rows_of(predicted), rows_of(matched))


def rows_of(items: Iterable[Item]) -> Rows:
    """Give how many items count in each row."""
    return Counter(map(_ROW, items))


def scores(gold: Rows, predicted: Rows, right: Rows) -> Counts:
    """Give the counts by row of what was counted on each side."""
    counted = {row: Score(right.get(row, 0), predicted.get(row, 0), size) for row, size in gold.items()}
    for row, size in predicted.items():
        if row not in counted:
            counted[row] = Score(0, size, 0)
    return counted


def in_both(gold: Collection[Item], predicted: Collection[Item]) -> Iterable[Item]:
    """Give the items of both lists, an item as often as both have it."""
    ours, theirs = set(gold), set(predicted)
    if len(ours) == len(gold) and len(theirs) == len(predicted):
        return ours & theirs
    return (Counter(gold) & Counter(predicted)).elements()


def same_items(items: Callable[[Document], Collection[Item]]) -> Count:
    """Give the count of a level at which equal items match, as multisets."""

    def count(gold: Document, predicted: Document) -> Counts:
        ours, theirs = items(gold), items(predicted)
        return counts(ours, theirs, in_both(ours, theirs)) if ours or theirs else {}

    return count


class Key(NamedTuple):
    """What is counted apart: everything that a breakdown can ask for is a sum over these."""

    level: str
    language: str
    source: str
    row: Row
    """Of the level's own breakdown."""
