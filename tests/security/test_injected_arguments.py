"""What looks like SQL in an argument of any verb is text: nothing falls over, and the store stays as it was."""

from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from sqlalchemy import Engine, func, inspect, select

from annotator.cli import command
from annotator.store import tables
from annotator.store.engine import file_url, open_engine
from annotator.store.log import check_log
from annotator.workflow import mention_edits
from annotator.workflow.importing import import_corpus
from annotator.workflow.labelling import labelling
from annotator.workflow.project import open_project

NASTY = "x'; DROP TABLE decision; DELETE FROM article; --\"); %s :name $1"

ENDLESS = "serve"
"""The verb that does not end by itself; what it takes has tests of its own."""


def _verbs(group: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    if isinstance(group, click.Group):
        context = click.Context(group)
        for name in group.list_commands(context):
            found = group.get_command(context, name)
            assert found is not None
            yield from _verbs(found, (*path, name))
    else:
        yield path, group


def _calls() -> Iterator[tuple[str, ...]]:
    """Give a call of every verb with all that it requires, and one more for each option that takes a value."""
    for path, verb in _verbs(command):
        if path[0] == ENDLESS:
            continue
        required = [NASTY for one in verb.params if isinstance(one, click.Argument)]
        needed = [
            part for one in verb.params if isinstance(one, click.Option) and one.required for part in _option(one)
        ]
        yield (*path, *needed, *required)
        for one in verb.params:
            if isinstance(one, click.Option) and not one.is_flag and not one.required and not one.count:
                yield (*path, *needed, *_option(one), *required)


def _option(option: click.Option) -> tuple[str, str]:
    value = option.type.choices[0] if isinstance(option.type, click.Choice) else NASTY
    return max(option.opts, key=len), str(value)


CALLS = sorted(set(_calls()))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """The store of the workspace, with work in it, on either engine."""
    if request.param == "postgresql":
        make: Callable[[], str] = request.getfixturevalue("databases")
        monkeypatch.setenv("ANNOTATOR_STORE", url := make())
    else:
        url = file_url(workspace / ".annotator" / "work.db")
    project = open_project(workspace)
    import_corpus(project)
    with labelling(project, "en-1", "miriam") as session:
        mention_edits.confirm(session, session.in_order()[0])
    project.close()
    engine = open_engine(url)
    yield engine
    engine.dispose()


def _held(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        counts = {
            name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in tables.metadata.tables.items()
        }
        connection.rollback()
    return counts


def test_no_argument_of_any_verb_is_taken_for_sql(run, store: Engine) -> None:
    before = _held(store)
    assert before["decision"] == 1
    for call in CALLS:
        outcome = run(*call)
        assert outcome.status in (0, 1, 2, 3), call
        assert "Traceback" not in outcome.err, (call, outcome.err)
        assert "a bug" not in outcome.err, (call, outcome.err)
    assert {name: many for name, many in _held(store).items() if name != "person"} == {
        name: many for name, many in before.items() if name != "person"
    }
    assert set(tables.metadata.tables) <= set(inspect(store).get_table_names())
    assert check_log(store) == ()


def test_every_verb_is_called_and_every_option_that_takes_a_value() -> None:
    verbs = {path for path, _ in _verbs(command) if path[0] != ENDLESS}
    assert {call[: len(path)] for path in verbs for call in CALLS if call[: len(path)] == path} == verbs
    assert len(CALLS) > 2 * len(verbs)
