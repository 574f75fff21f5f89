"""Disks that fail and recover while somebody labels: full, over the quota, read-only, with errors of input and output.

A full disk is a small tmpfs that is filled to the brim; the others are a file system of our own that answers all
writing with the error (`tests/faults/passthrough.py`). Needs root, on Linux.
"""

import errno
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from annotator.store.engine import file_url, open_engine, reading
from annotator.store.log import check_log
from annotator.store.tables import decision
from annotator.store.workspace import create_workspace
from annotator.store.writer import SaveState
from annotator.workflow.importing import import_corpus
from annotator.workflow.labelling import labelling
from annotator.workflow.mention_edits import confirm, reject
from annotator.workflow.project import open_project
from benchmarks.damaged_stores import TEXT

PASSTHROUGH = Path(__file__).parents[1] / "tests" / "faults" / "passthrough.py"
ERRORS = {
    "quota used up": errno.EDQUOT,
    "errors of input and output": errno.EIO,
    "read-only": errno.EROFS,
    "no permission": errno.EACCES,
}
FULL = "disk full"
_DECISIONS, _FAILURES = 30, 2
_PATIENCE = 120.0

Disk = tuple[Path, Callable[[], None], Callable[[], None]]
"""Where it is mounted, what makes it fail, and what mends it."""


class NoMountError(Exception):
    """Here nothing can be mounted."""


@dataclass(slots=True)
class Counts:
    """What came of it."""

    sessions: int = 0
    failures: int = 0
    """Times that saving failed and went on."""
    made: int = 0
    lost: int = 0
    doubled: int = 0
    broken: int = 0
    said_saved: int = 0
    """Times that "saved" was said while the disk refused all writing."""
    told: list[str] = field(default_factory=list)
    """What was said while it failed, without paths."""


@contextmanager
def full_disk(folder: Path) -> Iterator[Disk]:
    """Give a disk of eight megabytes that can be filled."""
    point = folder / "small"
    point.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(point)], capture_output=True, text=True
    )
    if done.returncode:
        raise NoMountError(done.stderr.strip())

    def fill() -> None:
        with (point / "ballast").open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(b"x" * 4096)

    try:
        yield point, fill, (point / "ballast").unlink
    finally:
        subprocess.run(["umount", "-l", str(point)], check=False)


@contextmanager
def failing_disk(folder: Path, number: int) -> Iterator[Disk]:
    """Give a disk that answers all writing with an error, for a while."""
    behind, point = folder / "behind", folder / "failing"
    behind.mkdir()
    point.mkdir()
    command = [sys.executable, str(PASSTHROUGH), str(behind), str(point), "fuse.failing"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    if process.stdout.readline() != "mounted\n":
        raise NoMountError(process.communicate()[1].strip()[-200:])
    sign = behind / ".fails"
    try:
        yield point, lambda: nothing(sign.write_text(str(number))), sign.unlink
    finally:
        subprocess.run(["umount", "-l", str(point)], check=False)
        process.kill()
        process.communicate()


def nothing(_: object) -> None:
    """Give nothing, whatever was done."""


def run(folder: Path, times: int, seed: int = 1) -> dict[str, Counts]:
    """Let a disk fail in so many sessions of each sort; give what was found. Raises `NoMountError`."""
    found = {}
    for at, fault in enumerate((FULL, *ERRORS)):
        own = folder / str(at)
        own.mkdir()
        chance, counts = random.Random(f"{seed} {fault}"), Counts()
        with full_disk(own) if fault == FULL else failing_disk(own, ERRORS[fault]) as disk:
            root = _workspace(disk[0])
            for number in range(times):
                _session(counts, root, f"person {number}", disk, chance)
        found[fault] = counts
    return found


def _workspace(point: Path) -> Path:
    source = point / "en-1.txt"
    source.write_text(TEXT, encoding="utf-8")
    root = create_workspace(point / "work", [source]).root
    project = open_project(root)
    import_corpus(project)
    project.close()
    return root


def _session(counts: Counts, root: Path, name: str, disk: Disk, chance: random.Random) -> None:
    """Label, let the disk fail now and then until that is noticed and mend it, and look at what is there."""
    _, fail, mend = disk
    project = open_project(root)
    before = _logged(project.workspace.store_url)
    failing = threading.Event()

    def heard(state: SaveState) -> None:
        if failing.is_set() and state.state == "saved":
            counts.said_saved += 1
        if state.refusal is not None:
            told = str(state.refusal).partition(": ")[2]
            counts.told += [told] if told not in counts.told else []

    fails = set(chance.sample(range(1, _DECISIONS), _FAILURES))
    with labelling(project, "en-1", name) as session:
        session.on_save = heard
        for number in range(_DECISIONS):
            if number in fails:
                _wait(lambda: session.save_state.state == "saved")
                fail()
                failing.set()
            chance.choice((confirm, reject))(session, chance.choice(session.in_order()))
            if number in fails:
                _wait(lambda: session.save_state.state == "failing")
                confirm(session, session.in_order()[0])
                counts.failures += 1
                counts.made += 1
                failing.clear()
                mend()
            counts.made += 1
        _wait(lambda: session.save_state.state == "saved")
    project.close()
    after = _logged(project.workspace.store_url)
    made = _DECISIONS + _FAILURES
    counts.sessions += 1
    counts.lost += max(0, len(before) + made - len(after))
    counts.doubled += max(0, len(after) - len(before) - made)
    engine = open_engine(file_url(root / ".annotator" / "work.db"))
    counts.broken += bool(check_log(engine))
    engine.dispose()


def _wait(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + _PATIENCE
    while not holds():
        if time.monotonic() > until:
            raise TimeoutError("it never came to hold")
        time.sleep(0.01)


def _logged(url: str) -> list[str]:
    engine = open_engine(url)
    with reading(engine) as connection:
        found = list(connection.execute(decision.select().with_only_columns(decision.c.decision_id)).scalars())
    engine.dispose()
    return found


def lines(found: dict[str, Counts]) -> Iterator[str]:
    """Give what was found as a table in Markdown."""
    yield "| disk | sessions | failures | decisions | lost | doubled | said saved meanwhile |"
    yield "|---|---|---|---|---|---|---|"
    for fault, one in found.items():
        cells = (one.sessions, one.failures, one.made, one.lost, one.doubled, one.said_saved)
        yield f"| {fault} | {' | '.join(f'{cell:,}' for cell in cells)} |"
    for fault, one in found.items():
        for told in one.told:
            yield f"{fault}: {told}"
