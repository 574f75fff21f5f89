"""`annotator score` as it is called."""

import json

import pytest


def test_intervals_are_drawn_as_often_and_from_where_one_says(run, released):
    gold = released / "gold.jsonl"
    told = run("score", "gold/1.0.0", gold, "--boot", "20", "--seed", "7")
    assert told.status == 0
    assert told.out.splitlines()[0].endswith("F1 95 %")
    assert "|boot:20|seed:7|" in told.out
    assert run("score", "gold/1.0.0", gold, "--boot", "20", "--seed", "7").out == told.out


def test_without_draws_there_are_no_intervals(run, released):
    told = run("score", "gold/1.0.0", released / "gold.jsonl", "--boot", "0", "--json")
    written = json.loads(told.out)
    assert written["signature_parts"]["boot"] == 0
    assert written["signature_parts"]["seed"] is None
    assert {level["intervals"] for level in written["levels"].values()} == {None}


def test_a_number_of_draws_that_is_none_is_refused(run, released):
    told = run("score", "gold/1.0.0", released / "gold.jsonl", "--boot", "-1")
    assert (told.status, told.out) == (2, "")


def test_one_level_may_be_asked_for(run, released):
    told = run("score", "gold/1.0.0", released / "gold.jsonl", "--level", "arguments", "--level", "entities")
    assert [line.split()[0] for line in told.out.splitlines()[1:3]] == ["argument-C", "entities"]
    assert "|task:argument-C+entities|" in told.out
    assert run("score", "gold/1.0.0", released / "gold.jsonl", "--level", "lenient").status == 2


def _actors(*ends):
    mentions = [{"kind": "actor", "start": 0, "end": end} for end in ends]
    return json.dumps({"article_id": "x", "mentions": mentions}) + "\n"


@pytest.mark.parametrize(
    ("bounds", "status", "said"),
    [
        (["mentions=0.5"], 0, []),
        (
            ["mentions=0.51"],
            1,
            ["mentions: F1 is 0.5000 (1 right of 2 predicted and 2 in gold), under the bound of 0.51."],
        ),
        (["mentions-exact=.5", "mentions=1", "mentions-overlap=1.0"], 1, ["mentions: F1 is 0.5000"]),
        (["triggers=0"], 1, ["triggers: neither gold nor predictions have any, so F1 is undefined and not 0."]),
        (["mentions=0.9", "arguments=0.1"], 1, ["mentions: F1 is", "arguments: neither gold"]),
    ],
)
def test_a_pipeline_stops_where_a_level_is_under_its_bound(run, tmp_path, bounds, status, said):
    (tmp_path / "gold.jsonl").write_text(_actors(4, 5), encoding="utf-8")
    (tmp_path / "ours.jsonl").write_text(_actors(5, 6), encoding="utf-8")
    told = run("score", "gold.jsonl", "ours.jsonl", "--json", *(f"--fail-under={one}" for one in bounds), at=tmp_path)
    assert told.status == status
    lines = told.err.splitlines()
    assert len(lines) == len(said)
    assert all(line.startswith(f"annotator: {one}") for line, one in zip(lines, said, strict=True))
    assert told.json["levels"]["mentions-strict"]["tp"] == 1


def test_a_bound_is_exact_where_a_float_is_not(run, tmp_path):
    (tmp_path / "gold.jsonl").write_text(_actors(*range(1, 11)), encoding="utf-8")
    (tmp_path / "ours.jsonl").write_text(_actors(*range(4, 14)), encoding="utf-8")
    assert run("score", "gold.jsonl", "ours.jsonl", "--fail-under", "mentions=0.7", at=tmp_path).status == 0
    assert run("score", "gold.jsonl", "ours.jsonl", "--fail-under", "mentions=0.7000001", at=tmp_path).status == 1


@pytest.mark.parametrize(
    ("bound", "said"),
    [
        ("argments=0.5", "Did you mean arguments?"),
        ("xyzzy=0.5", "The levels are mentions, "),
        ("arguments", "Write arguments=0.70"),
        ("arguments=70", "a number from 0 to 1"),
        ("arguments=-0.1", "a number from 0 to 1"),
        ("arguments=nan", "a number from 0 to 1"),
        ("arguments=1e-1", "a number from 0 to 1"),
        ("arguments=.", "a number from 0 to 1"),
        ("arguments=\u0660.\u0665", "a number from 0 to 1"),
    ],
)
def test_a_bound_that_is_none_is_refused_before_anything_is_read(run, bound, said):
    told = run("score", "nowhere", "nothing", "--fail-under", bound)
    assert (told.status, told.out) == (2, "")
    assert said in told.err


def test_a_level_that_has_a_bound_is_counted_beside_those_that_are_asked_for(run, tmp_path):
    (tmp_path / "gold.jsonl").write_text(_actors(4, 5), encoding="utf-8")
    asked = ("--level", "mentions", "--fail-under", "mentions-exact=0.9")
    assert run("score", "gold.jsonl", "gold.jsonl", *asked, at=tmp_path).status == 0
