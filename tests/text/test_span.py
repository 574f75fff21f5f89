from hypothesis import given
from hypothesis import strategies as st

from annotator.text.span import Span, span

EDGES = st.tuples(st.integers(0, 12), st.integers(0, 6))
SPANS = EDGES.map(lambda edges: span(edges[0], edges[0] + edges[1]))
STRETCHES = EDGES.map(lambda edges: span(edges[0], edges[0] + edges[1] + 1))


def covered(one: Span) -> set[int]:
    return set(range(one.start, one.end))


@given(SPANS, SPANS)
def test_arithmetic_counts_code_points(a: Span, b: Span) -> None:
    assert a.overlap(b) == len(covered(a) & covered(b))


@given(STRETCHES, STRETCHES)
def test_sharing_covering_and_union_follow_from_what_is_covered(a: Span, b: Span) -> None:
    assert a.overlaps(b) == bool(covered(a) & covered(b))
    assert a.covers(b) == (covered(b) <= covered(a))
    assert a.union(b) == len(covered(a) | covered(b))


def test_spans_that_touch_share_nothing() -> None:
    assert not span(0, 4).overlaps(span(4, 8))
    assert span(0, 4).overlap(span(4, 8)) == 0


def test_a_span_counts_code_points_not_bytes_or_cells() -> None:
    assert span(2, 6).of("💥 قُتل 6") == "قُتل"
