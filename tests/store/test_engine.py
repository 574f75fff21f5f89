"""Which journal is safe, which URLs name a store, and what a person reads when a store refuses."""

import socket
import sqlite3
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, QueuePool, event, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from annotator.errors import Exit, Refusal
from annotator.store import engine as engines
from annotator.store.articles import list_articles
from annotator.store.engine import (
    file_url,
    journal_mode,
    one_at_a_time,
    open_engine,
    reading,
    reading_on,
    wal_is_safe,
    writing,
)
from annotator.store.migrate import bring_up_to_date
from annotator.store.people import pseudonym_of


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 7, 0), False),
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 44, 7), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
        ((4, 0, 0), True),
    ],
)
def test_wal_is_used_only_where_it_keeps_every_commit(
    version: tuple[int, int, int], safe: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert wal_is_safe(version) is safe
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    assert journal_mode() == ("WAL" if safe else "TRUNCATE")


def pragma(engine: Engine, name: str) -> object:
    with reading(engine) as connection:
        return connection.execute(text(f"PRAGMA {name}")).scalar()


def test_every_commit_waits_for_the_disk(sqlite_engine: Engine) -> None:
    assert pragma(sqlite_engine, "journal_mode") == journal_mode().lower()
    assert pragma(sqlite_engine, "synchronous") == 2
    assert pragma(sqlite_engine, "foreign_keys") == 1


def test_a_store_in_another_journal_mode_is_brought_to_the_safe_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for mode in ("WAL", "TRUNCATE", "WAL"):
        monkeypatch.setattr(engines, "journal_mode", lambda mode=mode: mode)
        engine = open_engine(file_url(tmp_path / "work.db"))
        assert pragma(engine, "journal_mode") == mode.lower()
        engine.dispose()


def test_a_server_compiles_nothing_just_in_time(engine: Engine) -> None:
    if engine.dialect.name == "postgresql":
        with reading(engine) as connection:
            assert connection.execute(text("SHOW jit")).scalar() == "off"


def test_readers_hold_no_lock(engine: Engine) -> None:
    with reading(engine) as reader:
        reader.execute(text("SELECT name FROM person")).all()
        with writing(engine) as connection:
            connection.execute(text("INSERT INTO person VALUES ('Ann', 'label', 'a1')"))
        assert reader.execute(text("SELECT name FROM person")).scalars().all() == ["Ann"]


def test_a_transaction_that_fails_leaves_nothing(engine: Engine) -> None:
    for _ in range(2):  # on a fresh connection, and on one that was used
        with pytest.raises(KeyError), writing(engine) as connection:
            connection.execute(text("INSERT INTO person VALUES ('Ann', 'label', 'a1')"))
            connection.execute(text("CREATE TABLE other (x INTEGER)"))
            raise KeyError
        with reading(engine) as connection:
            assert connection.execute(text("SELECT count(*) FROM person")).scalar() == 0


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nonsense",
        "sqlite://",
        "postgresql://ann:geheim@host/name?plugin=unheard_of",
        "postgresql://ann:geheim@host/name?password=geheim&port=x",
        "sqlite:///:memory:",
        "sqlite:///file:x?mode=memory&uri=true",
        "sqlite:///work.db?timeout=soon",
        "sqlite:///work.db?isolation_level=DEFERRED",
        "sqlite:///work.db?plugin=unheard_of",
        "sqlite://host/work.db",
        "sqlite://ann:geheim@host/work.db",
        "sqlite:///work\0.db",
        "mysql://ann:geheim@host/name",
        "postgres://ann:geheim@host/name?password=geheim",
        "postgresql://ann:geheim@host:port/name",
        "post gresql://ann:ge@heim@host/name?password=geheim",
    ],
)
def test_what_names_no_store_is_refused_and_tells_no_password(url: str) -> None:
    with pytest.raises(Refusal, match="names no store") as refusal:
        open_engine(url)
    assert (refusal.value.code, refusal.value.exit) == ("store.unreachable", Exit.ENVIRONMENT)
    assert "heim" not in str(refusal.value)


@pytest.mark.parametrize("name", ["what? a #hash", "100%25 @home:x", "بيانات"])
def test_a_store_may_lie_under_any_name(name: str, tmp_path: Path) -> None:
    (tmp_path / name).mkdir()
    engine = open_engine(file_url(tmp_path / name / "work.db"))
    bring_up_to_date(engine)
    engine.dispose()
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name / "work.db").stat().st_size


