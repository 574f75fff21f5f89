"""The step that makes ids of decisions a person's own loses nothing, wherever it is killed."""

import hashlib
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, text

from annotator.model.article import Article
from annotator.model.canonical import canonical_json
from annotator.model.decision import Decision
from annotator.store import migrate
from annotator.store.articles import put_article
from annotator.store.engine import open_engine, reading, writing
from annotator.store.log import GENESIS, Standing, append, chain_hash, check_log, decisions_on
from annotator.store.migrate import HEAD, bring_up_to_date

MakeDecision = Callable[..., Decision]
MakeStanding = Callable[..., Standing]
MADE = 3000

KILLED = """
import os, signal, sys
from sqlalchemy import event
from annotator.store.engine import open_engine
from annotator.store.migrate import bring_up_to_date

engine, left = open_engine(sys.argv[1]), int(sys.argv[2])
def one_less(*_):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
event.listen(engine, "before_cursor_execute", one_less)
event.listen(engine, "commit", one_less)
bring_up_to_date(engine)
"""


@pytest.fixture
def older(
    url: str, make_article: Callable[..., Article], make_decision: MakeDecision, article_row: Callable[..., Any]
) -> Iterator[Engine]:
    """A store from before the step, with many decisions of two people, numbered with gaps."""
    engine = open_engine(url)
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
    article = make_article()
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0006")
        connection.execute(*article_row(article))
        previous = {"a1": GENESIS, "a2": GENESIS}
        rows = []
        for number in range(MADE):
            person = ("a1", "a2")[number % 2]
            decision = make_decision(f"d{number}", article, person)
            payload = canonical_json(decision.plain()).decode()
            link = chain_hash(previous[person], payload)
            rows.append(
                {
                    "seq": 3 * number + 1,
                    "id": decision.id,
                    "person": person,
                    "number": number // 2 + 1,
                    "article": article.article_id,
                    "text": article.text_sha256,
                    "payload": payload,
                    "previous": previous[person],
                    "hash": link,
                }
            )
            previous[person] = link
        values = ":seq, :id, :person, :number, :article, :text, 'label', :payload, :previous, :hash, 7"
        insert = f"INSERT INTO decision VALUES ({values})"
        connection.execute(text(insert), rows)
        if engine.dialect.name == "postgresql":
            connection.execute(text(f"SELECT setval('decision_seq_seq', {rows[-1]['seq']})"))
    yield engine
    engine.dispose()


@pytest.fixture
def article_row() -> Callable[[Article], tuple[Any, dict[str, object]]]:
    """Gives the statement and the row by which an article comes into a store."""

    def give(article: Article) -> tuple[Any, dict[str, object]]:
        insert = 'INSERT INTO article VALUES (:id, :text_sha256, 1, :text_sha256, \'{"language":"en"}\', :text)'
        return text(insert), {"id": article.article_id, "text_sha256": article.text_sha256, "text": article.text}

    return give


def everything(engine: Engine) -> str:
    """Give a digest of all rows of the log."""
    columns = (
        "seq, decision_id, person, person_seq, article_id, text_sha256, stage, payload, prev_hash, hash, stored_at"
    )
    with reading(engine) as connection:
        rows = connection.execute(text(f"SELECT {columns} FROM decision ORDER BY seq")).all()
    assert len(rows) == MADE
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def test_the_step_keeps_every_row_and_numbers_on(
    older: Engine, make_article: Callable[..., Article], make_decision: MakeDecision, make_standing: MakeStanding
) -> None:
    before = everything(older)
    bring_up_to_date(older)
    assert everything(older) == before
    assert check_log(older) == ()
    article = make_article()
    append(older, [make_decision("new", article)], MADE // 2, make_standing(article))
    with reading(older) as connection:
        assert connection.execute(text("SELECT max(seq) FROM decision")).scalar() == 3 * MADE - 1


def test_a_step_that_is_killed_leaves_the_log_as_it_was_and_goes_on(
    url: str, older: Engine, program: Callable[..., "subprocess.Popen[str]"]
) -> None:
    before = everything(older)
    kills, status = 0, -9
    while status:
        running = program(KILLED, url, kills)
        _, told = running.communicate(timeout=60)
        status = running.returncode
        assert status in (0, -9), told
        assert everything(older) == before
        kills += 1
    assert kills > 6
    with reading(older) as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == HEAD
    assert check_log(older) == ()


def test_two_people_may_send_the_same_id(
    engine: Engine, make_article: Callable[..., Article], make_decision: MakeDecision, make_standing: MakeStanding
) -> None:
    article = make_article()
    put_article(engine, article)
    for person in ("a1", "a2", "a1"):  # the answer to a1 was lost
        append(engine, [make_decision("same", article, person)], 0, make_standing(article, person))
    for person in ("a1", "a2"):
        assert [one.id for one in decisions_on(engine, person, article.article_id, article.text_sha256)] == ["same"]
    assert check_log(engine) == ()
