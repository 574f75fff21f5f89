"""Every verb: its help with an example, what it prints where, and the status it leaves with."""

import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from annotator import __version__
from annotator.cli import VERBS

# What all verbs have


@pytest.mark.parametrize("verb", [name for name, _ in VERBS])
def test_a_verb_has_help_with_an_example(run, verb):
    outcome = run(verb, "--help")
    assert outcome.status == 0
    assert f"Example: annotator {verb}" in outcome.out
    assert outcome.err == ""


def test_the_help_lists_every_verb_with_its_line(run):
    outcome = run("--help")
    assert outcome.status == 0
    for name, said in VERBS:
        assert any(line.split()[:1] == [name] and said in line for line in outcome.out.splitlines())
    assert run("-h").out == outcome.out


def test_the_version_is_said(run):
    assert run("--version").out == f"annotator, version {__version__}\n"


@pytest.mark.parametrize(("typed", "meant"), [("stauts", "status"), ("realease", "release"), ("lable", "label")])
def test_a_verb_that_is_not_there_suggests_the_one_that_is_meant(run, typed, meant):
    outcome = run(typed)
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err == f"annotator: There is no verb {typed!r}.\n  Did you mean `annotator {meant}`?\n"


def test_a_verb_unlike_any_other_points_to_the_help(run):
    assert "`annotator --help` lists the verbs" in run("xyzzy").err


@pytest.mark.parametrize(
    "arguments",
    [["score"], ["score", "--jsn", "a", "b"], ["init"], ["status", "extra"], ["gold", "lst"], ["--as", "x", "label"]],
)
def test_wrong_use_is_two_lines_and_status_two(run, arguments):
    outcome = run(*arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith("annotator: ")
    assert len(outcome.err.splitlines()) == 2


@pytest.mark.parametrize(
    "verb",
    ["status", "import", "suggest", "label", "agree", "adjudicate", "release", "check", "gold list", "guidelines gaps"],
)
def test_outside_a_workspace_every_verb_says_how_to_make_one(run, tmp_path, verb):
    (tmp_path / "elsewhere").mkdir()
    outcome = run(*verb.split(), at=tmp_path / "elsewhere")
    assert (outcome.status, outcome.out) == (2, "")
    assert "is no workspace" in outcome.err
    assert "annotator init" in outcome.err


def test_settings_that_cannot_be_read_are_named(run, workspace: Path):
    (workspace / "annotator.toml").write_text('[screen]\nbidi = "sideways"\n', encoding="utf-8")
    outcome = run("status")
    assert outcome.status == 2
    assert "annotator.toml" in outcome.err
    assert "bidi" in outcome.err


# Screens without a terminal


@pytest.mark.parametrize("arguments", [[], ["--as", "miriam"], ["label"], ["adjudicate"], ["label", "--as", "miriam"]])
def test_without_a_terminal_it_lists_what_it_would_open(run, arguments):
    outcome = run(*arguments)
    assert outcome.status == 3
    assert [line.split()[0] for line in outcome.out.splitlines()] == ["ar-1", "en-1"]
    assert outcome.err.splitlines()[0] == "annotator: There is no terminal to open it on."


def test_without_a_terminal_a_named_article_is_listed_alone(run):
    outcome = run("label", "en", "--as", "miriam")
    assert outcome.status == 3
    assert outcome.out.split()[0] == "en-1"
    assert len(outcome.out.splitlines()) == 1


def test_an_article_that_is_not_there_is_status_two(run):
    outcome = run("label", "xx", "--as", "miriam")
    assert (outcome.status, outcome.out) == (2, "")
    assert "xx" in outcome.err


def test_a_name_that_cannot_be_one_is_refused(run):
    outcome = run("label", "--as", "\x1b[31m")
    assert outcome.status == 2
    assert "cannot be a person's name" in outcome.err
    assert "\x1b" not in outcome.err


# Verb by verb


def test_init_makes_a_workspace_of_a_folders_articles(run, tmp_path):
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "a.txt").write_text("Clashes near Aleppo\n", encoding="utf-8")
    outcome = run("init", tmp_path / "new", "--from", texts)
    assert outcome.status == 0, outcome.err
    assert "1 article" in outcome.out
    assert run("status", "--json", at=tmp_path / "new").json[0]["article_id"] == "a"
    again = run("init", tmp_path / "new", "--from", texts)
    assert again.status == 2
    assert "is not empty" in again.err


@pytest.mark.parametrize("source", ["nowhere", "empty"])
def test_init_from_a_folder_without_articles_makes_nothing(run, tmp_path, source):
    (tmp_path / "empty").mkdir()
    outcome = run("init", tmp_path / "new", "--from", tmp_path / source)
    assert outcome.status == 2
    assert not (tmp_path / "new").exists()


def test_status_says_who_is_how_far(run, adjudicated):
    outcome = run("status")
    assert outcome.status == 0
    line = next(line for line in outcome.out.splitlines() if line.startswith("en-1"))
    assert "adjudicated" in line
    assert "a1: done  a2: done  j1: done" in line
    found = {row["article_id"]: row for row in run("status", "--json").json}
    assert [one["person"] for one in found["en-1"]["people"]] == ["a1", "a2", "j1"]
    assert found["ar-1"]["state"] == "new"


