from hypothesis import given
from hypothesis import strategies as st

from annotator.text.bidi.levels import base_level, line_levels, paragraph_levels
from annotator.text.bidi.reorder import visual_order

MIXED = st.text(
    st.sampled_from("ab 12.,-()[]ابجد٣٤אב\u200e\u200f\u202a\u202b\u202c\u202e\u2066\u2067\u2068\u2069\t+$\u064e")
)


def seen(text: str) -> str:
    base, levels = paragraph_levels(text)
    line = line_levels(text, levels or [0] * len(text), 0, len(text), base)
    return "".join(text[k] for k in visual_order(line))


def test_plain_latin_text_needs_no_levels() -> None:
    assert paragraph_levels("Killed 12 (at least).") == (0, None)


def test_numbers_keep_their_order_inside_arabic() -> None:
    assert seen("قتل 12 جندي") == "يدنج 12 لتق"


def test_an_english_name_inside_arabic_is_one_run() -> None:
    assert seen("في Deir Ezzor اليوم") == "مويلا Deir Ezzor يف"


def test_brackets_go_with_the_text_around_them() -> None:
    assert seen("شبكة (CNN) هنا") == "انه )CNN( ةكبش"


def test_trailing_blanks_go_to_the_end_of_an_arabic_line() -> None:
    assert seen("اب  ")[:2] == "  "


def test_embeddings_count_to_a_depth_of_125() -> None:
    for depth, level in ((1, 1), (61, 121), (63, 125), (90, 125)):
        opened = "\u202b\u202a" * depth
        levels = paragraph_levels(opened[: 2 * depth - 1] + "א", 0).levels
        assert levels is not None
        assert levels[-1] == level


def test_the_first_strong_character_decides_a_paragraph() -> None:
    assert base_level("12 - عربي abc") == 1
    assert base_level("12 - abc عربي") == 0
    assert base_level("12") == 0


@given(MIXED)
def test_every_place_of_a_line_is_taken_once(text: str) -> None:
    base, levels = paragraph_levels(text)
    line = line_levels(text, levels or [0] * len(text), 0, len(text), base)
    assert sorted(visual_order(line)) == list(range(len(text)))
    assert base_level(text) == base


@given(st.lists(st.integers(0, 6)))
def test_reordering_is_what_the_rule_says_word_for_word(levels: list[int]) -> None:
    order = list(range(len(levels)))
    odd = [level for level in levels if level & 1]
    for level in range(max(levels, default=0), min(odd, default=1) - 1, -1) if odd else ():
        k = 0
        while k < len(order):
            start = k
            while k < len(order) and levels[order[k]] >= level:
                k += 1
            order[start:k] = reversed(order[start:k])
            k = max(k, start + 1)
    assert visual_order(levels) == order
