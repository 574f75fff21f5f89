"""Files and folders that are there whole or not at all, whatever ends the process or the machine meanwhile.

Owns the order of writing, syncing and renaming, and the sentences for what a disk refuses. Never writes into something
that a reader can already see.

What is written first gets a hidden name and a lock that the kernel drops with the process: a hidden folder that nobody
holds is what a killed process left, and the next one to publish there takes it away.
"""

import errno
import fcntl
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO

from annotator.errors import Refusal
from annotator.model.canonical import sha256

UNPUBLISHED = ".unpublished-"
"""How the name of a folder begins that is still being written."""

READ_ONLY = 0o444
_OWNERS_ALONE = 0o600

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
"""What a file system says that has no room, or none for us."""

_TAKEN = frozenset({errno.EEXIST, errno.ENOTEMPTY, errno.ENOTDIR})
"""What renaming a folder onto something that is there says."""

_REASONS: Mapping[int, tuple[str, str]] = {
    errno.ENOSPC: ("the disk is full", "Make room and try again; nothing was changed."),
    errno.EDQUOT: ("the disk quota is used up", "Make room and try again; nothing was changed."),
    errno.EROFS: ("the file system is read-only", "Write to another place, or make it writable."),
    errno.EACCES: ("there is no permission to write there", "Ask for permission, or write to another place."),
    errno.EPERM: ("there is no permission to write there", "Ask for permission, or write to another place."),
    errno.ENAMETOOLONG: ("the name is too long", "Choose a shorter one."),
    errno.EISDIR: ("it is a folder", "Choose another name."),
    errno.EEXIST: ("a part of the path is a file", "Choose another path."),
    errno.ENOTDIR: ("a part of the path is a file", "Choose another path."),
}


def write_file(path: Path, data: bytes, *, private: bool = False) -> None:
    """Make `data` the content of the file `path`; a reader sees what was there before or all of `data`.

    A link is followed, an existing file keeps its permissions, and what is no regular file (a pipe, a device) is
    written to as it is. A `private` one is for its owner alone, whatever it was before. Raises `Refusal`
    `file.not-written` when the disk does not allow it; then nothing is changed.
    """
    with _refusing(path):
        target = path.resolve()
        if target.exists() and not target.is_file():
            target.write_bytes(data)
            return
        _make_folder(target.parent)
        _refuse_read_only(target)
        with _beside(target, private=private) as descriptor:
            _write_all(descriptor, data)


@contextmanager
def growing_file(path: Path) -> Iterator[Callable[[bytes], None]]:
    """Give what adds bytes to a new content of the file `path`: it is there whole once the block is left.

    When the block fails, a reader still sees what was there before. All else is as in `write_file`.
    """
    with ExitStack() as held:
        with _refusing(path):
            target = path.resolve()
            if target.exists() and not target.is_file():
                add = held.enter_context(_held_back(target))
            else:
                _make_folder(target.parent)
                _refuse_read_only(target)
                descriptor = held.enter_context(_beside(target))
                add = partial(_write_all, descriptor)

        def adding(data: bytes) -> None:
            with _refusing(path):
                add(data)

        yield adding
        with _refusing(path):
            held.close()


@contextmanager
def held_back(out: BinaryIO) -> Iterator[Callable[[bytes], None]]:
    """Give what adds bytes that `out` gets once the block is left: nothing of them when the block fails.

    Raises `Refusal` `file.not-written` when there is no room to hold them.
    """
    with ExitStack() as held:
        with _refusing(Path(tempfile.gettempdir())):
            kept = held.enter_context(tempfile.TemporaryFile())

        def adding(data: bytes) -> None:
            with _refusing(Path(tempfile.gettempdir())):
                kept.write(data)

        yield adding
        kept.seek(0)
        shutil.copyfileobj(kept, out)
        out.flush()


def append_lines(path: Path, lines: Sequence[bytes]) -> None:
    """Put lines at the end of a file, on the disk when this returns; the file and its folder are made if need be.

    Raises `Refusal` `file.not-written`.
    """
    with _refusing(path):
        _make_folder(path.parent)
        new = not path.exists()
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            # What a power cut tore stands on a line of its own.
            _write_all(descriptor, b"".join(b"\n" + line.rstrip(b"\n") + b"\n" for line in lines))
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if new:
            _sync_folder(path.parent)


def remove(path: Path) -> None:
    """Take a file away, if it is there. Raises `Refusal` `file.not-written`."""
    with _refusing(path):
        path.unlink(missing_ok=True)


def keep_aside(path: Path, aside: Path) -> None:
    """Let what the file `path` is now also be called `aside`, whatever becomes of `path`.

    Raises `Refusal` `file.not-written`, also when there is something called `aside`.
    """
    with _refusing(aside):
        os.link(path, aside)
        _sync_folder(aside.parent)


