"""Whether two systems differ beyond chance: approximate randomisation, which trades their outputs group by group.

Were they equal it would not matter which of the two said what of a group. Each trial trades the two sides' counts in a
random half of the groups (Noreen 1989); all figures of one report are tested on the same trials. Everything that is
compared is a whole number: no order of groups and no rounding changes a digit. Knows no article and no level.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

TRIALS = 10_000

_CELLS_AT_ONCE = 2**22
"""How many trades are held at a time, where there are many groups."""

_WORD = 32
"""Bits of a number that are summed at a time: sums over two million groups are still exact in floats."""


class Side(NamedTuple):
    """What is summed of one side's group: the figure is the sum of the parts over the sum of the wholes."""

    part: int | Fraction = 0
    whole: int = 0


class Pairs:
    """The counts of two sides, group by group, in whole numbers: parts as multiples of one unit that all share."""

    def __init__(self, one: Sequence[Side], other: Sequence[Side]) -> None:
        """Take the groups of both sides, in the same order."""
        if len(one) != len(other):
            raise ValueError("both sides have the same groups")
        unit = lcm(*{side.part.denominator for side in (*one, *other)})
        self.unit = unit
        """How many of the unit are 1."""
        self._shifts: list[tuple[int, int]] = []
        """What trading a group adds to the first side's sums, and takes from the other's."""
        parts, wholes = [0, 0], [0, 0]
        for mine, theirs in zip(one, other, strict=True):
            ours = [side.part.numerator * (unit // side.part.denominator) for side in (mine, theirs)]
            for side, whole in enumerate((mine.whole, theirs.whole)):
                parts[side] += ours[side]
                wholes[side] += whole
            self._shifts.append((ours[1] - ours[0], theirs.whole - mine.whole))
        self._parts, self._wholes = tuple(parts), tuple(wholes)

    @property
    def defined(self) -> bool:
        """Whether both sides have a figure."""
        return all(self._wholes)

    def difference(self, part: int = 0, whole: int = 0) -> Fraction | None:
        """Give the first side's figure less the other's, exactly, after a shift; None where either is undefined."""
        above, below = self._crossed(part, whole)
        return Fraction(above, below * self.unit) if below else None

    def contributions(self) -> list[Fraction]:
        """Give for each group half of what the difference loses when the two trade it; exactly 0 where they are equal.

        Where a group is a small share of everything, these sum up to the difference. None is given a meaning where a
        side has no figure: all are 0.
        """
        whole = self.difference() or Fraction()
        by_shift = {(0, 0): Fraction()}
        for shift in self._shifts:
            if shift not in by_shift:
                traded = self.difference(*shift)
                by_shift[shift] = Fraction() if traded is None else (whole - traded) / 2
        return [by_shift[shift] for shift in self._shifts]

    def at_least(self, part: int, whole: int) -> bool:
        """Tell whether the difference after a shift is, either way, at least the one there is."""
        above, below = self._crossed(part, whole)
        seen, under = self._crossed(0, 0)
        return abs(above) * under >= abs(seen) * below

    def columns(self) -> "Floats":
        """Give the shifts as columns that sum up exactly: those of wholes, then those of parts word by word."""
        import numpy as np

        words = 1 + max((abs(part).bit_length() for part, _ in self._shifts), default=0) // _WORD
        table = np.empty((len(self._shifts), 1 + words))
        table[:, 0] = [whole for _, whole in self._shifts]
        size = words * _WORD // 8
        written = b"".join(abs(part).to_bytes(size, "little") for part, _ in self._shifts)
        signs = np.array([-1.0 if part < 0 else 1.0 for part, _ in self._shifts])
        table[:, 1:] = np.frombuffer(written, dtype="<u4").reshape(-1, words) * signs[:, None]
        return table

    def _crossed(self, part: int, whole: int) -> tuple[int, int]:
        """Give the difference after a shift over a common denominator, and that, both as whole numbers."""
        (mine, theirs), (under, below) = self._parts, self._wholes
        mine, theirs, under, below = mine + part, theirs - part, under + whole, below - whole
        return mine * below - theirs * under, under * below


def p_values(figures: Sequence[Pairs], groups: int, trials: int, seed: int) -> list[float | None]:
    """Give the two-sided p of each difference, over the same groups and the same trials; None where it is undefined.

    p is (trials that differ at least as much + 1) / (trials + 1): never 0, and exactly 1 for sides that are equal.
    """
    import numpy as np

    tested = [pairs for pairs in figures if pairs.defined]
    if not tested:
        return [None] * len(figures)
    tables = [pairs.columns() for pairs in tested]
    table = np.concatenate(tables, axis=1)
    ends = np.cumsum([each.shape[1] for each in tables])[:-1]
    reached = [0] * len(tested)
    for traded in trades(groups, trials, seed):
        for number, sums in enumerate(np.split(traded @ table, ends, axis=1)):
            reached[number] += _reached(tested[number], sums)
    found = iter(reached)
    return [(next(found) + 1) / (trials + 1) if pairs.defined else None for pairs in figures]


def trades(groups: int, trials: int, seed: int) -> "Iterator[Floats]":
    """Give which groups each trial trades, 1 or 0, a trial a row, some trials at a time."""
    import numpy as np

    generator = np.random.RandomState(seed)
    words = -(-groups // 32)  # the generator gives words of 32 bits: whole ones, so that pieces change no draw
    at_once = max(1, _CELLS_AT_ONCE // max(1, groups))
    for first in range(0, trials, at_once):
        rows = min(at_once, trials - first)
        drawn = np.frombuffer(generator.bytes(rows * words * 4), dtype=np.uint8).reshape(rows, words * 4)
        yield np.unpackbits(drawn, axis=1, count=groups).astype(np.float64)


def _reached(pairs: Pairs, sums: "Floats") -> int:
    """Count the trials, a row of summed columns each, that differ at least as much as what there is."""
    import numpy as np

    shifts, times = np.unique(sums.astype(np.int64), axis=0, return_counts=True)
    found = 0
    for (whole, *words), often in zip(shifts.tolist(), times.tolist(), strict=True):
        part = sum(word << _WORD * at for at, word in enumerate(words))
        if pairs.at_least(part, whole):
            found += often
    return found
