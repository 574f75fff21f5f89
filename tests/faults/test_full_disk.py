"""A disk that is full, over its quota, failing or read-only: one sentence, nothing half done, and work goes on."""

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from annotator.errors import Refusal
from annotator.store.articles import get_article, list_articles
from annotator.store.engine import file_url, open_engine, writing
from annotator.store.log import check_log
from annotator.store.migrate import HEAD, bring_up_to_date, shape_of
from annotator.store.outbox import folder_of
from annotator.store.releases import list_releases, verify_release
from annotator.store.writer import SaveState
from annotator.workflow.importing import copy_into_corpus, import_corpus
from annotator.workflow.labelling import labelling
from annotator.workflow.mention_edits import confirm
from annotator.workflow.outgoing import waiting_to_go
from annotator.workflow.project import open_project
from annotator.workflow.session import Session
from tests.end_to_end.test_terminal import Terminal
from tests.faults.conftest import Disk, OtherDisk, Said

Waits = Callable[[Callable[[], bool]], None]
Annotator = Callable[..., Said]


def quotes(workspace: Path, article: str = "en-1") -> list[str]:
    """Give what miriam settled, as a program reads it that starts now."""
    project = open_project(workspace)
    try:
        assert check_log(project.engine) == ()
        with labelling(project, article, "miriam") as session:
            return [item.mention.quote for item in session.in_order() if item.disposition]
    finally:
        project.close()


@contextmanager
def at_work(workspace: Path) -> Iterator[tuple[Session, list[SaveState]]]:
    """Give a session of miriam on `en-1`, and all that it says of saving."""
    project = open_project(workspace)
    said: list[SaveState] = []
    with labelling(project, "en-1", "miriam") as session:
        session.on_save = said.append
        yield session, said
    project.close()


def label(session: Session, first: int, last: int) -> list[str]:
    items = session.in_order()[first:last]
    for item in items:
        confirm(session, item)
    return [item.mention.quote for item in items]


def outlasts(workspace: Path, waits: Waits, begin: Callable[[], None], end: Callable[[], None], *told: str) -> None:
    """What is decided while the disk fails is never called saved, is kept, and is saved when the disk is well again."""
    with at_work(workspace) as (session, said):
        first = label(session, 0, 2)
        waits(lambda: session.save_state.state == "saved")
        begin()
        del said[:]
        second = label(session, 2, 5)
        waits(lambda: session.save_state.state == "failing")
        refusal = session.save_state.refusal
        assert refusal is not None
        assert refusal.exit == 3
        assert any(one in str(refusal) for one in told), str(refusal)
        assert "\n" not in str(refusal)
        third = label(session, 5, 6)
        assert {state.state for state in said} == {"saving", "failing"}
        assert session.save_state.pending == 4
        end()
        waits(lambda: session.save_state.state == "saved")
    assert quotes(workspace) == first + second + third


def test_a_full_disk_in_mid_session(disk: Disk, on_disk: Path, waits: Waits) -> None:
    outlasts(on_disk, waits, disk.fill, disk.make_room, "the disk is full. Make room")


FAILURES = {
    "quota": (errno.EDQUOT, ("the disk is full", "the disk reports an error")),
    "input and output": (errno.EIO, ("the disk reports an error. Check the disk",)),
    "read-only": (errno.EROFS, ("the disk reports an error", "it cannot be written to")),
    "no permission": (errno.EACCES, ("the disk reports an error", "it cannot be written to")),
}


@pytest.mark.parametrize("fault", FAILURES)
def test_a_disk_that_fails_in_mid_session(
    fault: str, workspace: Path, other_disk: Callable[[str], OtherDisk], waits: Waits
) -> None:
    far = other_disk("fuse.quota")
    there = Path(shutil.copytree(workspace, far.point / "syria"))
    number, told = FAILURES[fault]
    outlasts(there, waits, lambda: far.fails_with(number), lambda: far.fails_with(None), *told)


def test_a_quota_that_is_used_up_when_a_verb_begins(
    workspace: Path, other_disk: Callable[[str], OtherDisk], annotator: Annotator
) -> None:
    far = other_disk("fuse.quota")
    there = Path(shutil.copytree(workspace, far.point / "syria"))
    far.fails_with(errno.EDQUOT)
    said = annotator(there, "import")
    assert said.status == 3
    assert said.err.splitlines()[-2:] == [
        f"annotator: The workspace {there} cannot be written to (Disk quota exceeded), so no decision could be saved.",
        "  Make room.",
    ]
    far.fails_with(None)
    assert annotator(there, "import").status == 0


