import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from annotator.text.clusters import cluster_at
from annotator.text.span import span
from annotator.tui.layout import LEFT_TO_RIGHT_MARK, NARROWEST, BidiMode, Layout, in_lines, one_line
from annotator.tui.row import Cell, Row

SEEDS = Path(__file__).parents[2] / "seeds"
ARABIC_SEEDS = sorted(SEEDS.glob("00[12]_*.txt"))
DANGEROUS = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")

PIECES = (
    "a", "Deir Ezzor ", " ", "  ", "\n", "\t", "قتل ", "لا", "ل\u064eأ", "مُحَمَّد ", "12", "٣٤", "(", ")", "[", "-", ".",
    "👩\u200d👩\u200d👧", "🇸🇾", "漢字", "\u200e", "\u200b", "\ufeff", "\u202e", "\u2066", "\u2069", "\x1b", "\x9b",
    "🔥", "\ud800", "e\u0301", "\u064e", "क\u094dष", "x" * 30,
)  # fmt: skip
MIXED = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
ANY = st.text(st.characters(codec=None))
WIDTH = st.integers(NARROWEST, 60)
MODE = st.sampled_from(BidiMode)


def rows(layout: Layout, cuts: frozenset[int] = frozenset()) -> list[Row]:
    return [layout.row(number, cuts) for number in range(layout.row_count)]


def seen(row: Row) -> list[Cell]:
    return [cell for cell in row.cells if cell.width]


def shown(row: Row) -> str:
    return " " * row.pad + "".join(cell.glyph for cell in row.cells)


def all_cuts(text: str) -> frozenset[int]:
    return frozenset(range(len(text)))


# Rows


@given(MIXED | ANY, WIDTH, st.booleans())
def test_every_code_point_stands_on_one_row(text: str, width: int, reveal: bool) -> None:
    layout = Layout(text, width, reveal=reveal)
    spans = [layout.row_span(row) for row in range(layout.row_count)]
    assert spans[0].start == 0
    assert spans[-1].end == len(text)
    assert all(left.end == right.start for left, right in pairwise(spans))
    for row, stretch in enumerate(spans):
        assert all(layout.row_at(offset) == row for offset in range(*stretch))


@given(MIXED, WIDTH, st.booleans())
def test_a_row_is_never_wider_than_asked_even_with_every_cluster_cut(text: str, width: int, reveal: bool) -> None:
    layout = Layout(text, width, reveal=reveal)
    for cuts in (frozenset[int](), all_cuts(text)):
        assert all(row.pad + row.width <= width for row in rows(layout, cuts))


@given(MIXED, WIDTH)
def test_rows_end_at_blanks_unless_a_word_fills_a_row(text: str, width: int) -> None:
    layout = Layout(text, width)
    for number in range(layout.row_count - 1):
        start, end = layout.row_span(number)
        line = text[start:end]
        if not re.search(r"[ \t\n][\u200b\u200e\ufeff\u064e]*$", line) and not re.search("[\u2e80-\U0001ffff]", text):
            assert not re.search("[ \t]", line.strip(" "))


@given(MIXED, WIDTH)
def test_a_row_begins_where_a_cluster_does(text: str, width: int) -> None:
    layout = Layout(text, width)
    for number in range(layout.row_count):
        start = layout.row_span(number).start
        assert cluster_at(text, start).start == start


def test_text_is_wrapped_at_blanks_which_hang_on_the_row() -> None:
    layout = Layout("one two   three\nfour", 8)
    assert [layout.row_span(row).of(layout.text) for row in range(3)] == ["one two   ", "three\n", "four"]
    assert [shown(layout.row(row)) for row in range(3)] == ["one two ", "three ", "four"]


def test_a_word_longer_than_a_row_is_broken_where_the_row_is_full() -> None:
    layout = Layout("a " + "x" * 20, 8)
    assert [tuple(layout.row_span(row)) for row in range(layout.row_count)] == [(0, 2), (2, 10), (10, 18), (18, 22)]


def test_a_tab_is_a_blank_to_break_at() -> None:
    assert [row.end for row in rows(Layout("one\tfourth", 8))] == [4, 10]


def test_an_invisible_character_after_a_blank_hangs_with_it() -> None:
    assert [row.end for row in rows(Layout("one two \u200e three", 8))] == [10, 15]
    assert [row.end for row in rows(Layout("one \u200etwothree", 8))] == [5, 13]