def test_import_copies_takes_in_and_says_what_changed(run, workspace, tmp_path):
    new = tmp_path / "new-1.txt"
    new.write_text("Clashes near Aleppo\n", encoding="utf-8")
    outcome = run("import", new, "--json")
    assert outcome.status == 0
    assert outcome.json == {
        "articles": {"ar-1": "unchanged", "en-1": "unchanged", "new-1": "new"},
        "files": {},
        "refused": [],
    }
    (workspace / "seeds" / "new-1.txt").write_text("Clashes near Homs\n", encoding="utf-8")
    assert "changed" in run("import").out


def test_suggest_writes_predictions_to_a_file_or_to_standard_output(run, tmp_path):
    outcome = run("suggest")
    assert outcome.status == 0
    lines = [orjson.loads(line) for line in outcome.out.splitlines()]
    assert [line["article_id"] for line in lines] == ["ar-1", "en-1"]
    assert run("suggest", "--out", tmp_path / "out.jsonl").out == ""
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == outcome.out


def test_suggest_to_where_nothing_can_be_written_is_refused(run, tmp_path):
    (tmp_path / "file").touch()
    outcome = run("suggest", "--out", tmp_path / "file" / "out.jsonl")
    assert outcome.status == 3
    assert "out.jsonl" in outcome.err


def test_release_refuses_while_nothing_is_adjudicated(run):
    outcome = run("release")
    assert (outcome.status, outcome.out) == (1, "")
    assert "No article is adjudicated yet" in outcome.err


def test_release_plans_cuts_and_then_has_nothing_to_do(run, adjudicated):
    planned = run("release", "--dry-run", "--json")
    assert planned.status == 0, planned.err
    assert planned.json["path"] is None
    assert not (adjudicated / "gold" / "1.0.0").exists()
    cut = run("release")
    assert cut.status == 0
    assert "released 1.0.0: 1 article" in cut.out
    assert "ar-1" in cut.out
    again = run("release")
    assert again.status == 1
    assert "Nothing changed since 1.0.0" in again.err


def test_gold_lists_and_verifies(run, released):
    listed = run("gold", "list", "--json").json
    assert [(row["version"], row["verifies"], row["articles"]) for row in listed] == [("1.0.0", True, 1)]
    assert "1.0.0" in run("gold", "list").out
    assert run("gold", "verify").status == 0
    assert run("gold", "verify", listed[0]["pin"]).out.endswith("verifies\n")
    wrong = run("gold", "verify", "gold/1.0.0#sha256:" + "0" * 64)
    assert wrong.status == 1
    assert "DOES NOT VERIFY" in wrong.out


def test_gold_list_without_a_release_says_so_and_is_still_json(run):
    assert run("gold", "list", "--json").json == []
    assert "There is no release yet" in run("gold", "list").err


def test_score_prints_a_table_or_json_and_reads_standard_input(run, released):
    lines = run("suggest").out
    english = next(line for line in lines.splitlines() if '"en-1"' in line)
    table = run("score", "gold/1.0.0", "-", given=english)
    assert table.status == 0, table.err
    assert "signature" in table.out.lower() or "gold:1.0.0" in table.out
    report = run("score", "gold/1.0.0", "-", "--json", given=english).json
    assert report


def test_check_is_quiet_over_a_good_workspace_and_exits_one_over_a_bad_one(run, workspace):
    outcome = run("check")
    assert outcome.status == 0, outcome.out
    assert outcome.err.endswith("warnings\n")
    assert isinstance(run("check", "--json").json, list)


# What is loaded


def modules_of(*arguments: str, cwd: Path) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *arguments], cwd=cwd, capture_output=True, text=True, check=True
    )
    return {line.rsplit("|", 1)[1].strip() for line in done.stderr.splitlines() if line.startswith("import time:")}


HEAVY = ("textual", "rich", "sqlalchemy", "alembic", "psycopg")


def test_the_help_loads_no_screen_no_database_and_no_model(workspace):
    loaded = modules_of("-m", "annotator", "--help", cwd=workspace)
    assert "click" in loaded
    assert loaded.isdisjoint((*HEAVY, "pydantic", "scipy", "numpy", "ahocorasick"))


@pytest.mark.parametrize("verb", [name for name, _ in VERBS])
def test_no_verb_loads_a_screen_before_it_has_a_terminal(run, verb):
    code = f"import sys, annotator.cli.{verb}_verb; print([m for m in ('textual', 'rich') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_scoring_from_python_loads_no_screen_and_no_database(workspace, tmp_path):
    gold = {"article_id": "x", "mentions": [{"kind": "actor", "start": 0, "end": 3}]}
    (tmp_path / "gold.jsonl").write_bytes(orjson.dumps(gold) + b"\n")
    code = (
        "import sys, annotator\n"
        "gold = annotator.load_gold('gold.jsonl')\n"
        "report = annotator.score(gold, 'gold.jsonl')\n"
        f"print([m for m in {HEAVY!r} if m in sys.modules], report['mentions'].f1)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("[] ")
