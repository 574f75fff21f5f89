"""A line being typed: kept as it was typed, seen in the order of the screen, with the cursor in sight."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from annotator.tui.facts import ROOM
from annotator.tui.layout import BidiMode, in_lines, one_line
from annotator.tui.line_edit import LineEdit
from annotator.tui.widgets.picker import Picker


def typed(*keys: str, text: str = "", mode: BidiMode = BidiMode.VISUAL) -> LineEdit:
    line = LineEdit.of(text, mode)
    for key in keys:
        line.take(key, key if len(key) == 1 else None)
    return line


def cursor(line: LineEdit, width: int) -> list[int]:
    """Give the columns, as far as every character takes one, that are drawn reversed."""
    drawn = line.drawn(width)
    return [at for span in drawn.spans if span.style == "reverse" for at in range(span.start, span.end)]


def test_arabic_is_drawn_joined_from_right_to_left_with_the_cursor_at_its_left_end():
    line = typed(*"قتل")
    assert line.text == "قتل"
    shown = line.drawn(10).plain
    assert shown == "      " + one_line("قتل ", BidiMode.VISUAL)
    assert [unicodedata.normalize("NFKC", letter) for letter in shown[-3:]] == ["ل", "ت", "ق"]
    assert cursor(line, 10) == [6]


def test_a_line_is_typed_over_or_gone_on_with_behind_a_blank():
    assert typed("7", text="14 strikes").text == "7"
    assert typed(*" new", text="14 strikes").text == "14 strikes new"


def test_arrows_move_as_seen():
    line = typed(*"قتل", "right")
    assert line.caret == 2
    line.take("right", None)
    assert line.caret == 1
    line.take("left", None)
    assert line.caret == 2
    latin = typed(*"abc", "left", "left")
    assert latin.caret == 1


def test_in_a_mixed_line_the_cursor_walks_over_every_cell_in_the_order_of_the_screen():
    line = typed(*"SDF قتل 20", "home")
    seen = []
    for _ in range(len(line.text)):
        seen.extend(cursor(line, 40))
        line.take("right", None)
    assert seen == sorted(seen)
    assert len(set(seen)) == len(line.text)


def test_in_logical_mode_the_terminal_does_the_ordering():
    line = typed(*"قتل", mode=BidiMode.LOGICAL)
    assert line.drawn(10).plain.strip().startswith(unicodedata.lookup("ARABIC LETTER QAF INITIAL FORM"))
    assert "\u200e" not in line.drawn(10).plain
    assert "\u200e" in typed(*"قتل", mode=BidiMode.GUARD).drawn(10).plain


@pytest.mark.parametrize(("text", "start"), [("word " * 20, "word"), ("كلمة " * 20, "كلمة")])
def test_a_long_line_scrolls_with_the_cursor_and_says_where_it_goes_on(text, start):
    line = typed("end", text=text.strip())
    end = line.drawn(20).plain
    assert "…" in end
    assert cursor(line, 20)
    line.take("home", None)
    begin = line.drawn(20).plain
    assert begin.count("…") == 1
    assert cursor(line, 20)
    assert begin != end


@given(
    st.text(st.sampled_from("ab \u064bقلا5(…é\u0301👩\u200d💻"), max_size=60),
    st.integers(8, 30),
    st.integers(0, 60),
    st.sampled_from(BidiMode),
)
@example("\u200dا", 8, 0, BidiMode.GUARD)
def test_it_never_takes_more_cells_than_there_are_and_the_cursor_is_never_lost(text, width, caret, mode):
    line = LineEdit(text, min(caret, len(text)), fresh=False, mode=mode)
    drawn = line.drawn(width)
    assert drawn.cell_len <= width
    assert any(span.style == "reverse" for span in drawn.spans)


def test_what_was_there_is_typed_over_or_edited():
    assert typed("x", text="old").text == "x"
    assert typed("left", "x", text="old").text == "olxd"
    assert typed("backspace", text="old").text == ""
    assert typed("end", "backspace", text="old").text == "ol"
    assert typed("home", "delete", text="old").text == "ld"


async def test_arabic_typed_into_a_question_stands_in_the_order_of_the_screen(sit):
    async with sit("ar-1") as desk:
        await desk.press("/")
        await desk.type("قوات النظام")
        assert one_line("قوات النظام", BidiMode.GUARD) in desk.screen
        await desk.press("escape")
        await desk.at("الطائرات الحربية")
        await desk.press("t")
        await desk.type("النظام")
        assert one_line("النظام", BidiMode.GUARD) in desk.screen


async def test_the_types_can_be_read_in_a_small_window(sit):
    async with sit("en-1", size=(80, 24)) as desk:
        await desk.at("shelled")
        await desk.press("t")
        types = desk.session.schema.types
        for name, one in types.items():
            assert f" {one.key}  {name} " in desk.screen, name
        assert "Event type:  strike.artillery  Shelling" in desk.screen
        await desk.press("down")
        assert types["strike.explosion"].title in desk.screen


async def test_a_long_name_at_the_cursor_is_never_cut(sit):
    async with sit("en-1") as desk:
        await desk.at("Idlib")
        registry = desk.session.project.guidelines.registry
        longest = max(registry.places, key=lambda ref: len(ref) + len(registry.name_of(ref)))
        await desk.press("t")
        await desk.type(longest)
        panel = desk.label.query_one(Picker)
        shown = " ".join(panel.render().plain.split())
        assert registry.name_of(longest) in shown


async def test_a_name_that_is_only_arabic_stands_in_the_order_of_the_screen_wherever_it_is_shown(sit):
    async with sit("en-1") as desk:
        registry = desk.session.project.guidelines.registry
        ref, name = next((ref, one.ar[0]) for ref, one in registry.places.items() if not one.en)
        await desk.at("Idlib")
        await desk.press("t")
        await desk.type(ref)
        shown = one_line(f"{ref}  {name}", BidiMode.GUARD)
        assert shown.split()[-1] in desk.label.query_one(Picker).render().plain
        await desk.press("enter")
        assert in_lines(f"{ref} ({name})", ROOM, BidiMode.GUARD) in desk.panel


@pytest.mark.parametrize("words", ["is a count of strikes an argument", "هل عدد الغارات من أدوار الحدث"])
def test_a_line_that_is_longer_than_a_row_is_shown_whole_in_rows(words):
    line = typed(*words, mode=BidiMode.LOGICAL)
    rows = line.wrapped(16, 9).plain.split("\n")
    assert len(rows) >= 2
    assert all(cell_len(row) <= 16 for row in rows)
    assert sum(len(row.split()) for row in rows) == len(words.split())
    assert line.wrapped(16, 1).plain == rows[-1], "where there is no room, the row of the cursor is seen"
