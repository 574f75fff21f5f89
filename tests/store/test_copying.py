"""A store moves whole from a laptop to a server and back."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, event, insert, select

from annotator.errors import Refusal
from annotator.model.article import Article
from annotator.model.decision import Decision
from annotator.store import tables
from annotator.store.articles import get_article, put_article
from annotator.store.copying import TABLES, copy_store
from annotator.store.engine import open_engine, reading, writing
from annotator.store.log import Standing, append, check_log, decisions_on
from annotator.store.people import pseudonym_of


@pytest.fixture
def worked_in(
    engine: Engine,
    article: Article,
    make_article: Callable[..., Article],
    make_decision: Callable[..., Decision],
    make_standing: Callable[..., Standing],
) -> Engine:
    """A store with an Arabic article, two people's decisions and rows in every table."""
    arabic = make_article("ar", "قتل ٦ أشخاص 👩‍👩‍👧.\n", language="ar")
    put_article(engine, arabic)
    for name, one in (("Noor'; DROP TABLE decision; --", article), ("مريم", arabic)):
        person = pseudonym_of(engine, name, "label")
        batch = [make_decision(f"{person}-{number}", one, person) for number in range(1, 4)]
        append(engine, batch, 0, make_standing(one, person))
    text = {"article_id": article.article_id, "text_sha256": article.text_sha256}
    with writing(engine) as connection:
        connection.execute(
            insert(tables.suggestions).values(finders="f/1", title="", candidates=0, document="{}", **text)
        )
        connection.execute(insert(tables.proposed).values(system="x", digest="0", document="{}", **text))
        connection.execute(insert(tables.corpus_file).values(name="many.jsonl", size=2**40, changed_ns=2**60))
        connection.execute(insert(tables.audit).values(person="a1", document="{}", **text))
        connection.execute(
            insert(tables.task).values(article_id="001", stage="label", slot=0, ord=1, state="open", owner="a1")
        )
        connection.execute(
            insert(tables.challenge).values(challenge_id="c", article_id="001", filed_at=2**40, document="{}")
        )
    return engine


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def other(request: pytest.FixtureRequest, tmp_path) -> Engine:
    url = request.getfixturevalue("databases")() if request.param == "postgresql" else f"sqlite:///{tmp_path}/other.db"
    made = open_engine(url)
    request.addfinalizer(made.dispose)
    return made


def rows(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    with reading(engine) as connection:
        return {table.name: sorted(map(tuple, connection.execute(select(table)))) for table in TABLES}


def test_a_copy_holds_what_was_copied(worked_in: Engine, other: Engine) -> None:
    held = copy_store(worked_in, other)
    assert rows(other) == rows(worked_in)
    assert all(held[name].rows == len(kept) > 0 for name, kept in rows(worked_in).items())
    assert check_log(other) == ()
    assert get_article(other, "ar") == get_article(worked_in, "ar")


def test_work_goes_on_in_a_copy(
    worked_in: Engine, other: Engine, article: Article, make_decision: Callable[..., Decision], make_standing: Callable
) -> None:
    copy_store(worked_in, other)
    append(other, [make_decision("later", article, "a1")], 3, make_standing(article, "a1"))
    assert [decision.id for decision in decisions_on(other, "a1", "001", article.text_sha256)][-1] == "later"
    assert check_log(other) == ()


def test_there_and_back_again(worked_in: Engine, other: Engine, new_url: Callable[[], str]) -> None:
    back = open_engine(new_url())
    assert copy_store(worked_in, other) == copy_store(other, back)
    assert rows(back) == rows(worked_in)
    back.dispose()


def test_nothing_is_mixed_into_a_store_that_holds_something(worked_in: Engine, other: Engine) -> None:
    copy_store(worked_in, other)
    before = rows(other)
    with pytest.raises(Refusal, match="holds something already") as refusal:
        copy_store(worked_in, other)
    assert refusal.value.code == "store.not-empty"
    assert rows(other) == before


def test_a_copy_of_which_a_row_arrived_changed_is_none(worked_in: Engine, other: Engine) -> None:
    @event.listens_for(other, "before_cursor_execute", retval=True)
    def _flip(_connection, _cursor, statement, parameters, _context, _many):
        if statement.startswith("INSERT INTO challenge"):
            values = parameters[0] if isinstance(parameters, list) else parameters
            if isinstance(values, dict):
                values["document"] = "[]"
            else:
                parameters = (*values[:-1], "[]")
        return statement, parameters

    with pytest.raises(Refusal, match="challenge: 1 rows left and 1 arrived, or not the same ones") as refusal:
        copy_store(worked_in, other)
    assert refusal.value.code == "store.not-copied"
    assert not any(rows(other).values())
