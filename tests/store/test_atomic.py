"""Files and folders are there whole or not at all: under crashes at every line, under crowds, on disks that refuse.

Crashes and crowds run in a fresh process that forks, so that nothing of the test runner is forked with it.
"""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from annotator.errors import Refusal
from annotator.store.atomic import UNPUBLISHED, growing_file, held_back, publish_folder, write_file

FILES = {"gold.jsonl": b"{}\n" * 20, "manifest.json": b"{}\n"}

FORKING = """
import os, signal, sys, time
from pathlib import Path
from annotator.errors import Refusal
from annotator.store import atomic

FILES = {"gold.jsonl": b"{}\\n" * 20, "manifest.json": b"{}\\n"}
root = Path(sys.argv[1])
write = os.write
os.write = lambda descriptor, data: write(descriptor, data[:16])  # so that a crash finds files half written

def killed_after(steps, act):
    \"\"\"Run `act` in a child that is killed before its nth line of atomic.py; tell whether it was.\"\"\"
    child = os.fork()
    if child == 0:
        left = [steps]
        def trace(frame, event, _):
            if frame.f_code.co_filename != atomic.__file__:
                return None
            if event == "line":
                left[0] -= 1
                if left[0] < 0:
                    os.kill(os.getpid(), signal.SIGKILL)
            return trace
        sys.settrace(trace)
        act()
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])
"""


