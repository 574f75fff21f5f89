import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text.display import display, glyph, is_hidden, undirected

ANY = st.text(
    st.characters(codec=None) | st.sampled_from("\x00\x1b\x07\x7f\x85\x9b\u202e\u2066\ud800\u200d👩💻\ufe0f\n\t")
)
DANGEROUS = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


@pytest.mark.parametrize(
    ("character", "shown"),
    [
        ("\x00", "␀"), ("\x1b", "␛"), ("\n", "␊"), ("\r", "␍"), ("\x7f", "␡"), ("\x9b", "\ufffd"), ("\x85", "\ufffd"),
        ("\ud800", "\ufffd"), ("\t", "  "), ("\u202e", "◂"), ("\u202d", "▸"), ("\u2066", "▸"), ("\u2069", "◦"),
        ("\u2029", "␤"), ("\u200b", ""), ("\ufeff", ""), ("\u00ad", ""), ("\u200f", ""), ("a", "a"), ("ق", "ق"),
        ("\u0600", "\u0600"), ("\u00a0", "\u00a0"),
    ],
)  # fmt: skip
def test_what_a_character_shows_as(character: str, shown: str) -> None:
    assert glyph(character) == shown
    assert display(character) == shown


def test_invisible_characters_can_be_revealed() -> None:
    assert display("a\u200eb\u200fc\u200bd\u00ade", reveal=True) == "a→b←c·d¬e"


def test_an_escape_sequence_cannot_reach_the_terminal() -> None:
    assert display("\x1b]0;title\x07\x1b[2J") == "␛]0;title␇␛[2J"


def test_a_joiner_stays_only_where_it_makes_one_picture_of_two() -> None:
    assert display("👩\u200d💻") == "👩\u200d💻"
    assert display("👩🏽\u200d❤\ufe0f\u200d👨") == "👩🏽\u200d❤\ufe0f\u200d👨"
    assert display("ب\u200dب") == "بب"
    assert display("\u200d💻") == "💻"


@given(ANY)
def test_nothing_that_steers_a_terminal_is_shown(text: str) -> None:
    assert not DANGEROUS.search(display(text))
    assert not DANGEROUS.search(display(text, reveal=True))


@given(st.characters(codec=None))
def test_a_code_point_shows_as_one_glyph_or_none_and_only_format_characters_as_none(character: str) -> None:
    assert len(glyph(character)) <= 1 or character == "\t"
    assert (glyph(character) == "") == is_hidden(character)
    assert glyph(character, reveal=True) != ""


@given(ANY)
def test_showing_twice_changes_nothing(text: str) -> None:
    assert display(display(text)) == display(text)


@given(ANY)
def test_what_the_bidi_algorithm_sees_has_one_code_point_for_each(text: str) -> None:
    seen = undirected(text)
    assert len(seen) == len(text)
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x1c-\x1e\x85\u2029]", seen)
