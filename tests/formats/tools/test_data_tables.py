"""Tables for data sets: `datasets` and `mlcroissant` themselves load what is written, with its types."""

import hashlib
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import orjson
import pytest

from annotator.formats.tools import croissant, huggingface
from annotator.formats.tools.data_tables import TABLES
from annotator.formats.tools.document import Document, Filled, Frame, Link, Marked, Wanted
from annotator.formats.tools.registry import format_named
from annotator.gold.release import read_schema
from annotator.model.note import Note
from annotator.model.value import NumberValue, TimeValue
from annotator.text.span import span
from tests.formats.tools.examples import SCHEMA

MANIFEST = orjson.loads((SCHEMA.parent / "manifest.json").read_bytes())
WANTED = Wanted(read_schema(SCHEMA.read_bytes()), 'gold "1.0.0"', manifest=MANIFEST)
TEXT = "🔥 قُتِلَ ٢٣ مدنيًّا أمس.\n"


def _document(**changed: object) -> Document:
    marks = (
        Marked(id="m1", type="trigger", label="strike.air", spans=(span(2, 8),)),
        Marked(id="m2", type="number", spans=(span(9, 11),), value=NumberValue(low=23, qualifier="at_least")),
        Marked(id="m3", type="time", spans=(span(20, 23),), value=TimeValue(anchor="publication", offset=-1)),
    )
    event = Frame(id="e1", type="strike.air", triggers=("m1",), arguments=(Filled("killed", "m2", "isis"),))
    said = {"article_id": "a1", "text": TEXT, "marks": marks, "frames": (event,), "language": "ar", "complete": True}
    return Document(**said | changed)


def _written(module: ModuleType, folder: Path, *documents: Document) -> Path:
    for path, data in module.write(documents, WANTED).files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def _rows(module: ModuleType, name: str, *documents: Document) -> list[dict]:
    return [json.loads(line) for line in module.write(documents, WANTED).files[f"data/{name}.jsonl"].splitlines()]


def test_tables_join_by_article_and_id_and_leave_the_text_out():
    (article,) = _rows(huggingface, "articles", _document())
    assert article["text_sha256"] == hashlib.sha256(TEXT.encode()).hexdigest()
    assert TEXT.encode() not in b"".join(huggingface.write([_document()], WANTED).files.values())
    mentions = {row["id"]: row for row in _rows(huggingface, "mentions", _document())}
    (argument,) = _rows(huggingface, "arguments", _document())
    assert (argument["event"], argument["role"], argument["of_side"]) == ("e1", "killed", "isis")
    filler = mentions[argument["mention"]]
    assert (filler["quote"], filler["start"], filler["low"], filler["high"]) == ("٢٣", 9, 23, None)
    assert (mentions["m3"]["anchor"], mentions["m3"]["offset"], mentions["m3"]["low"]) == ("publication", -1, None)
    for table in TABLES:
        for row in _rows(huggingface, table.name, _document()):
            assert row.keys() == {one.name for one in table.columns}


def test_what_tables_do_not_hold_is_named():
    marks = (Marked(id="m1", type="Person", spans=(span(0, 1), span(2, 8)), attributes=(("Sure", "no"),)),)
    note = Note(id="n1", kind="note", start=0, end=1, text="Is it?")
    document = _document(marks=marks, frames=(), links=(Link("Alias", "m1", "m1"),), notes=(note,))
    for module in (huggingface, croissant):
        losses = module.write([document], WANTED).losses
        assert [(one.item, one.what) for one in losses] == [
            ("", "text"), ("m1", "span"), ("m1", "attribute"), ("n1", "note"), ("", "link")
        ]  # fmt: skip
        row = format_named(module.__name__.rpartition(".")[2])
        assert row is not None
        assert {one.what for one in losses} == {*row.loses}


def test_a_card_says_how_gold_was_made_and_is_the_same_each_time():
    card = huggingface.write([_document()], WANTED).files["README.md"].decode()
    assert card == huggingface.write([_document()], WANTED).files["README.md"].decode()
    assert 'pretty_name: "gold \\"1.0.0\\""' in card
    assert f"- {MANIFEST['limits'][0]}" in card


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "home"))
    yield


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("empty", [False, True], ids=["an event", "no event at all"])
def test_datasets_loads_every_table_with_the_types_that_are_declared(offline: None, tmp_path: Path, empty: bool):
    datasets = pytest.importorskip("datasets")
    document = _document(marks=(), frames=()) if empty else _document()
    folder = str(_written(huggingface, tmp_path / "set", document))
    types = {"text": "string", "integer": "int64", "truth": "bool"}
    written = [table for table in TABLES if (tmp_path / "set" / table.path).exists()]
    assert [table.name for table in written] == [table.name for table in TABLES[: 1 if empty else None]]
    for table in written:
        rows = datasets.load_dataset(folder, table.name, split="train", cache_dir=str(tmp_path / "cache"))
        assert rows.column_names == [one.name for one in table.columns]
        found = {name: getattr(feature, "dtype", "list") for name, feature in rows.features.items()}
        assert found == {one.name: types.get(one.type, "list") for one in table.columns}
        assert len(rows) == len(_rows(huggingface, table.name, document))


@pytest.mark.filterwarnings("ignore")
def test_mlcroissant_finds_no_error_and_reads_the_records(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    mlcroissant = pytest.importorskip("mlcroissant")
    caplog.set_level(logging.CRITICAL)
    folder = _written(croissant, tmp_path, _document())
    described = mlcroissant.Dataset(str(folder / "croissant.json"))
    assert set(described.metadata.issues.errors) == set()
    told = {one.partition('Property "')[2].partition('"')[0] for one in described.metadata.issues.warnings}
    left_to_people = {"license", "datePublished", "citeAs"}
    assert {one.rpartition("/")[2] for one in told} == left_to_people
    assert described.metadata.version == MANIFEST["version"]
    (mention, *_) = described.records("mentions")
    assert mention["mentions/quote"].decode() == "قُتِلَ"
    (event,) = described.records("events")
    assert [one.decode() for one in event["events/triggers"]] == ["m1"]


def test_hashes_of_croissant_are_those_of_the_files():
    files = croissant.write([_document()], WANTED).files
    told = json.loads(files["croissant.json"])
    assert {one["contentUrl"]: one["sha256"] for one in told["distribution"]} == {
        path: hashlib.sha256(data).hexdigest() for path, data in files.items() if path != "croissant.json"
    }
    assert told["rai:annotationsPerItem"] == "2"
    assert told["rai:dataLimitations"] == MANIFEST["limits"]
    bare = json.loads(croissant.write([_document()], WANTED._replace(manifest={})).files["croissant.json"])
    assert [name for name in bare if name.startswith("rai:") or name == "version"] == []
