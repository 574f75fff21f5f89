"""UIMA's XMI and JSON: whole in a round trip, INCEpTION's layers by their features, hostile files as problems."""

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.formats.tools import uima_json, uima_xmi
from annotator.formats.tools.document import Document, Filled, Frame, Link, Marked, Source, Wanted
from annotator.formats.tools.registry import format_named
from annotator.gold.release import read_schema
from annotator.model.value import NumberValue
from annotator.text.span import span
from tests.formats.tools.documents import documents
from tests.formats.tools.losing import same

cassis = pytest.importorskip("cassis")

SCHEMA = Path(__file__).parents[3] / "gold" / "1.0.0" / "schema.toml"
WANTED = Wanted(read_schema(SCHEMA.read_bytes()))
BOTH = pytest.mark.parametrize("module", [uima_xmi, uima_json], ids=["XMI", "JSON"])
TEXT = "🔥 قُتِلَ ٢٣ مدنيًّا 👨‍👩‍👧 في إدلب.\nPolice killed 5.\n"


def _document(**said: object) -> Document:
    killed = Marked(id="m1", type="trigger", label="strike.air", spans=(span(2, 8),))
    value = NumberValue(low=23, high=23, best=23, unit="persons")
    toll = Marked(id="m2", type="number", spans=(span(9, 11),), value=value)
    event = Frame(id="e1", type="strike.air", triggers=("m1",), arguments=(Filled("killed", "m2", "isis"),))
    fields = {"article_id": "a1", "text": TEXT, "marks": (killed, toll), "frames": (event,), "language": "ar"}
    return Document(**fields | said)


def _xmi(document: Document | None = None) -> dict[str, bytes]:
    return dict(uima_xmi.write([document or _document()], WANTED).files)


def _changed(files: dict[str, bytes], old: str, new: str) -> dict[str, bytes]:
    assert any(old.encode() in data for data in files.values())
    return {path: data.replace(old.encode(), new.encode()) for path, data in files.items()}


def _rules(files: dict[str, bytes], module: ModuleType = uima_xmi) -> list[str]:
    return [problem.rule for problem in module.read(Source(files=files)).problems]


def _example(name: str) -> dict[str, bytes]:
    row = format_named(name)
    assert row is not None
    return {
        path.relative_to(row.example).as_posix(): path.read_bytes() for path in row.example.rglob("*") if path.is_file()
    }


# --- there and back


@BOTH
@given(data=st.data(), foreign=st.booleans())
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_read_again_and_written_the_same(module: ModuleType, data: st.DataObject, foreign: bool):
    document = data.draw(documents(foreign=foreign))
    written = module.write([document], WANTED)
    assert written.losses == ()
    read = module.read(Source(files=written.files, texts={document.article_id: document.text}))
    assert read.problems == ()
    (found,) = read.documents
    same(document, found)
    assert module.write(read.documents, WANTED).files == written.files


def test_the_library_itself_opens_what_is_written_and_finds_the_words():
    files = _xmi()
    types = cassis.load_typesystem(io.BytesIO(files["TypeSystem.xml"]))
    cas = cassis.load_cas_from_xmi(io.BytesIO(files["a1.xmi"]), types)
    words = [one.get_covered_text() for one in cas.select("webanno.custom.AnnotatorMention")]
    assert words == ["قُتِلَ", "٢٣"]
    assert b'begin="3" end="9"' in files["a1.xmi"], "in the file offsets count UTF-16 units"
    json = uima_json.write([_document()], WANTED).files["a1.json"].decode()
    (event,) = cassis.load_cas_from_json(json).select("webanno.custom.AnnotatorEvent")
    assert [(link.role, link.target.get_covered_text()) for link in event.arguments.elements] == [("killed", "٢٣")]


def test_characters_that_xml_cannot_hold_are_replaced_one_for_one_and_said():
    marks = (Marked(id="m1", type="actor", spans=(span(3, 5),), ref="a\ufffeb", attributes=(("x", "\x01"),)),)
    written = uima_xmi.write([_document(text="ab\uffffcd", marks=marks, frames=())], WANTED)
    assert [(loss.item, loss.what) for loss in written.losses] == [("", "text"), ("m1", "text")]
    read = uima_xmi.read(Source(files=written.files))
    assert read.problems == ()
    (found,) = read.documents
    assert found.text == "ab\ufffdcd"
    assert found.marks == (replace(marks[0], ref="a\ufffdb", attributes=(("x", "\ufffd"),)),)


@BOTH
def test_offsets_over_line_ends_of_two_characters_lead_to_the_stored_text(module: ModuleType):
    cas = cassis.Cas(cassis.TypeSystem())
    layer = cas.typesystem.create_type("webanno.custom.Actor")
    cas.sofa_string = "🔥 one\r\ntwo\r\nthree"
    cas.add(layer(begin=12, end=17))
    files = {"a.json": cas.to_json().encode()}
    if module is uima_xmi:
        files = {"a.xmi": cas.to_xmi().encode(), "TypeSystem.xml": cas.typesystem.to_xml().encode()}
    read = module.read(Source(files=files))
    (found,) = read.documents
    assert found.marks[0].covers.of(found.text) == "three"
    assert found.text == "🔥 one\ntwo\nthree"


