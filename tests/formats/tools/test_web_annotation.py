"""Web Annotations: what comes in, what goes out by the rules of the model, and that it comes back."""

from collections.abc import Sequence
from typing import Any

import orjson
import pytest
from hypothesis import given

from annotator.formats.tools.document import Document, Link, Marked, Source, Wanted
from annotator.formats.tools.web_annotation import read, write
from annotator.model.note import Note
from annotator.text.span import span
from tests.formats.tools.documents import documents, folders
from tests.formats.tools.losing import same
from tests.formats.tools.ours import SCHEMA
from tests.formats.tools.web_annotation_musts import broken

WANTED = Wanted(SCHEMA)
TEXT = "The army left. The army came back."


def position(start: Any, end: Any) -> dict[str, Any]:
    return {"type": "TextPositionSelector", "start": start, "end": end}


def quote(exact: Any, **around: str) -> dict[str, Any]:
    return {"type": "TextQuoteSelector", "exact": exact, **around}


def annotation(number: int, *selectors: dict[str, Any], **other: Any) -> dict[str, Any]:
    target = {"source": "http://news.org/2016/one.html", "selector": list(selectors)}
    return {"id": f"http://a.org/{number}", "type": "Annotation", "motivation": "tagging", "target": target} | other


def read_page(*items: object, text: str = TEXT) -> tuple[Sequence[Document], list[tuple[str, str, str]]]:
    data = orjson.dumps({"id": "x", "type": "AnnotationPage", "items": list(items)})
    found, problems = read(Source(files={"page.jsonld": data, "one.txt": text.encode()}))
    return found, [(one.rule, one.level, one.where) for one in problems]


@given(documents(foreign=True))
def test_what_was_written_is_read_again_whole(document: Document) -> None:
    written = write([document], WANTED)
    found, problems = read(Source(files=written.files))
    assert {one.rule for one in problems} <= {"format.cycle"}
    assert written.losses == ()
    same(document, found[0])


@given(folders(foreign=True))
def test_the_same_bytes_come_of_what_was_read_again(several: Sequence[Document]) -> None:
    written = write(several, WANTED).files
    assert write(read(Source(files=written)).documents, WANTED).files == written


@given(folders(foreign=True))
def test_what_is_written_keeps_the_rules_of_the_model(several: Sequence[Document]) -> None:
    for name, data in write(several, WANTED).files.items():
        assert name.endswith(".txt") or broken(orjson.loads(data)) == []


def test_a_page_that_breaks_the_rules_is_told_so() -> None:
    files = write(
        [Document(article_id="one", text="a", marks=(Marked(id="m", type="x", spans=(span(0, 1),)),))], WANTED
    )
    page = orjson.loads(files.files["one.jsonld"])
    del page["items"][1]["target"]["source"]
    page["items"][1]["target"]["selector"][0]["start"] = -1
    assert [fault[:5] for fault in broken(page)] == ["4: th", "4.2.5"]


def test_annotations_of_others_are_read_by_person_with_their_comments() -> None:
    body = [
        {"type": "TextualBody", "value": "Person"},
        {"type": "TextualBody", "value": "why?", "purpose": "questioning"},
    ]
    first = annotation(1, position(4, 8), quote("army"), body=body, creator={"name": "Ana"})
    second = annotation(2, position(15, 23), bodyValue="Group", creator="http://people.org/bo")
    comment = annotation(3, position(0, 3), motivation="commenting", bodyValue="an article", creator={"name": "Ana"})
    (ana, bo), problems = read_page(first, second, comment)
    assert problems == []
    assert (ana.article_id, ana.person, bo.person) == ("one", "Ana", "http://people.org/bo")
    assert [(mark.type, mark.covers) for mark in (*ana.marks, *bo.marks)] == [("Person", (4, 8)), ("Group", (15, 23))]
    assert [(note.kind, note.text, note.span, note.mention) for note in ana.notes] == [
        ("note", "an article", (0, 3), None),
        ("question", "why?", (4, 8), "http://a.org/1"),
    ]


def test_a_quote_without_a_position_stands_where_what_is_around_it_says() -> None:
    (found,), problems = read_page(annotation(1, quote("army", prefix=". The ")))
    assert (found.marks[0].covers, problems) == ((19, 23), [])
    _, problems = read_page(annotation(1, quote("army")))
    assert problems == [("format.quote-differs", "error", "page.jsonld: items[0]")]


def test_a_fragment_of_plain_text_is_a_position() -> None:
    (found,), _ = read_page(annotation(1, {"type": "FragmentSelector", "value": "char=4,8"}))
    assert found.marks[0].covers == (4, 8)


def test_offsets_in_utf16_are_recognised_by_quotes() -> None:
    (found,), problems = read_page(annotation(1, position(3, 9), quote("قُتِلَ")), text="🔥 قُتِلَ")
    assert (found.marks[0].covers, problems) == ((2, 8), [("format.unit", "warning", "page.jsonld")])


def test_a_link_between_annotations_is_a_relation() -> None:
    ends = annotation(1, position(4, 8)), annotation(2, position(19, 23))
    link = {
        "id": "http://a.org/3", "type": "Annotation", "motivation": "linking", "target": "http://a.org/1",
        "body": [{"type": "TextualBody", "value": "same", "purpose": "classifying"}, "http://a.org/2"],
    }  # fmt: skip
    (found,), _ = read_page(*ends, link)
    assert found.links == (Link("same", "http://a.org/1", "http://a.org/2"),)


def test_a_note_of_a_place_between_two_characters_comes_back() -> None:
    note = Note(id="n", kind="note", start=3, end=3, text="a word is missing")
    document = Document(article_id="one", text=TEXT, notes=(note,))
    (found,), problems = read(Source(files=write([document], WANTED).files))
    assert problems == ()
    same(document, found)


@pytest.mark.parametrize(
    ("item", "told"),
    [
        (annotation(1, position(4, 99)), ("format.out-of-range", "error")),
        (annotation(1, position(-1, 9)), ("format.syntax", "error")),
        (annotation(1, position(0, True)), ("format.syntax", "error")),
        (annotation(1, position(4, 8), quote("navy")), ("format.quote-differs", "error")),
        (annotation(1, quote("")), ("format.syntax", "error")),
        (annotation(1, {"type": "CssSelector", "value": "p"}), ("format.not-kept", "warning")),
        (annotation(1) | {"id": None}, ("format.syntax", "error")),
        (annotation(1) | {"type": "Note"}, ("format.syntax", "error")),
        (annotation(1) | {"target": []}, ("format.syntax", "error")),
        (annotation(1) | {"target": "http://a.org/1"}, ("format.unknown-id", "error")),
        ("x", ("format.syntax", "error")),
    ],
)
def test_what_is_wrong_is_told_with_its_place(item: object, told: tuple[str, str]) -> None:
    _, problems = read_page(item)
    assert problems[0] == (*told, "page.jsonld: items[0]")


def test_two_annotations_with_one_id_are_told() -> None:
    _, problems = read_page(annotation(1, position(4, 8)), annotation(1, position(4, 8)))
    assert problems == [("format.duplicate-id", "error", "page.jsonld: items[1]")]


def test_a_text_that_is_not_there_is_told() -> None:
    found, problems = read(Source(files={"page.jsonld": orjson.dumps([annotation(1, position(4, 8))])}))
    assert found == ()
    assert [one.rule for one in problems] == ["format.no-text"]
