"""Bad input: one clear message, the right status, nothing lost."""

import os
import subprocess
from pathlib import Path

import orjson
import pytest

from annotator.finders.suggest import suggest
from annotator.tui.app import AnnotatorApp
from annotator.workflow import finder_processes
from annotator.workflow.project import open_project

TRIGGER = {"kind": "trigger", "start": 179, "end": 186, "label": "strike.artillery"}


def line(**changed) -> str:
    return orjson.dumps({"article_id": "en-1", "system": "test 1", "mentions": [TRIGGER]} | changed).decode() + "\n"


# Articles


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"caf\xe9 in Homs\n", "is not UTF-8: line 1, byte 3"),
        (b"", "holds no text"),
        (b" \n\n", "holds no text"),
        (b"Two\x1b[31m died\n", "U+001B at line 1, column 4"),
    ],
)
def test_an_article_that_cannot_be_read_is_named_and_stops_no_other(run, workspace: Path, tmp_path, raw, said):
    (tmp_path / "bad.txt").write_bytes(raw)
    (tmp_path / "good.txt").write_text("Clashes near Homs\n", encoding="utf-8")
    outcome = run("import", tmp_path / "bad.txt", tmp_path / "good.txt", "--json")
    assert outcome.status == 2
    assert said in outcome.err
    assert "bad.txt" in outcome.err
    assert len(outcome.err.splitlines()) == 1
    assert outcome.json["articles"]["good"] == "new"
    assert not (workspace / "seeds" / "bad.txt").exists()


def test_a_bad_file_in_the_corpus_is_told_before_the_screens_open(run, workspace: Path):
    (workspace / "seeds" / "bad.txt").write_bytes(b"caf\xe9")
    outcome = run("label")
    assert outcome.status == 3
    assert "bad.txt is not UTF-8" in outcome.err
    assert "en-1" in outcome.out


async def test_an_article_of_ten_megabytes_is_taken_in_and_opens(run, workspace: Path):
    filler = ("a" * 79 + "\n") * 125_000
    (workspace / "seeds" / "0-big.txt").write_text(f"Clashes near Aleppo\n\n{filler}Shelling.\n", encoding="utf-8")
    outcome = run("import", "--json")
    assert outcome.status == 0
    assert outcome.json["articles"]["0-big"] == "new"
    project = open_project(workspace)
    app = AnnotatorApp(project, "miriam", "0-big")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("a", "G", "g", "down", "q")
        await pilot.pause()
    project.close()
    found = {row["article_id"]: row for row in run("status", "--json").json}
    assert found["0-big"]["people"][0]["decisions"] == 1


# Predictions


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (line(mentions=[TRIGGER | {"end": 99_999}]), "99999"),
        (line(text_sha256="0" * 64), "text_sha256"),
        (line().replace("179", "NaN"), ""),
        (line().replace("179", "1.5"), ""),
        ('{"article_id": "en-1", \n', ""),
        (line(article_id="nowhere"), "nowhere"),
        (line(mentions=[TRIGGER | {"quote": "something else"}]), "something else"),
    ],
    ids=["offset", "hash", "NaN", "float", "malformed", "article", "quote"],
)
def test_a_prediction_that_is_wrong_is_named_by_file_and_line_and_nothing_is_scored(run, released, tmp_path, bad, said):
    path = tmp_path / "predictions.jsonl"
    path.write_text("\n" + bad, encoding="utf-8")
    outcome = run("score", "gold/1.0.0", path)
    assert (outcome.status, outcome.out) == (2, "")
    assert "predictions.jsonl:2" in outcome.err
    assert said in outcome.err
    assert "nothing was scored" in outcome.err


def test_a_rule_that_is_allowed_by_name_lets_the_rest_be_scored(run, released, tmp_path):
    path = tmp_path / "predictions.jsonl"
    path.write_text(line() + line(article_id="nowhere"), encoding="utf-8")
    assert run("score", "gold/1.0.0", path).status == 2
    assert run("score", "gold/1.0.0", path, "--allow", "extra-articles").status == 0


def test_an_unknown_type_is_a_warning_and_counts_as_wrong(run, released, tmp_path):
    event = {"type": "clash.imaginary", "triggers": [{"start": 179, "end": 186}], "arguments": []}
    path = tmp_path / "predictions.jsonl"
    path.write_text(line(mentions=[], events=[event]), encoding="utf-8")
    outcome = run("score", "gold/1.0.0", path, "--json")
    assert outcome.status == 0, outcome.err
    assert "warning: " in outcome.err
    assert "clash.imaginary" in outcome.err
    counted = outcome.json
    assert counted


def test_what_a_prediction_says_cannot_steer_the_terminal(run, released, tmp_path):
    path = tmp_path / "predictions.jsonl"
    path.write_text(line(article_id="x\u009b31m\u202ey"), encoding="utf-8")
    outcome = run("score", "gold/1.0.0", path)
    assert outcome.status == 2
    assert not {"\u009b", "\u202e", "\x1b"} & set(outcome.err)


