"""DyGIE++, OneIE, WikiEvents and CoNLL: what is on tokens comes back, the rest is named, and traps are seen."""

import json
from collections.abc import Callable
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.formats.tools import conll, dygiepp, oneie, wikievents
from annotator.formats.tools.document import Document, Filled, Frame, Marked, Read, Source, Wanted
from annotator.formats.tools.registry import format_named
from annotator.formats.tools.tokens import tokens_of
from annotator.gold.release import read_schema
from annotator.text.span import span
from tests.formats.tools.documents import documents
from tests.formats.tools.examples import SCHEMA, example
from tests.formats.tools.losing import same, without
from tests.formats.tools.widening import widened

WANTED = Wanted(read_schema(SCHEMA.read_bytes()))
TEXT = "وقتل 5 men. 👨‍👩‍👧 Two died in Hama.\n"


def _document() -> Document:
    killed = Marked(id="m1", type="trigger", label="strike.air", spans=(span(1, 4),))
    men = Marked(id="m2", type="number", spans=(span(5, 6),))
    hama = Marked(id="m3", type="place", spans=(span(30, 34),))
    event = Frame(
        id="e1", type="strike.air", triggers=("m1",), arguments=(Filled("killed", "m2"), Filled("place", "m3"))
    )
    return Document(article_id="a1", text=TEXT, marks=(killed, men, hama), frames=(event,))


def _lost(written: object) -> list[tuple[str, str, str]]:
    return [(loss.item, loss.what, loss.part) for loss in written.losses]


# --- there and back


@pytest.mark.parametrize(("module", "trigger_words"), [(dygiepp, 1), (conll, None)])
@given(data=st.data(), foreign=st.booleans())
@settings(max_examples=80, deadline=None)
def test_what_is_written_is_read_again(module: ModuleType, trigger_words: int, data: st.DataObject, foreign: bool):
    document = data.draw(documents(foreign=foreign).filter(lambda one: len(tokens_of(one.text))))
    written = module.write([document], WANTED)
    read = module.read(Source(files=written.files, texts={document.article_id: document.text}))
    assert read.problems == ()
    (found,) = read.documents
    same(widened(document, written.losses, trigger_words), found)
    assert list(module.write(read.documents, WANTED).files.values()) == list(written.files.values())
    row = format_named(module.__name__.rpartition(".")[2])
    assert row is not None
    assert {loss.what for loss in written.losses} <= {*row.loses}


@given(data=st.data(), foreign=st.booleans())
@settings(max_examples=80, deadline=None)
def test_sentences_of_oneie_have_what_is_not_lost(data: st.DataObject, foreign: bool):
    document = data.draw(documents(foreign=foreign))
    written = oneie.write([document], WANTED)
    lines = [json.loads(line) for line in written.files["annotations.json"].splitlines()]
    left = widened(document, written.losses)
    triggers = {name for frame in left.frames for name in frame.triggers}
    assert sum(len(one["entity_mentions"]) for one in lines) == len({mark.id for mark in left.marks} - triggers)
    assert sum(len(one["event_mentions"]) for one in lines) == len(left.frames)
    roles = sum(len(event["arguments"]) for one in lines for event in one["event_mentions"])
    assert roles == sum(len(frame.arguments) for frame in left.frames)
    for one in lines:
        for said in [*one["entity_mentions"], *(event["trigger"] for event in one["event_mentions"])]:
            assert " ".join(one["tokens"][said["start"] : said["end"]]) == said["text"]


# --- what is lost


def test_clitics_become_their_words_and_roles_of_other_sentences_are_lost():
    written = dygiepp.write([_document()], WANTED)
    assert _lost(written) == [("m1", "span", ""), ("e1", "argument", "1")]
    assert "وقتل" in written.losses[0].told
    line = json.loads(written.files["annotations.jsonl"])
    assert line["events"] == [[[[0, "strike.air"], [1, 1, "killed"]]], []]
    assert line["ner"] == [[[1, 1, "number"]], [[8, 8, "place"]]], "ends are inclusive, and count through the article"
    assert _lost(oneie.write([_document()], WANTED)) == _lost(written)


