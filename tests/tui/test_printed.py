"""An article printed to a terminal looks as on the screens, row by row, and loads no screens."""

import re
import subprocess
import sys

from rich.color import ColorSystem

from annotator.text.span import span
from annotator.tui.layout import BidiMode
from annotator.tui.palette import COLOURLESS, DARK, palette_of
from annotator.tui.printed import Mark, Printer

TEXT = "Planes shelled Raqqa.\nقصفت الطائرات الرقة.\nCookies."
MARKS = [Mark(span(0, 6), "actor"), Mark(span(7, 14), "trigger"), Mark(span(15, 20), "place")]
STYLED = re.compile(r"\x1b\[([\d;]*)m([^\x1b]*)\x1b\[0m")


def printer(mode: BidiMode = BidiMode.VISUAL, colours: ColorSystem | None = ColorSystem.TRUECOLOR) -> Printer:
    return Printer(mode, DARK, colours, 40)


def test_mentions_have_the_colours_of_their_kinds():
    rows = list(printer().article(TEXT, MARKS, [span(43, 51)]))
    styled = {words: style for style, words in STYLED.findall(rows[0])}
    assert set(styled) == {"Planes", "shelled", "Raqqa"}
    assert len(set(styled.values())) == 3
    assert STYLED.sub(r"\2", rows[0]) == "Planes shelled Raqqa."
    assert [words for _, words in STYLED.findall(rows[2])] == ["Cookies."]


def test_a_mention_within_another_is_told_apart():
    within = [Mark(span(0, 14), "actor"), Mark(span(7, 14), "actor")]
    ((outer, _), (inner, _)) = STYLED.findall(next(iter(printer().article(TEXT, within, []))))
    assert outer != inner


def test_arabic_stands_in_the_order_of_the_screen_and_on_the_right():
    (_, row, _) = printer(colours=None).article(TEXT, [], [])
    assert len(row) == 40
    assert row.startswith(" " * 10)
    assert row.strip().startswith(".")
    (_, logical, _) = printer(BidiMode.LOGICAL, None).article(TEXT, [], [])
    assert logical.strip().endswith(".")


def test_quotes_in_a_line_are_turned_and_the_rest_is_not():
    told = printer().line("“قصف” 3-6: x → y")
    assert told.endswith("” 3-6: x → y")
    assert "قصف" not in told


def test_a_long_title_begins_on_its_first_line():
    (first, second) = printer(colours=None).title("قصف الطائرات الحربية مدينة الرقة في يوم الثلاثاء").split("\n")
    assert first[-1] == "\ufed7"  # the qaf that the title begins with, in the form that it has there
    assert len(first) <= 40
    assert second


def test_without_colours_mentions_are_still_seen():
    plain = Printer(BidiMode.VISUAL, palette_of("dark", colours=False), ColorSystem.STANDARD, 40)
    assert palette_of("dark", colours=False) is COLOURLESS
    assert (plain.tells_kinds, printer().tells_kinds, printer(colours=None).tells_kinds) == (False, True, False)
    assert "\x1b[1m" in next(iter(plain.article(TEXT, MARKS, [])))


def test_nothing_of_an_article_reaches_the_terminal_as_a_command():
    hostile = "\x1b[31m\u202eevil\x07"
    written = "".join(printer(colours=None).article(hostile, [], [])) + printer(colours=None).title(hostile)
    assert not {"\x1b", "\u202e", "\x07"} & set(written)


def test_printing_loads_no_textual():
    code = "import sys, annotator.tui.printed; print('textual' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
