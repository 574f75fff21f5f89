"""Intervals as published, and none where there is nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement.wilson import Share


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    # Newcombe (1998, Statistics in Medicine 17:857-872), table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_intervals_are_the_published_ones(hits: int, of: int, low: float, high: float) -> None:
    assert Share(hits, of).interval == pytest.approx((low, high), abs=5e-5)


def test_of_nothing_there_is_no_share() -> None:
    assert (Share(0, 0).rate, Share(0, 0).interval) == (None, None)


@given(st.integers(1, 500), st.data())
def test_the_interval_holds_the_share_and_mirrors(of: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, of))
    share, rest = Share(hits, of), Share(of - hits, of)
    assert share.rate is not None
    assert share.interval is not None
    assert rest.interval is not None
    low, high = share.interval
    assert 0 <= low <= share.rate + 1e-12
    assert share.rate - 1e-12 <= high <= 1
    assert (1 - high, 1 - low) == pytest.approx(rest.interval)