def test_triggers_of_dygiepp_have_one_token():
    air = Marked(id="m1", type="trigger", label="strike.air", spans=(span(0, 7),))
    document = Document(
        article_id="a", text="Air raid.", marks=(air,), frames=(Frame(id="e1", type="strike.air", triggers=("m1",)),)
    )
    assert _lost(dygiepp.write([document], WANTED)) == [("m1", "span", "")]
    assert json.loads(dygiepp.write([document], WANTED).files["annotations.jsonl"])["events"] == [[[[0, "strike.air"]]]]
    assert _lost(oneie.write([document], WANTED)) == [("m1", "span", "")], "there two are a word and half of one"


def test_conll_writes_the_longest_of_what_overlaps():
    outer = Marked(id="m1", type="actor", spans=(span(5, 10),))
    inner = Marked(id="m2", type="number", label="a toll", spans=(span(5, 6),))
    written = conll.write([Document(article_id="a", text=TEXT, marks=(inner, outer), person="anna")], WANTED)
    assert ("m2", "overlap", "") in _lost(written)
    assert written.files["anna/a.conll"].decode().splitlines()[:4] == ["وقتل\tO", "5\tB-actor", "men\tI-actor", ".\tO"]


# --- as others write them


@pytest.mark.parametrize("name", ["dygiepp", "wikievents"])
def test_events_of_others_are_read(name: str):
    row = format_named(name)
    assert row is not None
    read = row.read(Source(files=example(name)))
    assert read.problems == ()
    (found,) = read.documents
    words = {mark.id: mark.covers.of(found.text) for mark in found.marks}
    told = [
        (words[one.triggers[0]], [(filled.role, words[filled.target]) for filled in one.arguments])
        for one in found.frames
    ]
    assert [trigger for trigger, _ in told] == ["قُتِلَ", "killed"]
    assert ("Victim", "٢٣ مدنيًّا") in told[0][1]
    assert ("Victim", "5 people") in told[1][1]


def test_a_cluster_is_a_relation_to_its_first_mention():
    (found,) = dygiepp.read(Source(files=example("dygiepp"))).documents
    words = {mark.id: mark.covers.of(found.text) for mark in found.marks}
    assert [(one.type, words[one.source], words[one.target]) for one in found.links] == [
        ("coreference", "٢٣ مدنيًّا", "5 people")
    ]


def test_offsets_of_wikievents_that_drift_lead_to_the_words_all_the_same():
    line = json.loads(example("wikievents")["example.jsonl"])
    word, start, end = line["sentences"][1][0][1]
    assert line["text"][start:end] != word, "the example has the fault that the corpus has"
    (found,) = wikievents.read(Source(files=example("wikievents"))).documents
    assert [mark.covers.of(found.text) for mark in found.marks if mark.label] == ["قُتِلَ", "killed"]


def test_predictions_are_read_where_there_is_no_gold():
    line = {"doc_key": "a", "sentences": [["Two", "died"]], "predicted_ner": [[[0, 0, "PER", 3.2, 0.9]]]}
    line["predicted_events"] = [[[[1, "Life.Die", 3.1, 0.8], [0, 0, "Victim", 1.0, 0.7]]]]
    (found,) = dygiepp.read(Source(files={"a.jsonl": json.dumps(line).encode()})).documents
    assert [(one.type, one.arguments[0].role) for one in found.frames] == [("Life.Die", "Victim")]


