"""`annotator suggest --report`: the table on standard output, what was left out on standard error, cases one a line."""

import json

import pytest


@pytest.fixture
def gold(workspace):
    text = (workspace / "seeds" / "en-1.txt").read_text(encoding="utf-8")
    start = text.index("Idlib")
    place = {"kind": "place", "start": start, "end": start + 5, "quote": "Idlib"}
    missed = {"kind": "place", "start": 0, "end": 10, "quote": text[:10]}
    path = workspace.parent / "gold.jsonl"
    path.write_text(json.dumps({"article_id": "en-1", "mentions": [missed, place]}) + "\n", encoding="utf-8")
    return path


def test_the_table_ends_in_its_signature(run, gold):
    outcome = run("suggest", "--report", gold)
    assert outcome.status == 0
    lines = outcome.out.splitlines()
    assert [line.split()[:3] for line in lines[1:3]] == [["en", "2", "1"], ["place", "2", "1"]]
    assert lines[-1].startswith("gold:unreleased|sha:")
    assert "kinds:place|finders:lexicon/" in lines[-1]
    assert outcome.err == "1 article of this workspace not in gold and not measured: ar-1.\n"


def test_each_case_is_a_line_with_its_place(run, gold):
    lines = run("suggest", "--report", gold, "--list", "missed").out.splitlines()
    assert lines[0].startswith("missed")
    assert "en-1:0-10" in lines[0]


def test_json_holds_the_same_figures_and_the_cases(run, gold):
    told = run("suggest", "--report", gold, "--list", "missed", "--list", "spurious", "--json").json
    assert told["rows"][0]["recall"] == 0.5
    assert told["signature"] in run("suggest", "--report", gold).out
    assert [case["quote"] for case in told["cases"] if case["outcome"] == "missed"] == ["Airstrikes"]
    assert told["notes"] == ["1 article of this workspace not in gold and not measured: ar-1."]


@pytest.mark.parametrize("jobs", ["2", "0"])
def test_the_report_is_the_same_whatever_the_jobs(run, gold, jobs):
    assert run("suggest", "--report", gold, "--jobs", jobs).out == run("suggest", "--report", gold).out


@pytest.mark.parametrize("wrong", [("--list", "missed"), ("--json",), ("--jobs", "-1"), ("--report", "nowhere.jsonl")])
def test_what_makes_no_sense_is_refused(run, wrong):
    outcome = run("suggest", *wrong)
    assert outcome.status == 2
    assert outcome.out == ""


@pytest.mark.parametrize("verb", [("suggest", "--report", "{}"), ("score", "{}", "{}")])
@pytest.mark.parametrize(
    ("name", "said"), [("none.jsonl", "There is no such file"), ("empty.jsonl", "holds no article")]
)
def test_a_gold_that_is_not_there_or_empty_is_told(run, workspace, verb, name, said):
    (workspace / "empty.jsonl").write_text("\n", encoding="utf-8")
    outcome = run(*(word.format(name) for word in verb))
    assert (outcome.status, outcome.out) == (2, "")
    assert said in outcome.err


def test_a_gold_that_is_wrong_is_refused_with_its_line(run, workspace):
    path = workspace.parent / "gold.jsonl"
    path.write_text('{"article_id": "en-1", "mentions": [{"kind": "place", "start": 3, "end": 3}]}\n', encoding="utf-8")
    outcome = run("suggest", "--report", path)
    assert outcome.status == 1
    assert "gold.jsonl:1" in outcome.err
