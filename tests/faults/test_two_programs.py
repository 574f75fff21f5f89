"""Several programs on one SQLite file: nothing lost or twice, no word of a lock. `benchmarks.faults_disk` does more.

The programs are started by processes of their own, so that nothing of the test runner is forked with them.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks.together import WITH_VERBS, WITHOUT_VERBS
from tests.end_to_end.test_terminal import Terminal

ROOT = Path(__file__).parents[2]


def tried(way: str, times: int = 1) -> dict[str, Any]:
    command = [
        sys.executable,
        "-m",
        "benchmarks.faults_disk",
        "together",
        "--only",
        way,
        "--times",
        str(times),
        "--json",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=280, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)[way]
    return found


@pytest.mark.parametrize("way", [*WITHOUT_VERBS, *WITH_VERBS])
def test_nothing_is_lost_or_twice_and_nobody_hears_of_a_lock(way: str) -> None:
    found = tried(way)
    assert found["made"] >= 60
    assert (found["lost"], found["doubled"], found["broken"]) == (0, 0, 0)
    assert found["refused"] == []
    if way == "two windows of one person":
        assert found["forks"] > 0
    else:
        assert found["forks"] == 0


@pytest.mark.terminal
def test_the_second_window_of_one_person_on_another_machine_takes_over_what_the_first_saved(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shutil

    other = Path(shutil.copytree(workspace, tmp_path / "other"))
    store = workspace / ".annotator" / "work.db"
    for root in (workspace, other):
        (root / "annotator.toml").write_text(
            f'corpus = "seeds"\n[store]\nurl = "sqlite:///{store}"\n', encoding="utf-8"
        )
    first = Terminal(workspace, "label", "en-1", "--as", "miriam")
    first.wait("saved ✓", "0 of")
    second = Terminal(other, "label", "en-1", "--as", "miriam")
    second.wait("saved ✓", "0 of")
    first.press("a")
    first.wait("1 of", "saved ✓")
    second.press("nx")
    second.wait("Another window saved decisions on this article under your name; both are kept now.", "2 of")
    second.wait("saved ✓")
    for terminal in (first, second):
        terminal.press("q")
        terminal.wait("state")
        terminal.press("q")
        assert terminal.end() == 0
        assert "locked" not in terminal.shown
