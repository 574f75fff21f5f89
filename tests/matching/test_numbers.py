import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.matching.numbers import bounds_overlap, same_value, within
from annotator.model.value import NumberValue

BOUND = st.none() | st.integers(0, 9)
VALUES = st.tuples(BOUND, BOUND).map(
    lambda drawn: NumberValue(low=drawn[0], high=drawn[1] if None in drawn else max(drawn))
)
LINE = range(-20, 40)


def allowed(value):
    """Every number that the value allows, on a line long enough for open bounds to show."""
    low = LINE.start if value.low is None else value.low
    high = LINE.stop if value.high is None else value.high
    return {number for number in LINE if low <= number <= high}


@given(VALUES, VALUES)
def test_bounds_overlap_where_one_number_can_be_both(a, b):
    assert bounds_overlap(a, b) == bool(allowed(a) & allowed(b)) == bounds_overlap(b, a)


@given(VALUES, VALUES)
def test_within_is_inclusion_of_what_is_allowed(predicted, gold):
    assert within(predicted, gold) == (allowed(predicted) <= allowed(gold))


def test_the_same_number_said_in_other_words_is_the_same_value():
    assert same_value(NumberValue(low=6, qualifier="at_least"), NumberValue(low=6, qualifier="vague", scope="new"))


@pytest.mark.parametrize("change", [{"low": 5}, {"high": 9}, {"best": 6}, {"unit": "km"}, {"num": 1, "den": 3}])
def test_any_of_bounds_best_unit_and_fraction_makes_another_value(change):
    value = NumberValue(low=6, unit="persons")
    assert not same_value(value, value.model_copy(update=change))


def test_zero_is_not_unknown():
    assert not same_value(NumberValue(low=0, high=0), NumberValue())
    assert not bounds_overlap(NumberValue(low=0, high=0), NumberValue(low=1))


def test_a_prediction_without_bounds_stands_for_its_best_figure():
    assert within(NumberValue(best=500), NumberValue(low=400, high=600))
    assert not within(NumberValue(best=700), NumberValue(low=400, high=600))


def test_nothing_but_itself_lies_within_a_figure_that_has_no_bounds():
    assert within(NumberValue(low=500, high=500), NumberValue(best=500, qualifier="about"))
    assert not within(NumberValue(best=7), NumberValue(best=500, qualifier="about"))


def test_a_prediction_that_says_nothing_is_not_within_bounds():
    assert not within(NumberValue(), NumberValue(low=400))
