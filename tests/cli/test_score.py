"""`annotator score` as it is called."""

import json


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
