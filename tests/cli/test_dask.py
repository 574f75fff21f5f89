"""`annotator suggest --dask`: the same bytes as alone, and one sentence when it cannot be, or is interrupted."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.store.articles import list_articles
from annotator.workflow.project import open_project
from tests.cli.conftest import Run
from tests.conftest import ARABIC, ENGLISH
from tests.own_cluster import OwnCluster

PROGRAM = [sys.executable, "-m", "annotator"]
ASKED = "Run out-of-band function 'this_program'"
"""What a worker says when it is asked which program it has."""


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[OwnCluster]:
    """A scheduler with two workers, which work in an empty folder."""
    made = OwnCluster(tmp_path / "cluster")
    try:
        made.start_worker()
        made.start_worker()
        yield made
    finally:
        made.close()


@pytest.fixture
def many(workspace: Path) -> Path:
    """A workspace of 162 articles, most of which nobody has taken in."""
    for number in range(160):
        text = (ENGLISH, ARABIC)[number % 2] * (1 + number % 3)
        (workspace / "seeds" / f"more-{number:03}.txt").write_text(text, encoding="utf-8")
    return workspace


def suggesting(workspace: Path, cluster: OwnCluster, *arguments: str) -> "subprocess.Popen[bytes]":
    """Start it, and wait until it has asked the workers who they are: they are about to be given work."""
    asked = len(cluster.workers[-1].said(ASKED)) + 1
    # A shell has Ctrl-C ignored in the background, and programs inherit that, unless whoever starts them hears it.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    running = subprocess.Popen(
        [*PROGRAM, "suggest", "--dask", cluster.address, *arguments],
        cwd=workspace,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    signal.signal(signal.SIGINT, before)
    for worker in cluster.workers:
        worker.wait_for(ASKED, asked)
    return running


def with_candidates(workspace: Path) -> int:
    project = open_project(workspace)
    try:
        return sum(one.candidates is not None for one in list_articles(project.engine))
    finally:
        project.close()


def test_a_worker_killed_and_a_run_interrupted_change_no_byte(many: Path, cluster: OwnCluster, run: Run) -> None:
    running = suggesting(many, cluster)
    os.killpg(running.pid, signal.SIGINT)
    out, said = running.communicate(timeout=120)
    assert (running.returncode, out) == (130, b""), said.decode()
    assert said.decode().strip() == "annotator: interrupted; everything that was said to be saved is saved."
    assert with_candidates(many) < 162
    assert at_rest(cluster), "tasks of who is gone are dropped"

    running = suggesting(many, cluster)
    cluster.workers[0].kill()
    out, said = running.communicate(timeout=120)
    assert (running.returncode, said) == (0, b"")

    for path in (many / ".annotator").glob("work.db*"):
        path.unlink()
    alone = run("suggest")
    assert out == alone.out.encode()
    assert alone.out.count("\n") == 162


def at_rest(cluster: OwnCluster) -> bool:
    """Tell whether the workers have nothing to do any more, once they had time to end what they had begun."""
    distributed = pytest.importorskip("distributed")
    until = time.monotonic() + 60
    with distributed.Client(cluster.address, set_as_default=False) as client:
        while any(client.processing().values()):
            if time.monotonic() > until:
                return False
            time.sleep(0.05)
    return True


def test_a_scheduler_that_goes_away_leaves_no_half_file(many: Path, cluster: OwnCluster) -> None:
    running = suggesting(many, cluster, "--out", "said.jsonl")
    cluster.scheduler.kill()
    out, said = running.communicate(timeout=120)
    assert (running.returncode, out) == (3, b"")
    assert said.decode() == (
        f"annotator: The Dask scheduler at {cluster.address} went away.\n"
        "  What was found is kept: look at the scheduler and ask again.\n"
    )
    assert not list(many.glob("*said*"))
    assert not list(many.glob(".unwritten*"))


def test_two_ways_to_run_the_finders_are_one_too_many(run: Run) -> None:
    done = run("suggest", "--dask", "tcp://127.0.0.1:8786", "--jobs", "2")
    assert (done.status, done.err.splitlines()[0]) == (
        2,
        "annotator: --dask and --jobs are two ways to run the finders.",
    )
    done = run("suggest", "--dask", "127.0.0.1:8786")
    assert (done.status, done.err.splitlines()[0]) == (
        2,
        "annotator: '127.0.0.1:8786' is no address of a Dask scheduler.",
    )


def test_without_dask_it_is_said_what_to_install(workspace: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (workspace / "seeds" / "new.txt").write_text(ENGLISH, encoding="utf-8")
    monkeypatch.setitem(sys.modules, "distributed", None)
    done = run("suggest", "--dask", "tcp://127.0.0.1:8786")
    assert done.status == 3
    assert done.err == (
        "annotator: --dask needs distributed, which is not installed.\n  Install it: pip install 'annotator[dask]'\n"
    )
