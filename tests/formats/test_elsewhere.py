"""What other systems say becomes candidates that fit the guidelines, and all that does not fit is told."""

import json
from typing import Any

import pytest

from annotator.formats.elsewhere import LONGEST_NAME, PROPOSED, Proposed, for_article, read_elsewhere
from annotator.formats.known import Known
from annotator.formats.lines import Line
from annotator.model.problem import Problem
from annotator.model.registry import Registry
from annotator.model.schema import Schema
from annotator.model.value import NumberValue, TimeValue

TEXT = "ISIS attacked Khasham on Tuesday; 6 members at least of ISIS died."
SCHEMA = Schema.model_validate(
    {
        "version": "1.0.0",
        "types": {
            "clash": {
                "title": "Clash",
                "description": "Sides fight.",
                "key": "c",
                "roles": {"attacker": "actor*", "killed": "number?", "place": "place*", "time": "time?"},
            }
        },
        "units": {"persons": {"title": "persons"}},
        "realis": ["actual"],
        "certainty": ["asserted"],
        "rejection_reasons": {"i": "idiom"},
    }
)
REGISTRY = Registry.model_validate(
    {"actors": {"isis": {"type": "rebel_group", "en": ["ISIS"]}}, "places": {"khasham": {"type": "town"}}}
)
KNOWN = Known(
    articles={"a"}, texts={"a": TEXT}, schema=SCHEMA, registry=REGISTRY, within="this workspace", fates=PROPOSED
)


def read(*contents: dict[str, Any], system: str = "alpha 1", allow: Any = ()) -> tuple[list[Proposed], list[Problem]]:
    problems: list[Problem] = []
    lines = [Line(f"p.jsonl:{number}", content) for number, content in enumerate(contents, 1)]
    return list(read_elsewhere(lines, "p.jsonl", problems, known=KNOWN, system=system, allow=allow)), problems


def told(problems: list[Problem], level: str = "error") -> str:
    return "\n".join(problem.line() for problem in problems if problem.level == level)


def mentions(*listed: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"article_id": "a", "mentions": list(listed)} | more


def test_mentions_and_what_events_hold_become_candidates_of_the_system_that_says_them() -> None:
    event = {
        "type": "clash",
        "triggers": [{"quote": "attacked"}],
        "arguments": [
            {"role": "attacker", "quote": "ISIS", "ref": "isis"},
            {"role": "killed", "start": 34, "end": 52, "value": {"low": 6, "unit": "persons"}},
            {"role": "time", "quote": "Tuesday", "value": {"offset": -1, "anchor": "publication"}},
        ],
    }
    place = {"kind": "place", "start": 14, "end": 21, "quote": "Khasham", "ref": "khasham"}
    (proposed,), _ = read(mentions(place, events=[event], system="beta 2"))
    assert (proposed.article_id, proposed.system) == ("a", "beta 2")
    found = {one.quote: one for one in proposed.candidates}
    assert {one.finders for one in found.values()} == {("beta 2",)}
    assert (found["attacked"].label, found["attacked"].trigger_class) == ("clash", "event")
    assert (found["ISIS"].start, found["ISIS"].ref, found["Khasham"].ref) == (0, "isis", "khasham")
    assert found["6 members at least"].value == NumberValue(low=6, unit="persons")
    assert found["Tuesday"].value == TimeValue(offset=-1, anchor="publication")


def test_what_the_guidelines_do_not_know_is_left_off_and_told() -> None:
    (proposed,), problems = read(
        mentions(
            {"kind": "trigger", "quote": "attacked", "label": "Conflict.Attack"},
            {"kind": "place", "quote": "Khasham", "ref": "isis"},
            {"kind": "number", "quote": "6", "value": {"low": 6, "unit": "heads"}},
        )
    )
    assert [(one.label, one.ref) for one in proposed.candidates] == [(None, None)] * 3
    assert proposed.candidates[2].value == NumberValue(low=6)
    said = told(problems, "warning")
    assert "'Conflict.Attack' is not in the schema: it is proposed without a type." in said
    assert (
        "1 mention(s) name a registry entry that the guidelines do not know and are proposed without it ('isis')"
        in said
    )
    assert "a unit that the guidelines do not know" in said
    assert told(problems) == ""


