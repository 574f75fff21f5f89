"""The log is dense and chained per person, counts what is sent twice once, and finds a second window."""

from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import Engine, text

from annotator.errors import Exit, Refusal
from annotator.model.article import Article
from annotator.model.decision import Decision
from annotator.store.articles import put_article
from annotator.store.engine import open_engine, reading
from annotator.store.log import (
    GENESIS,
    Fork,
    Standing,
    append,
    chain_hash,
    check_log,
    decisions_on,
    keep_cursor,
    standing_of,
    standings,
)

MakeDecision = Callable[..., Decision]
MakeStanding = Callable[..., Standing]
Together = Callable[[str, list[tuple[object, ...]]], list[str]]


def rows(engine: Engine, person: str = "a1") -> list[Any]:
    query = text("SELECT * FROM decision WHERE person = :person ORDER BY person_seq")
    with reading(engine) as connection:
        return list(connection.execute(query, {"person": person}).all())


def ids(engine: Engine, person: str = "a1") -> list[str]:
    return [row.decision_id for row in rows(engine, person)]


def test_decisions_come_back_in_order(
    engine: Engine, article: Article, make_decision: MakeDecision, make_standing: MakeStanding
) -> None:
    made = [make_decision(name, article) for name in ("z", "a", "m")]
    append(engine, made[:2], 0, make_standing(article))
    append(engine, made[2:], 2, make_standing(article))
    assert decisions_on(engine, "a1", article.article_id, article.text_sha256) == made
    assert decisions_on(engine, "a2", article.article_id, article.text_sha256) == []


def test_the_chain_is_dense_and_hashed_per_person(
    engine: Engine, make_article: Callable[..., Article], make_decision: MakeDecision, make_standing: MakeStanding
) -> None:
    articles = [make_article(name) for name in ("001", "002")]
    for article in articles:
        put_article(engine, article)
        for person in ("a1", "a2"):
            batch = [make_decision(f"{person} {article.article_id} {number}", article, person) for number in range(3)]
            append(engine, batch, 0, make_standing(article, person))
    for person in ("a1", "a2"):
        previous = GENESIS
        for number, row in enumerate(rows(engine, person), 1):
            assert (row.person_seq, row.prev_hash) == (number, previous)
            assert row.hash == chain_hash(previous, row.payload)
            previous = row.hash
        assert number == 6
    assert check_log(engine) == ()


def test_what_is_sent_again_counts_once(
    engine: Engine, article: Article, make_decision: MakeDecision, make_standing: MakeStanding
) -> None:
    a, b, c = (make_decision(name, article) for name in "abc")
    append(engine, [a], 0, make_standing(article))
    append(engine, [a], 0, make_standing(article))  # the answer was lost
    append(engine, [a, b], 0, make_standing(article))  # it was lost again, and the person went on
    append(engine, [b, c, c, c], 1, make_standing(article))
    append(engine, [], 3, make_standing(article))
    assert ids(engine) == ["a", "b", "c"]
    assert [standing.decisions for standing in standings(engine)] == [3]
    assert check_log(engine) == ()


def test_a_second_window_is_found_and_loses_nothing(
    engine: Engine, article: Article, make_decision: MakeDecision, make_standing: MakeStanding
) -> None:
    mine, yours, late = (make_decision(name, article) for name in ("mine", "yours", "late"))
    append(engine, [mine], 0, make_standing(article))
    with pytest.raises(Fork, match="another window") as fork:
        append(engine, [yours], 0, make_standing(article, cursor=7))
    assert (fork.value.code, fork.value.exit, fork.value.saved) == ("store.fork", Exit.ENVIRONMENT, frozenset())
    with pytest.raises(Fork) as fork:
        append(engine, [mine, late], 1, make_standing(article))
    assert fork.value.saved == {"mine"}
    with pytest.raises(Fork):
        append(engine, [late], 2, make_standing(article))
    assert ids(engine) == ["mine"]
    assert [standing.cursor for standing in standings(engine)] == [0]
    append(engine, [yours], 1, make_standing(article))
    assert ids(engine) == ["mine", "yours"]


def test_a_decision_that_cannot_be_read_is_refused_in_words(
    engine: Engine, article: Article, make_decision: MakeDecision, make_standing: MakeStanding
) -> None:
    append(engine, [make_decision("d1", article)], 0, make_standing(article))
    with engine.begin() as connection:
        connection.execute(text("UPDATE decision SET payload = replace(payload, '\"rule\"', '\"royal decree\"')"))
    with pytest.raises(Refusal, match="A decision of a1 on 001 cannot be read") as refusal:
        decisions_on(engine, "a1", "001", article.text_sha256)
    assert refusal.value.code == "store.corrupt"


def test_other_people_and_other_texts_are_no_fork(
    engine: Engine, make_article: Callable[..., Article], make_decision: MakeDecision, make_standing: MakeStanding
) -> None:
    for article in (make_article("001", "Six."), make_article("001", "Seven."), make_article("002", "Six.")):
        put_article(engine, article)
        for person in ("a1", "a2"):
            append(
                engine,
                [make_decision(f"{person}{article.article_id}{article.text}", article, person)],
                0,
                make_standing(article, person),
            )
    assert len(standings(engine)) == 6
    assert len(standings(engine, "001")) == 4
    assert [standing.person for standing in standings(engine, "002")] == ["a1", "a2"]


