"""Intervals over groups: right where they can be worked out, stable, and wider where cases hang together."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.statistics.bootstrap import Fraction, Meeting, Resampling
from annotator.statistics.wilson import wilson

fractions = st.lists(st.integers(0, 5).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))), max_size=8)


def made(pairs: list[tuple[int, int]]) -> list[Fraction]:
    return [Fraction(*pair) for pair in pairs]


@given(fractions)
def test_an_interval_lies_within_0_and_1_and_needs_two_groups(pairs):
    found = Resampling(len(pairs), 50).of_fraction(made(pairs))
    if sum(whole > 0 for _, whole in pairs) < 2:
        assert found is None
    else:
        assert found is not None
        assert 0 <= found[0] <= found[1] <= 1


def test_the_same_seed_gives_the_same_and_another_one_another():
    groups = made([(i % 4, 4) for i in range(30)])
    assert Resampling(30).of_fraction(groups) == Resampling(30).of_fraction(groups)
    assert Resampling(30).of_fraction(groups) != Resampling(30, seed=14).of_fraction(groups)
    assert Resampling(30).of_fraction(groups) == pytest.approx((0.258333, 0.466667), abs=1e-6)


def test_single_cases_give_what_the_formula_gives():
    found = Resampling(200).of_fraction(made([(int(i < 150), 1) for i in range(200)]))
    assert found == pytest.approx(wilson(150, 200), abs=0.02)


def test_cases_that_hang_together_say_less():
    alone = Resampling(200).of_fraction(made([(int(i < 100), 1) for i in range(200)])) or (0, 0)
    together = Resampling(20).of_fraction(made([(10 * (i < 10), 10) for i in range(20)])) or (0, 0)
    assert together[1] - together[0] > 2 * (alone[1] - alone[0])


def test_the_mean_of_one_figure_is_that_figure():
    groups = made([(1, 2), (0, 3), (2, 2)])
    resampling = Resampling(3)
    assert resampling.of_mean([groups]) == resampling.of_fraction(groups)
    assert resampling.of_mean([groups, made([(0, 0)] * 3)]) == resampling.of_fraction(groups)
    assert resampling.of_mean([]) is None


def test_alpha_and_kappa_of_trials_lie_around_their_values():
    draw = np.random.RandomState(1)
    said = [(int(group), str(true), str(true if draw.random_sample() < 0.8 else 1 - true))
            for group, true in zip(np.repeat(range(40), 10), draw.randint(0, 2, 400), strict=True)]  # fmt: skip
    met = [Meeting(group, float(a), float(b), 1.0) for group, one, other in said for a, b in
           ((one, other), (other, one))]  # fmt: skip
    resampling = Resampling(40)
    for low, high in (resampling.of_kappa(said) or (1, 0), resampling.of_alpha(met, "nominal") or (1, 0)):
        assert 0.4 < low < 0.6 < high < 0.8


def test_perfect_agreement_stays_perfect_in_every_trial():
    said = [(group, value, value) for group in range(6) for value in "ab"]
    assert Resampling(6).of_kappa(said) == (1.0, 1.0)
    assert Resampling(6).of_alpha([Meeting(g, v, v, 2.0) for g in range(6) for v in (0.0, 1.0)], "nominal") == (1, 1)


def test_too_many_values_are_not_worth_their_time():
    met = [Meeting(value % 2, float(value), float(value), 2.0) for value in range(401)]
    assert Resampling(2).of_alpha(met, "ratio") is None
    assert Resampling(2).of_alpha(met[:400], "nominal") == (1.0, 1.0)
    assert Resampling(2).of_alpha([], "ratio") is None


def test_trials_that_drew_one_category_only_make_nothing_perfect():
    said = [(0, "a", "a"), (0, "b", "a"), (0, "a", "b"), (1, "a", "a"), (1, "a", "a")]
    met = [Meeting(group, float(a == "b"), float(b == "b"), 1.0) for group, one, other in said for a, b in
           ((one, other), (other, one))]  # fmt: skip
    for low, high in (Resampling(2).of_kappa(said) or (1, 1), Resampling(2).of_alpha(met, "nominal") or (1, 1)):
        assert low <= high < 1
