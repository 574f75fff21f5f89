"""The best pairing, against an oracle that tries every pairing."""

from collections.abc import Iterator
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.matching import assignment, large_assignment
from annotator.matching.assignment import assign

PAIRS = st.tuples(st.integers(0, 4), st.integers(0, 4))


def every_pairing(pairs: list[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], ...]]:
    """Every set of pairs in which no row and no column appears twice."""
    if not pairs:
        yield ()
        return
    first, *rest = pairs
    yield from every_pairing(rest)
    for other in every_pairing([pair for pair in rest if pair[0] != first[0] and pair[1] != first[1]]):
        yield first, *other


def total(pairing, weights):
    levels = [weights[pair] if isinstance(weights[pair], tuple) else (weights[pair],) for pair in pairing]
    return reduce(lambda a, b: tuple(x + y for x, y in zip(a, b, strict=True)), levels)


def oracle(weights):
    """The pairing of greatest weight; of several the one that comes first pair by pair."""
    positive = sorted(
        pair for pair, weight in weights.items() if (any(weight) if isinstance(weight, tuple) else weight)
    )
    pairings = [pairing for pairing in every_pairing(positive) if pairing]
    if not pairings:
        return ()
    best = max(total(pairing, weights) for pairing in pairings)
    return min(tuple(sorted(pairing)) for pairing in pairings if total(pairing, weights) == best)


@given(st.dictionaries(PAIRS, st.integers(0, 3), max_size=12))
def test_no_pairing_weighs_more_and_ties_go_to_the_first(weights):
    assert assign(weights) == oracle(weights)


@given(st.dictionaries(PAIRS, st.tuples(st.integers(0, 1), st.integers(0, 2), st.integers(0, 9)), max_size=10))
def test_later_levels_only_decide_between_equals(weights):
    assert assign(weights) == oracle(weights)


@given(st.dictionaries(PAIRS, st.integers(0, 3), max_size=16), st.randoms())
def test_the_order_in_which_weights_come_changes_nothing(weights, random):
    shuffled = list(weights.items())
    random.shuffle(shuffled)
    assert assign(dict(shuffled)) == assign(weights)


@given(st.dictionaries(PAIRS, st.integers(0, 3), max_size=12))
def test_the_solver_for_large_components_finds_the_same_weight(weights):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(assignment, "_LARGEST_SOLVED_HERE", 0)
        pairing = assign(weights)
    assert sum(weights[pair] for pair in pairing) == sum(weights[pair] for pair in oracle(weights))
    assert len({row for row, _ in pairing}) == len({column for _, column in pairing}) == len(pairing)


def in_large(weights):
    """What the way of large components makes of a small one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(assignment, "_LARGEST_SOLVED_HERE", 0)
        return assign(weights)


@pytest.mark.parametrize("exact", [2**52, 2**12, 1])
@given(st.dictionaries(PAIRS, st.tuples(*[st.integers(0, 3)] * 4), max_size=10))
def test_in_large_components_too_later_levels_only_decide_between_equals(exact, weights):
    with pytest.MonkeyPatch.context() as patch:
        # The less a float is said to hold, the more levels are solved one behind the other.
        patch.setattr(large_assignment, "_EXACT_FLOAT", exact)
        patch.setattr(large_assignment, "is_within_floats", lambda _: True)
        pairing = in_large(weights)
    best = oracle(weights)
    assert (total(pairing, weights) if pairing else ()) == (total(best, weights) if best else ())
    assert len({row for row, _ in pairing}) == len({column for _, column in pairing}) == len(pairing)


@given(st.dictionaries(PAIRS, st.tuples(*[st.integers(0, 2)] * 3), max_size=16), st.randoms())
def test_in_large_components_the_order_of_weights_changes_nothing(weights, random):
    shuffled = list(weights.items())
    random.shuffle(shuffled)
    assert in_large(dict(shuffled)) == in_large(weights)


def test_weights_that_no_float_holds_are_solved_in_integers():
    huge = 2**60
    weights = {(row, column): (huge + (row == column),) for row in range(40) for column in range(40)}
    assert assign(weights) == tuple((row, row) for row in range(40))


def test_greedy_would_lose_what_the_optimum_finds():
    # The heaviest pair alone is worth 3; the two that it blocks are worth 4.
    assert assign({(0, 0): 3, (0, 1): 2, (1, 0): 2}) == ((0, 1), (1, 0))


def test_one_pair_of_the_first_level_outweighs_everything_below():
    assert assign({(0, 0): (1, 0), (0, 1): (0, 900), (1, 0): (0, 900)}) == ((0, 0),)


def test_a_pair_of_no_weight_is_never_made():
    assert assign({(0, 0): 0, (1, 1): (0,)} | {(2, 2): 1}) == ((2, 2),)
    assert assign({}) == ()


@pytest.mark.parametrize("size", [20, 60])
def test_a_large_component_of_ties_is_paired_in_full(size):
    assert assign({(row, column): 1 for row in range(size) for column in range(size)})[:1] == ((0, 0),)
    assert len(assign({(row, column): 1 for row in range(size) for column in range(size)})) == size


def test_weights_beyond_what_floats_hold_stay_exact():
    heavy = 2**60
    weights = {(row, column): heavy for row in range(40) for column in range(40)} | {(5, 39): heavy + 1}
    assert (5, 39) in assign(weights)
