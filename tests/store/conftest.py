"""The stores that the tests run on: a SQLite file, and a PostgreSQL server that is started for them."""

import hashlib
import os
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from annotator.model.article import Article, Metadata
from annotator.model.decision import Decision, Rule
from annotator.store.articles import put_article
from annotator.store.engine import file_url, open_engine
from annotator.store.log import Standing
from annotator.store.migrate import bring_up_to_date

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


@pytest.fixture(autouse=True)
def no_store_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may have named a store of their own."""
    monkeypatch.delenv("ANNOTATOR_STORE", raising=False)
    assert "ANNOTATOR_STORE" not in os.environ
