"""`annotator templates`: tables on standard output, doubts on standard error, a refusal with file and line."""

import json

import pytest


@pytest.fixture
def files(tmp_path):
    gold = {
        "docid": "TST3-MUC4-0001",
        "doctext": "rebels shot the mayor",
        "templates": [{"incident_type": "attack", "PerpInd": [[["rebels", 0]]]}],
    }
    output = {"30001": {"pred_templates": [{"incident_type": "attack", "PerpInd": [["rebels"], []]}]}}
    (tmp_path / "gold.json").write_text(json.dumps(gold) + "\n")
    (tmp_path / "out.json").write_text(json.dumps(output))
    return tmp_path / "gold.json", tmp_path / "out.json"


def test_it_prints_two_tables_each_with_its_signature(run, files):
    outcome = run("templates", *map(str, files), "--boot", "0")
    assert outcome.status == 0
    lines = [line.split() for line in outcome.out.splitlines()]
    assert ["all", "66.67", "100.00", "80.00", "2", "3", "2", "2"] in lines
    assert ["entities", "50.00", "100.00", "66.67", "1", "2", "1"] in lines
    assert outcome.out.count("gold:unreleased|sha:") == 2
    assert "task:templates|match:gtt" in outcome.out
    assert "PerpInd[1] has no string" in outcome.err


def test_as_json_it_is_one_object(run, files):
    outcome = run("templates", *map(str, files), "--json")
    told = json.loads(outcome.out)
    assert told["templates"]["precision"] == 0.666667
    assert told["spans"]["levels"]["entities"]["recall"] == 1


def test_a_role_that_could_steer_a_terminal_is_shown_harmless(run, files):
    gold, out = files
    template = {"incident_type": "attack", "x\x1b[31m": [["rebels"]]}
    out.write_text(json.dumps({"30001": {"pred_templates": [template]}}))
    outcome = run("templates", str(gold), str(out))
    assert outcome.status == 0
    assert "\x1b" not in outcome.out + outcome.err


def test_a_wrong_file_is_refused_with_its_line(run, files):
    gold, out = files
    out.write_text('{\n"30001": {"pred_templates": 1}}')
    outcome = run("templates", str(gold), str(out))
    assert (outcome.status, outcome.out) == (2, "")
    assert f"{out}:2: pred_templates must be a list" in outcome.err
    assert run("templates", str(gold), str(out) + "x").status == 2


def test_articles_that_gold_lacks_may_be_allowed(run, files):
    gold, out = files
    more = json.loads(out.read_text()) | {"49999": {"pred_templates": []}}
    out.write_text(json.dumps(more))
    assert run("templates", str(gold), str(out)).status == 2
    outcome = run("templates", str(gold), str(out), "--allow", "extra-articles")
    assert outcome.status == 0
    assert "1 article(s) that gold lacks are left out" in outcome.err
