"""Sets of spans that do not overlap, against plain looking."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.finders.apart import Apart
from annotator.text.span import Span, span

spans = st.builds(lambda start, length: span(start, start + length), st.integers(0, 30), st.integers(1, 8))


@given(offered=st.lists(spans, max_size=20), asked=spans)
def test_spans_are_taken_and_found_as_plain_looking_does(offered: list[Span], asked: Span) -> None:
    apart, plain = Apart(), []
    for item in offered:
        free = not any(item.overlaps(other) for other in plain)
        assert apart.add(item) is free
        if free:
            plain.append(item)
    assert list(apart) == sorted(plain)
    touched = apart.overlapping(asked)
    assert (touched is not None) is any(asked.overlaps(other) for other in plain)
    assert touched is None or touched.overlaps(asked)
    assert apart.covers(asked) is any(other.covers(asked) for other in plain)
