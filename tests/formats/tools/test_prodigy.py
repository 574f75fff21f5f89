"""Prodigy's tasks come in with their people and go out so that its recipes can show them."""

from collections.abc import Sequence
from itertools import pairwise

import orjson
import pytest
from hypothesis import given

from annotator.formats.tools.document import Document, Link, Source, Wanted
from annotator.formats.tools.prodigy import read, write
from annotator.formats.tools.registry import format_named
from tests.formats.tools.documents import folders
from tests.formats.tools.losing import same, without
from tests.outside.repository import DATA

HEADLINES = DATA / "prodigy" / "annotated_news_headlines.jsonl"
WANTED = Wanted(None, "work")  # the schema says nothing that a task has
ROW = format_named("prodigy")


@given(folders(foreign=True))
def test_what_is_not_told_as_lost_comes_back(documents: Sequence[Document]) -> None:
    written = write(documents, WANTED)
    assert {loss.what for loss in written.losses} <= set(ROW.loses)
    found, problems = read(Source(files=written.files))
    assert problems == ()
    for one, back in zip(documents, found, strict=True):
        broken = any(len(mark.spans) > 1 for mark in one.marks)
        same(without(one, written.losses), back)
        assert any(loss.what == "span" for loss in written.losses if loss.article_id == one.article_id) == broken
    assert write(found, WANTED).files == written.files


@given(folders())
def test_tokens_begin_and_end_where_mentions_do(documents: Sequence[Document]) -> None:
    for line in write(documents, WANTED).files["work.jsonl"].splitlines():
        task = orjson.loads(line)
        text, tokens = task["text"], task["tokens"]
        assert [token["id"] for token in tokens] == list(range(len(tokens)))
        for token in tokens:
            assert token["text"] == text[token["start"] : token["end"]]
        assert all(one["end"] <= other["start"] for one, other in pairwise(tokens))
        for span in task["spans"]:
            assert tokens[span["token_start"]]["start"] == span["start"]
            assert tokens[span["token_end"]]["end"] == span["end"]


@pytest.mark.skipif(not HEADLINES.exists(), reason="the headlines are not on this machine")
def test_the_headlines_are_as_counted() -> None:
    data = HEADLINES.read_bytes()
    tasks = [orjson.loads(line) for line in data.splitlines()]
    found, problems = read(Source(files={"headlines.jsonl": data}))
    assert (len(tasks), sum(len(task["tokens"]) for task in tasks)) == (373, 3370)
    assert sum(len(document.marks) for document in found) == sum(len(task.get("spans", [])) for task in tasks) == 303
    for task in tasks:
        for span in task.get("spans", []):
            assert task["tokens"][span["token_end"]]["end"] == span["end"]
    assert [(one.rule, one.level) for one in problems] == [("format.answer", "warning")]
    assert len({document.article_id for document in found}) == len(found) == 372


TASK = {
    "text": "Police killed 5.",
    "tokens": [
        {"text": "Police", "start": 0, "end": 6, "id": 0},
        {"text": "killed", "start": 7, "end": 13, "id": 1},
        {"text": "5", "start": 14, "end": 15, "id": 2},
        {"text": ".", "start": 15, "end": 16, "id": 3},
    ],
    "spans": [
        {"start": 0, "end": 6, "token_start": 0, "token_end": 0, "label": "ORG"},
        {"start": 7, "end": 13, "token_start": 1, "token_end": 1, "label": "clash.armed"},
    ],
    "relations": [{"head": 1, "child": 0, "label": "side_a"}],
    "_session_id": "news-miriam",
    "_input_hash": -1,
    "answer": "accept",
}


def one(**fields: object) -> Source:
    return Source(files={"news.jsonl": orjson.dumps(TASK | fields) + b"\n"})


def test_a_task_is_of_its_input_and_its_session() -> None:
    (document,) = read(one()).documents
    assert (document.article_id, document.person) == ("news-ffffffff", "news-miriam")
    assert document.links == (Link("side_a", "#1", "#0"),)
    (document,) = read(one(_annotator_id="miriam", meta={"article_id": "a-7"})).documents
    assert (document.article_id, document.person) == ("a-7", "miriam")


def test_two_sessions_on_one_input_are_two_peoples_work_on_one_article() -> None:
    lines = b"".join(one(_session_id=name).files["news.jsonl"] for name in ("a", "b"))
    found = read(Source(files={"news.jsonl": lines})).documents
    assert [(document.article_id, document.person) for document in found] == [
        ("news-ffffffff", "a"),
        ("news-ffffffff", "b"),
    ]


@pytest.mark.parametrize("answer", ["reject", "ignore", "???"])
def test_what_was_not_accepted_is_left_out_and_told(answer: str) -> None:
    found, (problem,) = read(one(answer=answer))
    assert found == ()
    assert (problem.rule, problem.level) == ("format.answer", "warning")
    assert answer in problem.message


def span(**fields: object) -> list[object]:
    return [TASK["spans"][0] | fields]


@pytest.mark.parametrize(
    ("fields", "rule", "level"),
    [
        ({"text": 3}, "no-text", "error"),
        ({"spans": span(end=99)}, "out-of-range", "error"),
        ({"spans": span(start=True)}, "out-of-range", "error"),
        ({"spans": span(text="police")}, "quote-differs", "error"),
        ({"spans": span(token_end=1)}, "token", "warning"),
        ({"spans": span(token_end=7)}, "out-of-range", "error"),
        ({"spans": span(label=3)}, "field", "error"),
        ({"spans": span(id="a") + span(id="a")}, "duplicate-id", "error"),
        ({"spans": span(events=[{"id": "e", "type": "a"}, {"id": "e", "type": "a"}])}, "duplicate-id", "error"),
        ({"relations": [{"head": 3, "child": 0, "label": "x"}]}, "reference", "warning"),
        ({"relations": [{"head": 1, "child": 0, "label": "x", "event": "e"}]}, "reference", "error"),
        ({"relations": [{"head": 1, "child": 0}]}, "field", "error"),
        ({"relations": 1}, "field", "error"),
        ({"_session_id": 7}, "field", "error"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(fields: dict[str, object], rule: str, level: str) -> None:
    _, problems = read(one(**fields))
    assert (f"format.{rule}", level) in {(problem.rule, problem.level) for problem in problems}
    assert all(problem.where.startswith("news.jsonl:1") for problem in problems)


def test_tokens_tell_in_what_spans_are_counted() -> None:
    text = "🔥 Police killed 5."
    tokens = [{"text": "Police", "start": 3, "end": 9, "id": 0}]
    spans = [{"start": 3, "end": 9, "token_start": 0, "token_end": 0, "label": "ORG"}]
    found, (problem,) = read(one(text=text, tokens=tokens, spans=spans, relations=[]))
    assert [mark.covers.of(text) for mark in found[0].marks] == ["Police"]
    assert problem.rule == "format.unit"
