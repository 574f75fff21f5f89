"""`annotator status`: who gets through how much, and what is left."""

import os
import shutil
import signal
import subprocess
import sys

import pytest
from sqlalchemy import text

from annotator.store.engine import writing
from annotator.workflow.assigning import Wish, carry_out, plan
from annotator.workflow.labelling import labelling
from annotator.workflow.mention_edits import confirm
from annotator.workflow.project import open_project


@pytest.fixture
def at_work(workspace):
    """Noor finished one article in ten minutes and began the other; Miriam has one kept for her."""
    project = open_project(workspace)
    carry_out(project, plan(project, Wish(people=("noor", "miriam"), overlap=2, adjudicated=0)))
    for article_id in ("ar-1", "en-1"):
        with labelling(project, article_id, "noor") as session:
            for item in session.in_order()[: None if article_id == "ar-1" else 2]:
                confirm(session, item)
            if article_id == "ar-1":
                session.finish()
    with writing(project.engine) as connection:
        connection.execute(text("UPDATE standing SET active_ms = 600000 WHERE finished"))
        connection.execute(text("UPDATE standing SET active_ms = 60000 WHERE NOT finished"))
    project.close()
    return workspace


def test_people_are_told_with_their_throughput_and_what_is_left(run, at_work):
    shown = run("status").out
    head, noor, miriam, left = shown.split("\n\n")[1].splitlines()
    assert " ".join(head.split()) == "who done in hand kept decisions time per article last decision"
    assert noor.split()[:4] == ["a1", "1", "1", "0"]
    assert "11 min" in noor
    assert "10 min" in noor
    assert noor.split()[-2].startswith("20")
    assert miriam.split() == ["a2", "0", "0", "2", "0", "0", "s"]
    assert left == "3 slots to label left, about 30 min at the keys"


def test_the_same_as_json(run, at_work):
    found = run("status", "--people", "--json").json
    assert (found["open_slots"], found["left_ms"]) == (3, 1_800_000)
    [noor, miriam] = found["people"]
    assert (noor["done"], noor["in_hand"], noor["per_article_ms"]) == (1, 1, 600_000)
    assert (miriam["kept"], miriam["last_at"], miriam["per_article_ms"]) == (2, None, None)
    assert [row["wanted"] for row in run("status", "--json").json] == [2, 2]


def test_nobody_is_told_where_nobody_did_anything(run, workspace):
    assert "who  " not in run("status", "--people").out


def test_watching_is_for_people(run, workspace):
    assert run("status", "--watch", "--json").status == 2


def test_watching_looks_again_and_ends_with_ctrl_c(at_work):
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "annotator", "status", "--people", "--watch"]
    with subprocess.Popen(command, cwd=at_work, env=environment, stdout=subprocess.PIPE, text=True) as watching:
        assert watching.stdout is not None
        seen = ""
        while seen.count("slots to label left") < 2:
            seen += watching.stdout.readline()
        watching.send_signal(signal.SIGINT)
        assert watching.wait(timeout=60) == 130


def test_a_disk_that_takes_no_new_file_keeps_nobody_from_looking(run, at_work, small_disk, remount):
    disk = small_disk("size=20m")
    there = shutil.copytree(at_work, disk / "syria")
    before = run("status", at=there)
    remount(disk, "ro")
    assert run("status", at=there) == before
    assert run("store", "status", at=there).status == 0
    assert run("assign", at=there).status == 3