def test_ideographs_may_be_parted_anywhere_and_take_two_cells() -> None:
    layout = Layout("漢字" * 5, 9)
    assert [row.width for row in rows(layout)] == [8, 8, 4]


def test_a_tab_takes_two_cells() -> None:
    assert [(cell.glyph, cell.x, cell.width) for cell in Layout("a\tb", 20).row(0).cells] == [
        ("a", 0, 1), ("  ", 1, 2), ("b", 3, 1)
    ]  # fmt: skip


def test_an_empty_text_has_one_empty_row() -> None:
    layout = Layout("", 20)
    assert layout.row_count == 1
    assert layout.row(0) == Row(span(0, 0).start, span(0, 0).end, rtl=False, pad=0, width=0, cells=())


def test_a_text_of_one_very_long_sentence_wraps_and_keeps_its_direction() -> None:
    text = ("قال المتحدث باسم (CNN) إن 12 شخصاً قتلوا " * 4000).strip()
    layout = Layout(text, 40)
    assert layout.row_count > 512
    assert all(layout.row(number).rtl for number in (0, 255, 256, 511, 512, layout.row_count - 1))


# Cells


@given(MIXED | ANY, WIDTH, MODE, st.booleans(), st.sets(st.integers(0, 60)))
def test_cells_stand_for_each_code_point_of_their_row_once_and_never_across_a_cut(
    text: str, width: int, mode: BidiMode, reveal: bool, cuts: set[int]
) -> None:
    layout = Layout(text, width, mode, reveal=reveal)
    for row in rows(layout, frozenset(cuts)):
        covered = sorted((cell.lo, cell.hi) for cell in row.cells)
        assert [offset for lo, hi in covered for offset in range(lo, hi)] == list(range(row.start, row.end))
        assert not any(cell.lo < cut < cell.hi for cell in row.cells for cut in cuts)
        x = row.pad
        for cell in row.cells:
            assert cell.x == x
            x += cell.width
        assert x == row.pad + row.width


@given(MIXED | ANY, WIDTH, MODE, st.booleans())
def test_nothing_that_steers_a_terminal_is_in_a_cell(text: str, width: int, mode: BidiMode, reveal: bool) -> None:
    for row in rows(Layout(text, width, mode, reveal=reveal), all_cuts(text)):
        assert not any(DANGEROUS.search(cell.glyph) for cell in row.cells)


@given(MIXED, WIDTH, MODE, st.sets(st.integers(0, 60)))
def test_hit_and_columns_are_inverse(text: str, width: int, mode: BidiMode, cuts: set[int]) -> None:
    for row in rows(Layout(text, width, mode), frozenset(cuts)):
        for cell in seen(row):
            assert row.columns(cell.lo, cell.hi) == [(cell.x, cell.x + cell.width)]
            assert {row.hit(column) for column in range(cell.x, cell.x + cell.width)} == {cell.lo}
            assert row.cell_at(cell.lo) == cell
            assert row.column(cell.lo) == cell.x


@given(MIXED, WIDTH, MODE, st.integers(0, 60), st.integers(0, 60))
def test_the_columns_of_a_span_are_the_columns_of_its_cells(
    text: str, width: int, mode: BidiMode, start: int, end: int
) -> None:
    for row in rows(Layout(text, width, mode), frozenset((start, end))):
        found = {column for left, right in row.columns(start, end) for column in range(left, right)}
        wanted = {
            column for cell in seen(row) if start <= cell.lo < end for column in range(cell.x, cell.x + cell.width)
        }
        hidden = max(start, row.start) < min(end, row.end)
        assert found == wanted or (not wanted and hidden)


def test_a_column_beside_the_text_hits_what_is_nearest() -> None:
    english, arabic = Layout("abc", 20).row(0), Layout("قتل", 20).row(0)
    assert (english.hit(-3), english.hit(99)) == (0, 2)
    assert (arabic.pad, arabic.hit(0), arabic.hit(99)) == (17, 2, 0)


def test_what_cannot_be_seen_is_found_on_what_it_hangs_on() -> None:
    row = Layout("a\u200eb", 20).row(0, frozenset((1, 2)))
    assert [(cell.lo, cell.hi, cell.width) for cell in row.cells] == [(0, 1, 1), (1, 2, 0), (2, 3, 1)]
    assert row.columns(1, 2) == [(0, 1)]
    assert row.columns(1, 3) == [(1, 2)]


