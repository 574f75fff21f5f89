"""The best pairing of a large component, level by level, with scipy's solver; `assignment.py` solves small ones.

Weights of several levels as one integer outgrow what a float holds, and exact integers in Python take the cube of the
size. So each level, or as many as a float holds, is solved alone, and the next may use only what keeps the ones before
at their best: the pairs that are tight under a dual solution (complementary slackness; Burkard, Dell'Amico, Martello,
Assignment Problems, 2009, section 4.1). All sums stay exact integers.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Pair = tuple[int, int]
Levels = tuple[int, ...]

_EXACT_FLOAT = 2**52
"""scipy computes in floats: sums of weights below this bound stay exact integers."""


def is_within_floats(weights: Mapping[Pair, Levels]) -> bool:
    """Tell whether every level by itself can be solved in floats without rounding."""
    return all(max(level) * len(weights) < _EXACT_FLOAT for level in zip(*weights.values(), strict=True))


def solve(rows: Sequence[int], columns: Sequence[int], weights: Mapping[Pair, Levels]) -> list[Pair]:
    """Give pairs of indices of rows and columns, each in one pair at most, of the greatest weight level by level."""
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    # A square, as then all potentials are free: rows and columns that are none take what is left over, for nothing.
    size = max(len(rows), len(columns))
    row_of = {row: index for index, row in enumerate(rows)}
    column_of = {column: index for index, column in enumerate(columns)}
    at = tuple(np.array([[row_of[row], column_of[column]] for row, column in weights]).T)
    allowed = np.ones((size, size), dtype=bool)
    columns_of = np.arange(size)
    for level in _merged(list(zip(*weights.values(), strict=True)), size):
        worth = np.zeros((size, size), dtype=np.int64)
        worth[at] = level
        _, columns_of = linear_sum_assignment(np.where(allowed, worth, -np.inf), maximize=True)
        allowed &= _tight(worth, columns_of, allowed)
    return [(row, int(column)) for row, column in enumerate(columns_of)]


def _merged(levels: Sequence[Sequence[int]], size: int) -> list[list[int]]:
    """Give the levels as few integers a pair as floats hold: those that fit are one number, compared as they were."""
    merged: list[list[int]] = []
    for level in levels:
        base = size * max(level) + 1
        if merged and (max(merged[-1]) + 1) * base * size < _EXACT_FLOAT:
            merged[-1] = [high * base + low for high, low in zip(merged[-1], level, strict=True)]
        else:
            merged.append(list(level))
    return merged


def _tight(
    worth: "NDArray[np.int64]", columns_of: "NDArray[np.intp]", allowed: "NDArray[np.bool_]"
) -> "NDArray[np.bool_]":
    """Tell which pairs some best pairing may hold, of which `columns_of` is one: those of no loss under potentials.

    The potentials of the columns are shortest ways in the graph of exchanges (Bellman 1958, Ford 1956), in which no
    circle wins anything, as the pairing is a best one.
    """
    import numpy as np

    size = len(columns_of)
    never = np.int64(_EXACT_FLOAT * 4)
    loss = np.where(allowed, worth[np.arange(size), columns_of][:, None] - worth, never)
    potential = np.zeros(size, dtype=np.int64)
    while True:
        reached = np.minimum(potential, (potential[columns_of][:, None] + loss).min(axis=0))
        if (reached == potential).all():
            tight: NDArray[np.bool_] = loss == potential[None, :] - potential[columns_of][:, None]
            return tight
        potential = reached