def test_a_candidate_has_no_blanks_at_its_edges_and_one_of_blanks_is_none() -> None:
    (proposed,), problems = read(
        mentions({"kind": "actor", "start": 0, "end": 5}, {"kind": "actor", "start": 4, "end": 5})
    )
    assert [(one.id, one.quote) for one in proposed.candidates] == [("actor:0-4", "ISIS")]
    assert "1 mention(s) cover blanks only and are not proposed" in told(problems, "warning")


def test_of_one_span_said_twice_there_is_one_candidate() -> None:
    (proposed,), problems = read(
        mentions({"kind": "actor", "start": 0, "end": 4}, {"kind": "actor", "start": 0, "end": 4})
    )
    assert len(proposed.candidates) == 1
    assert "It is proposed once." in told(problems, "warning")


def test_a_fraction_is_of_the_candidate_that_its_mention_becomes() -> None:
    whole = {"id": "n1", "kind": "number", "start": 34, "end": 52, "value": {"low": 6}}
    part = {"kind": "number", "start": 34, "end": 35, "value": {"num": 1, "den": 2, "of": "n1"}}
    (proposed,), _ = read(mentions(whole, part))
    assert [getattr(one.value, "of", None) for one in proposed.candidates] == [None, "number:34-52"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (mentions({"kind": "actor", "start": 0, "end": 10**15}), "lies beyond the text"),
        (mentions({"kind": "actor", "start": -1, "end": 4}), "is negative"),
        (mentions({"kind": "actor", "start": 0, "end": 4, "quote": "SDF"}), "but the text has 'ISIS'"),
        (mentions({"kind": "actor", "quote": "ISIS"}), "more than once"),
        (mentions({"kind": "army", "start": 0, "end": 4}), "kind must be one of"),
        (mentions(text_sha256="0" * 64), "it was made on another text"),
        (mentions() | {"article_id": "b"}, "is not in this workspace. Remove it, or allow extra-articles."),
        (mentions(system="lexicon/2+0123456789ab"), "is a name of our own finders"),
        (mentions(system="Lexicon"), "is a name of our own finders"),
        (mentions(system="red \x1b[31m"), "holds characters that cannot be seen"),
        (mentions(system="nul \x00"), "holds characters that cannot be seen"),
        (mentions(system=" padded"), "holds characters that cannot be seen"),
        (mentions(system="x" * (LONGEST_NAME + 1)), "is longer than 100 characters"),
        (mentions(system=7), "system must be a text"),
    ],
)
def test_what_is_wrong_is_an_error_with_its_line(content: dict[str, Any], said: str) -> None:
    _, problems = read(content)
    assert said in told(problems)
    assert problems[0].where == "p.jsonl:1"


def test_a_quote_without_a_place_is_left_out_where_that_is_allowed() -> None:
    (proposed,), problems = read(
        mentions({"kind": "actor", "quote": "the rebels"}, {"kind": "place", "quote": "Khasham"}), allow=["anchor"]
    )
    assert [one.quote for one in proposed.candidates] == ["Khasham"]
    assert "does not hold it" in told(problems, "warning")


def test_several_systems_may_speak_of_one_article_but_each_once() -> None:
    one, again = mentions(system="beta 2"), mentions(system="beta 2")
    proposed, problems = read(mentions(), one, again)
    assert [item.system for item in proposed] == ["alpha 1", "beta 2"]
    assert "in p.jsonl:2 already" in told(problems)


def test_an_answer_about_one_article_may_leave_out_its_id_and_all_but_the_mentions() -> None:
    bare = [Line("a:1[0]", {"kind": "place", "quote": "Khasham"}), Line("a:1[1]", {"type": "clash", "triggers": []})]
    (record,) = for_article(bare, "a")
    assert record.content == {
        "article_id": "a", "mentions": [bare[0].content], "events": [bare[1].content],
    }  # fmt: skip
    (whole,) = for_article([Line("a:1", {"mentions": []})], "a")
    assert whole.content == {"article_id": "a", "mentions": []}
    (other,) = for_article([Line("a:1", {"article_id": "b", "mentions": []})], "a")
    assert other.content["article_id"] == "b"
    assert for_article([], "a") == []


def test_many_mentions_are_read_in_one_go() -> None:
    content = mentions(*({"kind": "actor", "start": 0, "end": 1 + number % 60} for number in range(20_000)))
    (proposed,), _ = read(json.loads(json.dumps(content)))
    assert len(proposed.candidates) == len({TEXT[: 1 + number].strip() for number in range(60)})
