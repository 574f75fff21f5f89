import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text.span import span
from annotator.text.word_edges import grown_end, grown_start, shrunk_end, shrunk_start

TEXT = "In Deir ez-Zor, قتلت الطائراتُ 20 fighters."
STEPS = (grown_start, grown_end, shrunk_start, shrunk_end)


def moved(step, quote: str) -> str:
    start = TEXT.index(quote)
    return step(TEXT, span(start, start + len(quote))).of(TEXT)


@pytest.mark.parametrize(
    ("step", "quote", "result"),
    [
        (grown_start, "Zor", "ez-Zor"),
        (grown_start, "In", "In"),
        (grown_start, "eir", "Deir"),
        (grown_start, "الطائراتُ", "قتلت الطائراتُ"),
        (grown_end, "Deir", "Deir ez"),
        (grown_end, "Zor", "Zor, قتلت"),
        (grown_end, "قتلت", "قتلت الطائراتُ"),
        (grown_end, "fight", "fighters"),
        (grown_end, "fighters", "fighters"),
        (shrunk_start, "الطائراتُ 20", "20"),
        (shrunk_start, "Zor,", "Zor,"),
        (shrunk_end, "قتلت الطائراتُ", "قتلت"),
        (shrunk_end, "fighters.", "fighters"),
        (shrunk_end, "Deir ez-Zor,", "Deir ez-Zor"),
        (shrunk_end, "ez-Zor", "ez"),
        (shrunk_end, "20", "20"),
    ],
)
def test_an_edge_moves_by_one_word(step, quote: str, result: str) -> None:
    assert moved(step, quote) == result


@given(st.text(st.sampled_from("ab\u064bم .-\n5"), min_size=1, max_size=40), st.data())
def test_no_step_leaves_the_text_or_leaves_nothing(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    one = span(start, data.draw(st.integers(start + 1, len(text))))
    for step in STEPS:
        after = step(text, one)
        assert 0 <= after.start < after.end <= len(text)
    assert grown_start(text, one).covers(one)
    assert grown_end(text, one).covers(one)
    assert one.covers(shrunk_start(text, one))
    assert one.covers(shrunk_end(text, one))
