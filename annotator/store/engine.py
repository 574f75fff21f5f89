"""Opening SQLite or PostgreSQL safely, and saying in words what they refuse. Knows no table and no query."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError

from annotator.errors import Refusal

_MENDED = ((3, 51, 3), (3, 50, 7), (3, 44, 6))
"""The first releases of their lines in which SQLite's WAL-reset bug is mended."""


def wal_is_safe(version: tuple[int, int, int]) -> bool:
    """Tell whether a SQLite of this version keeps every commit in WAL mode with several connections.

    Versions 3.7.0 to 3.51.2 can lose or corrupt commits there, save 3.50.7 and 3.44.6 onward in their lines.
    """
    return version >= _MENDED[0] or any(version[:2] == fixed[:2] and version >= fixed for fixed in _MENDED)


def journal_mode() -> str:
    """Give the journal mode that loses nothing with the SQLite that this Python links."""
    return "WAL" if wal_is_safe(sqlite3.sqlite_version_info) else "TRUNCATE"


def open_engine(url: str) -> Engine:
    """Give an engine for a store's URL, without connecting. Raises `Refusal` for a URL that names none."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise _no_such_store(url) from None
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        return _sqlite(parsed)
    if backend == "postgresql":
        return create_engine(
            parsed.set(drivername="postgresql+psycopg"),
            # Just-in-time compilation costs 50 to 97 ms on statements that take one.
            connect_args={"options": "-c jit=off", "connect_timeout": 10},
            pool_pre_ping=True,
        )
    raise _no_such_store(url)


def _no_such_store(url: str) -> Refusal:
    shown = url.split("@")[-1]
    return Refusal(
        "store.unreachable", f"{shown!r} names no store.", "Use sqlite:///FILE or postgresql://USER@HOST/NAME."
    )


def _sqlite(url: URL) -> Engine:
    engine = create_engine(url, connect_args={"timeout": 30, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # transactions are begun below, not guessed by the driver
        connection.execute(f"PRAGMA journal_mode={journal_mode()}")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if connection.get_isolation_level() != "AUTOCOMMIT":
            # Taking the write lock at once avoids the upgrade that two readers deadlock on, and makes DDL roll back.
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection in one transaction: committed at the end, rolled back on any error, refusals in words."""
    with storage_refusals(engine), engine.begin() as connection:
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection for reading, which holds no lock between statements; refusals in words."""
    with storage_refusals(engine), engine.connect() as connection:
        yield connection.execution_options(isolation_level="AUTOCOMMIT")


_SAYINGS: tuple[tuple[str, str, str, str], ...] = (
    ("disk is full", "store.not-written", "the disk is full", "Make room; what you decided is kept and saved then."),
    ("no space left", "store.not-written", "the disk is full", "Make room; what you decided is kept and saved then."),
    ("readonly database", "workspace.read-only", "it cannot be written to", "Make the workspace writable."),
    ("read-only", "workspace.read-only", "it cannot be written to", "Make the workspace writable."),
    ("unable to open", "store.unreachable", "the file cannot be opened", "Check the folder and its permissions."),
    ("not a database", "store.corrupt", "the file is no SQLite database", "Put a backup in its place."),
    ("malformed", "store.corrupt", "the file is damaged", "Put a backup in its place."),
    (
        "disk i/o error",
        "store.not-written",
        "the disk reports an error",
        "Check the disk; nothing acknowledged is lost.",
    ),
    ("locked", "store.not-written", "another program holds it locked", "Close the other program, or wait."),
)
"""What the drivers' messages say, the code that each stands for, and how to tell a person."""


@contextmanager
def storage_refusals(engine: Engine) -> Iterator[None]:
    """Turn what the database or the network refuses into a `Refusal`. Errors of our own SQL are bugs and pass."""
    try:
        yield
    except DBAPIError as error:
        where = engine.url.render_as_string(hide_password=True)
        said = str(error.orig).lower()
        for sign, code, what, do in _SAYINGS:
            if sign in said:
                raise Refusal(code, f"The store {where}: {what}.", do) from error
        if error.connection_invalidated or (isinstance(error, DatabaseError) and _is_connection_trouble(error)):
            raise Refusal(
                "store.unreachable",
                f"The store {where} does not answer: {str(error.orig).strip().splitlines()[0]}.",
                "Check that the server runs and that you may reach it.",
            ) from error
        raise


def _is_connection_trouble(error: DBAPIError) -> bool:
    return type(error.orig).__name__ in ("OperationalError", "AdminShutdown", "CrashShutdown", "ConnectionTimeout")
