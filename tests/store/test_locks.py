"""One window per person and article, whatever became of the last one."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.errors import Exit, Refusal
from annotator.store.locks import only_window

HOLDER = """
import sys
from pathlib import Path
from annotator.store.locks import only_window
with only_window(Path(sys.argv[1]), sys.argv[2], sys.argv[3]):
    print("held", flush=True)
    sys.stdin.readline()
"""

Program = Callable[..., "subprocess.Popen[str]"]


def held(program: Program, work: Path, person: str = "a1", article_id: str = "001") -> "subprocess.Popen[str]":
    process = program(HOLDER, work, person, article_id)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_window_is_refused(tmp_path: Path, program: Program) -> None:
    holder = held(program, tmp_path)
    with pytest.raises(Refusal, match="already open") as refusal, only_window(tmp_path, "a1", "001"):
        raise AssertionError("two windows at a time")
    assert (refusal.value.code, refusal.value.exit) == ("label.open-elsewhere", Exit.ENVIRONMENT)
    for person, article_id in (("a2", "001"), ("a1", "002"), ("a", "1001")):
        with only_window(tmp_path, person, article_id):
            pass
    holder.communicate("\n", timeout=30)
    with only_window(tmp_path, "a1", "001"):
        pass


def test_a_window_that_was_killed_holds_nothing(tmp_path: Path, program: Program) -> None:
    holder = held(program, tmp_path)
    holder.kill()
    holder.wait(30)
    with only_window(tmp_path, "a1", "001"):
        pass


def test_a_window_that_ended_with_an_error_holds_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyError), only_window(tmp_path, "a1", "001"):
        raise KeyError
    with only_window(tmp_path, "a1", "001"):
        pass


def test_a_second_window_of_the_same_program_is_refused_too(tmp_path: Path) -> None:
    with (
        only_window(tmp_path, "a1", "001"),
        pytest.raises(Refusal, match="already open"),
        only_window(tmp_path, "a1", "001"),
    ):
        raise AssertionError("two windows at a time")


def test_ids_need_not_be_file_names(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    for person, article_id in (("a1", "../../x"), ("a/1", "\0"), ("a1", "x" * 5000), ("a1", "CON")):
        with only_window(tmp_path / "work", person, article_id):
            pass
    assert [path.name for path in tmp_path.iterdir()] == ["work"]
    assert [path.name for path in (tmp_path / "work").iterdir()] == ["open"]


def test_a_folder_that_may_only_be_read_is_not_taken_for_a_window(
    small_disk: Callable[[str], Path], remount: Callable[[Path, str], None]
) -> None:
    disk = small_disk("size=64k")
    (disk / "made" / "open").mkdir(parents=True)
    (disk / "fresh").mkdir()
    remount(disk, "ro")
    for work in (disk / "made", disk / "fresh"):
        with pytest.raises(Refusal, match="cannot be written") as refusal, only_window(work, "a1", "001"):
            raise AssertionError("a lock that is not there was held")
        assert (refusal.value.code, refusal.value.exit) == ("workspace.read-only", Exit.ENVIRONMENT)
