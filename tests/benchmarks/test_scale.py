"""The benchmark of scale runs with three hundred articles; what of it takes how long is nobody's business here."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_three_hundred_articles_go_from_a_file_to_their_last_slot() -> None:
    few = ["--articles", "300", "--times", "3", "--crowd", "2", "--interruptions", "2", "--engines", "sqlite"]
    asked = [sys.executable, "-m", "benchmarks.scale", *few]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    head, rule, *rows = done.stdout.splitlines()
    assert head.count("|") == rule.count("|") == 4
    told = {what: figure for _, what, figure in ([cell.strip() for cell in row.strip("|").split("|")] for row in rows)}
    assert told["import of 300, broken off 2 times"] == "the same rows in the end"
    assert "articles/s" in told["import"]
    for when in ("at the beginning", "half done", "all but done", "none to label"):
        for people in (1, 2):
            for stage in ("label", "adjudicate"):
                assert f"next to {stage}, {when}, {people} at once" in told
    assert {"the queue on the screen, nothing assigned", "`annotator store status`, all but done"} <= told.keys()
