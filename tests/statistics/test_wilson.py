"""Wilson's interval against figures worked out elsewhere, and at its ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.statistics.wilson import Share, wilson


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    # Newcombe 1998, Statistics in Medicine 17:857-872, table I, method 3
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_published_examples(hits, of, low, high):
    assert wilson(hits, of) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 10**6).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_interval_holds_the_share_and_stays_within_0_and_1(counted):
    hits, of = counted
    low, high = wilson(hits, of) or (1, 0)
    assert 0 <= low <= hits / of <= high <= 1


def test_nothing_has_no_share():
    assert (Share(0, 0).rate, Share(0, 0).interval) == (None, None)
    assert Share(1, 4).rate == 0.25