def test_the_end_of_a_line_has_a_cell_where_there_is_room() -> None:
    assert [tuple(cell) for cell in Layout("ab\n", 20).row(0).cells][-1] == (" ", 2, 3, 2, 1, False)
    assert Layout("abcdefgh\n", 8).row(0).cells[-1].width == 0
    arabic = Layout("قتل\n", 20).row(0)
    assert (arabic.cells[0].lo, arabic.pad) == (3, 16)


# Arabic


def test_arabic_stands_on_the_right_joined_and_in_visual_order() -> None:
    assert shown(Layout("قتل 12", 12, BidiMode.VISUAL).row(0)) == " " * 6 + "12 ﻞﺘﻗ"


def test_brackets_turn_round_in_arabic() -> None:
    row = Layout("هنا (مدينة)", 20, BidiMode.VISUAL).row(0)
    glyph = {cell.lo: cell.glyph for cell in row.cells}
    assert (glyph[4], glyph[10]) == (")", "(")


def test_a_span_over_both_directions_has_two_pieces() -> None:
    text = "قالت agency يوم الخميس"
    row = Layout(text, 40).row(0)
    start = text.index("ncy")
    assert len(row.columns(start, text.index("الخميس"))) == 2


def test_lam_and_alef_share_a_cell_until_a_span_edge_falls_between() -> None:
    layout = Layout("سلام", 20, BidiMode.VISUAL)
    assert [(cell.glyph, cell.lo, cell.hi) for cell in layout.row(0).cells] == [
        ("\ufee1", 3, 4), ("\ufefc", 1, 3), ("\ufeb3", 0, 1)
    ]  # fmt: skip
    assert [(cell.glyph, cell.lo, cell.hi) for cell in layout.row(0, frozenset((2,))).cells] == [
        ("\ufee1", 3, 4), ("\ufe8e", 2, 3), ("\ufee0", 1, 2), ("\ufeb3", 0, 1)
    ]  # fmt: skip
    assert layout.row(0, frozenset((1, 3))) == layout.row(0)


def test_tashkeel_stays_in_the_cell_of_its_letter() -> None:
    row = Layout("مُّد", 20, BidiMode.VISUAL).row(0)
    assert [(cell.glyph, cell.lo, cell.hi) for cell in row.cells] == [("\ufeaa", 3, 4), ("\ufee3\u064f\u0651", 0, 3)]


def test_a_cut_between_a_letter_and_its_mark_leaves_the_glyph_whole() -> None:
    row = Layout("مُد", 20, BidiMode.VISUAL).row(0, frozenset((1,)))
    assert [(cell.glyph, cell.lo, cell.hi, cell.width) for cell in row.cells] == [
        ("\ufeaa", 2, 3, 1), ("\ufee3\u064f", 0, 1, 1), ("", 1, 2, 0)
    ]  # fmt: skip


def test_a_cut_does_not_part_joined_letters() -> None:
    layout = Layout("قتل", 20)
    assert [cell.glyph for cell in layout.row(0, frozenset((1, 2))).cells] == [c.glyph for c in layout.row(0).cells]


def test_the_guard_follows_right_to_left_cells_alone() -> None:
    cells = seen(Layout("قتل 12 في Homs", 30).row(0))
    assert all((LEFT_TO_RIGHT_MARK in cell.glyph) == cell.rtl for cell in cells)
    assert {cell.rtl for cell in cells} == {True, False}


def test_logical_mode_leaves_the_order_to_the_terminal() -> None:
    row = Layout("(قتل) 12", 30, BidiMode.LOGICAL).row(0)
    assert [cell.lo for cell in row.cells] == list(range(8))
    assert row.cells[0].glyph == "("


def test_words_mode_writes_each_word_so_that_the_terminal_turns_it_round() -> None:
    row = Layout("قتل (12) رجل", 30, BidiMode.WORDS, joining=False).row(0)
    assert "".join(cell.glyph for cell in row.cells) == "رجل )12( قتل"
    assert row.cells[0].lo == 11


def test_an_override_of_the_article_is_shown_and_has_no_effect() -> None:
    assert shown(Layout("abc \u202edef\u202c ghi", 30).row(0)) == "abc ◂def◦ ghi"


def test_letters_stand_alone_without_joining() -> None:
    assert "".join(cell.glyph for cell in Layout("لا", 20, BidiMode.VISUAL, joining=False).row(0).cells) == "ال"