# --- layers of others


@pytest.mark.parametrize("name", ["uima-xmi", "uima-json"])
def test_layers_of_inception_are_read_by_what_their_features_are(name: str):
    row = format_named(name)
    assert row is not None
    read = row.read(Source(files=_example(name)))
    assert read.problems == ()
    (found,) = read.documents
    assert (found.article_id, found.person, found.language) == ("hama_2016", "anna", "ar")
    words = {(mark.type, mark.label, mark.covers.of(found.text)) for mark in found.marks}
    assert {("PER", None, "١٢ مدنيًّا"), ("LOC", None, "حماة"), ("ConflictEvent", "strike.air", "قُتِلَ")} <= words
    assert [mark.ref for mark in found.marks if mark.ref] == ["http://www.wikidata.org/entity/Q173545"]
    strike = found.frames[0]
    by_id = {mark.id: mark.covers.of(found.text) for mark in found.marks}
    assert (strike.type, [by_id[one] for one in strike.triggers]) == ("strike.air", ["قُتِلَ"])
    assert [(one.role, by_id[one.target]) for one in strike.arguments] == [("victim", "١٢ مدنيًّا"), ("place", "حماة")]
    assert [(link.type, by_id[link.source], by_id[link.target]) for link in found.links] == [
        ("translation", "حماة", "Hama")
    ]


def _zip(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path, data in files.items():
            archive.writestr(path, data)
    return packed.getvalue()


def test_an_exported_project_has_a_person_for_each_archive_in_it():
    example = _example("uima-xmi")
    anna = example["annotation/hama_2016.txt/anna.xmi"]
    bert = anna.replace(b'username="anna"', b'username="bert"')
    members = {
        f"annotation/hama_2016.txt/{name}.zip": _zip({f"{name}.xmi": data, "TypeSystem.xml": example["TypeSystem.xml"]})
        for name, data in (("anna", anna), ("bert", bert), ("INITIAL_CAS", anna))
    }
    members["source/hama_2016.txt"] = b"The text as it came."
    members["source/page.xml"] = b"<html/>"
    read = uima_xmi.read(Source(files={"project.zip": _zip(members)}))
    assert read.problems == ()
    assert [(one.article_id, one.person) for one in read.documents] == [("hama_2016", "anna"), ("hama_2016", "bert")]


def test_one_annotation_twice_is_an_error():
    (data,) = (data for path, data in _xmi().items() if path.endswith(".xmi"))
    assert _rules({"x/a1.xmi": data, "y/a1.xmi": data}) == ["format.duplicate-id"]


def test_another_unit_is_passed_over_and_that_is_said():
    read = uima_xmi.read(Source(files=_xmi(), unit="code_point"))
    assert [(one.rule, one.level) for one in read.problems] == [("format.unit", "warning")]


def test_a_text_that_is_here_and_another_is_an_error():
    read = uima_xmi.read(Source(files=_xmi(), texts={"a1": "Another text.\n"}))
    assert (read.documents, [one.rule for one in read.problems]) == ((), ["format.text-differs"])


# --- what is wrong, and what is meant to harm


@pytest.mark.parametrize(
    ("offsets", "rule", "words"),
    [
        ('begin="1" end="9"', "format.inside-character", "inside a character"),
        ('begin="3" end="900"', "format.out-of-range", "leaves the text"),
        ('begin="-3" end="9"', "format.out-of-range", "leaves the text"),
        ('begin="true" end="9"', "format.out-of-range", "no integer"),
        ('begin="٣" end="9"', "format.out-of-range", "no integer"),
        (f'begin="3" end="{"9" * 5000}"', "format.out-of-range", "no integer"),
        ('begin="9" end="3"', "format.out-of-range", "reversed"),
        ('begin="3" end="3"', "format.out-of-range", "empty"),
        ('end="9"', "format.out-of-range", "no integer"),
    ],
)
def test_an_offset_that_cannot_be_is_told_with_its_line(offsets: str, rule: str, words: str):
    files = _changed(_xmi(_document(frames=())), 'begin="3" end="9"', offsets)
    line = files["a1.xmi"].decode().split(offsets)[0].count("\n") + 1
    problems = [one for one in uima_xmi.read(Source(files=files)).problems if one.rule == rule]
    assert [one.where for one in problems] == [f"a1.xmi:{line}"]
    assert words in problems[0].message


@pytest.mark.parametrize("begin", ["1", "900", "true", "1.5", "null", "1e999", '"3"'])
def test_an_offset_of_json_that_cannot_be_is_told_with_its_place(begin: str):
    data = uima_json.write([_document(frames=())], WANTED).files["a1.json"]
    changed = re.sub(rb'"begin" ?: 3', f'"begin" : {begin}'.encode(), data)
    assert changed != data
    problems = uima_json.read(Source(files={"a1.json": changed})).problems
    assert problems
    assert all(one.level == "error" and one.where.startswith("a1.json") for one in problems)


BILLION = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
EXTERNAL = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
PARAMETER = '<!DOCTYPE x SYSTEM "http://localhost:9/x.dtd">'
QUADRATIC = f'<!DOCTYPE x [<!ENTITY a "{"a" * 50_000}">]>'


@pytest.mark.parametrize("where", ["a1.xmi", "TypeSystem.xml"])
@pytest.mark.parametrize(
    ("doctype", "used"),
    [(BILLION, "&c;"), (EXTERNAL, "&a;"), (PARAMETER, ""), (QUADRATIC, "&a;" * 1000)],
    ids=["entities without end", "a file as entity", "a document type from elsewhere", "one entity a thousand times"],
)
def test_no_document_type_is_read(doctype: str, used: str, where: str):
    files = _xmi()
    head, _, rest = files[where].decode().partition("?>")
    rest = rest.replace("killed", used, 1) if used else rest
    read = uima_xmi.read(Source(files=files | {where: f"{head}?>{doctype}{rest}".encode()}))
    assert read.documents == ()
    assert [one.rule for one in read.problems] == ["format.syntax"]
    assert "document type" in read.problems[0].message


def test_ids_that_stand_there_twice_are_an_error():
    assert "format.duplicate-id" in _rules(_changed(_xmi(), 'xmi:id="4"', 'xmi:id="5"'))
    assert "format.duplicate-id" in _rules(_changed(_xmi(), 'identifier="m2"', 'identifier="m1"'))
    data = uima_json.write([_document()], WANTED).files["a1.json"]
    twice = re.sub(rb'"%ID" ?: 5', b'"%ID" : 4', data)
    assert "format.duplicate-id" in _rules({"a1.json": twice}, uima_json)


@pytest.mark.parametrize(
    "data",
    [b"", b"no xml", b"<a>", b"<a><b></a></b>", b"\xff\xfe<", b'<?xml version="1.0" encoding="utf-7"?><a/>', b"<a/>",
     b'<?xml version="1.0" encoding="hex"?><a/>', b"<a " + b"x" * 5000, b"<a>" * 100_000],
)  # fmt: skip
def test_what_is_no_xmi_is_a_problem(data: bytes):
    read = uima_xmi.read(Source(files={"a.xmi": data}))
    assert any(one.level == "error" for one in read.problems)


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"1", b"{}", b'{"%TYPES": 1}', b'{"%VIEWS": {}}', b"[" * 100_000, b"\xff"]
)
def test_what_is_no_cas_is_a_problem(data: bytes):
    read = uima_json.read(Source(files={"a.json": data}))
    assert any(one.level == "error" for one in read.problems)