def test_what_gold_judged_is_asked_of_a_release_only(run, released, tmp_path):
    path = tmp_path / "p.jsonl"
    path.write_text(line(), encoding="utf-8")
    judged = run("score", "gold/1.0.0", path, "--judged")
    assert judged.status == 0
    assert "|over:judged|" in judged.out
    plain = run("score", released / "gold.jsonl", path, "--judged")
    assert (plain.status, plain.out) == (2, "")
    assert "does not say what was judged" in plain.err


@pytest.mark.parametrize("missing", ["gold", "predictions"])
def test_a_file_that_is_not_there_is_named(run, released, tmp_path, missing):
    (tmp_path / "p.jsonl").write_text(line(), encoding="utf-8")
    names = {"gold": "gold/1.0.0", "predictions": str(tmp_path / "p.jsonl")} | {missing: "nowhere.jsonl"}
    outcome = run("score", names["gold"], names["predictions"])
    assert (outcome.status, outcome.out) == (2, "")
    assert "nowhere.jsonl" in outcome.err
    assert len(outcome.err.splitlines()) <= 2


# Gold


@pytest.mark.parametrize("name", ["gold.jsonl", "manifest.json", "schema.toml", "SHA256SUMS"])
def test_gold_with_one_byte_changed_neither_verifies_nor_scores(run, released: Path, tmp_path, name):
    (tmp_path / "p.jsonl").write_text(line(), encoding="utf-8")
    path = released / name
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.chmod(0o644)
    path.write_bytes(raw)
    verified = run("gold", "verify", "gold/1.0.0")
    assert verified.status == 1
    assert "DOES NOT VERIFY" in verified.out
    scored = run("score", "gold/1.0.0", tmp_path / "p.jsonl")
    assert (scored.status, scored.out) == (1, "")
    assert scored.err.startswith("annotator: ")


# The disk


def test_a_read_only_workspace_is_refused_in_words(run, workspace: Path):
    if os.geteuid() != 0:
        workspace.joinpath(".annotator").chmod(0o555)
    else:
        mounted = subprocess.run(["mount", "--bind", workspace, workspace], capture_output=True)
        again = ["mount", "-o", "remount,bind,ro", workspace]
        if mounted.returncode or subprocess.run(again, capture_output=True).returncode:
            subprocess.run(["umount", workspace], capture_output=True)
            pytest.skip("root may write everywhere, and mounting is not allowed here")
    try:
        outcome = run("label", "en-1", "--as", "miriam")
    finally:
        os.chdir("/")
        if os.geteuid() == 0:
            subprocess.run(["umount", workspace], check=True)
        else:
            workspace.joinpath(".annotator").chmod(0o755)
    assert (outcome.status, outcome.out) == (3, "")
    assert "cannot be written to" in outcome.err
    assert len(outcome.err.splitlines()) == 2


def test_a_bug_in_the_finders_is_seen_whole_costs_one_article_and_steers_no_terminal(run, workspace, monkeypatch):
    def failing(article, guidelines):
        if article.article_id == "ar-1":
            raise ZeroDivisionError("\x1b[2J")
        return suggest(article, guidelines)

    for stored in (workspace / ".annotator").glob("work.db*"):
        stored.unlink()
    monkeypatch.setattr(finder_processes, "suggest", failing)
    outcome = run("suggest")
    assert outcome.status == 1
    assert '"article_id":"en-1"' in outcome.out
    assert "The finders failed on the article ar-1 (ZeroDivisionError: " in outcome.err
    assert "Traceback (most recent call last)" in outcome.err
    assert "in failing" in outcome.err
    assert "\x1b" not in outcome.err


@pytest.mark.parametrize("number", ["nan", "inf", "-1", "1e300", "x"])
@pytest.mark.parametrize(
    "asked", [("assign", "--adjudicate"), ("suggest", "--from", "http://127.0.0.1:1/", "--timeout")]
)
def test_a_number_that_is_none_is_refused_in_words(run, asked, number):
    outcome = run(*asked, number)
    assert (outcome.status, asked[-1] in outcome.err, "Traceback" in outcome.err) == (2, True, False)


@pytest.mark.parametrize("name", ["nowhere.txt", "nowhere.jsonl", "nowhere.jsonl.gz"])
def test_a_file_that_is_not_there_is_no_article(run, workspace, name):
    outcome = run("import", name)
    assert (outcome.status, f"{name} could not be" in outcome.err) == (2, True)


@pytest.mark.parametrize("overlap", ["0", "101", "1000000000"])
def test_nobody_has_a_thousand_people_for_an_article(run, workspace, overlap):
    run("import")
    outcome = run("assign", "--overlap", overlap)
    assert (outcome.status, "1<=x<=100" in outcome.err) == (2, True)
