"""A store gets its tables once, whoever starts together, and a program never touches a newer one."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, event, inspect, text

from annotator.errors import Exit, Refusal
from annotator.store import migrate, tables
from annotator.store.engine import open_engine, reading, writing
from annotator.store.log import Standing, standings
from annotator.store.migrate import HEAD, bring_up_to_date

STEPS = Path(migrate.__file__).parent / "migrations"

Together = Callable[[str, list[tuple[object, ...]]], list[str]]


@pytest.fixture
def empty(url: str) -> Any:
    engine = open_engine(url)
    yield engine
    engine.dispose()


def version(engine: Engine) -> list[str]:
    with reading(engine) as connection:
        return list(connection.execute(text("SELECT version_num FROM alembic_version")).scalars())


def test_an_empty_store_gets_its_tables(empty: Engine) -> None:
    bring_up_to_date(empty)
    assert set(inspect(empty).get_table_names()) == {*tables.metadata.tables, "alembic_version"}
    assert version(empty) == [HEAD]


def test_a_second_time_changes_nothing(empty: Engine) -> None:
    bring_up_to_date(empty)
    statements: list[str] = []
    event.listen(empty, "before_cursor_execute", lambda *said: statements.append(said[2]))
    bring_up_to_date(empty)
    assert statements
    assert not [said for said in statements if "CREATE" in said or "INSERT" in said or "ALTER" in said]


def test_programs_that_start_together_make_the_tables_once(url: str, together: Together) -> None:
    script = """
import sys
from annotator.store.engine import open_engine
from annotator.store import migrate
import alembic.command, alembic.config
engine = open_engine(sys.argv[1])
run, made = migrate._run_steps, []
migrate._run_steps = lambda connection: (made.append(1), run(connection))
print("ready", flush=True)
sys.stdin.readline()
migrate.bring_up_to_date(engine)
print(len(made))
"""
    wrote = together(script, [(url,)] * 5)
    assert sorted(int(said) for said in wrote) == [0, 0, 0, 0, 1]
    engine = open_engine(url)
    assert version(engine) == [HEAD]
    engine.dispose()


def test_a_newer_store_is_refused_and_left_as_it_is(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0999'"))
        connection.execute(text("DROP TABLE standing"))
    with pytest.raises(Refusal, match="newer program") as refusal:
        bring_up_to_date(engine)
    assert (refusal.value.code, refusal.value.exit) == ("store.newer", Exit.ENVIRONMENT)
    assert version(engine) == ["0999"]
    assert not inspect(engine).has_table("standing")


@pytest.mark.parametrize("last", ["article", "decision", "standing", "INSERT INTO alembic_version"])
def test_a_step_that_fails_leaves_nothing_half_applied(last: str, empty: Engine) -> None:
    class PowerCutError(Exception):
        pass

    def cut(*said: Any) -> None:
        if f"CREATE TABLE {last} " in said[2] or said[2].startswith(last):
            raise PowerCutError

    event.listen(empty, "after_cursor_execute", cut)
    with pytest.raises(PowerCutError):
        bring_up_to_date(empty)
    event.remove(empty, "after_cursor_execute", cut)
    assert inspect(empty).get_table_names() == []
    bring_up_to_date(empty)
    assert version(empty) == [HEAD]


def shape(engine: Engine) -> dict[str, Any]:
    """All that an inspection tells of the tables, in an order of its own."""
    found = inspect(engine)
    return {
        name: {
            "columns": [(c["name"], str(c["type"]), c["nullable"]) for c in found.get_columns(name)],
            "key": found.get_pk_constraint(name)["constrained_columns"],
            "unique": sorted(tuple(u["column_names"]) for u in found.get_unique_constraints(name)),
            "indexes": sorted(
                (i["name"] or "", tuple(i["column_names"]), bool(i["unique"])) for i in found.get_indexes(name)
            ),
            "foreign": sorted(
                (tuple(f["constrained_columns"]), f["referred_table"], tuple(f["referred_columns"]))
                for f in found.get_foreign_keys(name)
            ),
        }
        for name in found.get_table_names()
        if name != "alembic_version"
    }


def test_the_steps_make_the_tables_that_the_program_speaks_of(engine: Engine, new_url: Callable[[], str]) -> None:
    declared = open_engine(new_url())
    tables.metadata.create_all(declared)
    assert shape(engine) == shape(declared)
    assert shape(declared)["decision"]["foreign"]
    assert shape(declared)["decision"]["indexes"]
    declared.dispose()


def test_the_head_is_the_last_step() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate.Path(migrate.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_standings_of_an_older_store_are_kept_and_tell_nothing_new(empty: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(STEPS))
    with writing(empty) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        fields = "person, article_id, text_sha256, decisions, untouched, finished, cursor"
        connection.execute(
            text(f"INSERT INTO standing ({fields}) VALUES ('a1', 'en-1', '{'0' * 64}', 7, 3, :no, 12)"), {"no": False}
        )
    bring_up_to_date(empty)
    assert standings(empty) == [Standing("a1", "en-1", "0" * 64, 7, 3, False, 12, 0, False, False, 0)]
