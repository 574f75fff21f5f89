"""Label Studio's export: what comes in, what goes out with its config, and that it comes back."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import orjson
import pytest
from hypothesis import given

from annotator.formats.tools.document import Document, Filled, Frame, Link, Marked, Source, Wanted
from annotator.formats.tools.label_studio import CONFIG, TASKS, read, write
from annotator.formats.tools.registry import format_named
from annotator.model.value import NumberValue
from annotator.text.span import span
from tests.formats.tools.documents import documents, folders
from tests.formats.tools.losing import same, without
from tests.formats.tools.ours import SCHEMA

WANTED = Wanted(SCHEMA)
Problems = list[tuple[str, str, str]]


def region(name: str, start: Any, end: Any, text: str | None, label: str = "Person", **other: Any) -> dict[str, Any]:
    value = {"start": start, "end": end, "labels": [label]} | ({} if text is None else {"text": text})
    return {"id": name, "from_name": "label", "to_name": "text", "type": "labels", "value": value} | other


def read_task(text: str, *results: dict[str, Any], **task: Any) -> tuple[Sequence[Document], Problems]:
    """Read one task with one annotation; problems as rule, level and where."""
    content = {"id": 7, "data": {"text": text}, "annotations": [{"completed_by": 3, "result": results}]} | task
    found, problems = read(Source(files={"project.json": orjson.dumps([content])}))
    return found, [(one.rule, one.level, one.where) for one in problems]


@given(documents(foreign=True))
def test_what_was_written_is_read_again_without_its_losses(document: Document) -> None:
    written = write([document], WANTED)
    found, problems = read(Source(files=written.files))
    assert {one.rule for one in problems} <= {"format.cycle"}
    same(without(document, written.losses), found[0])
    assert {loss.what for loss in written.losses} <= set(format_named("label-studio").loses)


@given(documents())
def test_nothing_of_ours_is_lost(document: Document) -> None:
    assert write([document], WANTED).losses == ()


@given(folders(foreign=True))
def test_the_same_bytes_come_of_what_was_read_again(several: Sequence[Document]) -> None:
    written = write(several, WANTED).files[TASKS]
    found, _ = read(Source(files={TASKS: written}))
    assert write(found, WANTED).files[TASKS] == written


def test_an_export_is_read_with_its_relations_and_all_who_annotated() -> None:
    results = [
        region("a", 0, 4, "Army"),
        region("b", 12, 17, "Idlib", "Place"),
        {
            "id": "b",
            "from_name": "sure",
            "type": "choices",
            "value": {"start": 12, "end": 17, "choices": ["no", "yes"]},
        },
        {"id": "b", "from_name": "n", "type": "number", "value": {"start": 12, "end": 17, "number": 3}},
        {"from_id": "a", "to_id": "b", "type": "relation", "direction": "left", "labels": ["in"]},
        {"from_id": "a", "to_id": "b", "type": "relation", "direction": "bi"},
    ]
    annotations = [
        {"completed_by": 3, "result": results},
        {"completed_by": {"id": 5, "email": "b@c"}, "result": []},
        {"completed_by": 8, "was_cancelled": True, "result": results},
    ]
    found, problems = read_task("Army left at Idlib", annotations=annotations, predictions=[{"result": results}])
    assert found == () or [one.person for one in found] == ["3", "b@c"]
    assert [rule for rule, _, _ in problems] == ["format.quote-moved", "format.not-kept", "format.not-kept"]
    assert [(mark.type, mark.covers) for mark in found[0].marks] == [("Person", (0, 4)), ("Place", (13, 18))]
    assert found[0].marks[1].attributes == (("n", "3"), ("sure", "no"), ("sure", "yes"))
    assert found[0].links == (Link("in", "b", "a"), Link("relation", "a", "b", symmetric=True))


def test_an_old_export_in_utf16_is_recognised_by_its_quotes() -> None:
    found, problems = read_task("🔥 قُتِلَ ٢٣", region("a", 3, 9, "قُتِلَ"), region("b", 10, 12, "٢٣"))
    assert [mark.covers for mark in found[0].marks] == [(2, 8), (9, 11)]
    assert [(rule, level) for rule, level, _ in problems] == [("format.unit", "warning")]


def test_an_old_export_has_completions_and_may_be_saved_in_utf16() -> None:
    task = {"id": 1, "data": {"text": "Army"}, "completions": [{"result": [region("a", 0, 4, "Army")]}]}
    data = orjson.dumps([task]).decode().encode("utf-16")
    (document,), problems = read(Source(files={"old.json": data}))
    assert (document.article_id, len(document.marks), problems) == ("1", 1, ())


def test_the_config_says_which_field_is_the_text() -> None:
    task = {"data": {"about": "something longer than the text", "body": "Army"}, "annotations": [{"result": []}]}
    config = b'<View><Text name="t" value="$body"/></View>'
    (document,), _ = read(Source(files={"a.json": orjson.dumps([task]), "config.xml": config}))
    assert document.text == "Army"


def test_a_config_that_is_a_bomb_is_not_read() -> None:
    task = {"data": {"body": "Army"}, "annotations": [{"result": []}]}
    bomb = b'<!DOCTYPE a [<!ENTITY b "$body">]><View><Text value="&b;"/></View>'
    (document,), _ = read(Source(files={"a.json": orjson.dumps([task]), "config.xml": bomb}))
    assert document.text == "Army"


@pytest.mark.parametrize(
    ("results", "told"),
    [
        ([region("a", 0, 9, "Army")], ("format.out-of-range", "error")),
        ([region("a", True, 4, "Army")], ("format.out-of-range", "error")),
        ([region("a", 0, 4.0, "Army")], ("format.out-of-range", "error")),
        ([region("a", 0, 4, "Navy")], ("format.quote-differs", "error")),
        ([region("a", 0, 4, "Army"), region("a", 1, 4, "rmy")], ("format.duplicate-id", "error")),
        ([region(7, 0, 4, "Army")], ("format.syntax", "error")),
        ([{"type": "relation", "from_id": "a", "to_id": "b"}], ("format.unknown-id", "error")),
        ([{"type": "relation", "from_id": "a"}], ("format.syntax", "error")),
        ([{"id": "x", "type": "choices", "value": {"choices": ["sport"]}}], ("format.not-kept", "warning")),
    ],
)
def test_what_is_wrong_is_told_with_its_place(results: list[dict[str, Any]], told: tuple[str, str]) -> None:
    _, problems = read_task("Army", *results)
    assert [problem[:2] for problem in problems] == [told]
    assert problems[0][2].startswith("project.json:1 (item 1)")


def test_two_annotations_of_one_person_are_refused() -> None:
    twice = [{"completed_by": 3, "result": []}] * 2
    assert [rule for rule, _, _ in read_task("Army", annotations=twice)[1]] == ["format.duplicate-id"]
    task = orjson.dumps([{"id": 1, "data": {"text": "Army"}, "annotations": twice[:1]}])
    _, (problem,) = read(Source(files={"may.json": task, "june.json": task}))
    assert (problem.rule, problem.where) == ("format.duplicate-id", "june.json:1 (item 1)")


def test_json_min_is_told_to_be_none() -> None:
    _, problems = read(Source(files={"min.json": b'[{"id": 1, "text": "Army", "label": []}]'}))
    assert "not as JSON-MIN" in problems[0].message


@pytest.mark.parametrize(
    "data",
    [
        {"image": "https://example.org/street.jpg"},
        {"audio": "/data/upload/1/talk.wav"},
        {"text": "s3://bucket/news.txt"},
    ],
)
def test_the_address_of_a_file_is_no_text(data: dict[str, str]) -> None:
    found, problems = read_task("", data=data)
    assert (found, problems) == ((), [("format.no-text", "error", "project.json:1 (item 1)")])


def test_an_event_is_the_region_of_its_trigger_and_its_roles_are_relations() -> None:
    value = NumberValue(low=5, high=5, best=5, unit="persons")
    marks = (
        Marked(id="t", type="trigger", spans=(span(0, 6),), label="strike.air"),
        Marked(id="n", type="number", spans=(span(14, 15),), value=value),
    )
    frame = {"id": "e", "type": "strike.air", "triggers": ("t",), "arguments": (Filled("killed", "n", "isis"),)}
    document = Document(article_id="one", text="Strike killed 5", marks=marks, frames=(Frame(**frame),))
    (task,) = orjson.loads(write([document], WANTED).files[TASKS])
    (annotation,) = task["annotations"]
    assert [(one["id"], one["from_name"]) for one in annotation["result"][:3]] == [
        ("e1", "event"), ("m2", "mention"), ("m2", "number"),
    ]  # fmt: skip
    assert annotation["result"][2]["value"]["text"] == ["5 persons"]
    assert annotation["result"][-1] == {
        "from_id": "e1", "to_id": "m2", "type": "relation", "direction": "right", "labels": ["killed"],
    }  # fmt: skip


@given(documents(foreign=True))
def test_the_config_has_every_control_label_and_relation_that_is_used(document: Document) -> None:
    files = write([document], WANTED).files
    view = ElementTree.fromstring(files[CONFIG])
    controls = {one.get("name"): {label.get("value") for label in one} for one in view if one.get("name")}
    relations = {one.get("value") for one in view.iter("Relation")}
    for item in orjson.loads(files[TASKS])[0]["annotations"][0]["result"]:
        if item["type"] == "relation":
            assert set(item["labels"]) <= relations
        else:
            said = item["value"].get(item["type"], [])
            assert set(said) <= controls[item["from_name"]]
            assert item["to_name"] in controls


def test_the_converter_of_label_studio_opens_what_we_write(tmp_path: Path) -> None:
    converter = pytest.importorskip(
        "label_studio_sdk.converter", reason="Label Studio's own converter is not installed"
    )
    example = format_named("label-studio").example
    found = read(Source(files={path.name: path.read_bytes() for path in example.iterdir()})).documents
    for name, data in write(found, WANTED).files.items():
        (tmp_path / name).write_bytes(data)
    config = (tmp_path / CONFIG).read_text()
    made = converter.Converter(config=config, project_dir=str(tmp_path), download_resources=False)
    for name in ("JSON_MIN", "CONLL2003"):
        made.convert(str(tmp_path / TASKS), str(tmp_path / name), name, is_dir=False)
    (regions,) = {len(one["mention"]) for one in orjson.loads((tmp_path / "JSON_MIN" / "result.json").read_bytes())[:1]}
    assert regions == sum(mark.type != "trigger" or mark.id != "e1" for mark in found[0].marks)
    lines = (tmp_path / "CONLL2003" / "result.conll").read_text().splitlines()
    assert "إدلب -X- _ B-place" in lines
