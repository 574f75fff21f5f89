"""Cohen's kappa beside scikit-learn's, and where that gives NaN."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from annotator.statistics.coefficient import kappa

pairs = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd")), min_size=1, max_size=12)


@given(pairs)
def test_the_peer_gives_the_same_where_it_is_defined(said):
    if len({value for pair in said for value in pair}) > 1:
        assert kappa(said).value == pytest.approx(cohen_kappa_score(*zip(*said, strict=True)))


@given(pairs, st.randoms())
def test_neither_order_matters(said, random):
    turned = [(other, one) for one, other in said]
    random.shuffle(turned)
    assert kappa(turned) == kappa(said)


@given(st.lists(st.sampled_from([("a", "b"), ("b", "a"), ("c", "a")]), min_size=1))
def test_where_both_always_differ_it_is_never_above_chance(said):
    assert (kappa(said).value or 0) <= 0


def test_one_category_is_a_perfect_agreement_with_a_note():
    assert kappa([("a", "a")] * 3) == (1.0, True)
    assert kappa([("a", "a"), ("b", "b")]) == (1.0, False)


def test_two_who_each_know_one_category_do_not_agree():
    assert kappa([("a", "b")] * 3) == (0.0, False)


def test_nothing_compared_is_no_figure():
    assert kappa([]).value is None