@pytest.mark.parametrize(
    ("tags", "found"),
    [
        ("B-A I-A O B-A", [(0, 2), (3, 4)]),
        ("I-A I-A O I-A", [(0, 2), (3, 4)]),
        ("B-A B-A I-B I-B", [(0, 1), (1, 2), (2, 4)]),
        ("B-A E-A O S-A", [(0, 2), (3, 4)]),
        ("B-A L-A U-A U-A", [(0, 2), (2, 3), (3, 4)]),
    ],
)
def test_all_ways_to_tag_are_read(tags: str, found: list[tuple[int, int]]):
    lines = "".join(f"{word} NN {tag}\n" for word, tag in zip("abcd", tags.split(), strict=True))
    (document,) = conll.read(Source(files={"x.conll": lines.encode()})).documents
    assert document.text == "a b c d"
    assert [(one.covers.start // 2, (one.covers.end + 1) // 2) for one in document.marks] == found


def test_articles_of_one_file_and_persons_of_folders():
    two = b"-DOCSTART- -X- O\n\na B-A\n\n-DOCSTART- -X- O\n\nb O\n"
    read = conll.read(Source(files={"anna/x.conll": two, "bert/x.conll": b"a O\r\n", "y.conll": b"c O"}))
    assert read.problems == ()
    assert [(one.article_id, one.person, one.text) for one in read.documents] == [
        ("x-1", "anna", "a"), ("x-2", "anna", "b"), ("x", "bert", "a"), ("y", None, "c")
    ]  # fmt: skip


def test_tokens_are_found_in_the_text_that_is_here():
    texts = {"x": "a\u00a0 b,\n(c)\n"}
    read = conll.read(Source(files={"x.conll": b"a O\nb B-A\n, O\n-LRB- O\nc O\n-RRB- O\n"}, texts=texts))
    assert read.problems == ()
    assert read.documents[0].marks[0].covers.of(texts["x"]) == "b"
    read = conll.read(Source(files={"x.conll": b"a O\nc O\n"}, texts=texts))
    assert [one.rule for one in read.problems] == ["format.text-differs"]


# --- what is wrong


def _changed_line(module: ModuleType, name: str, change: Callable[[dict], None]) -> Read:
    line = json.loads(example(name)["example.jsonl"])
    change(line)
    return module.read(Source(files={"f.jsonl": json.dumps(line).encode()}))


WRONG_DYGIE = {
    "a token beyond the end": lambda line: line["ner"][0].append([0, 99, "PER"]),
    "true for a token": lambda line: line["ner"][0].append([0, True, "PER"]),
    "an absurd number": lambda line: line["ner"][0].append([0, 2**60, "PER"]),
    "a reversed mention": lambda line: line["ner"][0].append([3, 1, "PER"]),
    "no type": lambda line: line["ner"][0].append([0, 0]),
    "no list": lambda line: line.update(ner="PER"),
    "an event of nothing": lambda line: line["events"][0].append([]),
    "no tokens": lambda line: line.update(sentences=[[1]]),
    "no id": lambda line: line.pop("doc_key"),
    "another text": lambda line: line.update(_text="Quite another text.\n"),
}


@pytest.mark.parametrize("fault", WRONG_DYGIE)
def test_what_is_wrong_in_dygiepp_is_told_with_its_line(fault: str):
    problems = _changed_line(dygiepp, "dygiepp", WRONG_DYGIE[fault]).problems
    assert [(one.level, one.where) for one in problems] == [("error", "f.jsonl:1")]


WRONG_WIKIEVENTS = {
    "a word that is another": lambda line: line["entity_mentions"][0].update(text="soldiers"),
    "an id twice": lambda line: line["entity_mentions"][1].update(id="T1"),
    "a token beyond the end": lambda line: line["entity_mentions"][4].update(end=99),
    "an argument of nobody": lambda line: line["event_mentions"][0]["arguments"][0].update(entity_id="T99"),
    "a trigger that is none": lambda line: line["event_mentions"][0].update(trigger=[0, 1]),
    "other sentences": lambda line: line.update(text="Quite another text.\n"),
    "other tokens": lambda line: line["tokens"].pop(),
}


@pytest.mark.parametrize("fault", WRONG_WIKIEVENTS)
def test_what_is_wrong_in_wikievents_is_told_with_its_line(fault: str):
    problems = _changed_line(wikievents, "wikievents", WRONG_WIKIEVENTS[fault]).problems
    assert problems
    assert {(one.level, one.where) for one in problems} == {("error", "f.jsonl:1")}


@pytest.mark.parametrize("module", [dygiepp, wikievents])
def test_an_article_twice_is_an_error(module: ModuleType):
    data = example(module.__name__.rpartition(".")[2])["example.jsonl"]
    assert [one.rule for one in module.read(Source(files={"f": data + data})).problems] == ["format.duplicate-id"]


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"a\n", "unknown-line"),
        (b"a X-PER\n", "unknown-type"),
        (b"", "no-text"),
        (b"\xff O\n", "encoding"),
        (b"\x0b\tO\n", "text"),
    ],
)
def test_what_is_wrong_in_conll_is_told(data: bytes, rule: str):
    problems = conll.read(Source(files={"x.conll": data})).problems
    assert f"format.{rule}" in [one.rule for one in problems]


def test_what_is_lost_is_named_so_that_it_can_be_taken_out():
    for module in (dygiepp, oneie, conll):
        written = module.write([_document()], WANTED)
        assert without(_document(), written.losses).article_id == "a1"
