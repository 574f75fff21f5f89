"""Opening SQLite or PostgreSQL safely, and saying in words what they refuse. Knows no table and no query."""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, IntegrityError, OperationalError, ProgrammingError

from annotator.errors import Refusal
from annotator.store.turns import in_turn

_MENDED = ((3, 51, 3), (3, 50, 7), (3, 44, 6))
"""The first releases of their lines in which SQLite's WAL-reset bug is mended."""

_PATIENCE = 30
"""Seconds for which a writer waits while another program holds a SQLite file."""


def wal_is_safe(version: tuple[int, int, int]) -> bool:
    """Tell whether a SQLite of this version keeps every commit in WAL mode with several connections.

    Versions 3.7.0 to 3.51.2 can lose or corrupt commits there, save 3.50.7 and 3.44.6 onward in their lines.
    """
    return version >= _MENDED[0] or any(version[:2] == fixed[:2] and version >= fixed for fixed in _MENDED)


def journal_mode() -> str:
    """Give the journal mode that loses nothing with the SQLite that this Python links."""
    return "WAL" if wal_is_safe(sqlite3.sqlite_version_info) else "TRUNCATE"


def file_url(path: Path) -> str:
    """Give the store URL of a SQLite file, whatever characters its path holds."""
    return URL.create("sqlite", database=str(path)).render_as_string()


def open_engine(url: str) -> Engine:
    """Give an engine for a store's URL, without connecting. Raises `Refusal` for a URL that names none."""
    try:
        parsed = make_url(url)
        backend = parsed.drivername.split("+")[0]
        if backend == "sqlite" and _is_file(parsed):
            return _sqlite(parsed.set(drivername="sqlite"))
        if backend == "postgresql" and "plugin" not in parsed.query:  # it would load code by its name
            return _postgresql(parsed.set(drivername="postgresql+psycopg"))
    except (ArgumentError, ValueError):  # for what is no URL, and for a port that is no number
        raise _no_such_store(url) from None
    raise _no_such_store(url)


def _postgresql(url: URL) -> Engine:
    from annotator.store.patience import CONNECTING, Patience  # a store that is a file needs no driver of servers

    engine = create_engine(
        url,
        # Just-in-time compilation costs 50 to 97 ms on statements that take one.
        connect_args={"options": "-c jit=off", "connect_timeout": CONNECTING, **_NETWORK},
        pool_pre_ping=True,
        pool_size=_KEPT,
    )
    patience = Patience()

    @event.listens_for(engine, "do_connect")
    def _connect(_dialect: Any, _record: Any, given: list[Any], parameters: dict[str, Any]) -> Any:
        return patience.connect(*given, **parameters)

    return engine


_KEPT = 2
"""Connections that a program keeps while nothing is asked: one to read and one to write. A server has not many."""

_NETWORK: Mapping[str, int] = MappingProxyType(
    {"tcp_user_timeout": 10_000, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}
)
"""Until when a network that swallows everything is noticed: when something was sent, in milliseconds, and while an
answer is waited for, in seconds."""


def _is_file(url: URL) -> bool:
    """Tell whether a URL of SQLite names a file and no more: a host means nothing, and options could undo our own."""
    bare = url == URL.create(url.drivername, database=url.database)
    return bare and url.database not in (None, "", ":memory:") and "\0" not in str(url.database)


def _no_such_store(url: str) -> Refusal:
    shown = url.split("@")[-1].split("?")[0]  # a password may stand before the one and after the other
    return Refusal(
        "store.unreachable", f"{shown!r} names no store.", "Use sqlite:///FILE or postgresql://USER@HOST/NAME."
    )


