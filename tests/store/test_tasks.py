"""An article is never handed to more people than it wants, and none is lost when a person vanishes."""

import random
from collections import Counter
from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text

from annotator.model.article import Article
from annotator.model.decision import Decision
from annotator.store.articles import put_article
from annotator.store.engine import writing
from annotator.store.log import Standing, append
from annotator.store.tasks import (
    Task,
    Wanted,
    assign,
    give_back,
    has_tasks,
    lease,
    lease_next,
    task_counts,
    tasks,
    withdraw,
)

HOUR = 3_600_000


def slots(*article_ids: str, overlap: int = 2, stage: str = "label") -> list[Wanted]:
    return [Wanted(one, stage, slot) for one in article_ids for slot in range(overlap)]  # type: ignore[arg-type]


def everything(engine: Engine, person: str, stage: str = "label") -> list[str]:
    """Lease until there is no more."""
    got = []
    while (article_id := lease_next(engine, stage, person, HOUR)) is not None:  # type: ignore[arg-type]
        got.append(article_id)
    return got


def run_out(engine: Engine, person: str) -> None:
    with writing(engine) as connection:
        connection.execute(text("UPDATE task SET lease_until = 1 WHERE owner = :person"), {"person": person})


def test_nothing_is_assigned_at_first(engine: Engine) -> None:
    assert not has_tasks(engine)
    assert lease_next(engine, "label", "a1", HOUR) is None


def test_articles_are_handed_out_in_their_order_to_as_many_as_they_want(engine: Engine) -> None:
    assert assign(engine, slots("b", "a", "c")) == 6
    assert everything(engine, "a1") == ["b", "a", "c"]
    assert everything(engine, "a2") == ["b", "a", "c"]
    assert everything(engine, "a3") == []
    assert task_counts(engine) == {("label", "leased"): 6}


def test_assigning_again_adds_what_is_missing_only(engine: Engine) -> None:
    assign(engine, slots("a", overlap=1))
    assert assign(engine, slots("a", "b", overlap=2)) == 3
    assert [(task.article_id, task.slot) for task in tasks(engine)] == [("a", 0), ("a", 1), ("b", 0), ("b", 1)]


def test_what_is_reserved_comes_first_and_goes_to_nobody_else(engine: Engine) -> None:
    assign(engine, [Wanted("a", "label", 0), Wanted("b", "label", 0, reserved_for="a2")])
    assert everything(engine, "a1") == ["a"]
    assert everything(engine, "a2") == ["b"]


def test_a_lease_that_ran_out_is_free_for_the_next(engine: Engine) -> None:
    assign(engine, slots("a", overlap=1))
    assert lease_next(engine, "label", "a1", HOUR) == "a"
    assert lease_next(engine, "label", "a2", HOUR) is None
    run_out(engine, "a1")
    assert lease_next(engine, "label", "a2", HOUR) == "a"
    assert not lease(engine, "a", "label", "a1", HOUR)


def test_whoever_comes_back_in_time_goes_on_although_the_lease_ran_out(engine: Engine) -> None:
    assign(engine, slots("a", overlap=1))
    lease_next(engine, "label", "a1", HOUR)
    run_out(engine, "a1")
    assert lease(engine, "a", "label", "a1", HOUR)
    assert lease_next(engine, "label", "a2", HOUR) is None


def test_one_article_by_name(engine: Engine) -> None:
    assign(engine, slots("a", "b", overlap=1))
    assert lease(engine, "b", "label", "a1", HOUR)
    assert not lease(engine, "b", "label", "a2", HOUR)
    assert not lease(engine, "none", "label", "a2", HOUR)


def test_given_back_it_goes_to_another(engine: Engine) -> None:
    assign(engine, slots("a", overlap=1))
    lease_next(engine, "label", "a1", HOUR)
    give_back(engine, "a", "label", "a1")
    assert lease_next(engine, "label", "a2", HOUR) == "a"


def test_open_slots_can_be_taken_back(engine: Engine) -> None:
    assign(engine, slots("a", "b"))
    lease_next(engine, "label", "a1", HOUR)
    assert withdraw(engine, ["a", "b"]) == 3
    assert [(task.article_id, task.owner) for task in tasks(engine)] == [("a", "a1")]