def test_a_value_that_cannot_be_is_an_error():
    assert "format.value" in _rules(_changed(_xmi(), 'low="23"', 'low="many"'))
    assert "format.value" in _rules(_changed(_xmi(), 'low="23"', 'low="99"'))
    assert "format.value" in _rules(_changed(_xmi(), 'qualifier="exact"', 'qualifier="sort of"'))


def test_relations_to_what_is_no_annotation_are_counted():
    document = _document(links=(Link("Alias", "m1", "m2"),))
    files = _changed(_xmi(document), ' Dependent="5"', "")
    read = uima_xmi.read(Source(files=files))
    assert [(one.rule, one.level) for one in read.problems] == [("format.unknown-type", "warning")]
    assert read.documents[0].links == ()


CODE = 'x=[__import__("pathlib").Path("ran").touch().x],y'
"""The library makes Python of the names of features: this one is a parameter with a default that is worked out."""


def _with_code(name: str) -> dict[str, bytes]:
    if name == "uima-json":
        (data,) = uima_json.write([_document()], WANTED).files.values()
        return {
            "a1.json": data.replace(b'"hub"', b'"hub": {"%NAME": "x", "%RANGE": "uima.cas.String"}, ' + _quoted(), 1)
        }
    return {path: data.replace(b"<name>hub<", f"<name>{CODE}<".encode()) for path, data in _xmi().items()}


def _quoted() -> bytes:
    return b'"' + CODE.encode().replace(b'"', b'\\"') + b'"'


@pytest.mark.parametrize("name", ["uima-xmi", "uima-json"])
def test_no_name_of_a_feature_is_run(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    row = format_named(name)
    assert row is not None
    read = row.read(Source(files=_with_code(name)))
    assert read.documents == ()
    assert "no name of a type or feature" in read.problems[0].message
    assert list(tmp_path.iterdir()) == []


def test_types_that_lie_above_each_other_are_a_problem():
    types = "".join(
        f"<typeDescription><name>{one}</name><supertypeName>{above}</supertypeName></typeDescription>"
        for one, above in (("A", "B"), ("B", "A"))
    )
    description = '<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier"><types>{}</types>'
    files = _xmi() | {"TypeSystem.xml": f"{description}</typeSystemDescription>".format(types).encode()}
    assert _rules(files) == ["format.syntax"]
