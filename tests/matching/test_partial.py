"""What pairs of spans are worth, against an oracle that tries every pairing."""

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.matching import partial
from annotator.matching.partial import credit

SPANS = st.lists(st.tuples(st.integers(0, 12), st.integers(1, 7)).map(lambda drawn: (drawn[0], sum(drawn))), max_size=5)


def share(one, other):
    ours, theirs = set(range(*one)), set(range(*other))
    return Fraction(len(ours & theirs), len(ours | theirs))


WORTH = {
    "exact": lambda one, other: Fraction(one == other),
    "overlap": lambda one, other: Fraction(share(one, other) > 0),
    "half": lambda one, other: Fraction(one == other) or Fraction(share(one, other) > 0, 2),
    "iou": share,
}


def best(gold, predicted, worth):
    """The most that any one-to-one pairing is worth."""
    padded = [*gold, *[None] * len(predicted)]
    return max(
        sum(0 if one is None else worth(one, other) for one, other in zip(chosen, predicted, strict=True))
        for chosen in set(permutations(padded, len(predicted)))
    )


@pytest.mark.parametrize("way", WORTH)
@given(st.data())
def test_no_pairing_is_worth_more(way, data):
    gold, predicted = data.draw(SPANS), data.draw(SPANS.filter(lambda spans: len(spans) < 5))
    assert getattr(credit(gold, predicted), way) == best(gold, predicted, WORTH[way])


@given(SPANS, SPANS, st.randoms())
def test_neither_order_nor_side_changes_what_pairs_are_worth(gold, predicted, random):
    def worth(one, other):
        found = credit(one, other)
        return found.exact, found.overlap, found.half, found.iou

    assert worth(random.sample(predicted, len(predicted)), random.sample(gold, len(gold))) == worth(gold, predicted)


def test_spans_that_touch_are_worth_nothing():
    assert credit([(0, 3)], [(3, 5)]) == (0, 0, 0, ())


def test_pairing_equal_spans_first_can_lose_an_overlap_but_no_credit():
    # The two long ones are equal; paired crosswise, each overlaps one of the short ones.
    found = credit([(0, 10), (0, 2)], [(0, 10), (8, 10)])
    assert (found.exact, found.overlap, found.half, found.iou) == (1, 2, 1, 1)


def test_the_greatest_share_first_can_lose_what_the_optimum_finds():
    # The first of each share most, 7/10; but then the second ones are left with nothing in common.
    assert credit([(0, 10), (0, 4)], [(0, 7), (5, 10)]).iou == Fraction(5, 10) + Fraction(4, 7)


def test_a_span_given_twice_is_paired_once():
    assert credit([(0, 5)], [(0, 5), (0, 5)]) == (1, 1, 2, ())
    assert credit([(0, 5)], [(0, 4), (0, 4)])[1:3] == (1, 1)


def test_a_span_of_nothing_shares_nothing():
    assert credit([(-1, -1), (3, 9)], [(-2, -2), (4, 4)]) == (0, 0, 0, ())


def test_a_large_cluster_is_paired_like_a_small_one():
    gold = [(0, 100 + n) for n in range(60)]
    predicted = [(0, 200 + n) for n in range(60)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(partial, "_MOST_EXACT", 1000)
        exactly = credit(gold, predicted)
    found = credit(gold, predicted)
    assert found.overlap == exactly.overlap == 60
    assert abs(found.iou - exactly.iou) < Fraction(1, 10**9)