def put_in_place(new: Path, target: Path) -> None:
    """Give the file `new` the name `target`, which one of the two files has at any time. Raises `file.not-written`."""
    with _refusing(target):
        new.replace(target)
        _sync_folder(target.parent)


def publish_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """Make the folder `target` with read-only `files`, by name; a reader sees no folder, or all of it.

    Of any number of processes that publish the same folder at once, one does. Raises `Refusal`: `gold.exists` when
    there is something called `target` already, `file.not-written` when the disk does not allow it.
    """
    with _refusing(target):
        _make_folder(target.parent)
        _sweep(target.parent)
        if os.path.lexists(target):
            raise _exists(target)
        with _unpublished(target.parent) as folder:
            for name, data in files.items():
                _write_new(folder / name, data, READ_ONLY)
            _sync_folder(folder)
            try:
                folder.rename(target)
            except OSError as error:
                if error.errno in _TAKEN:
                    raise _exists(target) from None
                raise
            _sync_folder(target.parent)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Let one process at a time work in `folder`, which is made if need be; others wait, and a killed one lets go.

    Raises `Refusal` `file.not-written` when the folder cannot be made or opened.
    """
    with ExitStack() as held:
        with _refusing(folder):
            _make_folder(folder)
            held.enter_context(_locked(folder, os.O_RDONLY | os.O_DIRECTORY))
        yield


def _exists(target: Path) -> Refusal:
    return Refusal("gold.exists", f"{target} is already there.", "Nothing that is published is ever written over.")


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    """Turn what the operating system refuses into a sentence about `path`."""
    try:
        yield
    except OSError as error:
        reason, do = _REASONS.get(error.errno or 0, (error.strerror or str(error), "Look at the disk and try again."))
        raise Refusal("file.not-written", f"{path} was not written: {reason}.", do) from error


def _refuse_read_only(target: Path) -> None:
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, "the file is read-only", str(target))


@contextmanager
def _held_back(target: Path) -> Iterator[Callable[[bytes], None]]:
    """Hold back what goes to something that is no file, such as a pipe."""
    with target.open("wb") as out, held_back(out) as add:
        yield add


@contextmanager
def _beside(target: Path, *, private: bool = False) -> Iterator[int]:
    """Give a file beside `target` that takes its place when the block is left, and is gone when the block fails.

    A `private` file is for its owner alone. Writers of one file wait for each other; a dead one's leftover is reused.
    """
    beside = target.with_name(f".unwritten-{sha256(os.fsencode(target.name))[:16]}")
    with _locked(beside, os.O_RDWR | os.O_CREAT) as descriptor:
        try:
            os.ftruncate(descriptor, 0)
            if private:
                os.fchmod(descriptor, _OWNERS_ALONE)
            elif target.exists():
                os.fchmod(descriptor, target.stat().st_mode & 0o7777)
            yield descriptor
            os.fsync(descriptor)
            beside.replace(target)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    _sync_folder(target.parent)


@contextmanager
def _locked(path: Path, flags: int) -> Iterator[int]:
    """Hold the file or folder that `path` names now; another process may have renamed or removed it while we waited."""
    while True:
        descriptor = os.open(path, flags, 0o666)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            if _still_names(path, descriptor):
                yield descriptor
                return
        finally:
            os.close(descriptor)


def _still_names(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.lstat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


@contextmanager
def _unpublished(parent: Path) -> Iterator[Path]:
    """Give a new hidden folder in `parent` that is locked while it is written, and gone afterwards unless renamed."""
    folder, descriptor = _claim(parent)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(descriptor)


def _claim(parent: Path) -> tuple[Path, int]:
    """Make a hidden folder and lock it. Between the two a sweeper may take it for a leftover: then make another."""
    while True:
        folder = parent / f"{UNPUBLISHED}{secrets.token_hex(8)}"
        folder.mkdir()
        with suppress(FileNotFoundError):
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            if _still_names(folder, descriptor):
                return folder, descriptor
            os.close(descriptor)


def _sweep(parent: Path) -> None:
    """Take away the hidden folders that no living process holds."""
    for folder in parent.glob(f"{UNPUBLISHED}*"):
        with suppress(OSError):  # held by a living process, just renamed, or not ours to remove
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if _still_names(folder, descriptor):
                    shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(descriptor)


def _make_folder(folder: Path) -> None:
    """Make a folder with those above it, each made to last."""
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        _sync_folder(folder.parent)


def _write_new(path: Path, data: bytes, mode: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        _write_all(descriptor, data)
        os.fchmod(descriptor, mode)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
