"""Tables for spreadsheets: nothing that an article says becomes a formula, and everything can be read again."""

import csv
import io
import re
import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.formats.csv_table import FORMULA_SIGNS, csv_lines, csv_table, harmless, unmarked
from annotator.text.display import display


def read(table):
    return list(csv.reader(io.StringIO(table.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1", "'＝1"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠a", "'＠a"),
        ("−1", "'−1"),
        ("  =1", "  '=1"),
        ("\u00a0=1", "\u00a0'=1"),
        ("\u3000=1", "\u3000'=1"),
        ("\t=1", "  '=1"),
        ("\r=1", "␍=1"),
        ("\n=1", "␊=1"),
        ("\x00=1", "␀=1"),
        ("\u200b=1", "'=1"),
        ("\ufeff=1", "'=1"),
        ("\u202e=1", "◂=1"),
        ('"=1', "\"'=1"),
        ('a"=1', "a\"'=1"),
        ("a,=1", "a,'=1"),
        ("a; =1", "a; '=1"),
        ("a|=1", "a|'=1"),
        ('a";"=1', 'a";"\'=1'),
        ("'=1", "''=1"),
        ("''=1", "'''=1"),
        ("=", "'="),
        ("= =", "'= ="),
        ("", ""),
        ("a=1", "a=1"),
        ("12-14", "12-14"),
        ("'tis", "'tis"),
        ("سراقب", "سراقب"),
    ],
)
def test_what_could_begin_a_formula_is_marked_and_nothing_else_is(text, cell):
    assert harmless(text) == cell
    assert unmarked(cell) == display(text)


def begins_a_formula(cell):
    return cell.strip(' "\u00a0\u3000')[:1] in tuple(FORMULA_SIGNS)


SHARP = st.text(st.sampled_from(FORMULA_SIGNS + "'\";,|\t\r\n \u00a0\u202e\u200b1aس"), max_size=12)


@given(st.text() | SHARP)
@example("=\u200b=")
@example(',"\u200b="')
def test_no_cell_of_any_text_begins_a_formula_and_reading_gives_the_text(text):
    ((cell,),) = read(csv_table(["text"], [[text]]))[1:]
    assert unmarked(cell) == display(text)
    assert not any(begins_a_formula(part) for part in [cell, *re.split('[,;|"]', cell)])


@given(st.lists(st.lists(st.text() | SHARP | st.integers() | st.none(), min_size=2, max_size=2), max_size=4))
def test_a_row_is_a_line_and_numbers_stay_numbers(rows):
    table = csv_table(["one", "other"], rows)
    assert len(table.decode("utf-8-sig").split("\r\n")) == len(rows) + 2
    assert "\n" not in table.decode().replace("\r\n", "")
    shown = [["" if cell is None else display(str(cell)) for cell in row] for row in rows]
    assert [list(map(unmarked, row)) for row in read(table)[1:]] == shown


def test_a_number_of_our_own_is_no_text():
    assert csv_table(["n", "share", "text"], [[-5, -0.25, "-5"]]) == (
        '\ufeff"n","share","text"\r\n-5,-0.25,"\'-5"\r\n'.encode()
    )


def test_a_table_begins_with_the_mark_that_excel_needs_for_arabic():
    first, second = csv_lines(["النص"], [["سراقب"]])
    assert first.startswith(b"\xef\xbb\xbf")
    assert not second.startswith(b"\xef\xbb\xbf")
    assert read(first + second) == [["النص"], ["سراقب"]]


def test_a_spreadsheet_that_parts_cells_at_semicolons_finds_no_formula():
    table = csv_table(["a", "b"], [["x", 'y";=HYPERLINK("http://example.org")']]).decode("utf-8-sig")
    for row in csv.reader(io.StringIO(table, newline=""), delimiter=";"):
        assert not any(begins_a_formula(cell) for cell in row)


def test_every_sign_that_may_be_turned_into_one_that_begins_a_formula_is_known():
    turned = {
        chr(code)
        for code in range(sys.maxunicode + 1)
        if unicodedata.normalize("NFKC", chr(code)).startswith(("=", "+", "-", "@"))
    }
    assert turned - set(FORMULA_SIGNS) == set()
