"""Many articles, several processes: the same bytes whatever their number, and Ctrl-C ends all of them at once."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ARABIC, ENGLISH

PROGRAM = [sys.executable, "-m", "annotator"]


@pytest.fixture
def many(workspace: Path) -> Path:
    """A workspace of 14 articles, 12 of which nobody has taken in."""
    for number in range(12):
        text = (ENGLISH, ARABIC)[number % 2] * (1 + number % 5)
        (workspace / "seeds" / f"more-{number:02}.txt").write_text(text, encoding="utf-8")
    return workspace


def suggested(workspace: Path, *arguments: str) -> bytes:
    done = subprocess.run([*PROGRAM, "suggest", *arguments], cwd=workspace, capture_output=True, check=True)
    return done.stdout


def forget_candidates(workspace: Path) -> None:
    for path in (workspace / ".annotator").glob("work.db*"):
        path.unlink()


def test_the_number_of_jobs_changes_no_byte(many: Path) -> None:
    alone = suggested(many)
    assert alone.count(b"\n") == 14
    for jobs in ("2", "3"):
        forget_candidates(many)
        assert suggested(many, "--jobs", jobs) == alone


def test_an_interrupted_import_ends_its_processes_and_is_made_good_by_the_next(many: Path) -> None:
    alone = suggested(many)
    forget_candidates(many)
    for number in range(500):
        (many / "seeds" / f"later-{number:04}.txt").write_text(ENGLISH * 3, encoding="utf-8")
    # A shell has Ctrl-C ignored in the background, and programs inherit that, unless whoever starts them hears it.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    running = subprocess.Popen(
        [*PROGRAM, "import", "--jobs", "2"],
        cwd=many,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    signal.signal(signal.SIGINT, before)
    group = running.pid
    while len(processes_of(group)) < 4:  # the program, what watches over its processes, and two of them
        assert running.poll() is None, running.stderr
        time.sleep(0.05)
    os.killpg(group, signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 130, said.decode()
    assert said.decode().strip() == "annotator: interrupted; everything that was said to be saved is saved."
    until = time.monotonic() + 30
    while processes_of(group) and time.monotonic() < until:  # whoever is the parent now has yet to take note
        time.sleep(0.05)
    assert processes_of(group) == []
    for path in (many / "seeds").glob("later-*.txt"):
        path.unlink()
    lines = suggested(many, "--jobs", "2").splitlines(keepends=True)
    assert b"".join(line for line in lines if b'"article_id":"later-' not in line) == alone


def processes_of(group: int) -> list[str]:
    """Give the processes of a process group that are still at work."""
    listed = subprocess.run(["ps", "-e", "-o", "pgid=,stat=,args="], capture_output=True, text=True, check=True)
    rows = (line.split(None, 2) for line in listed.stdout.splitlines())
    return [row[2] for row in rows if row[0] == str(group) and not row[1].startswith("Z")]