def test_a_batch_is_kept_whole_or_not_at_all(
    engine: Engine, article: Article, make_decision: MakeDecision, make_standing: MakeStanding
) -> None:
    stranger = make_decision("c", article).model_copy(update={"text_sha256": "0" * 64})
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        append(engine, [make_decision("a", article), make_decision("b", article), stranger], 0, make_standing(article))
    assert rows(engine) == []
    assert standings(engine) == []


def test_the_standing_follows_the_last_decision(
    engine: Engine, article: Article, make_decision: MakeDecision, make_standing: MakeStanding
) -> None:
    where = (article.article_id, article.text_sha256)
    assert standing_of(engine, "a1", *where) is None
    append(engine, [make_decision("a", article)], 0, make_standing(article, cursor=3))
    append(engine, [make_decision("b", article)], 1, make_standing(article, cursor=9, finished=True))
    assert standing_of(engine, "a1", *where) == make_standing(article, decisions=2, cursor=9, finished=True)
    assert standing_of(engine, "a2", *where) is None
    assert standing_of(engine, "a1", article.article_id, "0" * 64) is None


def test_the_place_is_kept_without_a_decision(engine: Engine, article: Article, make_standing: MakeStanding) -> None:
    for cursor in (5, 11):
        keep_cursor(engine, make_standing(article, cursor=cursor))
        assert standings(engine) == [make_standing(article, cursor=cursor)]


def test_a_window_left_open_takes_back_nothing_when_it_closes(
    engine: Engine, article: Article, make_decision: MakeDecision, make_standing: MakeStanding
) -> None:
    append(engine, [make_decision("a", article)], 0, make_standing(article, finished=True))
    keep_cursor(engine, make_standing(article, cursor=4))
    assert standings(engine) == [make_standing(article, decisions=1, cursor=4, finished=True)]


WRITER = """
import sys, time
from annotator.model.decision import Decision, Rule
from annotator.store.articles import get_article
from annotator.store.engine import open_engine
from annotator.store.log import Fork, Standing, append, decisions_on
url, person, article_id, name, count = sys.argv[1:]
engine = open_engine(url)
article = get_article(engine, article_id)
print("ready", flush=True)
sys.stdin.readline()
seen = forks = 0
for number in range(int(count)):
    decision = Decision(id=f"{name}-{number}", person=person, article_id=article_id, text_sha256=article.text_sha256,
                        stage="label", made_at=0, changes=(Rule(item="x", choice="none"),))
    while True:
        try:
            append(engine, [decision], seen, Standing(person, article_id, article.text_sha256, 0, 0, False, number))
            break
        except Fork:
            forks += 1
            seen = len(decisions_on(engine, person, article_id, article.text_sha256))
    seen += 1
print(forks)
"""


def test_many_writers_leave_no_gap_and_lose_nothing(
    url: str, engine: Engine, make_article: Callable[..., Article], together: Together
) -> None:
    for article_id in ("001", "002"):
        put_article(engine, make_article(article_id))
    crowd: list[tuple[object, ...]] = [
        (url, "a1", "001", "first window", 12),
        (url, "a1", "001", "second window", 12),
        (url, "a1", "002", "other article", 12),
        (url, "a2", "001", "other person", 12),
    ]
    together(WRITER, crowd)
    for person, windows in (("a1", crowd[:3]), ("a2", crowd[3:])):
        logged = rows(engine, person)
        assert [row.person_seq for row in logged] == list(range(1, 12 * len(windows) + 1))
        for *_, name, count in windows:
            own = [row.decision_id for row in logged if row.decision_id.startswith(f"{name}-")]
            assert own == [f"{name}-{number}" for number in range(int(str(count)))]
    assert check_log(engine) == ()
    assert [standing.decisions for standing in standings(engine)] == [24, 12, 12]


def test_threads_that_share_an_engine(
    engine: Engine, article: Article, make_decision: MakeDecision, make_standing: MakeStanding
) -> None:
    def work(person: str) -> None:
        for number in range(20):
            decision = make_decision(f"{person}-{number}", article, person)
            append(engine, [decision], number, make_standing(article, person))

    threads = [Thread(target=work, args=(f"a{number}",)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for number in range(6):
        assert ids(engine, f"a{number}") == [f"a{number}-{n}" for n in range(20)]
    assert check_log(engine) == ()


def test_two_windows_that_save_the_place_at_one_time(
    url: str, engine: Engine, article: Article, make_standing: MakeStanding
) -> None:
    other = open_engine(url)
    failures: list[Refusal] = []

    def work(through: Engine, cursor: int) -> None:
        try:
            for number in range(15):
                keep_cursor(through, make_standing(article, person=f"a{number}", cursor=cursor))
        except Refusal as refusal:
            failures.append(refusal)

    threads = [Thread(target=work, args=pair) for pair in ((engine, 1), (other, 2))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert len(standings(engine)) == 15
    other.dispose()
