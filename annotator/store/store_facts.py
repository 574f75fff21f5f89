"""What is to be known of a store at a look: where it is, which shape it has, how much it holds. Changes nothing."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, Engine, func, inspect, select, text

from annotator.store import tables
from annotator.store.engine import journal_mode, reading
from annotator.store.migrate import HEAD, shape_of
from annotator.store.network_disks import network_warning


@dataclass(frozen=True, slots=True)
class StoreFacts:
    """What a store is."""

    url: str
    """Without its password."""
    engine: str
    """`SQLite 3.40.1, journal TRUNCATE` or `PostgreSQL 18.0`."""
    shape: str | None
    """The step that it was last brought to; None where there are no tables yet."""
    known: str
    """The newest step that this program knows."""
    size: int
    """Bytes on the disk."""
    warning: str = ""
    """What is to be told of where it lies; nothing where it lies well."""
    rows: Mapping[str, int] = field(default_factory=dict)
    """How many rows each table holds; of a store with another shape only the tables that it has."""

    @property
    def state(self) -> str:
        """What this program makes of it."""
        if self.shape is None:
            return "empty: the first use makes its tables"
        if self.shape == self.known:
            return "up to date"
        return "older than this program" if self.shape < self.known else "newer than this program, which refuses it"


def facts_of(engine: Engine) -> StoreFacts:
    """Give what is to be known of a store. Raises the storage refusals."""
    shape = shape_of(engine)
    there = set(inspect(engine).get_table_names())
    with reading(engine) as connection:
        rows = {
            str(table.name): connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in tables.metadata.sorted_tables
            if table.name in there
        }
        described, size = _of_server(connection) if engine.dialect.name == "postgresql" else _of_file(engine)
    shown = engine.url.set(drivername=engine.url.get_backend_name())
    url = shown.difference_update_query(("password", "sslpassword")).render_as_string(hide_password=True)
    return StoreFacts(url, described, shape, HEAD, size, network_warning(engine), rows)


def _of_server(connection: Connection) -> tuple[str, int]:
    version = connection.execute(text("SHOW server_version")).scalar_one()
    size = connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one()
    return f"PostgreSQL {version}", size


def _of_file(engine: Engine) -> tuple[str, int]:
    path = Path(engine.url.database or "")
    beside = [path.with_name(path.name + ending) for ending in ("", "-journal", "-wal")]
    size = sum(one.stat().st_size for one in beside if one.is_file())
    return f"SQLite {sqlite3.sqlite_version}, journal {journal_mode()}", size
