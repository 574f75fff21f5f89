"""A corpus in folders: the same bytes whatever the number of processes, and Ctrl-C ends all of them at once."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.test_jobs import processes_of

PROGRAM = [sys.executable, "-m", "annotator", "score"]


def write(folder: Path, articles: int, start: int) -> Path:
    """Three parts, in which articles have a mention each."""
    folder.mkdir()
    for part in range(3):
        mention = {"kind": "actor", "start": start, "end": 9}
        lines = [
            json.dumps({"article_id": f"{part}-{number}", "mentions": [mention]}) + "\n" for number in range(articles)
        ]
        (folder / f"part-{part}.jsonl").write_text("".join(lines), encoding="utf-8")
    return folder


def scored(*arguments: str | Path) -> bytes:
    return subprocess.run([*PROGRAM, *map(str, arguments)], capture_output=True, check=True).stdout


def test_the_number_of_jobs_changes_no_byte(tmp_path: Path) -> None:
    gold, predictions = write(tmp_path / "gold", 4, 1), write(tmp_path / "predictions", 4, 2)
    alone = scored(gold, predictions, "--json")
    assert json.loads(alone)["signature_parts"]["n"] == 12
    for jobs in ("2", "0"):
        assert scored(gold, predictions, "--json", "--jobs", jobs) == alone
    one = predictions.with_suffix(".jsonl")
    one.write_bytes(b"".join((predictions / f"part-{part}.jsonl").read_bytes() for part in (2, 0, 1)))
    assert scored(gold, one, "--json", "--jobs", "2") == alone


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="Ctrl-C cannot be held back here")
def test_an_interrupted_score_ends_its_processes_and_says_so_in_a_line(tmp_path: Path) -> None:
    gold = write(tmp_path / "gold", 60_000, 1)
    # A shell has Ctrl-C ignored in the background, and programs inherit that, unless whoever starts them hears it.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    running = subprocess.Popen(
        [*PROGRAM, str(gold), str(gold), "--jobs", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    signal.signal(signal.SIGINT, before)
    while len(processes_of(running.pid)) < 4:  # the program, what watches over its processes, and two of them
        assert running.poll() is None, running.stderr
        time.sleep(0.02)
    os.killpg(running.pid, signal.SIGINT)
    printed, said = running.communicate(timeout=60)
    assert running.returncode == 130, said.decode()
    assert printed == b""
    assert said.decode().strip() == "annotator: interrupted; everything that was said to be saved is saved."
    until = time.monotonic() + 30
    while processes_of(running.pid) and time.monotonic() < until:
        time.sleep(0.05)
    assert processes_of(running.pid) == []
