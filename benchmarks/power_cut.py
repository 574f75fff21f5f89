"""The power fails while somebody labels and somebody releases: an ext4 file system is shut down under the programs.

The file system lies in a file (a loop device). `EXT4_IOC_SHUTDOWN` without flushing its journal drops all that was not
given to the device, as a power cut does; then it is mounted again, which replays the journal, and looked at in a fresh
process. What a device loses out of a cache of its own, although it said that it had written it, is not in this.
"""

import fcntl
import os
import random
import struct
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from sqlalchemy import event

from annotator.errors import Refusal
from annotator.gold.manifest import Facts
from annotator.gold.release import Release, build_release
from annotator.model.article import Article, Metadata
from annotator.model.canonical import sha256
from annotator.model.decision import Decision, Rule
from annotator.model.record import GoldRecord, Provenance
from annotator.store.articles import put_article
from annotator.store.engine import file_url, open_engine
from annotator.store.log import Standing, check_log, decisions_on
from annotator.store.migrate import bring_up_to_date
from annotator.store.releases import list_releases, publish, verify_release
from annotator.store.writer import SaveState, Writer

SHUTDOWN, NO_LOG_FLUSH = 0x8004587D, 2
"""EXT4_IOC_SHUTDOWN, and what drops the journal that was not written yet."""

TEXT = "Six were killed.\n"
ARTICLE = Article(
    article_id="001",
    text=TEXT,
    raw_sha256=sha256(TEXT.encode()),
    text_sha256=sha256(TEXT.encode()),
    metadata=Metadata(language="en"),
)
HERE = ("a1", ARTICLE.article_id, ARTICLE.text_sha256)
_LONGEST = 0.25
"""Seconds for which the power stays on after the first acknowledgement, at most."""

_context = get_context("forkserver")


@dataclass(slots=True)
class Counts:
    """What came of it."""

    cuts: int = 0
    acknowledged: int = 0
    lost: int = 0
    doubled: int = 0
    broken: int = 0
    """Cuts after which the store could not be read, or the chain did not hold."""
    released: int = 0
    releases_lost: int = 0
    releases_torn: int = 0
    """Visible and not whole."""
    under_way: int = 0
    """Cuts at which something was made and not acknowledged: it was really in the middle."""


class NoLoopDeviceError(Exception):
    """Here no file system can be made in a file, mounted or shut down."""


@contextmanager
def file_system(folder: Path) -> Iterator[tuple[Path, Callable[[], None], Callable[[], None]]]:
    """Give where an ext4 file system is mounted, what cuts its power, and what mounts it again."""
    image, point = folder / "disk.img", folder / "disk"
    point.mkdir()

    def run(*command: object) -> None:
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
        if done.returncode:
            raise NoLoopDeviceError(f"{command[0]}: {done.stderr.strip()}")

    def mount() -> None:
        run("mount", "-o", "loop", image, point)

    def cut() -> None:
        descriptor = os.open(point, os.O_RDONLY)
        try:
            fcntl.ioctl(descriptor, SHUTDOWN, struct.pack("I", NO_LOG_FLUSH))
        except OSError as error:
            raise NoLoopDeviceError(f"it cannot be shut down: {error}") from None
        finally:
            os.close(descriptor)

    def again() -> None:
        for _ in range(200):  # a killed program may take a moment to let go
            with suppress(NoLoopDeviceError):
                run("umount", point)
                break
            time.sleep(0.02)
        mount()

    with image.open("wb") as file:
        file.truncate(64 << 20)
    try:
        run("mkfs.ext4", "-q", "-F", image)
    except FileNotFoundError as error:
        raise NoLoopDeviceError(str(error)) from None
    mount()
    try:
        yield point, cut, again
    finally:
        subprocess.run(["umount", "-l", str(point)], capture_output=True, check=False)


def label(disk: Path, number: int, synced: bool, told: Connection) -> None:
    """Decide without end, and tell what was made and what was acknowledged."""
    engine = open_engine(file_url(disk / "work.db"))
    if not synced:
        event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
    made = saved = 0

    def on_change(state: SaveState) -> None:
        nonlocal made, saved
        if threading.current_thread() is threading.main_thread():
            made += 1
            told.send(("made", f"{number}-{made}"))
        else:
            while saved < made - state.pending:
                saved += 1
                told.send(("saved", f"{number}-{saved}"))

    before = len(decisions_on(engine, *HERE))
    writer = Writer(engine, before, on_change)
    for n in range(1, 1_000_000):
        rule = Rule(item="x", choice="none")
        decision = Decision(
            id=f"{number}-{n}",
            person=HERE[0],
            article_id=HERE[1],
            text_sha256=HERE[2],
            stage="label",
            made_at=0,
            changes=(rule,),
        )
        writer.submit(decision, Standing(*HERE, before + n, 0, False, n))
        if n % 3 == 0:
            time.sleep(0.002)