@pytest.fixture
def finish(
    engine: Engine, make_article: Callable[..., Article], make_decision: Callable[..., Decision]
) -> Callable[..., None]:
    """Somebody decides something on an article, and marks it done or opens it up."""
    made = Counter[tuple[str, str]]()

    def mark(article_id: str, person: str, *, done: bool = True) -> None:
        article = make_article(article_id)
        put_article(engine, article)
        seen = made[article_id, person]
        made[article_id, person] += 1
        standing = Standing(person, article_id, article.text_sha256, seen, 0, done, 0)
        append(engine, [make_decision(f"{person}-{article_id}-{seen}", article, person)], seen, standing)

    return mark


def test_a_slot_is_done_with_the_decision_that_says_so(engine: Engine, finish: Callable[..., None]) -> None:
    assign(engine, slots("a", overlap=1))
    lease_next(engine, "label", "a1", HOUR)
    finish("a", "a1", done=False)
    assert [task.state for task in tasks(engine)] == ["leased"]
    finish("a", "a1")
    assert tasks(engine) == [Task("a", "label", 0, "done", "a1", None, None)]
    finish("a", "a1", done=False)
    [again] = tasks(engine, owner="a1")
    assert (again.state, again.lease_until is not None) == ("leased", True)


def test_work_under_a_lost_lease_is_kept_and_fills_no_slot(engine: Engine, finish: Callable[..., None]) -> None:
    assign(engine, slots("a", overlap=1))
    lease_next(engine, "label", "a1", HOUR)
    run_out(engine, "a1")
    lease_next(engine, "label", "a2", HOUR)
    finish("a", "a1")
    assert [(task.owner, task.state) for task in tasks(engine, article_id="a")] == [("a2", "leased")]


def test_adjudication_waits_until_all_have_labelled_and_is_nobody_s_who_did(
    engine: Engine, finish: Callable[..., None]
) -> None:
    assign(engine, [*slots("a"), Wanted("a", "adjudicate", 0)])
    for person in ("a1", "a2"):
        assert lease_next(engine, "adjudicate", "j1", HOUR) is None
        lease_next(engine, "label", person, HOUR)
        finish("a", person)
    assert lease_next(engine, "adjudicate", "j1", HOUR, also=["a2"]) is None
    assert lease_next(engine, "adjudicate", "j1", HOUR, also=["a3"]) == "a"


def test_a_crowd_gets_every_slot_once(url: str, engine: Engine, together: Callable[..., list[str]]) -> None:
    assign(engine, slots(*(f"{number:03}" for number in range(40)), overlap=3))
    script = """
import sys
from annotator.store.engine import open_engine
from annotator.store.tasks import lease_next
engine = open_engine(sys.argv[1])
engine.connect().close()
print("ready", flush=True)
sys.stdin.readline()
got = []
while (one := lease_next(engine, "label", sys.argv[2], 3_600_000)) is not None:
    got.append(one)
print(" ".join(got))
"""
    wrote = together(script, [(url, f"a{number}") for number in range(1, 7)])
    got = [line.split() for line in wrote]
    assert all(len(one) == len(set(one)) for one in got)
    assert Counter(article for one in got for article in one) == {f"{number:03}": 3 for number in range(40)}


def test_people_who_come_vanish_and_return_never_hold_more_than_an_article_wants(
    engine: Engine, finish: Callable[..., None]
) -> None:
    drawn = random.Random(7)
    names = [f"a{number}" for number in range(1, 6)]
    assign(engine, slots("a", "b", "c", "d", overlap=2))
    held: dict[str, list[str]] = {name: [] for name in names}
    for _ in range(120):
        person = drawn.choice(names)
        match drawn.choice(["next", "next", "vanish", "finish", "back"]):
            case "next":
                if (got := lease_next(engine, "label", person, HOUR)) is not None:
                    assert got not in held[person]
                    held[person].append(got)
            case "vanish":
                run_out(engine, person)
            case "finish" if held[person]:
                finish(drawn.choice(held[person]), person)
            case "back" if held[person]:
                give_back(engine, drawn.choice(held[person]), "label", person)
        found = tasks(engine)
        assert len(found) == 8
        assert all(task.owner is None for task in found if task.state == "open")
        owned = Counter((task.article_id, task.owner) for task in found if task.owner)
        assert set(owned.values()) <= {1}
        held = {name: [task.article_id for task in found if task.owner == name] for name in names}
    for name in names:
        run_out(engine, name)
    late = ["a6", "a7"]
    rest = [everything(engine, name) for name in late]
    done = Counter(task.article_id for task in tasks(engine) if task.state == "done")
    assert Counter(one for got in rest for one in got) + done == Counter({"a": 2, "b": 2, "c": 2, "d": 2})