def forked(script: str, folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", FORKING + script, str(folder)], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_publishing_a_folder(tmp_path: Path) -> None:
    target = tmp_path / "gold" / "1.0.0"
    publish_folder(target, FILES)
    assert {path.name: path.read_bytes() for path in target.iterdir()} == FILES
    assert {stat.S_IMODE(path.stat().st_mode) for path in target.iterdir()} == {0o444}
    assert [path.name for path in target.parent.iterdir()] == ["1.0.0"]


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is synced and renamed, in order, by the last part of its path."""
    done: list[str] = []
    sync, rename, replace = os.fsync, Path.rename, Path.replace

    def recorded_sync(descriptor: int) -> None:
        done.append("sync " + Path(f"/proc/self/fd/{descriptor}").readlink().name)
        sync(descriptor)

    monkeypatch.setattr("os.fsync", recorded_sync)
    monkeypatch.setattr(Path, "rename", lambda old, new: (done.append("rename"), rename(old, new))[1])
    monkeypatch.setattr(Path, "replace", lambda old, new: (done.append("rename"), replace(old, new))[1])
    return done


def test_a_folder_is_on_the_disk_before_it_can_be_seen(tmp_path: Path, steps: list[str]) -> None:
    publish_folder(tmp_path / "gold" / "1.0.0", FILES)
    made, *files, folder, rename, parent = steps
    assert made == f"sync {tmp_path.name}"
    assert files == ["sync gold.jsonl", "sync manifest.json"]
    assert folder.startswith(f"sync {UNPUBLISHED}")
    assert (rename, parent) == ("rename", "sync gold")


def test_a_file_is_on_the_disk_before_it_can_be_seen(tmp_path: Path, steps: list[str]) -> None:
    write_file(tmp_path / "file", b"data")
    written, rename, parent = steps
    assert written.startswith("sync .unwritten-")
    assert (rename, parent) == ("rename", f"sync {tmp_path.name}")


@pytest.mark.parametrize("there", ["folder", "empty folder", "file", "dangling link"])
def test_nothing_is_written_over(there: str, tmp_path: Path) -> None:
    target = tmp_path / "1.0.0"
    if there == "file":
        target.write_text("mine")
    elif there == "dangling link":
        target.symlink_to(tmp_path / "nowhere")
    else:
        target.mkdir()
        if there == "folder":
            (target / "mine").touch()
    with pytest.raises(Refusal, match="is already there") as refusal:
        publish_folder(target, FILES)
    assert refusal.value.code == "gold.exists"
    assert [path.name for path in tmp_path.iterdir()] == ["1.0.0"]
    assert not (target / "gold.jsonl").exists()


def test_a_folder_that_appears_while_another_is_written_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "1.0.0"
    monkeypatch.setattr("os.path.lexists", lambda path: False)
    publish_folder(target, {"gold.jsonl": b"first\n"})
    with pytest.raises(Refusal) as refusal:
        publish_folder(target, FILES)
    assert refusal.value.code == "gold.exists"
    assert (target / "gold.jsonl").read_bytes() == b"first\n"
    assert [path.name for path in tmp_path.iterdir()] == ["1.0.0"]


def test_of_twelve_publishers_one_wins_and_its_files_are_whole(tmp_path: Path) -> None:
    script = """
    for round in range(20):
        target = root / str(round)
        start, go = os.pipe()
        children = {}
        for who in range(12):
            child = os.fork()
            if child == 0:
                os.close(go)
                os.read(start, 1)
                try:
                    atomic.publish_folder(target, {name: b"%d\\n" % who + data for name, data in FILES.items()})
                except Refusal as refusal:
                    os._exit(7 if refusal.code == "gold.exists" else 9)
                os._exit(0)
            children[child] = who
        os.close(start)
        os.close(go)
        ended = {children[child]: os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children}
        winners = [who for who, code in ended.items() if code == 0]
        assert sorted(ended.values()) == [0] + [7] * 11, ended
        found = {path.name: path.read_bytes() for path in target.iterdir()}
        assert found == {name: b"%d\\n" % winners[0] + data for name, data in FILES.items()}
        assert sorted(path.name for path in root.iterdir()) == sorted(map(str, range(round + 1)))
    print("20 rounds")
    """
    assert forked("if True:" + script, tmp_path) == "20 rounds"


def test_a_publisher_killed_anywhere_leaves_nothing_or_the_whole(tmp_path: Path) -> None:
    script = """
    kills = nothing = whole = leftovers = 0
    while True:
        target = root / str(kills) / "1.0.0"
        if not killed_after(kills, lambda: atomic.publish_folder(target, FILES)):
            break
        kills += 1
        if target.exists():
            whole += 1
            assert {path.name: path.read_bytes() for path in target.iterdir()} == FILES
        else:
            nothing += 1
            leftovers += target.parent.exists() and any(target.parent.iterdir())
            atomic.publish_folder(target, FILES)
            assert [path.name for path in target.parent.iterdir()] == ["1.0.0"]
    print(kills, nothing, whole, leftovers)
    """
    kills, nothing, whole, leftovers = map(int, forked("if True:" + script, tmp_path).split())
    assert kills == nothing + whole > 25
    assert nothing > 25
    assert whole > 0
    assert leftovers > 10


def test_a_file_whose_writer_is_killed_anywhere_is_the_old_one_or_the_new_one(tmp_path: Path) -> None:
    script = """
    kills = old = new = 0
    while True:
        target = root / str(kills) / "file"
        target.parent.mkdir()
        target.write_bytes(b"old" * 40)
        if not killed_after(kills, lambda: atomic.write_file(target, b"new" * 30)):
            break
        kills += 1
        found = target.read_bytes()
        assert found in (b"old" * 40, b"new" * 30)
        old, new = old + (found == b"old" * 40), new + (found == b"new" * 30)
        atomic.write_file(target, b"next")
        assert [(path.name, path.read_bytes()) for path in target.parent.iterdir()] == [("file", b"next")]
    print(kills, old, new)
    """
    kills, old, new = map(int, forked("if True:" + script, tmp_path).split())
    assert kills == old + new > 25
    assert old > 10
    assert new > 0


def test_writers_of_one_file_take_turns(tmp_path: Path) -> None:
    script = """
    target = root / "file"
    children = []
    for who in range(8):
        child = os.fork()
        if child == 0:
            for _ in range(20):
                atomic.write_file(target, b"%d" % who * 50)
                assert len(set(target.read_bytes())) == 1
            os._exit(0)
        children.append(child)
    assert all(os.waitpid(child, 0)[1] == 0 for child in children)
    print(len(target.read_bytes()), [path.name for path in root.iterdir()])
    """
    assert forked("if True:" + script, tmp_path) == "50 ['file']"


def test_a_living_publishers_folder_is_not_swept(tmp_path: Path) -> None:
    script = """
    started, told = os.pipe()
    waits, goes = os.pipe()
    child = os.fork()
    if child == 0:
        sync = atomic._sync_folder
        def slow(folder):
            if folder.name.startswith(atomic.UNPUBLISHED):
                os.write(told, b"x")
                os.read(waits, 1)
            sync(folder)
        atomic._sync_folder = slow
        atomic.publish_folder(root / "slow", FILES)
        os._exit(0)
    os.read(started, 1)
    atomic.publish_folder(root / "quick", FILES)
    os.write(goes, b"x")
    assert os.waitpid(child, 0)[1] == 0
    print(sorted(path.name for path in root.iterdir()))
    """
    assert forked("if True:" + script, tmp_path) == "['quick', 'slow']"


def test_writing_a_file(tmp_path: Path) -> None:
    target = tmp_path / "new folder" / "file"
    write_file(target, b"one")
    write_file(target, b"")
    assert target.read_bytes() == b""
    assert [path.name for path in target.parent.iterdir()] == ["file"]


def test_a_longest_name_can_be_written(tmp_path: Path) -> None:
    write_file(tmp_path / ("x" * 255), b"data")
    assert (tmp_path / ("x" * 255)).read_bytes() == b"data"


def test_a_written_file_keeps_its_permissions(tmp_path: Path) -> None:
    target = tmp_path / "file"
    target.touch(0o600)
    write_file(target, b"data")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "there" / "file")
    write_file(tmp_path / "link", b"data")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "there" / "file").read_bytes() == b"data"


def test_a_pipe_stays_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with subprocess.Popen(["cat", str(tmp_path / "pipe")], stdout=subprocess.PIPE) as reader:
        write_file(tmp_path / "pipe", b"data")
        assert reader.communicate()[0] == b"data"
    assert (tmp_path / "pipe").is_fifo()


@contextmanager
def nobody(folder: Path) -> Iterator[None]:
    """Let root, whom no permission stops, be someone whom they do."""
    if os.geteuid() != 0:
        yield
        return
    for parent in (folder, *folder.parents):
        if not parent.stat().st_mode & stat.S_IXOTH:
            parent.chmod(parent.stat().st_mode | stat.S_IXOTH | stat.S_IROTH)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_folder_without_permission(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    with nobody(tmp_path):
        for act in (lambda: write_file(tmp_path / "x", b""), lambda: publish_folder(tmp_path / "y", FILES)):
            with pytest.raises(Refusal, match="was not written: there is no permission to write there") as refusal:
                act()
            assert refusal.value.code == "file.not-written"
    assert list(tmp_path.iterdir()) == []


def test_a_read_only_file_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("published")
    (tmp_path / "x").chmod(0o444)
    tmp_path.chmod(0o777)
    with nobody(tmp_path), pytest.raises(Refusal, match="no permission"):
        write_file(tmp_path / "x", b"")
    assert (tmp_path / "x").read_text() == "published"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)], capture_output=True)
    if mounted.returncode != 0:
        pytest.skip("a small disk can be mounted by root only")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk(small_disk: Path) -> None:
    write_file(small_disk / "x", b"before")
    publish_folder(small_disk / "small", FILES)
    for act in (
        lambda: write_file(small_disk / "x", b"x" * 100_000),
        lambda: publish_folder(small_disk / "big", {"gold.jsonl": b"x" * 100_000}),
    ):
        with pytest.raises(Refusal, match="was not written: the disk is full") as refusal:
            act()
        assert refusal.value.code == "file.not-written"
    assert (small_disk / "x").read_bytes() == b"before"
    assert sorted(path.name for path in small_disk.iterdir()) == ["small", "x"]
    publish_folder(small_disk / "again", FILES)


def test_a_read_only_disk(small_disk: Path) -> None:
    write_file(small_disk / "x", b"before")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    for act in (lambda: write_file(small_disk / "x", b""), lambda: publish_folder(small_disk / "y", FILES)):
        with pytest.raises(Refusal, match=r"the file system is read-only|no permission"):
            act()
    assert (small_disk / "x").read_bytes() == b"before"


@pytest.mark.parametrize(("name", "reason"), [("file/x", "a part of the path is a file"), ("x" * 300, "too long")])
def test_a_path_that_cannot_be(name: str, reason: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for act in (lambda: write_file(tmp_path / name, b""), lambda: publish_folder(tmp_path / name, FILES)):
        with pytest.raises(Refusal, match=reason):
            act()
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="it is a folder"):
        write_file(tmp_path, b"")


def test_a_leftover_is_swept_by_the_next_publisher(tmp_path: Path) -> None:
    leftover = tmp_path / f"{UNPUBLISHED}0123"
    leftover.mkdir()
    (leftover / "gold.jsonl").write_bytes(b"{}")
    publish_folder(tmp_path / "1.0.0", FILES)
    assert [path.name for path in tmp_path.iterdir()] == ["1.0.0"]


def test_a_growing_file_is_there_whole_or_as_it_was(tmp_path: Path) -> None:
    written = tmp_path / "new" / "file"
    with growing_file(written) as add:
        add(b"some")
        assert not written.exists()
        add(b" more")
    assert written.read_bytes() == b"some more"
    with pytest.raises(Refusal, match="no such article"), growing_file(written) as add:
        add(b"half")
        raise Refusal("article.unknown", "no such article")
    assert written.read_bytes() == b"some more"
    assert list(written.parent.iterdir()) == [written]


def test_what_grows_keeps_permissions_and_a_read_only_file_is_left(tmp_path: Path) -> None:
    written = tmp_path / "file"
    written.write_bytes(b"old")
    written.chmod(0o640)
    with growing_file(written) as add:
        add(b"new")
    assert stat.S_IMODE(written.stat().st_mode) == 0o640
    with pytest.raises(Refusal, match="is a folder"), growing_file(tmp_path):
        pass


def test_what_is_held_back_comes_whole_or_not_at_all(tmp_path: Path) -> None:
    with (tmp_path / "out").open("wb") as out:
        with held_back(out) as add:
            add(b"some")
            add(b" more")
        with pytest.raises(Refusal), held_back(out) as add:
            add(b"half")
            raise Refusal("article.unknown", "no such article")
    assert (tmp_path / "out").read_bytes() == b"some more"


def test_a_pipe_gets_what_grew_at_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with growing_file(pipe) as add:
            add(b"some")
            with pytest.raises(BlockingIOError):
                os.read(reader, 9)
            add(b" more")
        assert os.read(reader, 9) == b"some more"
    finally:
        os.close(reader)
