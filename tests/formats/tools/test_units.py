"""Four units count one text differently: each offset leads to its code point, and none is rounded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.formats.tools.units import UNITS, InsideCharacter, OutOfText, Ruler
from annotator.text.intake import lines_at_lf
from annotator.text.span import CodePoint
from tests.formats.tools.documents import raws, texts

TEXT = "🔥 قُتِلَ ٢٣ مدنيًّا في غارة 👨‍👩‍👧 على إدلب.\r\nPolice killed 5 people."


@pytest.mark.parametrize(
    ("needle", "unit", "start", "end", "stored"),
    [
        ("قُتِلَ", "code_point", 2, 8, 2),
        ("قُتِلَ", "utf16", 3, 9, 2),
        ("قُتِلَ", "utf8", 5, 17, 2),
        ("قُتِلَ", "grapheme", 2, 5, 2),
        ("٢٣", "code_point", 9, 11, 9),
        ("٢٣", "utf16", 10, 12, 9),
        ("٢٣", "utf8", 18, 22, 9),
        ("٢٣", "grapheme", 6, 8, 9),
        ("إدلب", "code_point", 38, 42, 38),
        ("إدلب", "utf16", 42, 46, 38),
        ("إدلب", "utf8", 78, 86, 38),
        ("إدلب", "grapheme", 29, 33, 38),
        ("killed", "code_point", 52, 58, 51),
        ("killed", "utf16", 56, 62, 51),
        ("killed", "utf8", 96, 102, 51),
        ("killed", "grapheme", 42, 48, 51),
    ],
)
def test_a_word_stands_where_measured(needle: str, unit: str, start: int, end: int, stored: int) -> None:
    ruler = Ruler(TEXT, unit)
    assert ruler.code_point(start) == stored
    assert ruler.code_point(end) == stored + len(needle)
    assert lines_at_lf(TEXT)[stored : stored + len(needle)] == needle
    assert (ruler.offset(stored), ruler.offset(stored + len(needle))) == (start, end)


@pytest.mark.parametrize(("unit", "length"), [("code_point", 68), ("utf16", 72), ("utf8", 112), ("grapheme", 58)])
def test_a_text_is_as_long_as_measured(unit: str, length: int) -> None:
    assert Ruler(TEXT, unit).starts[-1] == length


@pytest.mark.parametrize(
    ("raw", "unit", "offset"),
    [
        ("🔥", "utf16", 1),
        ("🔥", "utf8", 3),
        ("مً", "utf8", 1),
        ("a\r\nb", "code_point", 2),
        ("a\r\nb", "utf16", 2),
        ("\ufeffab", "utf8", 2),
    ],
)
def test_what_lies_inside_a_character_is_never_rounded(raw: str, unit: str, offset: int) -> None:
    with pytest.raises(InsideCharacter):
        Ruler(raw, unit).code_point(offset)


def test_a_cluster_has_no_inside() -> None:
    ruler = Ruler("👨‍👩‍👧!", "grapheme")
    assert ruler.code_point(1) == 5
    with pytest.raises(InsideCharacter):
        ruler.offset(CodePoint(2))


def test_a_cluster_is_that_of_unicode_and_not_what_a_caret_steps_over() -> None:
    assert Ruler("a\u200fb", "grapheme").starts == [0, 1, 2, 3]


@pytest.mark.parametrize("offset", [-1, 3, 10**30])
def test_nothing_stands_outside_of_the_text(offset: int) -> None:
    with pytest.raises(OutOfText):
        Ruler("ab", "code_point").code_point(offset)
    with pytest.raises(OutOfText):
        Ruler("ab", "code_point").offset(CodePoint(offset))


def test_a_bom_counts_where_the_tool_counts_it() -> None:
    assert Ruler("\ufeffab", "code_point").starts == [1, 2, 3]
    assert Ruler("\ufeffab", "utf8").starts == [3, 4, 5]
    assert Ruler("\ufeffab", "code_point").code_point(0) == 0
    assert Ruler("\ufeffab", "code_point", lines_as_one=True).starts == range(3)


def test_a_tool_may_count_a_line_end_of_two_characters_as_one() -> None:
    assert Ruler("a\r\nb", "code_point", lines_as_one=True).code_point(2) == 2
    assert Ruler("a\r\nb", "code_point").code_point(3) == 2


@given(texts().flatmap(raws), st.sampled_from(UNITS), st.booleans())
def test_there_and_back_is_where_one_began(raw: str, unit: str, as_one: bool) -> None:
    ruler = Ruler(raw, unit, lines_as_one=as_one)
    stored = lines_at_lf(raw.removeprefix("\ufeff"))
    assert len(ruler.starts) == len(stored) + 1
    for point in range(len(stored) + 1):
        try:
            offset = ruler.offset(CodePoint(point))
        except InsideCharacter:
            assert unit == "grapheme"
        else:
            assert ruler.code_point(offset) == point


@given(texts().flatmap(raws), st.sampled_from(UNITS))
def test_every_offset_of_the_raw_text_has_a_place_or_lies_inside_a_character(raw: str, unit: str) -> None:
    ruler = Ruler(raw, unit)
    for offset in range(1, ruler.starts[-1] + 1):
        try:
            assert ruler.starts[ruler.code_point(offset)] == offset
        except InsideCharacter:
            assert offset not in ruler.starts
