"""Reading a figure from Python, without an article and without a workspace."""

import doctest
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import annotator
from annotator.workflow import parsing


def test_the_examples_in_its_description_hold() -> None:
    tried = doctest.testmod(parsing)
    assert tried.attempted >= 4
    assert tried.failed == 0


def test_a_figure_is_read_in_both_languages() -> None:
    english, arabic = annotator.parse_number("6 members at least"), annotator.parse_number("6 عناصر على الأقل")
    assert english is not None
    assert english == arabic
    assert (english.low, english.high, english.qualifier, english.unit) == (6, None, "at_least", "persons")


def test_a_text_without_a_figure_says_none() -> None:
    assert annotator.parse_number("") is None
    assert annotator.parse_number("the second attack on the M4") is None


def test_a_negative_figure_is_none_and_a_dash_in_a_list_or_a_range_is_no_sign() -> None:
    assert [annotator.parse_number(text) for text in ("-5", "\u22125 killed", " -٥")] == [None, None, None]
    ranged, listed = annotator.parse_number("5-10"), annotator.parse_number("- 5 killed")
    assert ranged is not None
    assert listed is not None
    assert (ranged.low, ranged.high, listed.low) == (5, 10, 5)


@pytest.mark.parametrize("parse", [annotator.parse_number, annotator.parse_time])
def test_what_is_no_text_is_told_in_words(parse: Callable[[Any], object]) -> None:
    with pytest.raises(TypeError, match=r"from a text \(str\), not from NoneType"):
        parse(None)


def test_it_needs_no_workspace_and_loads_neither_screen_nor_database(tmp_path: Path) -> None:
    code = (
        "import sys, annotator\n"
        "before = set(sys.modules)\n"
        "heavy = {'pydantic', 'orjson', 'ahocorasick', 'textual', 'sqlalchemy'}\n"
        "print(sorted(heavy & before), annotator.parse_number('about 500').best)\n"
        "print(sorted({'textual', 'rich', 'sqlalchemy'} & sys.modules.keys()))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["[] 500", "[]"]
