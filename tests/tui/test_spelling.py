"""Names typed out where one letter answers."""

from annotator.tui.spelling import Spelling


def test_three_letters_in_a_row_make_a_name():
    spelling = Spelling(["clash.armed", "killed"], "c")
    assert spelling.goes_on("l")
    assert not spelling.is_name
    assert spelling.goes_on("A")
    assert spelling.is_name


def test_what_no_name_begins_with_goes_on_with_none():
    spelling = Spelling(["clash.armed"], "c")
    assert not spelling.goes_on("a")
    assert spelling.goes_on("l"), "what did not fit was no part of it"
    assert not Spelling(["armed"], "c").goes_on("l")
