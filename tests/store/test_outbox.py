"""What a server did not acknowledge stands on this machine's disk, and counts once when it is sent again."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from annotator.errors import Refusal
from annotator.model.article import Article
from annotator.model.decision import Decision
from annotator.store import writer as writers
from annotator.store.engine import writing
from annotator.store.log import Standing, check_log, decisions_on
from annotator.store.outbox import Outbox, all_waiting, folder_of
from annotator.store.writer import SaveState, Writer

URL = "postgresql://db/x"
Make = Callable[..., Decision]


@pytest.fixture
def text_of(make_article: Callable[..., Article]) -> Article:
    return make_article()


@pytest.fixture
def outbox(tmp_path: Path, text_of: Article) -> Outbox:
    return Outbox(tmp_path, URL, "a1", text_of.article_id, text_of.text_sha256)


def test_what_is_put_in_waits_in_order_until_it_is_taken_out(
    outbox: Outbox, text_of: Article, make_decision: Make, tmp_path: Path
) -> None:
    assert (outbox.waiting(), all_waiting(tmp_path, URL)) == ([], [])
    outbox.put([make_decision("one", text_of), make_decision("two", text_of)])
    outbox.put([make_decision("one", text_of), make_decision("three", text_of)])
    assert [decision.id for decision in outbox.waiting()] == ["one", "two", "three"]
    [waiting] = all_waiting(tmp_path, URL)
    assert (waiting.person, waiting.article_id, waiting.stage, waiting.decisions) == ("a1", "001", "label", 3)
    assert all_waiting(tmp_path, "postgresql://db/other") == []
    outbox.clear()
    outbox.clear()
    assert outbox.waiting() == []


def test_a_torn_line_costs_nothing_that_stands_before_or_behind_it(
    outbox: Outbox, text_of: Article, make_decision: Make, tmp_path: Path
) -> None:
    outbox.put([make_decision("one", text_of), make_decision("two", text_of)])
    [path] = folder_of(tmp_path, URL).iterdir()
    path.write_bytes(path.read_bytes()[:-40])
    outbox.put([make_decision("three", text_of)])
    assert [decision.id for decision in outbox.waiting()] == ["one", "three"]


def test_wherever_it_is_cut_every_whole_line_is_read_and_the_half_one_is_kept_aside(
    outbox: Outbox, text_of: Article, make_decision: Make, tmp_path: Path
) -> None:
    made = [make_decision(name, text_of) for name in ("one", "two", "three")]
    outbox.put(made)
    [path] = folder_of(tmp_path, URL).iterdir()
    whole = path.read_bytes()
    ends = [at for at, byte in enumerate(whole) if whole[at - 1 : at + 1] == b"}\n"]
    for cut in range(len(whole)):
        path.write_bytes(whole[:cut])
        assert outbox.waiting() == made[: sum(end <= cut for end in ends)]
        outbox.clear()
        aside = path.with_suffix(".unreadable")
        kept = aside.read_bytes().strip() if aside.exists() else b""
        half = whole[:cut].rpartition(b"\n")[2]
        assert kept == (b"" if cut in ends else half)
        aside.unlink(missing_ok=True)
        assert not path.exists()


def test_garbage_in_it_is_kept_aside_and_costs_nothing_else(
    outbox: Outbox, text_of: Article, make_decision: Make, tmp_path: Path
) -> None:
    outbox.put([make_decision("one", text_of)])
    [path] = folder_of(tmp_path, URL).iterdir()
    odd = [b"\xff\x00\xfe", b'{"made_by": "a newer program"}', b"[" * 10_000, b"9" * 9_999, b'"\\ud800"']
    path.write_bytes(path.read_bytes() + b"\n".join(odd) + b"\n")
    outbox.put([make_decision("two", text_of)])
    assert [decision.id for decision in outbox.waiting()] == ["one", "two"]
    outbox.clear()
    assert [line for line in path.with_suffix(".unreadable").read_bytes().split(b"\n") if line] == odd
    assert all_waiting(tmp_path, URL) == []


def test_one_that_cannot_be_read_is_refused_and_stays(
    outbox: Outbox, text_of: Article, make_decision: Make, tmp_path: Path
) -> None:
    outbox.put([make_decision("one", text_of)])
    [path] = folder_of(tmp_path, URL).iterdir()
    path.rename(path.with_suffix(".elsewhere"))
    path.mkdir()
    with pytest.raises(Refusal, match="in which decisions wait to be sent, could not be read: Is a directory"):
        outbox.waiting()


def test_others_of_this_machine_cannot_read_it(
    outbox: Outbox, text_of: Article, make_decision: Make, tmp_path: Path
) -> None:
    outbox.put([make_decision("one", text_of)])
    [path] = folder_of(tmp_path, URL).iterdir()
    assert path.stat().st_mode & 0o077 == 0


# With a writer


def test_a_store_that_refuses_leaves_all_on_this_machine_and_gets_it_once(
    engine: Engine,
    article: Article,
    outbox: Outbox,
    make_decision: Make,
    make_standing: Callable[..., Standing],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(writers, "_FIRST_RETRY", 0.02)
    away, failing = threading.Event(), threading.Event()
    append = writers.append

    def sometimes(*said: object) -> None:
        if not away.is_set():
            raise Refusal("store.unreachable", "It does not answer.")
        append(*said)  # type: ignore[arg-type]

    def told(state: SaveState) -> None:
        if state.state == "failing" and state.all_kept:
            failing.set()

    monkeypatch.setattr(writers, "append", sometimes)
    writer = Writer(engine, 0, told, outbox)
    for number in range(3):
        writer.submit(make_decision(str(number), article), make_standing(article))
    assert failing.wait(20)
    assert [decision.id for decision in outbox.waiting()] == ["0", "1", "2"]
    away.set()
    assert writer.close(20)
    assert outbox.waiting() == []
    logged = decisions_on(engine, "a1", article.article_id, article.text_sha256)
    assert [decision.id for decision in logged] == ["0", "1", "2"]


def test_a_disk_that_refuses_keeps_nothing_from_the_store(
    engine: Engine, article: Article, tmp_path: Path, make_decision: Make, make_standing: Callable[..., Standing]
) -> None:
    (tmp_path / "outbox").write_text("no folder")
    blocked = Outbox(tmp_path, URL, "a1", article.article_id, article.text_sha256)
    writer = Writer(engine, 0, lambda _: None, blocked)
    writer.submit(make_decision("one", article), make_standing(article))
    assert writer.close(20)
    assert check_log(engine) == ()


def test_what_is_decided_between_two_tries_is_put_by_at_once(
    engine: Engine,
    article: Article,
    outbox: Outbox,
    make_decision: Make,
    make_standing: Callable[..., Standing],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*said: object) -> None:
        raise Refusal("store.unreachable", "It does not answer.")

    monkeypatch.setattr(writers, "append", refuse)
    monkeypatch.setattr(writers, "_FIRST_RETRY", 3600.0)
    kept = {number: threading.Event() for number in range(4)}
    writer = Writer(engine, 0, lambda state: kept[state.kept].set(), outbox)
    for number in range(3):
        writer.submit(make_decision(str(number), article), make_standing(article))
        assert kept[number + 1].wait(20)
    assert writer.state.all_kept
    assert [decision.id for decision in outbox.waiting()] == ["0", "1", "2"]
    assert writer.close(3600) is False  # all is kept: nobody waits an hour for the next try


def test_a_writer_that_is_closed_takes_nothing_out_that_another_one_put_in(
    engine: Engine,
    article: Article,
    outbox: Outbox,
    make_decision: Make,
    make_standing: Callable[..., Standing],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    append, begun, let_go = writers.append, threading.Event(), threading.Event()

    def slowly(*said: object) -> None:
        begun.set()
        assert let_go.wait(20)
        append(*said)  # type: ignore[arg-type]

    monkeypatch.setattr(writers, "append", slowly)
    writer = Writer(engine, 0, lambda _: None, outbox)
    writer.submit(make_decision("one", article), make_standing(article))
    assert begun.wait(20)
    assert writer.close(0) is False
    outbox.put([make_decision("two", article)])
    let_go.set()
    writer._thread.join(20)
    assert [decision.id for decision in outbox.waiting()] == ["one", "two"]
    assert [one.id for one in decisions_on(engine, "a1", article.article_id, article.text_sha256)] == ["one"]


# As somebody works

WORK = """
import os, signal, sys
from annotator.errors import Refusal
from annotator.workflow.labelling import labelling
from annotator.workflow.mention_edits import confirm
from annotator.workflow.project import open_project
from sqlalchemy import text
from annotator.store import writer
from pathlib import Path
project = open_project(Path.cwd())
with labelling(project, "en-1", "noor") as session:
    for item in session.in_order()[:2]:
        confirm(session, item)
    session._writer.drain(30)

    def refuse(*said):
        raise Refusal("store.unreachable", "It does not answer.")

    writer.append = refuse
    for item in session.in_order()[2:5]:
        confirm(session, item)
    while not session.save_state.all_kept:
        pass
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.postgres
def test_a_program_that_is_killed_while_the_server_is_away_loses_nothing(
    workspace: Path, databases: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from annotator.workflow.importing import import_corpus
    from annotator.workflow.outgoing import send_waiting, waiting_to_go
    from annotator.workflow.project import open_project

    url = databases()
    monkeypatch.setenv("ANNOTATOR_STORE", url)
    project = open_project(workspace)
    import_corpus(project)
    killed = subprocess.run([sys.executable, "-c", WORK], cwd=workspace, env=dict(os.environ), check=False)
    assert killed.returncode == -9
    assert [one.decisions for one in waiting_to_go(project)] == [3]
    assert send_waiting(project) == "Sent from this machine, where the store had not answered: 3 decisions."
    assert waiting_to_go(project) == []
    assert send_waiting(project) == ""
    with writing(project.engine) as connection:
        assert connection.execute(text("SELECT count(*) FROM decision")).scalar() == 5
    assert check_log(project.engine) == ()
    project.close()
