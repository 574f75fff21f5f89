"""The words around an error: the sentence as it stands, with each side's span marked and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.scoring.errors import Reading, ScoringError
from annotator.text.span import Span, span
from annotator.workflow.error_excerpts import GOLD, PREDICTED, TRIGGER, excerpt


def error(gold: Span | None, predicted: Span | None, trigger: Span | None = None) -> ScoringError:
    sides = [None if where is None else Reading(where, "a", trigger=trigger) for where in (gold, predicted)]
    return ScoringError("x", "en", "unknown", "argument", "boundary", *sides, "argument: ends too late")


def test_a_sentence_is_cut_at_the_edges_of_both_sides():
    text = "It began. The army shelled Idlib again. Nobody fled."
    start, shelled = text.index("Idlib"), text.index("shelled")
    shown = excerpt(error(span(start, start + 5), span(start, start + 11), span(shelled, shelled + 7)), text)
    assert [tuple(piece) for piece in shown.pieces] == [
        ("The army ", ()),
        ("shelled", (TRIGGER,)),
        (" ", ()),
        ("Idlib", (GOLD, PREDICTED)),
        (" again", (PREDICTED,)),
        (".", ()),
    ]
    assert shown.cut == (False, False)
    assert not shown.rtl


def test_a_long_sentence_is_cut_at_words_and_says_so():
    text = "before " * 100 + "Idlib " + "behind " * 100
    start = text.index("Idlib")
    shown = excerpt(error(span(start, start + 5), None), text)
    words = "".join(piece.text for piece in shown.pieces)
    assert shown.cut == (True, True)
    assert len(words) < 340
    assert set(words.split()) == {"before", "Idlib", "behind"}


def test_arabic_runs_from_the_right_and_what_is_nowhere_has_no_sentence():
    text = "قصف الجيش إدلب."
    assert excerpt(error(span(4, 9), None), text).rtl
    assert excerpt(error(None, span(-1, -1)), text) is None
    assert excerpt(error(None, None), text) is None
    assert excerpt(error(span(4, 900), None), text) is None


@given(st.data())
def test_whatever_is_marked_is_what_stands_there(data):
    text = data.draw(st.text(st.sampled_from("ab. \nقص\u0301"), min_size=2, max_size=500))
    places = st.integers(0, len(text) - 1).flatmap(
        lambda start: st.integers(start + 1, min(len(text), start + 400)).map(lambda end: span(start, end))
    )
    gold, predicted = data.draw(places), data.draw(st.none() | places)
    shown = excerpt(error(gold, predicted, data.draw(st.none() | places)), text)
    assert "".join(piece.text for piece in shown.pieces) in text
    assert all(piece.text for piece in shown.pieces)
    marked = "".join(piece.text for piece in shown.pieces if GOLD in piece.marks)
    assert marked in gold.of(text)
    if predicted is None:
        assert marked == gold.of(text)
