import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from annotator.text.bidi import tables
from annotator.text.bidi.reorder import mirrored

ROOT = Path(__file__).parents[3]
UNICODE = Path("/usr/share/unicode")


def generator() -> ModuleType:
    path = ROOT / "tests" / "outside" / "unicode" / "make_tables.py"
    spec = importlib.util.spec_from_file_location("make_tables", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(not UNICODE.exists(), reason="the Unicode Character Database is not installed")
def test_the_tables_are_what_the_database_says() -> None:
    made: dict[str, dict[str, str]] = {}
    exec(generator().source(UNICODE), made)
    for name in ("MIRRORS", "CLOSING_OF", "OPENING_OF", "JOINING"):
        assert getattr(tables, name) == made[name], name


def test_brackets_pair_both_ways_and_mirror_each_other() -> None:
    for opening, closing in tables.CLOSING_OF.items():
        assert tables.OPENING_OF[closing] == opening
        assert tables.MIRRORS[opening] == closing


def test_a_mirrored_bracket_keeps_its_marks() -> None:
    assert mirrored("(\u0301") == ")\u0301"
    assert mirrored("a") == "a"
    assert mirrored("") == ""


def test_letters_and_the_joiners_have_the_types_that_joining_needs() -> None:
    assert [tables.JOINING[c] for c in "با\u0640\u200c\u200d"] == ["D", "R", "C", "U", "C"]
