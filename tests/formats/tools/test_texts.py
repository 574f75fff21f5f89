"""The text that annotations are about is the one that is here; a file's own must be that one, or fit to be stored."""

import pytest

from annotator.formats.tools.document import Source
from annotator.formats.tools.texts import decoded, stored_text
from annotator.model.problem import Problem


def read(raw: object, **texts: str) -> tuple[str | None, list[Problem]]:
    problems: list[Problem] = []
    return stored_text(raw, "one", "a.txt", Source(files={}, texts=texts), problems), problems


def test_a_text_is_taken_in_as_an_article_is() -> None:
    assert read("\ufeffa\r\nمدنيًّا\r") == ("a\nمدنيًّا\n", [])


def test_a_text_that_is_here_holds_and_may_come_with_other_line_ends() -> None:
    assert read("a\r\nb", one="a\nb") == ("a\nb", [])
    assert read(None, one="a\nb") == ("a\nb", [])


def test_a_text_that_differs_is_told_with_its_first_difference() -> None:
    text, (problem,) = read("a\nbd", one="a\nbc")
    assert text is None
    assert (problem.rule, problem.level, problem.where) == ("format.text-differs", "error", "a.txt")
    assert "line 2, column 2" in problem.message
    assert "'d' where 'c'" in problem.message


def test_a_text_that_ends_early_differs_at_its_end() -> None:
    _, (problem,) = read("a", one="a\nb")
    assert "line 1, column 2" in problem.message


@pytest.mark.parametrize(
    ("raw", "rule"),
    [(None, "no-text"), (7, "no-text"), ("\x07", "text"), (" \n", "text"), ("", "text"), ("\ud800", "encoding")],
)
def test_what_cannot_be_stored_is_an_error(raw: object, rule: str) -> None:
    text, (problem,) = read(raw)
    assert text is None
    assert (problem.rule, problem.level) == (f"format.{rule}", "error")


def test_it_is_said_what_to_do_where_there_is_no_text() -> None:
    _, (problem,) = read(None)
    assert "Give it along with the annotations, or take the article in first." in problem.message


def test_bytes_that_are_no_text_are_told_with_their_line() -> None:
    problems: list[Problem] = []
    assert decoded(b"a\nb\xff", "a.txt", problems) is None
    assert problems[0].rule == "format.encoding"
    assert "byte 4 of the file, in line 2" in problems[0].message
    assert decoded("\ufeffé\r\n".encode(), "a.txt", []) == "\ufeffé\r\n"
