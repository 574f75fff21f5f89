"""How a level counts one article: how many items each side has, and how many match, row by row of its breakdown.

A row is what the breakdown tells apart (type, role, kind), so that the rows always sum to the total. What several
levels count alike is counted once, as a part of each of them. Knows no level.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from fractions import Fraction
from operator import itemgetter
from typing import NamedTuple, TypeVar

from annotator.scoring.score import Score, plain

Row = tuple[str, ...]
Item = tuple[Row, *tuple[Hashable, ...]]
"""A row, and what else must be equal."""
Rows = Mapping[Row, int]
"""How many items count in each row; those with none may be absent."""
Share = tuple[Row, int, int]
"""A row, and a part and a whole: a credit of less than one match."""
Thing = TypeVar("Thing", bound=Hashable)

NO_LABEL = "(none)"
"""The row of items that carry no label."""

_ROW = itemgetter(0)


class Counts(NamedTuple):
    """Counts of one article at one level or several, or a part of them."""

    gold: Rows
    predicted: Rows
    right: Rows
    """Items that match; a level as a whole has some only in rows that both sides have."""
    shares: Sequence[Share] = ()
    """Credit beside those, where a match can be partial."""

    def credit(self) -> Mapping[Row, int | Fraction]:
        """Give what is right in each row, with partial credit, exactly."""
        if not self.shares:
            return self.right
        parts: dict[tuple[Row, int], int] = defaultdict(int)
        for row, part, whole in self.shares:
            parts[row, whole] += part
        found: dict[Row, int | Fraction] = dict(self.right)
        for (row, whole), part in parts.items():
            found[row] = found.get(row, 0) + Fraction(part, whole)
        return found

    def scores(self) -> dict[Row, Score]:
        """Give the score of every row that either side has."""
        right = self.credit()
        found = {
            row: Score(plain(right.get(row, 0)), self.predicted.get(row, 0), size) for row, size in self.gold.items()
        }
        for row, size in self.predicted.items():
            if row not in found:
                found[row] = Score(0, size, 0)
        return found

    def total(self) -> Score:
        """Give the sum over the rows."""
        right: int | Fraction = sum(self.right.values())
        if self.shares:
            right = plain(sum((Fraction(part, whole) for _, part, whole in self.shares), Fraction(right)))
        return Score(right, sum(self.predicted.values()), sum(self.gold.values()))


Part = tuple[tuple[str, ...], Counts]
"""What is counted of one article, and the levels of whose counts it is a part: they are the sums of their parts."""


def more(right: Rows) -> Counts:
    """Give the counts of what one level finds right beside what it has in common with others."""
    return Counts({}, {}, right)


def rows_of(items: Iterable[Item]) -> Rows:
    """Give how many items count in each row."""
    return Counter(map(_ROW, items))


def in_one_row(number: int) -> Rows:
    """Give the rows of a level that has no breakdown."""
    return {(): number} if number else {}


def in_both(gold: Collection[Thing], predicted: Collection[Thing]) -> Collection[Thing]:
    """Give the items of both lists, an item as often as both have it."""
    if gold == predicted:
        return gold
    ours, theirs = set(gold), set(predicted)
    if len(ours) == len(gold) and len(theirs) == len(predicted):
        return ours & theirs
    return list((Counter(gold) & Counter(predicted)).elements())


class Tally:
    """The counts of one level while they are summed over articles.

    Shares are kept by their wholes and only put together at the end: exact, without denominators that grow on the way.
    """

    __slots__ = ("_gold", "_parts", "_predicted", "_right")

    def __init__(self) -> None:
        self._gold: dict[Row, int] = defaultdict(int)
        self._predicted: dict[Row, int] = defaultdict(int)
        self._right: dict[Row, int] = defaultdict(int)
        self._parts: dict[tuple[Row, int], int] = defaultdict(int)

    def add(self, counted: Counts) -> None:
        """Add counts of one article."""
        sums = self._gold
        for row, size in counted.gold.items():
            sums[row] += size
        sums = self._predicted
        for row, size in counted.predicted.items():
            sums[row] += size
        sums = self._right
        for row, size in counted.right.items():
            sums[row] += size
        for row, part, whole in counted.shares:
            self._parts[row, whole] += part

    def join(self, other: "Tally") -> None:
        """Add what another tally has."""
        self.add(other.counts())

    def counts(self) -> Counts:
        """Give the sums."""
        shares = [(row, part, whole) for (row, whole), part in self._parts.items()]
        return Counts(self._gold, self._predicted, self._right, shares)


class Key(NamedTuple):
    """What is counted apart: everything that a breakdown can ask for is a sum over these."""

    level: str
    language: str
    source: str
    row: Row
    """Of the level's own breakdown."""
