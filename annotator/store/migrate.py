"""Bringing a store to the shape that this program knows, and refusing one that is newer. Steps are in `migrations/`."""

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from annotator.errors import Refusal
from annotator.store.engine import reading, writing

HEAD = "0001"
"""The newest step that this program knows."""

_LOCK = 0x616E6E6F74
"""Number of the advisory lock under which PostgreSQL lets one program at a time migrate."""


def bring_up_to_date(engine: Engine) -> None:
    """Make or upgrade the store's tables, once, however many programs start together.

    Raises `Refusal` (`store.newer`) for a store that a newer program made, and the storage refusals of `engine`.
    """
    with reading(engine) as connection:
        if _version(connection) == HEAD:
            return
    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        version = _version(connection)
        if version == HEAD:
            return
        if version is not None and version > HEAD:
            raise Refusal(
                "store.newer",
                f"The store was made by a newer program (its shape is {version}, this program knows {HEAD}).",
                "Install the newer version of annotator; nothing was changed.",
            )
        _run_steps(connection)


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _run_steps(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
