"""Bringing a store to the shape that this program knows, and refusing one that is newer. Steps are in `migrations/`."""

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from annotator.errors import Refusal
from annotator.store.engine import one_at_a_time, reading, writing

HEAD = "0008"
"""The newest step that this program knows."""


def shape_of(engine: Engine) -> str | None:
    """Give the step that a store was last brought to; None for one that has no tables yet. Changes nothing."""
    with reading(engine) as connection:
        return _version(connection)


def make_ready(engine: Engine) -> None:
    """Bring a store up to date in passing, where that is nobody else's matter.

    Raises `Refusal` `store.older` for a server's store that is older than this program: upgrading it would lock out
    everybody whose program is older, so that somebody does it on purpose. Otherwise as `bring_up_to_date`.
    """
    if engine.dialect.name == "postgresql" and (shape := shape_of(engine)) is not None and shape < HEAD:
        raise Refusal(
            "store.older",
            f"The store was made by an older program (its shape is {shape}, this program knows {HEAD}).",
            "Whoever looks after it runs `annotator store upgrade`, once everybody can install the newer version.",
        )
    bring_up_to_date(engine)


def bring_up_to_date(engine: Engine) -> None:
    """Make or upgrade the store's tables, once, however many programs start together.

    Raises `Refusal` (`store.newer`) for a store that a newer program made, and the storage refusals of `engine`.
    """
    with reading(engine) as connection:
        if _version(connection) == HEAD:
            return
    with writing(engine) as connection:
        one_at_a_time(connection, "migration")
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