def test_a_disk_that_may_only_be_read_when_an_article_is_opened(
    disk: Disk, on_disk: Path, remount: Callable[[Path, str], None], annotator: Annotator
) -> None:
    remount(disk.point, "ro")
    for verb in (("label", "en-1", "--as", "miriam"), ("import",), ("assign",), ("store", "upgrade")):
        said = annotator(on_disk, *verb)
        assert said.status == 3
        assert "cannot be written to (Read-only file system)" in said.err
        assert "Make it writable" in said.err
    remount(disk.point, "rw")
    assert annotator(on_disk, "assign").status == 0


WITHOUT_PRIVILEGES = """
import ctypes, os, sys
for capability in (1, 2, 3):  # to write, to read and to own whatever one likes
    ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)
os.execv(sys.argv[1], sys.argv[1:])
"""


def test_no_permission(workspace: Path) -> None:
    work = workspace / ".annotator"
    command = [str(Path(sys.executable).parent / "annotator"), "label", "en-1", "--as", "noor"]
    if os.geteuid() == 0:  # whom permissions do not bind until those privileges are gone
        command = [sys.executable, "-c", WITHOUT_PRIVILEGES, *command]
    work.chmod(0o555)
    try:
        done = subprocess.run(command, cwd=workspace, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    finally:
        work.chmod(0o755)
    assert done.returncode == 3, done.stderr
    assert "cannot be written to (Permission denied), so no decision could be saved" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.terminal
def test_the_screen_says_that_the_disk_is_full_and_saves_once_there_is_room(disk: Disk, on_disk: Path) -> None:
    terminal = Terminal(on_disk, "label", "en-1", "--as", "miriam")
    terminal.wait("saved ✓", "0 of")
    terminal.press("a")
    terminal.wait("1 of", "saved ✓")
    disk.fill()
    terminal.press("a")
    terminal.wait("2 of", "NOT SAVED: 1 waiting", "the disk is full. Make room")
    terminal.press("x")
    terminal.wait("3 of", "NOT SAVED: 2 waiting")
    assert "saved ✓" not in terminal.shown
    terminal.press("q")
    terminal.wait("2 decisions not saved", "Press again to leave anyway")
    disk.make_room()
    terminal.wait("saved ✓", "Everything is saved again")
    terminal.press("q")
    terminal.wait("state")
    terminal.press("q")
    assert terminal.end() == 0
    assert len(quotes(on_disk)) == 3


@pytest.mark.terminal
def test_who_leaves_a_full_disk_is_told_what_is_not_saved(disk: Disk, on_disk: Path) -> None:
    terminal = Terminal(on_disk, "label", "en-1", "--as", "miriam")
    terminal.wait("saved ✓", "0 of")
    terminal.press("a")
    terminal.wait("1 of", "saved ✓")
    disk.fill()
    terminal.press("a")
    terminal.wait("NOT SAVED: 1 waiting")
    terminal.press("\x11")
    terminal.wait("Press again to leave anyway")
    terminal.press("\x11")
    assert terminal.end() == 3
    assert "annotator: 1 decision on en-1 could not be saved." in terminal.shown
    assert "Traceback" not in terminal.shown
    disk.make_room()
    assert len(quotes(on_disk)) == 1


def test_an_article_that_does_not_fit_leaves_nothing_of_it(disk: Disk, on_disk: Path, annotator: Annotator) -> None:
    new = disk.point.parent / "new-1.txt"
    new.write_text("Shelling killed two people in Aleppo.\n" * 2_000, encoding="utf-8")
    before = sorted(path.name for path in (on_disk / "seeds").iterdir())
    told = []
    for free_pages in (0, 5, 20, 30):  # from 20 on the file finds room, and what the store keeps of it does not
        disk.fill(free_pages)
        said = annotator(on_disk, "import", new)
        assert said.status == 3
        told.append(said.err.splitlines()[0])
        if "new-1.txt was not written: the disk is full" in told[-1]:
            assert sorted(path.name for path in (on_disk / "seeds").iterdir()) == before
    assert "new-1.txt was not written: the disk is full" in told[0]
    assert "work.db: the disk is full" in told[-1]
    disk.make_room()
    assert annotator(on_disk, "import", new).status == 0
    project = open_project(on_disk)
    assert [one.article_id for one in list_articles(project.engine) if one.candidates] == ["ar-1", "en-1", "new-1"]
    project.close()


def test_many_articles_on_a_disk_that_fills_up_are_taken_in_whole_or_not(disk: Disk, on_disk: Path) -> None:
    files = [disk.point.parent / f"n-{number}.txt" for number in range(30)]
    for number, file in enumerate(files):
        file.write_text(f"Shelling killed {number + 2} people in Aleppo.\n" * 300, encoding="utf-8")
    project = open_project(on_disk)
    disk.fill(50)
    refused = copy_into_corpus(project, files)
    assert {refusal.code for refusal in refused} == {"file.not-written"}
    with pytest.raises(Refusal, match="the disk is full") as stopped:
        import_corpus(project)
    assert stopped.value.exit == 3
    for stored in list_articles(project.engine):
        if stored.article_id.startswith("n-"):
            whole = (disk.point.parent / f"{stored.article_id}.txt").read_text(encoding="utf-8")
            assert get_article(project.engine, stored.article_id).text == whole
    disk.make_room()
    assert copy_into_corpus(project, files) == []
    assert import_corpus(project).refusals == []
    assert len([one for one in list_articles(project.engine) if one.candidates is not None]) == 32
    project.close()


def test_half_a_release_is_never_to_be_seen(
    disk: Disk, on_disk: Path, settle: Callable[[Path], None], annotator: Annotator
) -> None:
    settle(on_disk)
    refused = 0
    for free_pages in (0, 1, 2, 4, 6, 8, 10, 12):
        disk.fill(free_pages)
        said = annotator(on_disk, "release")
        visible = [path.name for path in (on_disk / "gold").iterdir() if not path.name.startswith(".")]
        if said.status == 0:
            assert visible == ["1.0.0", "CHANGELOG.md"] or set(visible) == {"1.0.0", "CHANGELOG.md"}
            break
        refused += 1
        assert said.status == 3
        assert "the disk is full" in said.err
        if "is released, but its entry in the changelog is not written" in said.err:
            assert visible == ["1.0.0"]
            break
        assert visible == []
    assert refused >= 3
    disk.make_room()
    annotator(on_disk, "release")
    (path,) = list_releases(on_disk / "gold")
    release, problems = verify_release(path)
    assert release is not None
    assert problems == ()
    assert not [path for path in (on_disk / "gold").iterdir() if path.name.startswith(".")]


def test_an_export_that_does_not_fit_leaves_the_earlier_file(
    disk: Disk, on_disk: Path, settle: Callable[[Path], None], annotator: Annotator
) -> None:
    settle(on_disk)
    out = disk.point / "log.jsonl"
    assert annotator(on_disk, "export", "--to", "decisions", "--out", out).status == 0
    before = out.read_bytes()
    disk.fill(2)
    said = annotator(on_disk, "export", "--to", "decisions", "--out", out)
    assert said.status == 3
    assert said.err.startswith(f"annotator: {out} was not written: the disk is full.")
    assert out.read_bytes() == before
    disk.make_room()
    assert annotator(on_disk, "export", "--to", "decisions", "--out", out).status == 0
    assert out.read_bytes() == before


@pytest.mark.parametrize("verb", ["status", "status --json", "suggest", "export --to decisions", "store status"])
def test_output_that_goes_to_a_full_disk_is_told_in_a_sentence(workspace: Path, verb: str) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no device that is always full")
    command = [str(Path(sys.executable).parent / "annotator"), *verb.split()]
    with full.open("wb") as out:
        done = subprocess.run(command, cwd=workspace, stdout=out, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 3
    assert done.stderr.splitlines()[-2:] == [
        "annotator: The output could not be written: No space left on device.",
        "  Make room, and run it again.",
    ]
    assert "Traceback" not in done.stderr


@pytest.mark.postgres
def test_the_journal_of_what_is_not_sent_on_a_full_disk(
    disk: Disk, on_disk: Path, databases: Callable[[], str], monkeypatch: pytest.MonkeyPatch, waits: Waits
) -> None:
    url, door = databases(), databases()
    monkeypatch.setenv("ANNOTATOR_STORE", url)
    project = open_project(on_disk)
    import_corpus(project)
    keeper = open_engine(door)

    def let_in(whether: bool) -> None:
        name = project.engine.url.database
        with writing(keeper) as connection:
            connection.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS {whether}"))
            close = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name")
            connection.execute(close, {"name": name})

    with labelling(project, "en-1", "miriam") as session:
        said: list[SaveState] = []
        session.on_save = said.append
        label(session, 0, 1)
        waits(lambda: session.save_state.state == "saved")
        disk.fill()
        let_in(False)
        del said[:]
        label(session, 1, 4)
        waits(lambda: session.save_state.state == "failing")
        assert not any(state.all_kept or state.state == "saved" for state in said)
        disk.make_room()
        waits(lambda: session.save_state.all_kept)
        assert [one.decisions for one in waiting_to_go(project)] == [3]
        let_in(True)
        waits(lambda: session.save_state.state == "saved")
    assert waiting_to_go(project) == []
    assert list(folder_of(project.workspace.work, url).glob("*")) == []
    assert check_log(project.engine) == ()
    project.close()
    keeper.dispose()


OLDER = """
import sys
from alembic import command
from alembic.config import Config
from annotator.store import migrate
from annotator.store.engine import open_engine, writing
from pathlib import Path
config = Config()
config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
engine = open_engine(sys.argv[1])
with writing(engine) as connection:
    config.attributes["connection"] = connection
    command.upgrade(config, "0004")
engine.dispose()
"""


def test_an_upgrade_that_does_not_fit_changes_nothing(disk: Disk) -> None:
    url = file_url(disk.point / "work.db")
    subprocess.run([sys.executable, "-c", OLDER, url], check=True)
    engine = open_engine(url)
    assert shape_of(engine) == "0004"
    for free_pages in (0, 3, 6):
        disk.fill(free_pages)
        with pytest.raises(Refusal, match="the disk is full") as refused:
            bring_up_to_date(engine)
        assert refused.value.exit == 3
        assert shape_of(engine) == "0004"
    disk.make_room()
    bring_up_to_date(engine)
    assert shape_of(engine) == HEAD
    engine.dispose()


def test_a_copy_and_a_recovery_that_do_not_fit(
    disk: Disk, on_disk: Path, settle: Callable[[Path], None], annotator: Annotator
) -> None:
    settle(on_disk)
    store, copy, saved = on_disk / ".annotator" / "work.db", disk.point / "copy.db", disk.point / "saved.db"
    before = store.read_bytes()
    for free_pages in (0, 10, 40):
        disk.fill(free_pages)
        said = annotator(on_disk, "store", "copy", file_url(copy))
        assert said.status == 3
        assert "the disk is full" in said.err
        said = annotator(on_disk, "store", "recover", "--out", saved)
        assert said.status == 3
        assert "the disk is full" in said.err
        assert not [path.name for path in disk.point.glob("saved*")]
    assert store.read_bytes() == before
    disk.make_room()
    assert annotator(on_disk, "store", "copy", file_url(copy)).status == 0
    assert annotator(on_disk, "store", "recover", "--out", saved).status == 0
    logs = []
    for path in (store, copy, saved):
        engine = open_engine(file_url(path))
        with engine.connect() as connection:
            logs.append(connection.execute(text("SELECT person, person_seq, hash FROM decision ORDER BY 1, 2")).all())
        engine.dispose()
    assert logs[0] == logs[1] == logs[2]
    assert len(logs[0]) > 50


def test_five_sessions_each_on_a_disk_that_fails_twice_in_another_way() -> None:
    command = [sys.executable, "-m", "benchmarks.faults_disk", "failing", "--times", "1", "--json"]
    root = Path(__file__).parents[2]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=280, check=False)
    if "nothing can be mounted here" in done.stderr:
        pytest.skip(done.stderr.strip())
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert len(found) == 5
    for fault, counts in found.items():
        assert (counts["sessions"], counts["failures"], counts["made"]) == (1, 2, 32), fault
        assert (counts["lost"], counts["doubled"], counts["broken"], counts["said_saved"]) == (0, 0, 0, 0), fault
        assert all("\n" not in told and told[0].islower() for told in counts["told"])
