"""How a level counts one article: two lists of items, one of each side, and those that match.

An item begins with the row of the breakdown that it counts in (type, role, kind), so that the rows always sum to the
total. Knows no level.
"""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable
from operator import itemgetter
from typing import NamedTuple

from annotator.scoring.document import Document
from annotator.scoring.score import Score

Row = tuple[str, ...]
Item = tuple[Row, *tuple[Hashable, ...]]
"""A row, and what else must be equal."""
Counts = dict[Row, Score]
"""The counts of one article at one level, by row of its breakdown; rows without anything are absent."""
Count = Callable[[Document, Document], Counts]
"""Counts one article: gold first."""

NO_LABEL = "(none)"
"""The row of items that carry no label."""

_ROW = itemgetter(0)


def counts(gold: Iterable[Item], predicted: Iterable[Item], matched: Iterable[Item]) -> Counts:
    """Give the counts of three lists of items, by row."""
    right, theirs, ours = (Counter(map(_ROW, items)) for items in (matched, predicted, gold))
    return {row: Score(right[row], theirs[row], ours[row]) for row in ours.keys() | theirs.keys()}


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
