"""A quote finds its place: as it stands, then as it reads, whole words first, and of several places the nearest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.formats.anchoring import MOST, Places, Quotes, nearest
from annotator.text.span import span


def places(text: str, quote: str) -> list[str]:
    """The places of a quote, as `start:what stands there`."""
    return [f"{one.start}:{one.of(text)}" for one in Quotes(text).places(quote).spans]


@pytest.mark.parametrize(
    ("text", "quote", "found"),
    [
        ("ISIS struck. Crisis.", "ISIS", ["0:ISIS"]),
        ("The war planes. A war began; warplanes.", "war", ["4:war", "18:war"]),
        ("War came with warplanes.", "war", ["0:War"]),
        ("All the warplanes.", "war", ["8:war"]),
        ("Islamic\nState", "islamic state", ["0:Islamic\nState"]),
        ("the “so-called” state", '"so-called"', ["4:“so-called”"]),
        ("قتل وداعش انسحب", "داعش", ["5:داعش"]),
        ("داعشي", "داعش", ["0:داعش"]),
        ("أعلنت القوّات", "القوات", ["6:القوّات"]),
        ("Six died.", "seven", []),
        ("Six died.", " ", []),
        ("Six died.", "\u064b", []),
        ("أولا\u064b", "\u064b", ["4:\u064b"]),
        ("منَع ثم مِن", "من", ["8:مِن"]),
        ("داعشُ انسحب", "داعش", ["0:داعشُ"]),
        ("كَتَبَ كَ", "كَ", ["7:كَ"]),
        ("قَتَلَهُم", "قَتَلَ", ["0:قَتَلَ"]),
        ("وَبِداعش", "داعش", ["4:داعش"]),
        ("جَداعش داعش", "داعش", ["7:داعش"]),
        ("cafe\u0301s, cafe", "cafe", ["8:cafe"]),
        ("ISIS\u200f.", "ISIS", ["0:ISIS"]),
        ("الأولى\nالثانية", "الأولى\r\nالثانية", ["0:الأولى\nالثانية"]),
        ("one\u2028two", "one two", ["0:one\u2028two"]),
    ],
)
def test_a_quote_is_found_as_a_person_would_find_it(text: str, quote: str, found: list[str]) -> None:
    assert places(text, quote) == found


def test_it_is_told_how_a_quote_was_found() -> None:
    quotes = Quotes("Regime forces")
    assert quotes.places("Regime") == Places((span(0, 6),), "exact")
    assert quotes.places("regime") == Places((span(0, 6),), "folded")


def test_what_stands_everywhere_is_not_looked_for_for_ever() -> None:
    assert len(Quotes("a " * 5 * MOST).places("a").spans) == MOST
    assert len(Quotes("a" * 5 * MOST).places("A").spans) == MOST


def test_of_more_places_than_are_looked_at_none_is_the_nearest() -> None:
    for word in ("he ", "He "):
        found = Quotes(word * MOST + "shot. " + word).places("he").spans
        assert nearest(found[1:], [span(0, 2)]) == span(3, 5)
        assert nearest(found, [span(3 * MOST, 3 * MOST + 4)]) is None


def test_one_whole_word_among_more_parts_than_are_looked_at_is_not_taken_for_the_only_one() -> None:
    assert len(Quotes("the " * MOST + "he").places("he").spans) == MOST
    assert len(Quotes("he " + "the " * MOST + "he").places("he").spans) == MOST
    assert len(Quotes("He " + "THE " * MOST + "He").places("he").spans) == MOST
    assert places("he " + "the " * (MOST - 2), "he") == ["0:he"]


def test_of_several_places_the_nearest_is_meant_unless_two_are_as_near() -> None:
    here = [span(0, 3), span(20, 23), span(40, 43)]
    assert nearest(here, [span(24, 30)]) == span(20, 23)
    assert nearest(here, [span(4, 8), span(26, 30)]) == span(0, 3)
    assert nearest(here, [span(12, 15), span(28, 35)]) == span(20, 23)
    assert nearest(here, [span(10, 13)]) is None
    assert nearest(here, []) is None


@given(text=st.text("aA اأو.\n", max_size=60), start=st.integers(0, 59), length=st.integers(1, 8))
def test_what_was_cut_out_of_a_text_is_found_in_it(text: str, start: int, length: int) -> None:
    quote = text[start : start + length]
    found = Quotes(text).places(quote)
    if quote.strip():
        assert found.spans
        assert found.how == "exact" or span(start, start + len(quote)) not in found.spans
    assert all(0 <= one.start < one.end <= len(text) for one in found.spans)