def chain() -> list[Release]:
    """Give releases that follow each other."""
    schema = b'version = "1.0.0"\nrealis = ["actual"]\ncertainty = ["asserted"]\n[types]\n[rejection_reasons]\n'
    facts = Facts(guidelines_sha256=sha256(b""), tool_version="0")
    made = Provenance(annotators=("a1", "a2"), adjudicator="j1", decisions_sha256=sha256(b""))
    found: list[Release] = []
    for number in range(1, 31):
        records = [
            GoldRecord(
                article_id=f"{n:03}",
                language="en",
                text_sha256=sha256(b""),
                regions=(),
                mentions=(),
                events=(),
                complete=True,
                provenance=made,
            )
            for n in range(number)
        ]
        found.append(build_release(records, schema, found[-1] if found else None, facts))
    return found


def release(disk: Path, number: int, synced: bool, told: Connection) -> None:
    """Publish one release after the other, and tell of each that was."""
    if not synced:
        os.fsync = lambda _: None
    gold = disk / f"gold-{number}"
    gold.mkdir()
    for one in chain():
        with suppress(Refusal):  # the power is gone
            publish(gold, one)
            told.send(("released", str(one.version)))
    time.sleep(60)


def examine(disk: Path, number: int, told: Connection) -> None:
    """Tell what is there, in a process that never saw what was before."""
    logged: list[str] = []
    broken = False
    engine = open_engine(file_url(disk / "work.db"))
    try:
        logged = [decision.id for decision in decisions_on(engine, *HERE)]
        broken = bool(check_log(engine))
    except Refusal:
        broken = True
    engine.dispose()
    there, torn, previous = [], 0, None
    gold = disk / f"gold-{number}"
    for path, expected in zip(list_releases(gold), chain(), strict=False):
        there.append(path.name)
        try:
            found, problems = verify_release(path, previous)
        except Refusal:
            found, problems = None, ()
        if found != expected or problems:
            torn += 1
        previous = found
    told.send((logged, broken, there, torn))


def asked(work: Callable[..., None], *arguments: object) -> tuple[list[str], bool, list[str], int]:
    """Give what a process of its own tells."""
    here, there = _context.Pipe()
    process = _context.Process(target=work, args=(*arguments, there))
    process.start()
    told: tuple[list[str], bool, list[str], int] = here.recv()
    process.join()
    return told


def run(cuts: int, seed: int = 1, *, synced: bool = True) -> Counts:
    """Cut the power so often; give what was found. Raises `NoLoopDeviceError` where that cannot be done."""
    _context.set_forkserver_preload(["benchmarks.power_cut"])
    chance, counts = random.Random(seed), Counts()
    with tempfile.TemporaryDirectory() as folder, file_system(Path(folder)) as (disk, cut, again):
        engine = open_engine(file_url(disk / "work.db"))
        bring_up_to_date(engine)
        put_article(engine, ARTICLE)
        engine.dispose()
        os.sync()
        acknowledged: set[str] = set()
        for number in range(cuts):
            heard = _cut_once(disk, number, cut, synced, chance.uniform(0, _LONGEST))
            again()
            made, saved, released = ({what for kind, what in heard if kind == k} for k in ("made", "saved", "released"))
            acknowledged |= saved
            logged, broken, there, torn = asked(examine, disk, number)
            counts.cuts += 1
            counts.acknowledged += len(saved)
            counts.lost += len(acknowledged - set(logged))
            counts.doubled += len(logged) - len(set(logged))
            counts.broken += broken
            counts.released += len(released)
            counts.releases_lost += len(released - set(there))
            counts.releases_torn += torn
            counts.under_way += bool(made - saved)
            acknowledged &= set(logged)  # what is lost is counted once
            subprocess.run(["rm", "-rf", str(disk / f"gold-{number}")], check=False)
            if broken:
                break
    return counts


def _cut_once(disk: Path, number: int, cut: Callable[[], None], synced: bool, after: float) -> list[tuple[str, str]]:
    """Let two work until the power goes; give all that they told."""
    here, there = _context.Pipe(duplex=False)
    other, far = _context.Pipe(duplex=False)
    workers = [
        _context.Process(target=label, args=(disk, number, synced, there), daemon=True),
        _context.Process(target=release, args=(disk, number, synced, far), daemon=True),
    ]
    for worker in workers:
        worker.start()
    there.close()
    far.close()
    heard = []
    for told in (here, other):
        told.poll(30)
    time.sleep(after)
    cut()
    for worker in workers:
        worker.kill()
        worker.join()
    for told in (here, other):
        with suppress(EOFError):
            while True:
                heard.append(told.recv())
    return heard
