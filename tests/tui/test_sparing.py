"""What differs between two lines, and that nothing of the old one is left when only that is sent."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from annotator.tui.layout import Layout
from annotator.tui.widgets.sparing import changed_columns

STYLES = [Style(bold=True), Style(italic=True), Style()]
pieces = st.lists(st.tuples(st.sampled_from(["a", "bb", " ", "   ", "قد", "😀"]), st.sampled_from(STYLES)), max_size=6)


def line(parts) -> Strip:
    return Strip(Segment.simplify([Segment(text, style) for text, style in parts]))


def cells(strip: Strip, width: int) -> list[tuple[str, Style | None]]:
    """What stands in each column of a terminal; a wide character leaves its second column empty."""
    found: list[tuple[str, Style | None]] = []
    for segment in strip:
        for character in segment.text:
            found += [(character, segment.style)] + [("", segment.style)] * (cell_len(character) - 1)
    return found + [(" ", None)] * (width - len(found))


@given(pieces, pieces)
def test_what_is_sent_of_a_line_leaves_nothing_of_the_line_before(before, after):
    old, new = line(before), line(after)
    width = max(old.cell_length, new.cell_length)
    columns = changed_columns(old, new)
    assert cells(old, width)[columns:] == cells(new, width)[columns:]
    assert columns <= width
    assert (columns == 0) == (list(old) == list(new))


def test_only_what_stands_before_a_change_is_sent():
    shared = [("  b, c", STYLES[2])]
    before, after = line([("aa", STYLES[0]), *shared]), line([("aa", STYLES[1]), *shared])
    assert changed_columns(before, after) == 2


@given(st.text(alphabet="ab 12.«»(قدأمس٣ـًّ\u200d\u200f-", max_size=60))
def test_plain_rows_are_those_that_need_no_map(text):
    layout = Layout(text, 12)
    for number in range(layout.row_count):
        plain, row = layout.plain(number), layout.row(number)
        if plain is not None:
            assert plain == "".join(cell.glyph for cell in row.cells)
            assert [cell.x for cell in row.cells] == list(range(len(plain)))
            assert (row.pad, row.width) == (0, len(plain))
