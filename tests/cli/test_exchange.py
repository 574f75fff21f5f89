"""The log goes from one workspace to another by two verbs, and the next release is the same in both."""

import shutil
from pathlib import Path

import orjson
import pytest


@pytest.fixture
def clone(adjudicated: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(adjudicated, tmp_path / "clone", ignore=shutil.ignore_patterns(".annotator")))


def test_the_log_goes_to_a_clone_and_the_same_release_comes_of_it(run, adjudicated, clone, tmp_path):
    log = tmp_path / "decisions.jsonl"
    assert run("export", "--to", "decisions", "--out", log).status == 0
    assert run("export", "--to", "decisions").out.encode() == log.read_bytes()
    assert run("import", at=clone).status == 0
    came = run("import", "--from", "decisions", log, "--person", "j1=lead", at=clone)
    assert came.status == 0, came.err
    assert came.out.endswith("decisions taken in, 0 were here already\n")
    assert "Nobody here works as a1, a2" in came.err
    again = run("import", "--from", "decisions", log, "--json", at=clone).json
    assert (again["taken"], again["there"], again["strangers"]) == (0, len(log.read_bytes().splitlines()), ["a1", "a2"])
    planned = [run("release", "--dry-run", "--json", at=at).json["manifest"] for at in (adjudicated, clone)]
    assert planned[0] == planned[1]
    cut = [run("release", at=at).status for at in (adjudicated, clone)]
    assert cut == [0, 0]
    first, second = (
        {path.name: path.read_bytes() for path in (at / "gold" / "1.0.0").iterdir()} for at in (adjudicated, clone)
    )
    assert first == second


def test_a_line_that_does_not_fit_is_told_and_nothing_is_taken(run, adjudicated, clone, tmp_path):
    log = tmp_path / "decisions.jsonl"
    run("export", "--to", "decisions", "--out", log)
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join(lines[:1] + lines[2:]))
    run("import", at=clone)
    came = run("import", "--from", "decisions", log, at=clone)
    assert came.status == 2
    assert f"{log}:2: This is decision 3 of a1" in came.err
    assert "nothing was taken in" in came.err
    assert run("export", "--to", "decisions", at=clone).out == ""
    rules = {
        problem["rule"] for problem in run("import", "--from", "decisions", log, "--json", at=clone).json["problems"]
    }
    assert rules == {"decisions.gap"}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--from", "decisions"), "--from takes one FILE, not 0"),
        (("--from", "decisions", "a", "b"), "--from takes one FILE, not 2"),
        (("--from", "decisions", "nowhere.jsonl"), "nowhere.jsonl could not be read"),
        (("--from", "xyzzy", "a"), "decisions"),
        (("--from", "decisions", "a", "--person", "j1"), "'j1' does not say who is who"),
        (("--person", "j1=lead"), "--person is for --from"),
    ],
)
def test_wrong_use_is_told(arguments, told, run, workspace):
    outcome = run("import", *arguments)
    assert outcome.status == 2
    assert told in outcome.err


def test_an_export_goes_nowhere_without_a_folder(run, workspace):
    outcome = run("export", "--to", "decisions", "--out", workspace / "nowhere" / "log.jsonl")
    assert outcome.status == 3
    assert "there is no folder" in outcome.err
    assert not (workspace / "nowhere").exists()


def test_what_a_line_says(run, adjudicated):
    first = orjson.loads(run("export", "--to", "decisions").out.splitlines()[0])
    assert first.keys() == {"decision", "place", "sequence"}
    assert (first["decision"]["person"], first["decision"]["article_id"], first["sequence"]) == ("a1", "en-1", 1)


def test_an_export_goes_neither_into_a_folder_in_use_nor_needs_a_disk_that_takes_new_files(
    run, adjudicated, tmp_path, small_disk, remount
):
    log = run("export", "--to", "decisions").out
    assert log
    used = run("export", "--to", "brat", "--out", adjudicated)
    assert (used.status, f"There is something in {adjudicated}." in used.err) == (2, True)
    disk = small_disk("size=20m")
    there = shutil.copytree(adjudicated, disk / "syria")
    remount(disk, "ro")
    assert run("export", "--to", "decisions", at=there).out == log
    assert run("export", "--to", "jsonl", "--out", tmp_path / "work.jsonl", at=there).status == 0


@pytest.mark.parametrize("folder", ["new", "."])
def test_an_export_that_finds_no_room_leaves_no_part_of_it(run, adjudicated, small_disk, folder):
    disk = small_disk("size=20k")
    refused = run("export", "--to", "brat", "--out", disk / folder)
    assert (refused.status, "the disk is full" in refused.err) == (3, True)
    assert list(disk.iterdir()) == []
