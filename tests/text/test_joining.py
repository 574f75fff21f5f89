import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text.joining import joined

SEEDS = Path(__file__).parents[2] / "seeds"
FORMS = frozenset(map(chr, (*range(0xFB50, 0xFC00), *range(0xFE80, 0xFEFD))))
ARABIC = st.text(st.sampled_from("لاأإآبجدرسعمهويةءىئؤ\u0640\u064e\u0651\u200c\u200d\u200e ab١1،\u06cc\u06a9\u067e"))


def shaped(text: str, cuts: tuple[int, ...] = ()) -> str:
    return "".join(joined(text, 0, len(text), cuts))


def letters_of(text: str) -> list[str]:
    return [c for c in unicodedata.normalize("NFKD", text) if c.isalpha()]


def test_a_letter_takes_its_form_from_its_neighbours() -> None:
    assert joined("ببب ب", 0, 5) == ["\ufe91", "\ufe92", "\ufe90", " ", "\ufe8f"]


def test_alef_joins_only_what_comes_before_it() -> None:
    assert joined("باب", 0, 3) == ["\ufe91", "\ufe8e", "\ufe8f"]


def test_marks_do_not_part_letters() -> None:
    assert joined("ب\u064eب", 0, 3) == ["\ufe91", "\u064e", "\ufe90"]


def test_a_non_joiner_parts_letters_and_a_joiner_joins() -> None:
    assert joined("ب\u200cب", 0, 3) == ["\ufe8f", "\u200c", "\ufe8f"]
    assert joined("ب\u200d", 0, 2) == ["\ufe91", "\u200d"]


def test_lam_and_alef_become_one_glyph_in_the_slot_of_lam() -> None:
    assert joined("لا", 0, 2) == ["\ufefb", ""]
    assert joined("بلا", 0, 3) == ["\ufe91", "\ufefc", ""]
    assert joined("ل\u064eأ", 0, 3) == ["\ufef7", "\u064e", ""]


def test_a_span_edge_between_lam_and_alef_takes_them_apart() -> None:
    assert joined("لا", 0, 2, [1]) == ["\ufedf", "\ufe8e"]
    assert joined("لا", 0, 2, [0, 2]) == ["\ufefb", ""]
    assert "" not in joined("ل\u064eا", 0, 3, [2])


def test_letters_outside_the_stretch_count_as_neighbours() -> None:
    assert joined("ببب", 1, 2) == ["\ufe92"]
    assert joined("لا", 0, 1) == ["\ufedf"]


def test_persian_letters_have_their_own_forms() -> None:
    assert shaped("پی") == "\ufb58\ufbfd"


def test_latin_text_stays_as_it_is() -> None:
    assert shaped("Killed 12.") == "Killed 12."


@given(ARABIC)
def test_shaping_loses_no_letter(text: str) -> None:
    glyphs = joined(text, 0, len(text))
    assert len(glyphs) == len(text)
    assert letters_of("".join(glyphs)) == letters_of(text)


@given(ARABIC, st.integers(0, 20), st.integers(0, 20))
def test_a_stretch_is_shaped_as_in_the_whole_text(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    end = min(start + length, len(text))
    edges = {start, end}
    assert joined(text, start, end, edges) == joined(text, 0, len(text), edges)[start:end]


@pytest.mark.parametrize("seed", sorted(SEEDS.glob("00[12]_*.txt")), ids=lambda path: path.stem[:3])
def test_every_letter_of_the_seeds_is_drawn_in_a_form(seed: Path) -> None:
    text = seed.read_text("utf-8")
    glyphs = joined(text, 0, len(text))
    arabic = [k for k, letter in enumerate(text) if "\u0620" <= letter <= "\u064a"]
    assert arabic
    # tatweel has but one form; an empty slot is an alef within a lam's
    assert all(glyphs[k] == "" or glyphs[k] in FORMS or text[k] == "\u0640" for k in arabic)
