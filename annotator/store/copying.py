"""A whole store into another one, SQLite or PostgreSQL, in one transaction, compared row by row before it counts."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Connection, Engine, Table, func, insert, select, text

from annotator.errors import Refusal
from annotator.model.canonical import sha256
from annotator.store import tables
from annotator.store.engine import storage_refusals, writing
from annotator.store.migrate import bring_up_to_date

_AT_ONCE = 500
"""Rows that are held in memory at a time."""

TABLES: tuple[Table, ...] = tuple(tables.metadata.sorted_tables)
"""In an order in which no row refers to one that comes later."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a table holds."""

    rows: int = 0
    digest: int = 0
    """The sum of the hashes of its rows, so that no order matters: engines sort texts each in their own way."""

    def with_rows(self, rows: Iterable[Sequence[Any]]) -> "Held":
        """Give this and further rows."""
        hashes = [int(sha256(orjson.dumps(list(row))), 16) for row in rows]
        return Held(self.rows + len(hashes), (self.digest + sum(hashes)) % (1 << 256))


def copy_store(source: Engine, target: Engine, begun: Callable[[str], None] = lambda _: None) -> dict[str, Held]:
    """Copy all that one store holds into another, empty one, and give by table what both then hold.

    The source stays as it is; nobody's decision comes into it on SQLite meanwhile, and on PostgreSQL one that does is
    not copied. `begun` is told each table's name. Raises `Refusal` `store.not-empty` when the target holds anything,
    `store.not-copied` when what arrived is not what left (then nothing did), and the storage refusals.
    """
    bring_up_to_date(source)
    bring_up_to_date(target)
    with _as_it_is_now(source) as reading, writing(target) as connection:
        for table in TABLES:
            if connection.execute(select(table).limit(1)).first() is not None:
                what = f"The store to copy into holds something already (in {table.name})."
                raise Refusal("store.not-empty", what, "Name an empty one: nothing is mixed and nothing overwritten.")
        return {str(table.name): _copy(table, reading, connection, begun) for table in TABLES}


def _copy(table: Table, source: Connection, target: Connection, begun: Callable[[str], None]) -> Held:
    begun(table.name)
    left = Held()
    for rows in _batches(source, table):
        left = left.with_rows(rows)
        target.execute(insert(table), [dict(zip(table.columns.keys(), row, strict=True)) for row in rows])
    arrived = Held()
    for rows in _batches(target, table):
        arrived = arrived.with_rows(rows)
    if arrived != left:
        what = f"{table.name}: {left.rows} rows left and {arrived.rows} arrived, or not the same ones."
        raise Refusal("store.not-copied", what, "Nothing was copied. Check the disk of either store and try again.")
    _number_on(target, table)
    return arrived


def _batches(connection: Connection, table: Table) -> Iterator[Sequence[Sequence[Any]]]:
    found = connection.execute(select(table).execution_options(yield_per=_AT_ONCE))
    yield from found.partitions(_AT_ONCE)


def _number_on(connection: Connection, table: Table) -> None:
    """Let the server number further rows from where the copied ones end."""
    column = table.autoincrement_column
    if column is None or connection.dialect.name != "postgresql":
        return
    highest = connection.execute(select(func.max(column))).scalar()
    if highest is not None:
        connection.execute(_NUMBER_ON, {"table": table.name, "column": column.name, "highest": highest})


_NUMBER_ON = text("SELECT setval(pg_get_serial_sequence(:table, :column), :highest)")


@contextmanager
def _as_it_is_now(engine: Engine) -> Iterator[Connection]:
    """Give a connection on which the store does not change: nothing of it is written."""
    level = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    with storage_refusals(engine), engine.connect().execution_options(**level) as connection, connection.begin():
        yield connection
