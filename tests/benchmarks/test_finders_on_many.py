"""The benchmark of finders over many articles runs, on twenty. What it takes is nobody's business here."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_all_ways_find_the_same() -> None:
    asked = [sys.executable, "-m", "benchmarks.finders_on_many", "--articles", "20"]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    ways = [line.split("|")[1].strip() for line in done.stdout.splitlines()]
    assert ways == ["alone", "`--jobs 2`", "`--dask`, 2 workers"]
