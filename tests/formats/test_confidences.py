"""How sure an extractor is of what it says, as its lines have it."""

import json
from typing import Any

from annotator.formats.confidences import Sureness
from annotator.formats.known import Tally
from annotator.formats.predictions import stream
from annotator.scoring.confidence import Confidences
from annotator.text.span import span


def read(**content: Any) -> Confidences:
    tally, problems = Tally(sureness=Sureness()), []
    line = json.dumps({"article_id": "x", **content}).encode()
    assert [document.article_id for document in stream(line, "p.jsonl", problems, tally=tally)] == ["x"]
    assert tally.sureness is not None
    assert not [problem for problem in problems if problem.level == "error"]
    return tally.sureness.by_article["x"]


def at(start: int, **more: Any) -> dict[str, Any]:
    return {"start": start, "end": start + 3, **more}


def test_a_listed_mention_has_its_own():
    found = read(mentions=[at(0, kind="actor", confidence=0.4), at(5, kind="place", label="city")])
    assert found.mentions == {
        ("actor", span(0, 3), None): [0.4],
        ("place", span(5, 8), "city"): [None],
    }


def test_spans_in_an_event_have_their_own_or_that_of_their_event():
    event = {
        "type": "clash",
        "confidence": 0.5,
        "triggers": [at(0, confidence=0.9), at(10)],
        "arguments": [at(20, role="side_a", kind="actor", confidence=1), at(30, role="side_b", kind="actor")],
    }
    found = read(events=[event])
    assert found.triggers == {("clash", span(0, 3)): [0.9], ("clash", span(10, 13)): [0.5]}
    both = (span(0, 3), span(10, 13))
    assert found.arguments == {
        ("clash", both, "side_a", span(20, 23)): [1.0],
        ("clash", both, "side_b", span(30, 33)): [0.5],
    }
    assert found.mentions["actor", span(30, 33), None] == [0.5]
    assert found.mentions["trigger", span(0, 3), None] == [0.9]


def test_of_a_mention_by_its_id_a_trigger_has_that_first_and_an_argument_last():
    mentions = [at(0, kind="trigger", id="t", confidence=0.9), at(20, kind="actor", id="a", confidence=0.8)]

    def event(**more: Any) -> dict[str, Any]:
        return {"type": "clash", "triggers": ["t"], "arguments": [{"role": "side_a", "mention": "a", **more}]}

    key = ("clash", (span(0, 3),), "side_a", span(20, 23))
    assert read(mentions=mentions, events=[event()]).arguments[key] == [0.8]
    assert read(mentions=mentions, events=[event(confidence=0.3)]).arguments[key] == [0.3]
    sure = read(mentions=mentions, events=[event() | {"confidence": 0.6}])
    assert sure.arguments[key] == [0.6]
    assert sure.triggers["clash", span(0, 3)] == [0.9]


def test_what_is_said_twice_has_both():
    found = read(mentions=[at(0, kind="actor", confidence=0.4), at(0, kind="actor", confidence=0.7)])
    assert sorted(found.mentions["actor", span(0, 3), None]) == [0.4, 0.7]
