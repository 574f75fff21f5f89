"""Trading outputs at random: beside scipy's permutation test, and beside all trades enumerated."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import permutation_test

from annotator.statistics.randomisation import Pairs, Side, p_values, trades

CREDIT = st.integers(0, 6) | st.fractions(0, 6, max_denominator=12)
SIDES = st.builds(Side, CREDIT, st.integers(0, 9))
GROUPS = st.lists(st.tuples(SIDES, SIDES), min_size=1, max_size=6)


def paired(groups):
    return Pairs([one for one, _ in groups], [other for _, other in groups])


def p_of(groups, trials=300, seed=13):
    return p_values([paired(groups)], len(groups), trials, seed)[0]


def figure(sides):
    whole = sum(side.whole for side in sides)
    return Fraction(sum(side.part for side in sides)) / whole if whole else None


def difference(groups):
    one, other = map(figure, zip(*groups, strict=True))
    return None if one is None or other is None else one - other


def traded(groups, which):
    return [(other, one) if swap else (one, other) for (one, other), swap in zip(groups, which, strict=True)]


def reaching(groups, which):
    """Whether a trade differs at least as much as what there is, written out; no figure on a side is no difference."""
    found = difference(traded(groups, which))
    return abs(found or 0) >= abs(difference(groups))


@given(GROUPS)
def test_each_trial_is_what_trading_those_groups_gives(groups):
    drawn = np.concatenate(list(trades(len(groups), 64, 5)))
    if difference(groups) is None:
        assert p_of(groups, 64, 5) is None
    elif all(one.part <= one.whole for pair in groups for one in pair):
        count = sum(reaching(groups, which) for which in drawn)
        assert p_of(groups, 64, 5) == (count + 1) / 65


def test_many_trials_come_near_all_trades_enumerated():
    groups = [(Side(n % 4, 5), Side((3 * n) % 5, 4 + n % 3)) for n in range(9)]
    every = [reaching(groups, which) for which in product((0, 1), repeat=9)]
    assert p_of(groups, 20_000) == pytest.approx(sum(every) / 2**9, abs=0.01)


def test_scipys_permutation_test_gives_the_same_over_all_trades():
    draw = np.random.RandomState(2)
    one, other = draw.randint(0, 9, 10), draw.randint(0, 9, 10)
    # With one whole everywhere the figures are means, which scipy can be asked for.
    peer = permutation_test(
        (one, other), lambda a, b, axis: a.mean(axis) - b.mean(axis), permutation_type="samples", vectorized=True
    )
    groups = [(Side(int(mine), 9), Side(int(theirs), 9)) for mine, theirs in zip(one, other, strict=True)]
    every = [reaching(groups, which) for which in product((0, 1), repeat=10)]
    assert peer.pvalue == pytest.approx(sum(every) / 2**10)
    assert p_of(groups, 20_000) == pytest.approx(peer.pvalue, abs=0.015)


def test_scipys_permutation_test_of_the_ratio_itself_gives_the_same():
    draw = np.random.RandomState(3)
    parts, wholes = draw.randint(0, 5, (2, 11)), draw.randint(5, 12, (2, 11))
    numbers = np.arange(11)

    def ratios(one, other):
        # What is traded is numbers of groups; other's are told from one's by 11.
        rows = [np.asarray(side, dtype=int) for side in (one, other)]
        part, whole = parts.ravel(), wholes.ravel()
        first, second = (part[row].sum() / whole[row].sum() for row in rows)
        return first - second

    peer = permutation_test((numbers, numbers + 11), ratios, permutation_type="samples", vectorized=False)
    sides = [[Side(int(p), int(w)) for p, w in zip(*row, strict=True)] for row in zip(parts, wholes, strict=True)]
    assert p_values([Pairs(*sides)], 11, 20_000, 13) == [pytest.approx(peer.pvalue, abs=0.015)]


@given(GROUPS)
def test_sides_that_say_the_same_have_a_p_of_exactly_1(groups):
    assert p_of([(one, one) for one, _ in groups]) in (1.0, None)


@given(GROUPS)
def test_who_comes_first_turns_the_sign_and_nothing_else(groups):
    turned = [(other, one) for one, other in groups]
    assert p_of(turned) == p_of(groups)
    mine, theirs = paired(groups), paired(turned)
    assert theirs.difference() == (None if mine.difference() is None else -mine.difference())
    assert theirs.contributions() == [-share for share in mine.contributions()]


@given(GROUPS)
def test_the_difference_is_exact_and_so_is_what_each_group_does_to_it(groups):
    pairs = paired(groups)
    assert pairs.difference() == difference(groups)
    if difference(groups) is not None:
        for number, share in enumerate(pairs.contributions()):
            other_way = difference(traded(groups, [at == number for at in range(len(groups))]))
            assert share == (0 if other_way is None else (difference(groups) - other_way) / 2)


def test_fractions_of_any_size_are_summed_without_a_loss():
    # A third more than a third of a third: floats, or sixty-four bits, would call some of these trades equal.
    small = Fraction(1, 3**60)
    groups = [(Side(Fraction(1, 3) + small, 1), Side(Fraction(1, 3), 1)), (Side(small, 1), Side(0, 1))]
    drawn = np.concatenate(list(trades(2, 100, 13)))
    both_or_none = int((drawn[:, 0] == drawn[:, 1]).sum())
    assert p_of(groups, 100) == (both_or_none + 1) / 101


def test_figures_share_their_trials_and_do_not_disturb_each_other(monkeypatch):
    draw = np.random.RandomState(5)
    several = [
        Pairs(*([Side(int(part), 9) for part in draw.randint(0, 9, 40)] for _ in range(2))) for _ in range(3)
    ] + [Pairs([Side(0, 0)] * 40, [Side(0, 1)] * 40)]
    together = p_values(several, 40, 500, 7)
    assert together == [p_values([pairs], 40, 500, 7)[0] for pairs in several]
    assert together[3] is None
    monkeypatch.setattr("annotator.statistics.randomisation._CELLS_AT_ONCE", 90)
    assert p_values(several, 40, 500, 7) == together


def test_half_of_the_groups_are_traded_and_another_seed_trades_others():
    drawn = np.concatenate(list(trades(70, 2000, 13)))
    assert drawn.shape == (2000, 70)
    assert np.abs(drawn.mean(axis=0) - 0.5).max() < 0.05
    assert not np.array_equal(drawn, np.concatenate(list(trades(70, 2000, 14))))


def test_no_groups_have_no_p():
    assert p_values([Pairs([], [])], 0, 10, 13) == [None]
    assert p_values([], 0, 10, 13) == []


def test_sides_with_different_groups_cannot_be_paired():
    with pytest.raises(ValueError, match="same groups"):
        Pairs([Side()], [])


def test_parts_that_take_several_words_are_put_together_again():
    big = 10**9 + 7
    groups = [(Side(Fraction(n * n + 1, big + n), 3), Side(Fraction(3 * n % 7, big - n), 2)) for n in range(7)]
    drawn = np.concatenate(list(trades(7, 200, 5)))
    assert p_of(groups, 200, 5) == (sum(reaching(groups, which) for which in drawn) + 1) / 201
