import re

from hypothesis import given
from hypothesis import strategies as st

from annotator.text.position import Position, position


def test_line_and_column_are_counted_from_one() -> None:
    assert position("ab\ncd", 0) == Position(1, 1)
    assert position("ab\ncd", 4) == Position(2, 2)


def test_the_line_end_belongs_to_its_line_and_the_end_of_the_text_has_a_place() -> None:
    assert position("ab\n", 2) == Position(1, 3)
    assert position("ab\n", 3) == Position(2, 1)


def test_other_line_breaks_of_unicode_end_no_line() -> None:
    assert position("a\u2028b\u0085c\x0bd", 6) == Position(1, 7)


@given(st.text("aب\n\u2028\u0301"), st.data())
def test_line_and_column_lead_back_to_the_offset(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    line, column = position(text, offset)
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    assert starts[line - 1] + column - 1 == offset
    assert line == sum(start <= offset for start in starts)
