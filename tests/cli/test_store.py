"""`annotator store`: looked at, upgraded, copied and recovered as whoever looks after it would."""

import json
import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

from annotator.store import migrate
from annotator.store.engine import open_engine, writing
from annotator.store.migrate import HEAD


@pytest.fixture
def worked_in(run, workspace):
    from annotator.workflow.labelling import labelling
    from annotator.workflow.mention_edits import confirm
    from annotator.workflow.project import open_project

    project = open_project(workspace)
    with labelling(project, "en-1", "noor") as session:
        for item in list(session.in_order())[:5]:
            confirm(session, item)
    project.close()
    return workspace


def test_status_tells_where_what_and_how_much(run, worked_in):
    said = json.loads(run("store", "status", "--json").out)
    assert (said["shape"], said["known"], said["state"]) == (HEAD, HEAD, "up to date")
    assert (said["rows"]["article"], said["rows"]["decision"], said["rows"]["person"]) == (2, 5, 1)
    assert said["size"] == (worked_in / ".annotator" / "work.db").stat().st_size
    shown = run("store", "status").out
    assert f"SQLite {sqlite3.sqlite_version}" in shown
    assert f"store   sqlite:///{worked_in / '.annotator' / 'work.db'}" in shown
    assert "decision" in shown


def test_status_shows_no_password(run, workspace, monkeypatch):
    monkeypatch.setenv("ANNOTATOR_STORE", "postgresql://noor:hunter2@127.0.0.1:1/nowhere")
    outcome = run("store", "status")
    assert outcome.status == 3
    assert "hunter2" not in outcome.out + outcome.err


def test_upgrade_says_when_there_is_nothing_to_do(run, worked_in):
    assert run("store", "upgrade").out == f"The store is up to date ({HEAD}).\n"


@pytest.mark.postgres
def test_a_server_s_store_is_upgraded_on_purpose_only(run, workspace, databases, monkeypatch):
    url = databases()
    monkeypatch.setenv("ANNOTATOR_STORE", url)
    assert "store   postgresql://" in run("store", "status").out  # as it is written, whatever speaks with it
    engine = open_engine(url)
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0004")
    engine.dispose()
    refused = run("status")
    assert refused.status == 3
    assert "older program" in refused.err
    assert "annotator store upgrade" in refused.err
    assert "older than this program" in run("store", "status").out
    assert run("store", "upgrade").out == f"Upgraded: 0004 → {HEAD}.\n"
    assert run("status").status == 0


@pytest.mark.postgres
def test_from_a_laptop_to_a_team_and_back(run, worked_in, databases, monkeypatch, tmp_path):
    url = databases()
    before = json.loads(run("status", "--json").out)
    there = run("store", "copy", url)
    assert there.status == 0
    assert "set [store] url" in there.err.lower()
    monkeypatch.setenv("ANNOTATOR_STORE", url)
    assert json.loads(run("status", "--json").out) == before
    copied = json.loads(run("store", "copy", f"sqlite:///{tmp_path}/back.db", "--json").out)
    assert copied["decision"]["rows"] == 5
    again = run("store", "copy", f"sqlite:///{tmp_path}/back.db")
    assert (again.status, "holds something already" in again.err) == (2, True)


def test_a_store_is_not_copied_into_itself(run, worked_in):
    outcome = run("store", "copy", f"sqlite:///{worked_in}/.annotator/work.db")
    assert (outcome.status, "into itself" in outcome.err) == (2, True)


def test_a_store_that_is_not_there_is_not_copied_as_an_empty_one(run, workspace, tmp_path):
    missing, into = tmp_path / "mistyped.db", tmp_path / "restored.db"
    refused = run("store", "copy", "--from", f"sqlite:///{missing}", f"sqlite:///{into}")
    assert (refused.status, f"There is no store at {missing}" in refused.err) == (3, True)
    assert not missing.exists()
    assert not into.exists()


def test_a_damaged_store_is_refused_and_recovered(run, worked_in):
    path = worked_in / ".annotator" / "work.db"
    before = json.loads(run("status", "--json").out)
    data = bytearray(path.read_bytes())
    data[:100] = bytes(100)
    path.write_bytes(data)
    refused = run("status")
    assert refused.status == 3
    assert "annotator store recover" in refused.err
    outcome = run("store", "recover", "--replace")
    assert outcome.status == 0, outcome.err
    assert "5 decisions, 2 texts and 1 pseudonym brought back" in outcome.out
    assert json.loads(run("status", "--json").out)[0]["people"] == before[0]["people"]
    assert (worked_in / ".annotator" / "work.damaged.db").read_bytes() == bytes(data)
    assert run("check").status == 0
    names = sorted(one.name for one in path.parent.iterdir() if one.name.startswith("work."))
    assert [name for name in names if name.endswith(".db")] == ["work.damaged.db", "work.db"]
    assert not [name for name in names if name.startswith("work.recovered")]


def test_what_is_lost_is_named_and_the_status_says_so(run, worked_in):
    path = worked_in / ".annotator" / "work.db"
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE decision SET payload = payload || ' ' WHERE person_seq = 2")
    connection.close()
    outcome = run("store", "recover")
    assert outcome.status == 1
    assert "a1: 1 decision of 5 could not be read: 2." in outcome.out
    assert (worked_in / ".annotator" / "work.recovered.db").exists()
    assert run("store", "recover", "--out", str(path)).status == 3


def test_a_server_s_store_is_not_recovered_from_a_file(run, workspace, monkeypatch):
    monkeypatch.setenv("ANNOTATOR_STORE", "postgresql://127.0.0.1:1/nowhere")
    assert "from its backup" in run("store", "recover").err


def test_pages_are_left_as_they_are(run, worked_in):
    path: Path = worked_in / ".annotator" / "work.db"
    before = path.read_bytes()
    run("store", "recover")
    assert path.read_bytes() == before
