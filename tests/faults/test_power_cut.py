"""The power fails under an ext4 file system while one labels and one releases; `benchmarks.faults_disk` does more."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def cut(times: int, *options: str) -> dict[str, int]:
    command = [sys.executable, "-m", "benchmarks.faults_disk", "power", "--times", str(times), *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=280, check=False)
    if "no power can be cut here" in done.stderr:
        pytest.skip(done.stderr.strip())
    assert done.returncode == 0, done.stderr
    counts: dict[str, int] = json.loads(done.stdout)
    return counts


def test_eight_power_cuts_lose_nothing_that_was_acknowledged_and_tear_no_release() -> None:
    found = cut(8)
    assert found["cuts"] == 8
    assert found["lost"] == found["doubled"] == found["broken"] == 0
    assert found["releases_lost"] == found["releases_torn"] == 0
    # It was in the middle: of decisions nearly always, and both were at work.
    assert found["under_way"] >= 4
    assert found["acknowledged"] > 50
    assert found["released"] > 4


def test_the_same_cuts_find_programs_that_sync_nothing() -> None:
    found = cut(3, "--control")
    assert found["lost"] > 0
    assert found["releases_lost"] + found["releases_torn"] > 0