@pytest.mark.parametrize("seed", ARABIC_SEEDS, ids=lambda path: path.stem[:3])
@pytest.mark.parametrize("width", [30, 80])
def test_the_arabic_seeds_lie_on_the_screen_without_loss(seed: Path, width: int) -> None:
    text = seed.read_text("utf-8")
    layout = Layout(text, width)
    assert any(row.rtl for row in rows(layout))
    for row in rows(layout):
        assert row.rtl == (row.pad + row.width == width and row.rtl)
        assert {offset for cell in row.cells for offset in range(cell.lo, cell.hi)} == set(range(row.start, row.end))
        for cell in seen(row):
            assert row.hit(cell.x) == cell.lo
            assert row.columns(cell.lo, cell.hi) == [(cell.x, cell.x + cell.width)]


# Movement


@given(MIXED, WIDTH, MODE)
def test_right_and_left_undo_each_other_within_a_row(text: str, width: int, mode: BidiMode) -> None:
    layout = Layout(text, width, mode)
    for row in rows(layout):
        for left, right in pairwise(seen(row)):
            assert layout.move(left.lo, 1) == right.lo
            assert layout.move(right.lo, -1) == left.lo


@given(MIXED, WIDTH, MODE, st.integers(0, 80), st.integers(-3, 3), st.integers(-3, 3))
def test_a_caret_never_leaves_the_text(text: str, width: int, mode: BidiMode, at: int, dx: int, dy: int) -> None:
    layout = Layout(text, width, mode)
    at = min(at, len(text))
    assert 0 <= layout.move(at, dx) <= len(text)
    assert 0 <= layout.move_vertical(at, dy) <= len(text)


def test_at_the_edge_of_a_row_the_caret_goes_where_reading_goes_on() -> None:
    english = Layout("one two three", 8)
    assert english.move(6, 2) == 8
    assert english.move(8, -1) == 7
    arabic = Layout("قتل رجل مدني", 8)
    assert [tuple(arabic.row_span(row)) for row in range(2)] == [(0, 8), (8, 12)]
    assert arabic.move(7, -1) == 8
    assert arabic.move(8, 1) == 7


def test_the_ends_of_the_text_stop_the_caret() -> None:
    layout = Layout("abc", 20)
    assert layout.move(0, -1) == 0
    assert layout.move(2, 5) == 2
    assert layout.move_vertical(1, 4) == 1


def test_moving_down_keeps_the_column_or_takes_the_one_that_is_asked_for() -> None:
    layout = Layout("abcdef\nx\nabcdef", 20)
    assert layout.move_vertical(4, 1) == 8
    assert layout.move_vertical(8, 1, column=4) == 13
    assert layout.move_vertical(4, 99) == 13


def test_a_title_is_shown_as_one_line() -> None:
    assert one_line("a\x1b[31m\nb") == "a␛[31m␊b"
    assert one_line("قتل 12", BidiMode.VISUAL) == "12 ﻞﺘﻗ"
    assert one_line("") == ""


def test_an_emoji_in_an_arabic_word_keeps_its_cells() -> None:
    cells = Layout("قت🔥ل", 20, BidiMode.WORDS, joining=False).row(0).cells
    assert [(cell.glyph, cell.width) for cell in cells] == [("ل", 1), ("🔥", 2), ("ق", 1), ("ت", 1)]


@given(MIXED | ANY, WIDTH, MODE, st.booleans())
def test_each_glyph_is_as_wide_as_its_cell(text: str, width: int, mode: BidiMode, reveal: bool) -> None:
    for row in rows(Layout(text, width, mode, reveal=reveal)):
        for cell in row.cells:
            assert max(0, wcswidth(cell.glyph.replace(LEFT_TO_RIGHT_MARK, ""))) == cell.width


# Short texts


def test_a_long_quote_begins_on_its_first_line() -> None:
    text = "الميليشيات المتحالفة معها المدعومة من إيران"
    first, *others = in_lines(text, 20, BidiMode.VISUAL).split("\n")
    assert first == one_line("الميليشيات المتحالفة", BidiMode.VISUAL)
    assert others == [one_line("معها المدعومة من", BidiMode.VISUAL), one_line("إيران", BidiMode.VISUAL)]


@given(MIXED | ANY, WIDTH, MODE)
def test_lines_of_a_short_text_keep_within_the_width(text: str, width: int, mode: BidiMode) -> None:
    for line in in_lines(text, width, mode).split("\n"):
        assert wcswidth(line.replace(LEFT_TO_RIGHT_MARK, "")) <= width
