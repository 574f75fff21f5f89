"""GTT's templates and MUC-4's keys: events without triggers, strings where they stand, what is said of them kept."""

import json

import pytest

from annotator.formats.tools import gtt_templates, muc4
from annotator.formats.tools.document import Document, Read, Source
from tests.formats.tools.examples import example
from tests.outside.repository import DATA

MUC4 = DATA / "muc4"
outside = pytest.mark.skipif(not (MUC4 / "test.json").exists(), reason="MUC-4's documents are not at hand")


def _words(document: Document) -> dict[str, str]:
    return {mark.id: mark.covers.of(document.text) for mark in document.marks}


@outside
def test_every_string_of_gold_stands_where_it_says():
    data = (MUC4 / "test.json").read_bytes()
    read = gtt_templates.read(Source(files={"test.json": data}))
    assert (len(read.documents), read.problems) == (200, ())
    said = 0
    for line, document in zip(data.splitlines(), read.documents, strict=True):
        places = {(mark.type, mark.covers.start, mark.covers.of(document.text)) for mark in document.marks}
        for template in json.loads(line)["templates"]:
            for role in template.keys() - {"incident_type"}:
                names = [(role, start, string) for entity in template[role] for string, start in entity]
                said += len(names)
                assert places >= set(names)
    assert said == 1007
    assert sum(len(one.frames) for one in read.documents) == 209


@outside
def test_output_finds_its_articles_by_the_names_that_it_has_for_them():
    gold = gtt_templates.read(Source(files={"test.json": (MUC4 / "test.json").read_bytes()}))
    texts = {one.article_id: one.text for one in gold.documents}
    read = gtt_templates.read(Source(files={"preds": (MUC4 / "preds_gtt.out").read_bytes()}, texts=texts))
    assert {one.article_id for one in read.documents} == texts.keys()
    assert {(one.rule, one.level) for one in read.problems} == {("format.quote-differs", "warning")}


def test_a_template_is_an_event_without_a_trigger_whose_entities_are_their_first_strings():
    (found,) = gtt_templates.read(Source(files=example("gtt"))).documents
    (frame,) = found.frames
    words = _words(found)
    assert (frame.type, frame.triggers) == ("bombing", ())
    assert [(one.role, words[one.target]) for one in frame.arguments] == [
        ("PerpInd", "urban guerrillas"), ("Victim", "roberto garcia"), ("Victim", "١٢ مدنيًّا"), ("Weapon", "bomb")
    ]  # fmt: skip
    assert [(words[one.source], words[one.target]) for one in found.links] == [
        ("roberto garcia", "attorney general roberto garcia")
    ]


def _gtt(line: dict, **texts: str) -> Read:
    return gtt_templates.read(Source(files={"f": json.dumps(line).encode()}, texts=texts))


LINE = {"docid": "a", "doctext": "two men\r\nbombed a home", "templates": [{"incident_type": "bombing"}]}


def test_an_article_that_is_here_in_capitals_is_the_same():
    line = LINE | {"doctext": "two men\nbombed a home"}
    line["templates"] = [{"incident_type": "bombing", "Target": [[["home", 17]]]}]
    read = _gtt(line, a="TWO MEN\nbombed a Home")
    assert read.problems == ()
    assert _words(read.documents[0]) == {"m1": "Home"}


@pytest.mark.parametrize("start", [18, 17, 3, 8, 10_000, None])
def test_strings_whose_offsets_are_wrong_are_found_all_the_same(start: int | None):
    name = ["home", start] if start is not None else "home"
    read = _gtt(LINE | {"templates": [{"incident_type": "bombing", "Target": [[name]]}]})
    assert [one for one in read.problems if one.level == "error"] == []
    assert _words(read.documents[0]) == {"m1": "home"}


def test_strings_of_gold_that_stand_nowhere_are_errors():
    read = _gtt(LINE | {"templates": [{"incident_type": "bombing", "Target": [["castle"]]}]})
    assert [(one.rule, one.level) for one in read.problems] == [("format.quote-differs", "error")]


def test_what_is_wrong_in_lines_is_told_by_the_rules_of_formats():
    twice = (json.dumps(LINE) + "\n") * 2
    assert [one.rule for one in gtt_templates.read(Source(files={"f": twice.encode()})).problems] == [
        "format.duplicate-id"
    ]
    assert [one.rule for one in gtt_templates.read(Source(files={"f": b"{"})).problems] == ["format.syntax"]


# --- keys


def _keys(changed: str = "", to: str = "") -> Read:
    files = example("muc4")
    key = files["example.key"].decode()
    assert changed in key
    return muc4.read(Source(files=files | {"example.key": key.replace(changed, to).encode()}))


def test_a_key_is_an_event_with_what_its_slots_name_and_say():
    read = _keys()
    assert read.problems == ()
    (found,) = read.documents
    (frame,) = found.frames
    words = _words(found)
    assert (frame.type, frame.triggers) == ("BOMBING", ())
    assert [words[one.target] for one in frame.arguments if one.role.startswith("HUM")] == [
        "Roberto Garcia", "driver", "bystanders"
    ]  # fmt: skip
    assert {(words[one.source], words[one.target]) for one in found.links} == {
        ("vehicle", "his vehicle"), ("Roberto Garcia", "Attorney General")
    }  # fmt: skip
    said = {words[mark.id]: dict(mark.attributes) for mark in found.marks}
    assert said["bystanders"] == {"HUM TGT: NUMBER": "~100"}
    assert said["FMLN"]["optional"] == "true"
    assert dict(frame.attributes)["HUM TGT: TOTAL NUMBER"] == "102 / 100 -"


def test_a_message_without_an_incident_has_no_event():
    key = "0.  MESSAGE: ID    TST9-MUC4-0001\n1.  MESSAGE: TEMPLATE   *\n4.  INCIDENT: TYPE   *\n"
    read = muc4.read(Source(files={"a.key": key.encode()}, texts={"TST9-MUC4-0001": "Nothing happened.\n"}))
    assert read.problems == ()
    assert [(one.article_id, one.frames) for one in read.documents] == [("TST9-MUC4-0001", ())]


def test_a_message_whose_text_is_not_there_is_an_error():
    files = {"example.key": example("muc4")["example.key"]}
    assert [one.rule for one in muc4.read(Source(files=files)).problems] == ["format.no-text"]


def test_what_is_wrong_in_keys_is_told_with_its_line():
    read = _keys('"DRIVER"', '"CAPTAIN"')
    assert [(one.rule, one.level, one.where) for one in read.problems] == [
        ("format.quote-differs", "warning", "example.key:22")
    ]
    assert [one.rule for one in _keys("24. HUM TGT: TOTAL", "25. HUM TGT: TOTAL").problems] == ["format.unknown-line"]
    assert "format.unknown-line" in [one.rule for one in _keys("; A template", "A template").problems]
