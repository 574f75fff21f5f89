"""Disks that fail, for real: mounted as root where the system lets one, else the test is skipped and says so."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest

from annotator.workflow.project import open_project

PASSTHROUGH = Path(__file__).with_name("passthrough.py")


class OtherDisk(NamedTuple):
    """A file system that a program of ours serves."""

    point: Path
    behind: Path
    """The folder that its files really lie in."""

    def fails_with(self, number: int | None) -> None:
        """Answer all writing with this error from now on; None: with none."""
        sign = self.behind / ".fails"
        if number is None:
            sign.unlink()
        else:
            sign.write_text(str(number))


@pytest.fixture
def other_disk(tmp_path: Path) -> Iterator[Callable[[str], OtherDisk]]:
    """Mounts a file system of a type that the test names, over a folder of this machine."""
    served: list[tuple[OtherDisk, subprocess.Popen[str]]] = []

    def mount(kind: str) -> OtherDisk:
        disk = OtherDisk(tmp_path / f"mounted{len(served)}", tmp_path / f"behind{len(served)}")
        disk.point.mkdir()
        disk.behind.mkdir()
        command = [sys.executable, str(PASSTHROUGH), str(disk.behind), str(disk.point), kind]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert process.stdout is not None
        if process.stdout.readline() != "mounted\n":
            pytest.skip(f"no file system can be served here: {process.communicate()[1].splitlines()[-1:]}")
        served.append((disk, process))
        return disk

    yield mount
    for disk, process in served:
        subprocess.run(["umount", "-l", disk.point], check=True, capture_output=True)
        with suppress(subprocess.TimeoutExpired):
            process.communicate(timeout=10)
        process.kill()
        process.communicate()


class Disk(NamedTuple):
    """A small file system in memory that can be filled to the brim, or all but a few pages of it."""

    point: Path

    def fill(self, free_pages: int = 0) -> None:
        """Leave room for so many pages of 4 KB and no more."""
        self.make_room()
        with (self.point / "ballast").open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(b"x" * _PAGE)
        with (self.point / "ballast").open("r+b") as file:
            file.truncate(max(0, (self.point / "ballast").stat().st_size - free_pages * _PAGE))

    def make_room(self) -> None:
        """Take away what fills it."""
        (self.point / "ballast").unlink(missing_ok=True)


_PAGE = 4096


@pytest.fixture
def disk(small_disk: Callable[[str], Path]) -> Disk:
    """A disk of eight megabytes."""
    return Disk(small_disk("size=8m"))


@pytest.fixture
def on_disk(disk: Disk, workspace: Path) -> Path:
    """A workspace of `en-1` and `ar-1` on it, made ready: its guidelines were read once."""
    there = Path(shutil.copytree(workspace, disk.point / "syria"))
    project = open_project(there)
    assert project.guidelines
    project.close()
    return there


class Said(NamedTuple):
    """What a command said."""

    status: int
    out: str
    err: str


@pytest.fixture
def annotator() -> Callable[..., Said]:
    """Runs the installed command in a folder, in a process of its own, until it ends."""

    def run(folder: Path, *arguments: object) -> Said:
        command = [str(Path(sys.executable).parent / "annotator"), *map(str, arguments)]
        done = subprocess.run(
            command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120, check=False
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Said(done.returncode, done.stdout, done.stderr)

    return run