def refused(engine: Engine) -> Refusal:
    try:
        with pytest.raises(Refusal) as refusal:
            bring_up_to_date(engine)
    finally:
        engine.dispose()
    assert refusal.value.exit == Exit.ENVIRONMENT
    assert "\n" not in refusal.value.what
    assert refusal.value.do
    return refusal.value


def test_a_file_of_rubbish(tmp_path: Path) -> None:
    (tmp_path / "work.db").write_bytes(b"rubbish " * 1000)
    refusal = refused(open_engine(file_url(tmp_path / "work.db")))
    assert refusal.code == "store.corrupt"
    assert "no SQLite database" in refusal.what
    assert (tmp_path / "work.db").read_bytes() == b"rubbish " * 1000


def test_a_damaged_file(sqlite_engine: Engine, tmp_path: Path) -> None:
    sqlite_engine.dispose()
    with (tmp_path / "work.db").open("r+b") as file:
        file.seek(100)
        file.write(b"\xff" * 8000)
    refusal = refused(open_engine(file_url(tmp_path / "work.db")))
    assert (refusal.code, "damaged" in refusal.what) == ("store.corrupt", True)


def test_a_folder_that_is_missing(tmp_path: Path) -> None:
    refusal = refused(open_engine(file_url(tmp_path / "no" / "work.db")))
    assert (refusal.code, "cannot be opened" in refusal.what) == ("store.unreachable", True)


def test_a_disk_that_may_only_be_read(
    small_disk: Callable[[str], Path], remount: Callable[[Path, str], None], sqlite_engine: Engine
) -> None:
    disk = small_disk("size=4m")
    with closing(sqlite3.connect(disk / "made.db")) as made, closing(sqlite3.connect(disk / "empty.db")) as empty:
        sqlite_engine.raw_connection().backup(made)  # type: ignore[attr-defined]
        empty.execute("VACUUM")
    remount(disk, "ro")
    assert refused(open_engine(file_url(disk / "empty.db"))).code == "workspace.read-only"
    engine = open_engine(file_url(disk / "made.db"))
    bring_up_to_date(engine)
    assert list_articles(engine) == []
    with pytest.raises(Refusal) as refusal:
        pseudonym_of(engine, "Ann", "label")
    assert refusal.value.code == "workspace.read-only"
    engine.dispose()


def test_a_full_disk(small_disk: Callable[[str], Path]) -> None:
    disk = small_disk("size=16k")
    (disk / "ballast").write_bytes(b"x" * 8192)
    refusal = refused(open_engine(file_url(disk / "work.db")))
    assert (refusal.code, "full" in refusal.what) == ("store.not-written", True)


def test_a_locked_store(sqlite_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "_PATIENCE", 0.05)
    engine = open_engine(file_url(tmp_path / "work.db"))
    with (
        writing(sqlite_engine),
        pytest.raises(Refusal, match="another program") as refusal,
        writing(engine),
    ):
        raise AssertionError("two transactions at a time")
    assert refusal.value.code == "store.not-written"
    engine.dispose()


@pytest.mark.parametrize("secret", ["ann:geheim@{}/name", "ann@{}/name?password=geheim"])
def test_a_server_that_is_not_there(secret: str) -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: nobody answers on it
        host = f"127.0.0.1:{taken.getsockname()[1]}"
        refusal = refused(open_engine("postgresql://" + secret.format(host)))
    assert refusal.code == "store.unreachable"
    assert "does not answer" in refusal.what
    assert host in refusal.what
    assert "geheim" not in str(refusal)


@pytest.mark.parametrize(
    ("option", "said"),
    [("nix=1", "invalid connection option"), ("sslmode=nix", "sslmode")],
)
def test_an_option_that_a_server_does_not_know(option: str, said: str) -> None:
    refusal = refused(open_engine(f"postgresql://ann:geheim@127.0.0.1:1/name?password=geheim&{option}"))
    assert refusal.code == "store.unreachable"
    assert said in refusal.what
    assert "geheim" not in str(refusal)


@pytest.mark.postgres
def test_a_database_that_is_not_there(server: Callable[[str], str]) -> None:
    refusal = refused(open_engine(server("nowhere")))
    assert (refusal.code, "nowhere" in refusal.what) == ("store.unreachable", True)
    assert "does not let you in" in refusal.what


