"""Holm's correction: what it gives, and what it promises."""

from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.statistics.holm import holm

CHANCES = st.lists(st.integers(1, 1000).map(lambda p: p / 1000), max_size=6)


def test_the_steps_of_a_case_from_the_books():
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.5, 0.9]) == [1.0, 1.0]
    assert holm([0.02]) == [0.02]
    assert holm([]) == []


@given(CHANCES)
def test_it_is_what_testing_every_set_of_them_by_bonferroni_gives(chances):
    # Closed testing: one is refused when every set that holds it is, a set when its size times its least p is small.
    numbers = range(len(chances))
    sets = [one for size in numbers for one in combinations(numbers, size + 1)]
    for number, corrected in enumerate(holm(chances)):
        worst = max(min(1.0, len(one) * min(chances[each] for each in one)) for one in sets if number in one)
        assert corrected == pytest.approx(worst)


@given(CHANCES, st.randoms(use_true_random=False))
def test_no_order_changes_what_each_gets(chances, mix):
    order = list(range(len(chances)))
    mix.shuffle(order)
    assert holm([chances[at] for at in order]) == [holm(chances)[at] for at in order]


@given(CHANCES)
def test_none_gets_less_than_it_had_and_less_stays_less(chances):
    corrected = holm(chances)
    assert all(was <= now <= 1 for was, now in zip(chances, corrected, strict=True))
    for (was, now), (other, then) in product(zip(chances, corrected, strict=True), repeat=2):
        assert was > other or now <= then
