"""A store on a network file system: a real mount of such a type, and what one is told."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.workflow.labelling import labelling
from annotator.workflow.mention_edits import confirm
from annotator.workflow.project import open_project
from tests.end_to_end.test_terminal import Terminal
from tests.faults.conftest import OtherDisk, Said

Annotator = Callable[..., Said]


@pytest.fixture
def far(workspace: Path, other_disk: Callable[[str], OtherDisk]) -> Path:
    """A workspace that lies on another machine, as the system tells it."""
    return Path(shutil.copytree(workspace, other_disk("fuse.sshfs").point / "syria"))


def test_verbs_that_write_warn_once_and_go_on(far: Path, annotator: Annotator) -> None:
    for verb in (("import",), ("assign",), ("store", "upgrade")):
        said = annotator(far, *verb)
        assert said.status == 0
        assert said.err.count("lies on a network file system (fuse.sshfs, mounted at ") == 1
        assert said.err.startswith("annotator: warning: The store ")
        assert "network" not in said.out
    for verb in (("status",), ("check",)):
        assert "network" not in annotator(far, *verb).err


def test_a_copy_to_such_a_disk_is_warned_of(
    workspace: Path, annotator: Annotator, other_disk: Callable[[str], OtherDisk]
) -> None:
    away = other_disk("nfs4" if "nfs4" in Path("/proc/filesystems").read_text().split() else "fuse.sshfs").point
    said = annotator(workspace, "store", "copy", f"sqlite:///{away}/copy.db")
    assert said.status == 0
    assert "copy.db lies on a network file system" in said.err


def test_store_status_says_where_it_lies(far: Path, workspace: Path, annotator: Annotator) -> None:
    assert "where   The store" in annotator(far, "store", "status").out
    assert "network file system" in json.loads(annotator(far, "store", "status", "--json").out)["warning"]
    assert json.loads(annotator(workspace, "store", "status", "--json").out)["warning"] == ""
    assert "where   " not in annotator(workspace, "store", "status").out


@pytest.mark.terminal
def test_the_screen_says_it_and_work_goes_on_all_the_same(far: Path, annotator: Annotator) -> None:
    annotator(far, "assign")
    terminal = Terminal(far, "--as", "miriam")
    terminal.wait("Which line reads correctly?")
    terminal.press("1")
    terminal.wait("Five minutes")
    terminal.press("\x1b")
    terminal.wait("lies on a network file system", "n gives you the next article")
    terminal.press("q")
    terminal.end()
    project = open_project(far)
    with labelling(project, "en-1", "miriam") as session:
        for item in session.in_order():
            confirm(session, item)
    project.close()
    again = open_project(far)
    with labelling(again, "en-1", "miriam") as session:
        assert session.untouched == 0
    again.close()
