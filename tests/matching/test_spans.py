from hypothesis import given
from hypothesis import strategies as st

from annotator.matching.spans import boundary_difference, overlap, overlapping, same_span
from annotator.text.span import span

SPANS = st.tuples(st.integers(0, 20), st.integers(1, 6)).map(lambda drawn: span(drawn[0], drawn[0] + drawn[1]))


def test_spans_that_touch_share_nothing():
    assert overlap(span(0, 3), span(3, 5)) == 0
    assert list(overlapping([span(0, 3)], [span(3, 5)])) == []


def test_the_boundary_difference_says_how_far_each_edge_moved():
    assert boundary_difference(span(5, 10), span(3, 12)) == (-2, 2)
    assert boundary_difference(span(5, 10), span(5, 10)) == (0, 0)
    assert same_span(span(5, 10), span(5, 10))
    assert not same_span(span(5, 10), span(5, 11))


@given(st.lists(SPANS, max_size=8), st.lists(SPANS, max_size=8))
def test_overlapping_finds_every_pair_that_shares_a_code_point(a, b):
    shared = {
        (i, j)
        for i, one in enumerate(a)
        for j, other in enumerate(b)
        if set(range(one.start, one.end)) & set(range(other.start, other.end))
    }
    found = list(overlapping(a, b))
    assert set(found) == shared
    assert len(found) == len(shared)
