"""A server that says nothing: waited for while it lives, given up when it does not, and told of to all who ask."""

import threading
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine, text

from annotator.errors import Refusal
from annotator.store import patience
from annotator.store.engine import open_engine, reading, writing
from tests.own_server import OwnServer, own_server

pytestmark = pytest.mark.postgres

Waits = Callable[[Callable[[], bool]], None]


@pytest.fixture(scope="module")
def mortal_server() -> Iterator[OwnServer]:
    with own_server("fsync=off") as server:
        yield server


@pytest.fixture
def impatient(mortal_server: OwnServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    monkeypatch.setattr(patience, "PATIENCE", 0.2)
    monkeypatch.setattr(patience, "_REST", 0.2)
    engine = open_engine(mortal_server.url() + "?connect_timeout=2")
    yield engine
    engine.dispose()


def asked(engine: Engine, what: str) -> object:
    with reading(engine) as connection:
        return connection.execute(text(what)).scalar()


def answers(engine: Engine) -> bool:
    try:
        return asked(engine, "SELECT 1") == 1
    except Refusal:
        return False


def test_a_statement_may_take_longer_than_anybody_is_patient_with_a_dead_server(impatient: Engine) -> None:
    assert asked(impatient, "SELECT pg_backend_pid() FROM pg_sleep(1.5)")


def test_a_server_that_hangs_is_given_up_and_has_done_nothing_by_halves(
    impatient: Engine, mortal_server: OwnServer, waits: Waits
) -> None:
    with writing(impatient) as connection:
        connection.execute(text("CREATE TABLE half (number INT)"))
    with pytest.raises(Refusal, match="does not answer") as refusal, writing(impatient) as connection:
        connection.execute(text("INSERT INTO half VALUES (1)"))
        mortal_server.hang()
        connection.execute(text("INSERT INTO half VALUES (2)"))
    assert refusal.value.code == "store.unreachable"
    mortal_server.go_on()
    waits(lambda: answers(impatient))
    assert asked(impatient, "SELECT count(*) FROM half") == 0


def test_while_one_asks_a_silent_server_again_nobody_else_waits_for_it(
    impatient: Engine, mortal_server: OwnServer, waits: Waits, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert answers(impatient)
    mortal_server.hang()
    try:
        assert not answers(impatient)
        monkeypatch.setattr(patience, "_REST", 3600.0)
        told = list[str]()

        def ask() -> None:
            with pytest.raises(Refusal) as refusal:
                while True:  # until it is this one that finds it silent once more
                    try:
                        asked(impatient, "SELECT 1")
                    except Refusal as found:
                        if "asked last" not in str(found):
                            raise
            told.append(str(refusal.value))

        other = threading.Thread(target=ask)
        other.start()
        other.join()
        assert "timeout" in told[0]
        for _ in range(100):  # an hour of rest: had each of them waited, this would take minutes
            with pytest.raises(Refusal, match="asked last"):
                asked(impatient, "SELECT 1")
    finally:
        mortal_server.go_on()
