"""The server of a team killed, or stopped in its tracks, while somebody is at a real screen: it says so and goes on."""

import signal
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from annotator.store import tables
from annotator.store.engine import reading
from annotator.store.log import check_log
from annotator.workflow import mention_edits
from annotator.workflow.importing import import_corpus
from annotator.workflow.labelling import labelling
from annotator.workflow.outgoing import waiting_to_go
from annotator.workflow.project import open_project
from tests.end_to_end.test_serve import confirm_one
from tests.end_to_end.test_serve_team import MIRIAM, NOOR, at_work, team_at
from tests.end_to_end.test_terminal import Terminal
from tests.own_server import OwnServer, own_server

pytestmark = [pytest.mark.terminal, pytest.mark.postgres]

AWAY = ("KEPT ON THIS MACHINE, not sent yet", "does not answer")


@pytest.fixture(scope="module")
def mortal_server() -> Iterator[OwnServer]:
    with own_server("fsync=off") as server:  # its processes are killed, not its machine
        yield server


@pytest.fixture
def shared(workspace: Path, mortal_server: OwnServer) -> Path:
    """The workspace, with its store on the server."""
    if not mortal_server.runs:  # a test that failed while it was away
        mortal_server.start()
    url = mortal_server.new_database(f"t{uuid.uuid4().hex}")
    (workspace / "annotator.toml").write_text(f'corpus = "seeds"\n[store]\nurl = "{url}"\n', encoding="utf-8")
    project = open_project(workspace)
    import_corpus(project)
    project.close()
    return workspace


def logged(workspace: Path) -> int:
    """Give how many decisions the store has, all different, in whole chains."""
    project = open_project(workspace)
    with reading(project.engine) as connection:
        ids = list(connection.execute(select(tables.decision.c.decision_id)).scalars())
    assert len(set(ids)) == len(ids)
    assert check_log(project.engine) == ()
    assert waiting_to_go(project) == []
    project.close()
    return len(ids)


def leave(terminal: Terminal) -> None:
    terminal.press("q")
    terminal.wait("lang", "state")
    terminal.press("q")
    assert terminal.end() == 0
    assert "Traceback" not in terminal.shown


def test_what_is_decided_and_typed_while_the_server_is_away_is_there_once(shared, mortal_server):
    terminal = Terminal(shared, "label", "en-1", "--as", "miriam")
    terminal.wait("saved ✓", "0 of")
    terminal.press("a")
    terminal.wait("1 of", "saved ✓")
    terminal.press("whalf a ")
    terminal.wait("half a")
    mortal_server.kill()
    terminal.press("note\r")
    terminal.wait(*AWAY, "kept here: 1")
    terminal.press("ax")
    terminal.wait(*AWAY, "kept here: 3", "3 of")
    assert "saved ✓" not in terminal.shown
    mortal_server.start()
    terminal.wait("saved ✓", "Everything is saved again", "3 of")
    leave(terminal)
    assert logged(shared) == 4
    project = open_project(shared)
    with labelling(project, "en-1", "miriam") as session:
        assert [note.text for note in session.annotation.notes.values()] == ["half a note"]
    project.close()


def test_who_leaves_while_the_server_is_away_finds_all_of_it_the_next_time(shared, mortal_server):
    terminal = Terminal(shared, "label", "en-1", "--as", "miriam")
    terminal.wait("saved ✓", "0 of")
    terminal.press("a")
    terminal.wait("1 of", "saved ✓")
    mortal_server.kill()
    terminal.press("ax")
    terminal.wait(*AWAY, "kept here: 2")
    terminal.press("q")
    terminal.wait("2 decisions kept on this machine and not sent yet. Press again to leave")
    terminal.press("q")
    terminal.wait("2 decisions on en-1 could not be sent. They are kept on this machine", "does not answer")
    terminal.press("q")
    assert terminal.end() == 0
    refused = Terminal(shared, "label", "en-1", "--as", "miriam")
    assert refused.end() == 3
    assert "doesnotanswer(Connectionrefused)" in "".join(refused.shown.split())  # the terminal breaks lines anywhere
    mortal_server.start()
    again = Terminal(shared, "label", "en-1", "--as", "miriam")
    again.wait("saved ✓", "3 of")
    leave(again)
    assert logged(shared) == 3


def test_an_adjudicator_goes_on_when_the_server_is_back(shared, mortal_server):
    project = open_project(shared)
    for name, settle in (("miriam", mention_edits.confirm), ("noor", mention_edits.reject)):
        with labelling(project, "en-1", name) as session:
            for item in session.in_order():
                settle(session, item)
            session.finish()
    project.close()
    before = logged(shared)
    terminal = Terminal(shared, "adjudicate", "en-1", "--as", "lead")
    terminal.wait("0 of", "settled", "saved ✓")
    terminal.press("1")
    terminal.wait("1 of 20 settled", "saved ✓")  # not "MENTION 1 of 20"
    mortal_server.kill()
    terminal.press("2")
    terminal.wait(*AWAY, "kept here: 1", "2 of 20 settled")
    terminal.press("1")
    terminal.wait(*AWAY, "kept here: 2", "3 of 20 settled")
    mortal_server.start()
    terminal.wait("saved ✓", "Everything is saved again", "3 of 20 settled")
    leave(terminal)
    assert logged(shared) == before + 3


def test_a_server_that_never_answers_freezes_no_key_and_is_told(shared, mortal_server):
    terminal = Terminal(shared, "label", "en-1", "--as", "miriam")
    terminal.wait("saved ✓", "0 of")
    terminal.press("a")
    terminal.wait("1 of", "saved ✓")
    mortal_server.hang()
    try:
        terminal.press("a")
        terminal.wait("2 of", "saving 1…")
        terminal.press("x")
        terminal.wait("3 of")  # the screen waits for nobody
        terminal.wait(*AWAY, "kept here: 2")
        terminal.press("wnote\r")
        terminal.wait("kept here: 3")
        terminal.process.kill(signal.SIGKILL)  # and what is kept outlives the program
        terminal.end()
    finally:
        mortal_server.go_on()
    again = Terminal(shared, "label", "en-1", "--as", "miriam")
    again.wait("saved ✓", "3 of")
    leave(again)
    assert logged(shared) == 4


def test_the_first_decision_on_another_article_waits_for_no_server(shared, mortal_server):
    first = Terminal(shared, "label", "ar-1", "--as", "miriam")
    first.wait("saved ✓", "0 of")
    first.press("a")
    first.wait("1 of", "saved ✓")
    leave(first)
    terminal = Terminal(shared, "label", "en-1", "--as", "miriam")
    terminal.wait("saved ✓", "0 of")
    mortal_server.hang()
    try:
        terminal.press("a")
        terminal.wait("1 of", "saving 1…")
        terminal.wait(*AWAY, "kept here: 1")
    finally:
        mortal_server.go_on()
    terminal.wait("saved ✓", "Everything is saved again")
    leave(terminal)
    assert logged(shared) == 2


async def test_everybody_on_a_teams_page_goes_on_when_the_server_is_back(shared, mortal_server, monkeypatch):
    monkeypatch.chdir(shared)
    async with team_at(shared) as team, at_work(team, MIRIAM) as first, at_work(team, NOOR) as second:
        for window in (first, second):
            await confirm_one(window)
        mortal_server.kill()
        for window in (first, second):
            await window.press("x")
            await window.wait(*AWAY, "kept here: 1", "2 of")
        mortal_server.start()
        for window in (first, second):
            await window.wait("saved ✓", "Everything is saved again", "2 of")
    await team.ended()
    assert logged(shared) == 4
