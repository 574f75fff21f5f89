"""What differs between two lines, and that nothing of the old one is left when only that is sent."""

import random
from collections.abc import Iterator
from itertools import pairwise

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from annotator.tui.app import AnnotatorApp
from annotator.tui.layout import Layout
from annotator.tui.widgets.sparing import changed_columns
from tests.tui.conftest import WIDE, Desk

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


# What reaches a terminal

KEYS = "n n p a x m e u U [ ] left right up down shift+right shift+down pageup pagedown home"
QUESTION = ["slash", "a", "escape"]


class Sent:
    """A terminal, and all that the application has sent to it."""

    def __init__(self) -> None:
        self.terminal = pyte.Screen(*WIDE)
        self.stream = pyte.Stream(self.terminal)

    def take(self, written: str) -> None:
        self.stream.feed(written.replace("\u200e", ""))  # pyte gives it a cell of its own

    @property
    def looks(self) -> list[list[tuple[object, ...]]]:
        """What can be seen of each cell: of a blank no letter's colour, weight or slant."""
        return [
            [
                (cell.data, cell.bg, cell.underscore, cell.reverse, cell.strikethrough)
                + ((cell.fg, cell.bold, cell.italics) if cell.data != " " or cell.reverse else ())
                for cell in (line[x] for x in range(WIDE[0]))
            ]
            for line in (self.terminal.buffer[y] for y in range(WIDE[1]))
        ]


@pytest.fixture
def sent(monkeypatch) -> Iterator[Sent]:
    """Have every frame sent to a terminal as well."""
    sent = Sent()
    display = AnnotatorApp._display

    def also_sent(app, screen, frame):
        if hasattr(frame, "render_segments"):
            sent.take(frame.render_segments(app.console))
        display(app, screen, frame)

    monkeypatch.setattr(AnnotatorApp, "_display", also_sent)
    yield sent


def drawn_anew(desk: Desk) -> Sent:
    """Give a terminal to which the whole screen is sent as it should look by now, nothing of it kept."""
    for widget in desk.app.screen.query("*"):
        widget.notify_style_update()
        widget._styles_cache.clear()
    desk.view.use_palette(desk.view.palette)
    whole = Sent()
    for y, strip in enumerate(desk.app.screen._compositor.render_strips()):
        whole.take(f"\x1b[{y + 1};1H{strip.render(desk.app.console)}")
    return whole


@pytest.mark.parametrize("article", ["en-1", "ar-1"])
async def test_what_was_sent_bit_by_bit_looks_like_the_whole_screen(sit, sent, article):
    chance = random.Random(article)
    async with sit(article) as desk:
        for _ in range(8):
            pressed = chance.choice([chance.choices(KEYS.split(), k=6)] * 4 + [QUESTION])
            await desk.press(*pressed)
            desk.app.screen._on_timer_update()
            assert sent.looks == drawn_anew(desk).looks, pressed


async def test_nothing_is_left_of_a_text_that_changed_after_the_window_was_left(sit, sent):
    async with sit("en-1") as desk:
        for key in "nxnpu":
            for focus in (False, True):
                desk.app.app_focus = focus
                await desk.pilot.pause()
            await desk.press(key)
            desk.app.screen._on_timer_update()
        assert sent.looks == drawn_anew(desk).looks


@pytest.mark.parametrize("article", ["en-1", "ar-1"])
async def test_no_row_is_parted_where_it_looks_the_same(sit, article):
    async with sit(article) as desk:
        for number in range(desk.view._layout.row_count):
            written = [segment.style.render("x") for segment in desk.view._draw(desk.view._layout, number)]
            assert all(one != other for one, other in pairwise(written)), number