def _sqlite(url: URL) -> Engine:
    engine = create_engine(url, connect_args={"timeout": _PATIENCE, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # transactions are begun below, not guessed by the driver
        connection.execute(f"PRAGMA journal_mode={journal_mode()}")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if connection.get_execution_options().get("isolation_level") != "AUTOCOMMIT":
            # Taking the write lock at once avoids the upgrade that two readers deadlock on, and makes DDL roll back.
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection in one transaction: committed at the end, rolled back on any error, refusals in words."""
    with storage_refusals(engine), in_turn(engine), engine.begin() as connection:
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection for reading, which holds no lock between statements; refusals in words."""
    kept = _kept.get()
    with storage_refusals(engine):
        if kept is not None and kept.engine is engine:
            yield kept
            return
        with engine.connect() as connection:
            yield connection.execution_options(isolation_level="AUTOCOMMIT")


_kept: ContextVar[Connection | None] = ContextVar("kept", default=None)


@contextmanager
def reading_on(engine: Engine) -> Iterator[None]:
    """Let all that is read until the block is left go over one connection.

    A connection from the pool is asked first whether it still lives: of a server that takes as long as the question.
    """
    with reading(engine) as connection:
        token = _kept.set(connection)
        try:
            yield
        finally:
            _kept.reset(token)


def one_at_a_time(connection: Connection, what: str) -> None:
    """Let one transaction at a time do `what`, until it ends (SQLite's transactions do so by themselves)."""
    if connection.dialect.name == "postgresql":
        connection.execute(_TAKE_TURNS, {"what": what})


def gather_statistics(engine: Engine, *of: Table) -> None:
    """Let the database look at tables of which much was written at once: until it did, it guesses how to find rows.

    Who may not have that done in a team's store leaves it to the server, which looks by itself after a while.
    """
    with reading(engine) as connection:
        for table in of:
            connection.exec_driver_sql(f"ANALYZE {table.name}")


_TAKE_TURNS = text("SELECT pg_advisory_xact_lock(hashtextextended(:what, 0))")

_RECOVER = "`annotator store recover` brings back what is intact; or put a backup in its place."

_MAKE_ROOM = "Make room: nothing is lost, and an open screen saves by itself then."

_SAYINGS: tuple[tuple[str, str, str, str], ...] = (
    ("disk is full", "store.not-written", "the disk is full", _MAKE_ROOM),
    ("no space left", "store.not-written", "the disk is full", _MAKE_ROOM),
    ("readonly database", "workspace.read-only", "it cannot be written to", "Make the workspace writable."),
    ("read-only", "workspace.read-only", "it cannot be written to", "Make the workspace writable."),
    ("unable to open", "store.unreachable", "the file cannot be opened", "Check the folder and its permissions."),
    ("not a database", "store.corrupt", "the file is no SQLite database", _RECOVER),
    ("malformed", "store.corrupt", "the file is damaged", _RECOVER),
    ("could not decode to utf-8", "store.corrupt", "the file is damaged", _RECOVER),
    (
        "disk i/o error",
        "store.not-written",
        "the disk reports an error",
        "Check the disk; nothing acknowledged is lost.",
    ),
    ("locking protocol", "store.not-written", "another program holds it locked", "Close the other program, or wait."),
    ("no such table", "store.corrupt", "tables are missing in it", _RECOVER),
    ("locked", "store.not-written", "another program holds it locked", "Close the other program, or wait."),
)
"""What the drivers' messages say, the code that each stands for, and how to tell a person."""


_STATES: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "42501": ("store.unreachable", "it does not give you the rights to work in it", "Ask its owner for them."),
        "42P01": ("store.corrupt", "tables are missing in it", "Put a backup in its place."),
    }
)
"""PostgreSQL's states that are no fault of our SQL: insufficient privilege, undefined table."""

_TURNED_AWAY = re.compile(
    "password authentication failed|no password supplied|is not permitted to log in|no pg_hba.conf entry"
    '|(role|database) ".*" does not exist'
)
"""What a server that runs says to who may not come in, or asks for a database or a name that it has not."""

_QUOTING_DATA = (IntegrityError, ProgrammingError, DataError)
"""Errors whose messages quote names and values, so that words in them are no sign of trouble with the store."""


@contextmanager
def storage_refusals(engine: Engine) -> Iterator[None]:
    """Turn what the database or the network refuses into a `Refusal`. Errors of our own SQL are bugs and pass."""
    try:
        yield
    except DBAPIError as error:
        meaning = _meaning(error, engine.dialect.name)
        if meaning is None:
            raise
        if engine.dialect.name == "sqlite":
            engine.dispose()  # a file that was opened for reading only stays so until it is opened anew
        code, what, do = meaning
        bare = engine.url.set(drivername=engine.dialect.name).difference_update_query(("password", "sslpassword"))
        shown = bare.render_as_string(hide_password=True)
        raise Refusal(code, f"The store {shown}: {what}.", do) from error


def _meaning(error: DBAPIError, engine_name: str) -> tuple[str, str, str] | None:
    """Give code, what and do for an error that is not ours, else None."""
    said = str(error.orig).lower()
    if isinstance(error, _QUOTING_DATA):
        if isinstance(error, DataError) and "nul (0x00)" in said:
            return "store.not-written", "it cannot keep the character NUL", "Take it out."
        if said.startswith("invalid connection option"):
            return (
                "store.unreachable",
                f"its URL has an {said.strip()}",
                "Take the option out, or spell it as PostgreSQL does.",
            )
        return _STATES.get(getattr(error.orig, "sqlstate", None) or "")
    for sign, code, what, do in _SAYINGS:
        if sign in said:
            return code, what, do
    if error.connection_invalidated or (engine_name == "postgresql" and isinstance(error, OperationalError)):
        said_first = next(iter(str(error.orig).strip().splitlines()), "no reason given")
        first = said_first.rpartition(" failed: ")[2]  # before it stands what was tried, which the URL tells
        if _TURNED_AWAY.search(first):
            return (
                "store.unreachable",
                f"it does not let you in ({first})",
                "Check the name, the password and the database: in the URL, ~/.pgpass and PGPASSWORD.",
            )
        return (
            "store.unreachable",
            f"it does not answer ({first})",
            "Check that the server runs and that you may reach it.",
        )
    return None
