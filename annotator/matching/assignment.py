"""The best one-to-one pairing of two lists under integer weights. Knows nothing of what is paired.

The pairs form a graph that falls into connected components, most of them a single pair; each is solved alone. Weights
may be tuples, compared level by level: a later level only decides where the earlier ones tie. Never greedy: a greedy
pairing depends on the order of its input and can lose half of what there is to win.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from annotator.matching.large_assignment import Levels, is_within_floats
from annotator.matching.large_assignment import solve as solve_large

Pair = tuple[int, int]
Weight = int | tuple[int, ...]

_LARGEST_SOLVED_HERE = 64
"""Rows plus columns up to which a component is solved in exact integers; larger ones are worth loading scipy for."""


def assign(weights: Mapping[Pair, Weight]) -> tuple[Pair, ...]:
    """Give the one-to-one pairs with the greatest total weight, in order; only pairs of positive weight are made.

    `weights` maps (row, column) to an integer or to a tuple of non-negative integers, all of one length, that sum
    level by level and compare lexicographically. Among pairings of equal weight the one that holds the first pair in
    which they differ is given, so callers number rows and columns in a canonical order. (In components of more than
    64 rows and columns ties follow scipy's solver, which sees the same matrix whatever the order of `weights`.)
    """
    if one_to_one(weights):
        return tuple(sorted(pair for pair, weight in weights.items() if _counts(weight)))
    chosen: list[Pair] = []
    for component in _components(pair for pair, weight in weights.items() if _counts(weight)):
        chosen += component if len(component) == 1 else _best({pair: _levels(weights[pair]) for pair in component})
    return tuple(sorted(chosen))


def one_to_one(pairs: Collection[Pair]) -> bool:
    """Tell whether no row and no column comes twice, so that there is nothing to choose."""
    return len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)


def _counts(weight: Weight) -> bool:
    return any(weight) if isinstance(weight, tuple) else weight > 0


def _levels(weight: Weight) -> Levels:
    return weight if isinstance(weight, tuple) else (weight,)


def _single_levels(levels: Mapping[Pair, Levels]) -> dict[Pair, int]:
    """Give weights as single integers that sum and compare as the tuples do."""
    most_pairs = min(len({row for row, _ in levels}), len({column for _, column in levels}))
    bases = [most_pairs * max(level) + 1 for level in zip(*levels.values(), strict=True)]
    single = {}
    for pair, level in levels.items():
        total = 0
        for base, weight in zip(bases, level, strict=True):
            total = total * base + weight
        single[pair] = total
    return single


def _components(pairs: Iterable[Pair]) -> list[list[Pair]]:
    """Give the pairs by connected component, each sorted, the components in the order of their first pairs."""
    ordered = sorted(pairs)
    by_row, by_column = defaultdict(list), defaultdict(list)
    for pair in ordered:
        by_row[pair[0]].append(pair)
        by_column[pair[1]].append(pair)
    components, seen = [], set[Pair]()
    for first in ordered:
        if first in seen:
            continue
        seen.add(first)
        reached, waiting = [first], [first]
        while waiting:
            row, column = waiting.pop()
            for pair in (*by_row.pop(row, ()), *by_column.pop(column, ())):
                if pair not in seen:
                    seen.add(pair)
                    reached.append(pair)
                    waiting.append(pair)
        components.append(sorted(reached))
    return components


def _best(levels: Mapping[Pair, Levels]) -> list[Pair]:
    """Give the best pairs of one component."""
    rows = sorted({row for row, _ in levels})
    columns = sorted({column for _, column in levels})
    if len(rows) + len(columns) > _LARGEST_SOLVED_HERE and is_within_floats(levels):
        solved = solve_large(rows, columns, levels)
    else:
        weights = _single_levels(levels)
        # Adding 1/2, 1/4, 1/8, ... to the pairs in their order makes the optimum unique without changing which
        # totals are greater; scaled to integers.
        decided = {
            pair: (weights[pair] << len(weights)) | (1 << (len(weights) - 1 - rank))
            for rank, pair in enumerate(sorted(weights))
        }
        matrix = [[decided.get((row, column), 0) for column in columns] for row in rows]
        if len(rows) <= len(columns):
            solved = _solve(matrix)
        else:
            solved = [(row, column) for column, row in _solve([list(line) for line in zip(*matrix, strict=True)])]
    real = (pair for pair in solved if pair[0] < len(rows) and pair[1] < len(columns))
    pairs = ((rows[row], columns[column]) for row, column in real)
    return [pair for pair in pairs if pair in levels]


def _solve(weights: list[list[int]]) -> list[Pair]:
    """Give a pairing of every row with a column of the greatest total: no more rows than columns, exact integers.

    The Hungarian method with potentials, one augmenting path a row (Kuhn 1955, Munkres 1957; Jonker, Volgenant 1987).
    Column 0 of the working lists is the root of the current path; real rows and columns count from 1.
    """
    rows, columns = len(weights), len(weights[0])
    unreached = 1 << (max(map(max, weights)).bit_length() + columns.bit_length() + 2)
    row_potential, column_potential = [0] * (rows + 1), [0] * (columns + 1)
    row_of = [0] * (columns + 1)
    for row in range(1, rows + 1):
        row_of[0] = row
        least, came_from, used = [unreached] * (columns + 1), [0] * (columns + 1), [False] * (columns + 1)
        column = 0
        while row_of[column]:
            used[column] = True
            here, step, nearest = row_of[column], unreached, 0
            for other in range(1, columns + 1):
                if used[other]:
                    continue
                slack = -weights[here - 1][other - 1] - row_potential[here] - column_potential[other]
                if slack < least[other]:
                    least[other], came_from[other] = slack, column
                if least[other] < step:
                    step, nearest = least[other], other
            for other in range(columns + 1):
                if used[other]:
                    row_potential[row_of[other]] += step
                    column_potential[other] -= step
                else:
                    least[other] -= step
            column = nearest
        while column:
            row_of[column] = row_of[came_from[column]]
            column = came_from[column]
    return [(row_of[column] - 1, column - 1) for column in range(1, columns + 1) if row_of[column]]
