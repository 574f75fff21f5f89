import json

import pytest

from annotator.formats.records import read_plain, read_records, read_said
from annotator.model.record import GoldRecord
from annotator.scoring.document import ScoredMention, document_of
from annotator.text.span import span

RECORD = {
    "article_id": "a",
    "language": "en",
    "text_sha256": "0" * 64,
    "regions": [{"kind": "body", "start": 0, "end": 30}],
    "mentions": [
        {"id": "m1", "kind": "trigger", "start": 0, "end": 4, "quote": "raid"},
        {"id": "m2", "kind": "number", "start": 5, "end": 6, "quote": "6", "value": {"low": 6, "high": 6, "best": 6}},
    ],
    "events": [
        {
            "id": "e1",
            "type": "raid",
            "triggers": ["m1"],
            "arguments": [{"role": "killed", "mention": "m2", "of": "isis"}],
        }
    ],
    "rejected": [{"kind": "trigger", "start": 9, "end": 12, "quote": "hit", "reason": "idiom"}],
    "complete": True,
    "provenance": {"annotators": ["a1", "a2"], "adjudicator": "j1", "decisions_sha256": "0" * 64},
}


def lines(*records):
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def test_a_full_record_is_read_whole():
    (record,), problems = read_records(lines(RECORD))
    assert problems == ()
    assert record == GoldRecord.model_validate(RECORD)


def test_a_full_record_is_scored_the_same_whichever_way_it_is_read():
    (document,), problems = read_plain(lines(RECORD))
    assert [(problem.rule, problem.level) for problem in problems] == [("gold.unchecked", "warning")]
    assert document == document_of(GoldRecord.model_validate(RECORD))


def test_a_plain_record_needs_only_kind_and_offsets():
    plain = {"article_id": "a", "mentions": [{"kind": "actor", "start": 3, "end": 9}]}
    (document,), problems = read_plain(lines(plain))
    assert problems == ()
    assert document.mentions == (ScoredMention("actor", span(3, 9)),)


@pytest.mark.parametrize("missing", ["article_id", "events", "complete"])
def test_a_record_that_lacks_a_field_is_no_full_record(missing):
    broken = {name: value for name, value in RECORD.items() if name != missing}
    records, (problem,) = read_records(lines(RECORD, broken), "gold.jsonl")
    assert len(records) == 1
    assert problem.line().startswith(f"error: gold.jsonl:2: {missing}: ")


def test_the_place_of_a_fault_inside_a_record_is_named():
    broken = json.loads(json.dumps(RECORD))
    broken["mentions"][1]["start"] = True
    _, (problem,) = read_records(lines(broken))
    assert problem.message.startswith("mentions[1].start: ")


def test_what_stands_twice_in_gold_is_an_error():
    item = {"kind": "actor", "start": 3, "end": 9}
    _, (problem,) = read_plain(lines({"article_id": "a", "mentions": [item, item]}))
    assert (problem.rule, problem.level) == ("gold.duplicate", "error")


def test_an_article_that_stands_twice_in_gold_is_an_error():
    _, (problem,) = read_plain(lines({"article_id": "a"}, {"article_id": "a"}))
    assert (problem.rule, problem.where) == ("gold.duplicate-article", "gold:2")


def test_of_a_plain_line_it_is_known_what_it_says():
    bare = {"article_id": "a", "mentions": [{"kind": "actor", "start": 0, "end": 3}], "system": "mine 1"}
    ((record, said),), problems = read_said(lines(bare))
    assert problems == ()
    assert said == {"article_id", "mentions", "system"}
    assert [(one.kind, one.start, one.end, one.quote) for one in record.mentions] == [("actor", 0, 3, "")]
    assert (record.events, record.regions, record.complete) == ((), (), False)
    ((whole, _),), _ = read_said(lines(RECORD))
    assert whole == read_records(lines(RECORD))[0][0]


def test_of_a_line_with_an_error_no_record_is_made():
    broken = {"article_id": "a", "events": [{"type": "clash.armed", "triggers": ["m7"]}]}
    records, problems = read_said(lines(broken))
    assert records == ()
    assert [problem.rule for problem in problems] == ["gold.reference"]
    nested = {"article_id": "a", "events": [{"type": "clash.armed", "triggers": [{"start": 0, "end": 3}]}]}
    _, (problem, *_) = read_said(lines(nested))
    assert "events[0].triggers[0]" in problem.message