@pytest.mark.postgres
def test_a_program_keeps_two_connections_to_a_server(databases: Callable[[], str]) -> None:
    engine = open_engine(databases())
    with ExitStack() as held:
        for _ in range(4):
            held.enter_context(engine.connect())
    assert isinstance(engine.pool, QueuePool)
    assert engine.pool.checkedin() == 2
    engine.dispose()


@pytest.mark.postgres
def test_reading_over_one_connection_asks_once_whether_it_lives(databases: Callable[[], str]) -> None:
    engine = open_engine(databases())
    asked = list[str]()
    event.listen(engine, "checkout", lambda *_: asked.append("out"))
    with reading_on(engine):
        for _ in range(3):
            with reading(engine) as connection:
                connection.execute(text("SELECT 1"))
    assert asked == ["out"]
    with reading(engine):
        assert asked == ["out", "out"]
    engine.dispose()


@pytest.mark.postgres
def test_a_wrong_password_is_no_server_that_is_away(asking_server: Callable[[str], str]) -> None:
    refusal = refused(open_engine(asking_server("postgres").replace("postgres:@", "stranger:geheim@")))
    assert (refusal.code, "does not let you in" in refusal.what) == ("store.unreachable", True)
    assert "password" in refusal.do
    assert "geheim" not in str(refusal)


@pytest.mark.postgres
def test_a_server_that_gives_no_rights(databases: Callable[[], str]) -> None:
    url = databases()
    owner = open_engine(url)
    bring_up_to_date(owner)
    with writing(owner) as connection:
        connection.execute(text("DROP ROLE IF EXISTS guest"))
        # With a password: another test may have told the server to ask for one.
        connection.execute(text("CREATE ROLE guest LOGIN PASSWORD 'geheim'"))
    owner.dispose()
    guest = open_engine(url.replace("postgres:@", "guest:geheim@"))
    with pytest.raises(Refusal, match="rights") as refusal:
        list_articles(guest)
    assert refusal.value.code == "store.unreachable"
    guest.dispose()


@pytest.mark.postgres
def test_a_server_that_may_only_be_read(databases: Callable[[], str]) -> None:
    url = databases()
    owner = open_engine(url)
    with writing(owner) as connection:
        connection.execute(text(f"ALTER DATABASE {owner.url.database} SET default_transaction_read_only = on"))
    owner.dispose()
    assert refused(open_engine(url)).code == "workspace.read-only"


@pytest.mark.postgres
def test_a_connection_that_was_cut_is_made_anew(databases: Callable[[], str]) -> None:
    engine, other = (open_engine(url) for url in [databases()] * 2)
    cut = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = :pid")
    with pytest.raises(Refusal, match="does not answer") as refusal, writing(engine) as connection:
        pid = connection.execute(text("SELECT pg_backend_pid()")).scalar()
        with writing(other) as killer:
            killer.execute(cut, {"pid": pid})
        connection.execute(text("SELECT 1"))
    assert refusal.value.code == "store.unreachable"
    with writing(engine) as connection:
        assert connection.execute(text("SELECT 1")).scalar() == 1
    engine.dispose()
    other.dispose()


def test_tables_that_are_missing(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(text("DROP TABLE suggestions"))
    with pytest.raises(Refusal, match="tables are missing") as refusal:
        list_articles(engine)
    assert refusal.value.code == "store.corrupt"


@pytest.mark.parametrize("name", ["Mr Locked", "the disk is full", "malformed, not a database, read-only"])
def test_words_in_names_are_no_signs_of_trouble(name: str, engine: Engine) -> None:
    same = text("INSERT INTO person VALUES (:name, 'label', :pseudonym)")
    with writing(engine) as connection:
        connection.execute(same, {"name": name, "pseudonym": "a1"})
    with pytest.raises(IntegrityError), writing(engine) as connection:
        connection.execute(same, {"name": name, "pseudonym": "a2"})


def test_faults_in_our_own_sql_are_seen(engine: Engine) -> None:
    with pytest.raises(DBAPIError), writing(engine) as connection:
        connection.execute(text("SELEKT 1"))


def test_what_is_done_one_at_a_time_waits_for_the_other_transaction(engine: Engine) -> None:
    with writing(engine) as connection:
        one_at_a_time(connection, "this")
        if engine.dialect.name == "postgresql":
            free = text("SELECT pg_try_advisory_xact_lock(hashtextextended(:what, 0))")
            with writing(engine) as other:
                assert other.execute(free, {"what": "this"}).scalar() is False
                assert other.execute(free, {"what": "that"}).scalar() is True
