"""The stores that the tests run on: a SQLite file, and a PostgreSQL server that is started for them."""

import hashlib
import os
import subprocess
import sys
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine

from annotator.model.article import Article, Metadata
from annotator.model.decision import Decision, Rule
from annotator.store.articles import put_article
from annotator.store.engine import file_url, open_engine
from annotator.store.log import Standing
from annotator.store.migrate import bring_up_to_date
from annotator.workflow.event_edits import make_event
from annotator.workflow.labelling import adjudicating, labelling
from annotator.workflow.mention_edits import confirm, reject
from annotator.workflow.project import open_project

ENGINES = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))


@pytest.fixture(params=ENGINES)
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Makes URLs of empty stores."""
    if request.param == "postgresql":
        make: Callable[[], str] = request.getfixturevalue("databases")
        return make
    return lambda: file_url(tmp_path / f"{uuid.uuid4().hex}.db")


@pytest.fixture
def url(new_url: Callable[[], str]) -> str:
    """The URL of an empty store."""
    return new_url()


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """A store with its tables."""
    engine = open_engine(url)
    bring_up_to_date(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def sqlite_engine(tmp_path: Path) -> Iterator[Engine]:
    """A SQLite store with its tables."""
    engine = open_engine(file_url(tmp_path / "work.db"))
    bring_up_to_date(engine)
    yield engine
    engine.dispose()


def _article(article_id: str = "001", text: str = "Six were killed.\n", **metadata: str) -> Article:
    digest = hashlib.sha256(text.encode()).hexdigest()
    described = Metadata.model_validate({"language": "en"} | metadata)
    return Article(article_id=article_id, text=text, raw_sha256=digest, text_sha256=digest, metadata=described)


@pytest.fixture
def make_article() -> Callable[..., Article]:
    """Makes an article: id, text, metadata."""
    return _article


@pytest.fixture
def article(engine: Engine) -> Article:
    """An article that is in the store."""
    put_article(engine, _article())
    return _article()


@pytest.fixture
def make_decision() -> Callable[..., Decision]:
    """Makes a decision on an article: id, article, person."""

    def make(decision_id: str, article: Article, person: str = "a1") -> Decision:
        return Decision(
            id=decision_id,
            person=person,
            article_id=article.article_id,
            text_sha256=article.text_sha256,
            stage="label",
            made_at=0,
            changes=(Rule(item=decision_id, choice="none"),),
        )

    return make


@pytest.fixture
def make_standing() -> Callable[..., Standing]:
    """Makes a standing on an article."""

    def make(
        article: Article, person: str = "a1", decisions: int = 0, cursor: int = 0, finished: bool = False
    ) -> Standing:
        return Standing(person, article.article_id, article.text_sha256, decisions, 0, finished, cursor)

    return make


Program = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def program() -> Iterator[Program]:
    """Starts a Python script in a process of its own; what still runs at the end is killed."""
    running: list[subprocess.Popen[str]] = []

    def start(script: str, *arguments: object) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-c", script, *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        return process

    yield start
    for process in running:
        process.kill()
        process.communicate()


@pytest.fixture
def together(program: Program) -> Callable[[str, list[tuple[object, ...]]], list[str]]:
    """Runs a script once for each tuple of arguments, all let go at one time; gives what each wrote.

    The script must write a line when it is ready, and then read one.
    """

    def run(script: str, crowd: list[tuple[object, ...]]) -> list[str]:
        processes = [program(script, *arguments) for arguments in crowd]
        for process in processes:
            assert process.stdout is not None
            if not process.stdout.readline():
                raise AssertionError(process.communicate()[1])
        for process in processes:
            assert process.stdin is not None
            process.stdin.write("\n")
            process.stdin.flush()
        wrote = []
        for process in processes:
            out, err = process.communicate(timeout=120)
            assert process.returncode == 0, err
            wrote.append(out)
        return wrote

    return run


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Mounts a file system in memory with the options given; `remount` changes them."""
    mounted: list[Path] = []

    @contextmanager
    def told() -> Iterator[None]:
        try:
            yield
        except (OSError, subprocess.CalledProcessError) as error:
            pytest.skip(f"no file system can be mounted here: {error}")

    def mount(options: str) -> Path:
        folder = tmp_path / f"disk{len(mounted)}"
        folder.mkdir()
        with told():
            subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], check=True, capture_output=True)
        mounted.append(folder)
        return folder

    yield mount
    for folder in mounted:
        subprocess.run(["umount", "-l", folder], check=True, capture_output=True)


@pytest.fixture
def remount() -> Callable[[Path, str], None]:
    """Changes the options of a mounted file system."""

    def change(folder: Path, options: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{options}", folder], check=True, capture_output=True)

    return change


@pytest.fixture
def waits() -> Callable[[Callable[[], bool]], None]:
    """Waits until something holds, and fails when it never does."""

    def wait(holds: Callable[[], bool]) -> None:
        pause = threading.Event()
        for _ in range(1500):
            if holds():
                return
            pause.wait(0.02)
        raise AssertionError("it never came to hold")

    return wait


@pytest.fixture(autouse=True)
def no_store_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may have named a store of their own."""
    monkeypatch.delenv("ANNOTATOR_STORE", raising=False)
    assert "ANNOTATOR_STORE" not in os.environ


@pytest.fixture(scope="session")
def settle() -> Callable[[Path], None]:
    """Makes a workspace of the tests ready for a release: two people label both articles, a third settles them."""

    def work(root: Path) -> None:
        project = open_project(root)
        for article in ("ar-1", "en-1"):
            for name in ("miriam", "noor"):
                with labelling(project, article, name) as session:
                    for item in session.in_order():
                        if item.mention.kind == "number" and name == "noor":
                            reject(session, item)
                        else:
                            confirm(session, item)
                    for item in session.in_order():
                        if item.mention.kind == "trigger":
                            make_event(session, item)
                    session.finish()
            with adjudicating(project, article, "lead") as adjudication:
                for one in adjudication.unsettled():
                    if one.id in {left.id for left in adjudication.unsettled()}:
                        adjudication.pick(one, one.answers[0])
                adjudication.finish()
        project.close()

    return work
