"""What a slot to adjudicate waits for is counted by the database, however slots come, close, open up and go."""

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, event, func, select, text, update

from annotator.store import migrate, tables
from annotator.store.engine import open_engine, reading, writing
from annotator.store.migrate import bring_up_to_date
from annotator.store.tasks import Wanted, assign, lease, lease_next, withdraw

HOUR = 3_600_000
_task = tables.task.c


def waits(engine: Engine) -> dict[str, int]:
    """What the database counted, by article."""
    with reading(engine) as connection:
        found = connection.execute(select(_task.article_id, _task.waits).where(_task.stage == "adjudicate"))
        return dict(map(tuple, found))


def left(engine: Engine) -> dict[str, int]:
    """The same, counted anew."""
    slot = tables.task.alias()
    undone = (
        select(func.count())
        .where(slot.c.article_id == _task.article_id, slot.c.stage == "label", slot.c.state != "done")
        .scalar_subquery()
    )
    with reading(engine) as connection:
        return dict(map(tuple, connection.execute(select(_task.article_id, undone).where(_task.stage == "adjudicate"))))


def turn(engine: Engine, article_id: str, slot: int, state: str) -> None:
    here = (_task.article_id == article_id, _task.stage == "label", _task.slot == slot)
    with writing(engine) as connection:
        connection.execute(update(tables.task).where(*here).values(state=state))


def test_the_count_is_right_whatever_happens(engine: Engine) -> None:
    drawn = Random(5)
    for _ in range(150):
        article = drawn.choice("abc")
        match drawn.choice(["label", "adjudicate", "turn", "turn", "turn", "withdraw"]):
            case "label":
                assign(engine, [Wanted(article, "label", drawn.randrange(3))])
            case "adjudicate":
                assign(engine, [Wanted(article, "adjudicate", 0)])
            case "turn":
                turn(engine, article, drawn.randrange(3), drawn.choice(["open", "leased", "done", "done"]))
            case _:
                withdraw(engine, [article])
        assert waits(engine) == left(engine)


def test_slots_of_two_articles_are_not_mixed_up(engine: Engine) -> None:
    assign(engine, [Wanted(one, stage, 0) for one in ("a", "b") for stage in ("label", "adjudicate")])  # type: ignore[arg-type]
    turn(engine, "a", 0, "done")
    assert waits(engine) == {"a": 0, "b": 1}
    assert lease_next(engine, "adjudicate", "j1", HOUR) == "a"
    assert not lease(engine, "b", "adjudicate", "j2", HOUR)


@pytest.mark.postgres
def test_two_who_close_the_last_slots_at_one_time_are_both_counted(
    databases: Callable[[], str], together: Callable[..., list[str]]
) -> None:
    url = databases()
    engine = open_engine(url)
    bring_up_to_date(engine)
    articles = [f"{number:03}" for number in range(30)]
    assign(engine, [Wanted(one, "label", slot) for one in articles for slot in (0, 1)])
    assign(engine, [Wanted(one, "adjudicate", 0) for one in articles])
    script = """
import sys
from sqlalchemy import text
from annotator.store.engine import open_engine, writing
engine = open_engine(sys.argv[1])
engine.connect().close()
print("ready", flush=True)
sys.stdin.readline()
CLOSE = text("UPDATE task SET state = 'done' WHERE stage = 'label' AND article_id = :article AND slot = :slot")
for number in range(30):
    with writing(engine) as connection:
        connection.execute(CLOSE, {"article": f"{number:03}", "slot": int(sys.argv[2])})
"""
    together(script, [(url, slot) for slot in (0, 1)])
    assert waits(engine) == dict.fromkeys(articles, 0)
    engine.dispose()


_A_SLOT = text("INSERT INTO task (article_id, stage, slot, ord, state) VALUES (:article, :stage, :slot, 1, :state)")


@pytest.fixture
def older(url: str) -> Iterator[Engine]:
    """A store from before the step, with an article that one of two has labelled and one that both have."""
    engine = open_engine(url)
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0007")
        for article, states in (("half", ("done", "open")), ("whole", ("done", "done"))):
            rows = [*(("label", slot, state) for slot, state in enumerate(states)), ("adjudicate", 0, "open")]
            for stage, slot, state in rows:
                values = {"article": article, "stage": stage, "slot": slot, "state": state}
                connection.execute(_A_SLOT, values)
    yield engine
    engine.dispose()


def test_an_older_store_is_counted_when_it_is_upgraded(older: Engine) -> None:
    bring_up_to_date(older)
    assert waits(older) == {"half": 1, "whole": 0}
    turn(older, "half", 1, "done")
    turn(older, "whole", 0, "leased")
    assert waits(older) == {"half": 0, "whole": 1}


# Plans: what is asked at each key must not look at every slot.


def plans(engine: Engine, work: Callable[[], object]) -> list[str]:
    """Give the plan of each statement that `work` runs on tasks, as the engine tells it."""
    asked: list[tuple[str, object]] = []
    event.listen(engine, "before_cursor_execute", seen := lambda *said: asked.append((said[2], said[3])))
    work()
    event.remove(engine, "before_cursor_execute", seen)
    explain = "EXPLAIN " if engine.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN "
    told = []
    with reading(engine) as connection:
        for statement, parameters in asked:
            if "task" in statement and statement.split()[0] in ("SELECT", "UPDATE"):
                rows = connection.exec_driver_sql(explain + statement, parameters).all()  # type: ignore[arg-type]
                told.append("\n".join(" ".join(map(str, row)) for row in rows))
    return told


@pytest.fixture
def many(engine: Engine) -> Engine:
    """A store in which looking at every slot would show."""
    articles = [f"{number:05}" for number in range(3000)]
    assign(engine, (Wanted(one, "label", slot) for one in articles for slot in (0, 1)))
    assign(engine, (Wanted(one, "adjudicate", 0) for one in articles))
    assert lease_next(engine, "label", "a1", HOUR) == "00000"
    return engine


@pytest.mark.parametrize(
    ("key", "sorts"),
    [
        (lambda engine: lease_next(engine, "label", "a2", HOUR, ["j2"]), False),
        (lambda engine: lease_next(engine, "adjudicate", "j1", HOUR, ["a1"]), False),
        (lambda engine: lease(engine, "02000", "label", "a2", HOUR, ["j2"]), True),
        (lambda engine: lease(engine, "02000", "adjudicate", "j1", HOUR), True),
    ],
    ids=["next to label", "next to adjudicate, none ready", "one by name", "one that is not ready"],
)
def test_no_slot_is_looked_for_by_going_through_all(many: Engine, key: Callable[[Engine], object], sorts: bool) -> None:
    told = plans(many, lambda: key(many))
    assert told
    for plan in told:
        assert "Seq Scan" not in plan, plan
        assert "task_of_owner" not in plan or "mine" not in plan, plan
        if not sorts:  # the few slots of one article may be
            assert "Sort" not in plan and "USE TEMP B-TREE" not in plan, plan
        scans = [line for line in plan.splitlines() if "SCAN task" in line or "SCAN mine" in line]
        assert all("USING" in line and "INDEX" in line for line in scans), plan
