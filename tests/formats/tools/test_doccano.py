"""doccano's JSONL in its shapes, and in what its offsets count."""

from collections.abc import Sequence
from typing import Any

import orjson
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from annotator.formats.tools.doccano import read
from annotator.formats.tools.document import Document, Link, Source
from annotator.formats.tools.units import InsideCharacter, Ruler, Unit
from tests.formats.tools.documents import documents

TEXT = "🔥 قُتِلَ ٢٣ في إدلب. Two died."
"""Each unit counts it in its own way: a picture, and letters with marks."""


def read_lines(
    *lines: dict[str, Any], unit: Unit | None = None
) -> tuple[Sequence[Document], list[tuple[str, str, str]]]:
    data = b"".join(orjson.dumps(line) + b"\n" for line in lines)
    found, problems = read(Source(files={"all.jsonl": data}, unit=unit))
    return found, [(one.rule, one.level, one.where) for one in problems]


def counted(unit: Unit, *quotes: str, text: str = TEXT) -> list[list[Any]]:
    """Give the spans of words as doccano's older shape has them."""
    ruler = Ruler(text, unit)
    starts = [(text.index(quote), text.index(quote) + len(quote)) for quote in quotes]
    return [[ruler.offset(start), ruler.offset(end), "x"] for start, end in starts]


@pytest.mark.parametrize("unit", ["utf16", "code_point", "grapheme"])
def test_the_unit_is_the_one_in_which_no_word_is_cut(unit: Unit) -> None:
    words = ("قُتِلَ", "إدلب", "died")
    found, problems = read_lines({"id": 1, "text": TEXT, "label": counted(unit, *words)})
    assert [mark.covers.of(TEXT) for mark in found[0].marks] == list(words)
    assert problems == ([] if unit == "utf16" else [("format.unit", "warning", "all.jsonl")])


def test_the_unit_that_the_user_says_holds() -> None:
    spans = counted("grapheme", "قُتِلَ", "died")
    found, problems = read_lines({"id": 1, "text": TEXT, "label": spans}, unit="grapheme")
    assert [mark.covers.of(TEXT) for mark in found[0].marks] == ["قُتِلَ", "died"]
    assert problems == []


def test_where_nothing_tells_the_unit_it_is_utf16_and_that_is_said() -> None:
    found, problems = read_lines({"id": 1, "text": "a 🔥", "label": [[0, 1, "x"]]})
    assert (found[0].marks[0].covers, problems) == ((0, 1), [("format.unit", "warning", "all.jsonl")])


def test_where_all_units_are_one_nothing_is_said() -> None:
    assert read_lines({"id": 1, "text": "Two died.", "label": [[0, 3, "x"]]})[1] == []


@given(documents(), st.sampled_from(("utf16", "code_point")))
def test_spans_are_read_where_they_stand_in_the_unit_that_is_said(document: Document, unit: Unit) -> None:
    ruler = Ruler(document.text, unit)
    label = [[ruler.offset(one.covers.start), ruler.offset(one.covers.end), one.type] for one in document.marks]
    found, problems = read_lines({"id": 1, "text": document.text, "label": label}, unit=unit)
    assert problems == []
    assert [(mark.type, mark.covers) for mark in found[0].marks] == [(one.type, one.covers) for one in document.marks]


@given(documents())
def test_an_offset_inside_a_character_is_no_place(document: Document) -> None:
    ruler = Ruler(document.text, "utf16")
    inside = [at for at in range(ruler.starts[-1]) if not _begins(ruler, at)]
    assume(inside)
    _, problems = read_lines({"id": 1, "text": document.text, "label": [[inside[0], inside[0] + 1, "x"]]}, unit="utf16")
    assert [one[0] for one in problems] == ["format.inside-character"]


def _begins(ruler: Ruler, at: int) -> bool:
    try:
        ruler.code_point(at)
    except InsideCharacter:
        return False
    return True


def test_spans_with_relations_and_comments() -> None:
    line = {
        "id": 3, "text": "Two died in Idlib", "Comments": ["really?"],
        "entities": [
            {"id": 10, "label": "toll", "start_offset": 0, "end_offset": 8},
            {"id": 11, "label": "place", "start_offset": 12, "end_offset": 17},
        ],
        "relations": [{"id": 1, "from_id": 10, "to_id": 11, "type": "in"}],
    }  # fmt: skip
    (found,), problems = read_lines(line)
    assert problems == []
    assert (found.article_id, found.person, found.links) == ("3", None, (Link("in", "10", "11"),))
    assert [(mark.type, mark.covers) for mark in found.marks] == [("toll", (0, 8)), ("place", (12, 17))]
    assert [(note.text, note.span) for note in found.notes] == [("really?", (0, 0))]


def test_the_oldest_shape_has_a_user_for_each_span() -> None:
    spans = [{"label": 4, "start_offset": 0, "end_offset": 3, "user": user} for user in (1, 2, 1)]
    (one, two), _ = read_lines({"id": 3, "text": "Two died", "annotations": spans})
    assert [(found.person, len(found.marks)) for found in (one, two)] == [("1", 2), ("2", 1)]


def test_files_that_hold_the_same_articles_are_of_persons() -> None:
    line = orjson.dumps({"id": 3, "text": "Two died", "label": [[0, 3, "x"]]})
    found, _ = read(Source(files={"anna.jsonl": line, "all/bassel.jsonl": line}))
    assert [one.person for one in found] == ["anna", "bassel"]
    found, _ = read(Source(files={"may/anna.jsonl": line, "june/anna.jsonl": line}))
    assert [one.person for one in found] == ["may/anna", "june/anna"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ({"label": [[0, 99, "x"]]}, ("format.out-of-range", "error")),
        ({"label": [[3, 0, "x"]]}, ("format.out-of-range", "error")),
        ({"label": [[0, True, "x"]]}, ("format.out-of-range", "error")),
        ({"label": ["sport"]}, ("format.not-kept", "warning")),
        ({"entities": [{"id": 1, "start_offset": 0, "end_offset": 3}]}, ("format.syntax", "error")),
        (
            {"entities": [{"id": 1, "label": "x", "start_offset": 0, "end_offset": 3}] * 2},
            ("format.duplicate-id", "error"),
        ),
        ({"relations": [{"from_id": 1, "to_id": 2, "type": "x"}]}, ("format.unknown-id", "error")),
        ({"text": 7}, ("format.no-text", "error")),
    ],
)
def test_what_is_wrong_is_told_with_its_line(line: dict[str, Any], told: tuple[str, str]) -> None:
    _, problems = read_lines({"id": 1, "text": "Two died"} | line)
    assert [problem[:2] for problem in problems] == [told]
    assert problems[0][2].startswith("all.jsonl:1")


def test_an_article_that_stands_twice_in_a_file_is_told() -> None:
    line = {"id": 1, "text": "Two died", "label": []}
    assert read_lines(line, line)[1] == [("format.duplicate-id", "error", "all.jsonl:2")]
