"""The decision log as lines: the same log gives the same bytes, and every line that does not fit is named."""

from collections.abc import Callable
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.formats.decision_log import read_log, write_log
from annotator.model.canonical import canonical_json, sha256
from annotator.model.decision import Decision, Finish

Json = dict[str, Any]


def decision(name: str, person: str = "a1", article_id: str = "001", **others: Any) -> Decision:
    fields: Json = {"stage": "label" if person.startswith("a") else "adjudicate", "text_sha256": sha256(b"text")}
    made = fields | {"id": name, "person": person, "article_id": article_id, "made_at": 1} | others
    return Decision(changes=(Finish(finished=True),), **made)


LOG = [
    decision("d1", article_id="002"),
    decision("d2", "a2"),
    decision("d3"),
    decision("d4", "j1"),
    decision("d5"),
    decision("d6", "a2", "002"),
]


def lines() -> list[Json]:
    return [orjson.loads(line) for line in write_log(LOG).splitlines()]


def written(content: list[Json]) -> bytes:
    return b"".join(canonical_json(line) for line in content)


def test_lines_stand_by_article_person_and_sequence() -> None:
    told = [(line["decision"]["id"], line["sequence"], line["place"]) for line in lines()]
    assert told == [("d3", 1, 3), ("d5", 2, 5), ("d2", 1, 2), ("d4", 1, 4), ("d1", 1, 1), ("d6", 1, 6)]


@given(st.lists(st.tuples(st.sampled_from(["a1", "a2", "a10", "j1"]), st.sampled_from(["001", "x"])), max_size=12))
def test_a_log_that_is_written_is_read_in_its_order(made: list[tuple[str, str]]) -> None:
    log = [decision(f"d{number}", person, article) for number, (person, article) in enumerate(made)]
    read, problems = read_log(write_log(log), "log")
    assert problems == ()
    assert [line.logged.decision for line in read] == log
    assert write_log(line.logged.decision for line in read) == write_log(log)


def test_the_order_of_the_lines_says_nothing() -> None:
    read, problems = read_log(written(lines()[::-1]), "log")
    assert problems == ()
    assert [line.logged.decision for line in read] == LOG


@pytest.mark.parametrize(
    ("edit", "rule", "where", "told"),
    [
        (lambda log: log.pop(0), "gap", "log:1", "decision 2 of a1 on 001, where decision 1 should stand"),
        (lambda log: log[1].update(sequence=3), "gap", "log:2", "decision 3 of a1 on 001, where decision 2"),
        (lambda log: log[0].update(place=9), "gap", "log:2", "decision 2 of a1 on 001, where decision 1"),
        (lambda log: log[3].update(place=5), "repeated", "log:4", "The place 5 stands in log:2 already"),
        (lambda log: log.append(log[0] | {"place": 7}), "repeated", "log:7", "The id 'd3' stands in log:1 already"),
        (lambda log: log[2]["decision"].update(person="j2"), "person", "log:3", "'j2' is no pseudonym of the stage"),
        (lambda log: log[3]["decision"].update(person="miriam"), "person", "log:4", "'miriam' is no pseudonym"),
        (lambda log: log[0].update(sequence=0), "field", "log:1", "sequence"),
        (lambda log: log[0].update(place=True), "field", "log:1", "place"),
        (lambda log: log[0].update(name="miriam"), "field", "log:1", "name"),
        (lambda log: log[0]["decision"].pop("text_sha256"), "field", "log:1", "decision.text_sha256"),
        (lambda log: log[0]["decision"]["changes"][0].update(change="?"), "field", "log:1", "decision.changes"),
        (
            lambda log: log[0]["decision"]["changes"].append({"change": "undo", "of": "d3"}),
            "field",
            "log:1",
            "An undo or a redo must stand alone",
        ),
    ],
)
def test_a_line_that_does_not_fit_is_named(
    edit: Callable[[list[Json]], object], rule: str, where: str, told: str
) -> None:
    content = lines()
    edit(content)
    _, problems = read_log(written(content), "log")
    found = [(problem.rule, problem.where) for problem in problems if told in problem.message]
    assert found == [(f"decisions.{rule}", where)]
    assert {problem.rule for problem in problems} == {f"decisions.{rule}"}


@pytest.mark.parametrize("line", [b"[]\n", b"{\n", b"\xff\n", b"[" * 100_000 + b"\n", b'{"place":1,"place":1}\n'])
def test_a_line_that_is_no_object_is_named(line: bytes) -> None:
    _, problems = read_log(write_log(LOG) + line, "log")
    assert [(problem.rule, problem.where) for problem in problems] == [("decisions.json", "log:7")]
