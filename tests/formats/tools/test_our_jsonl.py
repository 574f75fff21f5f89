"""Our own lines hold everything, and whatever is wrong in one is told with its line and path."""

from collections.abc import Sequence
from pathlib import Path

import orjson
import pytest
from hypothesis import given

from annotator.formats.tools.document import Document, Source, Wanted
from annotator.formats.tools.our_jsonl import read, write
from annotator.formats.tools.registry import format_named
from tests.formats.tools.documents import folders
from tests.formats.tools.losing import same

ROOT = Path(__file__).parents[3]
WANTED = Wanted(None, "gold 1.0.0")  # the schema says nothing that a line has


@given(folders(foreign=True))
def test_everything_comes_back(documents: Sequence[Document]) -> None:
    written = write(documents, WANTED)
    assert written.losses == ()
    found, problems = read(Source(files=written.files))
    assert problems == ()
    for one, back in zip(documents, found, strict=True):
        same(one, back)
    assert write(found, WANTED).files == written.files


def test_a_file_is_called_after_what_is_in_it() -> None:
    assert list(write((), WANTED).files) == ["gold-1.0.0.jsonl"]


def test_gold_is_read_where_its_texts_are() -> None:
    gold = (ROOT / "gold" / "1.0.0" / "gold.jsonl").read_bytes()
    texts = {path.stem: path.read_text(encoding="utf-8").replace("\r", "") for path in (ROOT / "seeds").glob("*.txt")}
    found, problems = read(Source(files={"gold.jsonl": gold}, texts=texts))
    assert problems == ()
    records = [orjson.loads(line) for line in gold.splitlines()]
    assert [len(one.marks) for one in found] == [len(one["mentions"]) for one in records]
    assert [len(one.frames) for one in found] == [len(one["events"]) for one in records]
    assert all(one.complete for one in found)
    assert [len(one.rejected) for one in found] == [len(one["rejected"]) for one in records]
    assert [len(one.regions) for one in found] == [len(one["regions"]) for one in records]
    again, problems = read(Source(files=write(found, WANTED).files))
    assert (again, problems) == (found, ())


def line(**fields: object) -> bytes:
    return orjson.dumps({"article_id": "one", "text": "Police killed 5."} | fields) + b"\n"


def mention(**fields: object) -> dict[str, object]:
    return {"id": "m1", "kind": "actor", "start": 0, "end": 6} | fields


@pytest.mark.parametrize(
    ("data", "rule", "told"),
    [
        (b"{", "syntax", "on one line"),
        (b'{"article_id": "one"}', "no-text", "No text"),
        (line(text="a\x00"), "text", "control"),
        (line(article_id=""), "field", "article_id must be a text"),
        (line(mentioned=[]), "field", "Did you mean mentions?"),
        (line(mentions=[mention(start=True)]), "out-of-range", "no offsets"),
        (line(mentions=[mention(end=60)]), "out-of-range", "leaves the text"),
        (line(mentions=[mention(quote="police")]), "quote-differs", "'Police' at 0-6"),
        (line(mentions=[mention(), mention(start=7, end=13)]), "duplicate-id", "'m1'"),
        (line(mentions=[mention(kind=7)]), "field", "kind"),
        (line(mentions=[mention(value={"low": 3})]), "field", "cannot carry a value"),
        (line(mentions=[mention(kind="number", value={"low": 3, "high": 2})]), "field", "above high"),
        (line(mentions=[mention(spans=[{"start": 7, "end": 9}, {"start": 0, "end": 3}])]), "out-of-range", "order"),
        (line(mentions=[mention(attributes=[["a"]])]), "field", "name with a value"),
        (line(events=[{"id": "e1", "type": "strike.air", "triggers": ["m9"]}]), "reference", "'m9'"),
        (line(events=[{"type": "a", "arguments": [{"role": "a", "mention": "m9"}]}]), "reference", "who is that"),
        (line(links=[{"type": "a", "source": "m1", "target": "m2"}]), "reference", "not there"),
        (line(rejected=[{"kind": "actor", "start": 0, "end": 6, "quote": "x"}]), "quote-differs", "'x'"),
        (line(rejected=[{"kind": "actor", "start": 6, "end": 6, "quote": ""}]), "out-of-range", "no place"),
        (line(regions=[{"kind": "tail", "start": 0, "end": 6}]), "field", "regions[0].kind"),
        (line(notes=[{"text": "a", "start": 3, "end": 2}]), "out-of-range", "notes[0]"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(data: bytes, rule: str, told: str) -> None:
    _, problems = read(Source(files={"a.jsonl": data}))
    (problem, *_) = [one for one in problems if one.level == "error"]
    assert (problem.rule, problem.where.split(" ")[0]) == (f"format.{rule}", "a.jsonl:1")
    assert told in problem.message


def test_the_example_says_what_it_should() -> None:
    row = format_named("jsonl")
    assert row is not None
    (document,) = read(Source(files={"a.jsonl": (row.example / "idlib.jsonl").read_bytes()})).documents
    assert [mark.covers.of(document.text) for mark in document.marks][:3] == ["قُتِلَ", "٢٣", "مدنيًّا"]
    assert document.frames[0].arguments[0].of == "civilians"
