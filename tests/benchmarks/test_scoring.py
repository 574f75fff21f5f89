"""The benchmark of scoring runs, on a few articles and without peers. What it takes is nobody's business here."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def rows(*options: str) -> list[list[str]]:
    asked = [sys.executable, "-m", "benchmarks.scoring", "--articles", "5", "--rounds", "1", *options]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    head, rule, *lines = done.stdout.splitlines()
    assert head.count("|") == rule.count("|")
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_ours_is_measured_in_every_case_without_peers() -> None:
    measured = [row for row in rows() if not row[1].startswith("floor")]
    assert {row[0] for row in measured} == {
        "spans, 5 articles",
        "spans, 50 articles",
        "events, 5 articles",
        "10,000 trials, 5 articles",
        "the same, from files of spans",
    }
    for _, called, wall, processors, peak, beside, figure in measured:
        assert "`" in called
        assert re.fullmatch(r"\d+\.\d\d s", wall) and re.fullmatch(r"\d+\.\d\d s", processors)
        assert re.fullmatch(r"\d+ MB", peak)
        assert beside == "", "ours is what others are beside"
        assert 0 < float(figure) < 1
    spans = [row[-1] for row in measured if row[0] == "spans, 5 articles"]
    assert len(spans) == 3 and len(set(spans)) == 1, "a script and the command line say the same"


def test_the_floor_stands_beside_ours_and_says_no_figure() -> None:
    floor, ours, *_ = rows("--only", "spans")
    assert floor[1].startswith("floor") and ours[1].startswith("`annotator score")
    assert re.fullmatch(r"[\d.]+ times the processors, [\d.]+ the memory", floor[5])
    assert floor[-1] == ""


def test_a_peer_stands_beside_ours_on_the_same_files() -> None:
    peers = {row[1]: row for row in rows("--only", "randomisation", "--peers", sys.executable)}
    beside = re.fullmatch(
        r"[\d.]+ times the processors, [\d.]+ the memory", peers["scipy 1.17.1 `permutation_test`"][5]
    )
    assert beside
    assert float(peers["scipy 1.17.1 `permutation_test`"][-1]) == pytest.approx(
        float(peers["`statistics.randomisation`"][-1]), abs=0.05
    )
