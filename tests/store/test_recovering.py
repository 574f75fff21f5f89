"""A damaged SQLite file gives back every decision that is intact, and says which are not."""

import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from annotator.errors import Refusal
from annotator.model.article import Article
from annotator.model.decision import Decision
from annotator.store.articles import get_article, put_article, row_of
from annotator.store.carving import carve
from annotator.store.engine import open_engine
from annotator.store.log import Standing, append, check_log, decisions_on, standings
from annotator.store.people import names, pseudonym_of
from annotator.store.recovering import recover

PAGE = 4096


@pytest.fixture
def store(
    tmp_path: Path,
    sqlite_engine: Engine,
    make_article: Callable[..., Article],
    make_decision: Callable[..., Decision],
    make_standing: Callable[..., Standing],
) -> Path:
    """A store of three people and two articles, one of which takes many pages; 360 decisions."""
    long = make_article("long", "Six were killed in Idlib. " * 3_000)
    for one in (make_article(), long):
        put_article(sqlite_engine, one)
    for name in ("noor", "miriam", "مريم"):
        person = pseudonym_of(sqlite_engine, name, "label")
        seen = 0
        for one in (make_article(), long):
            batch = [make_decision(f"{person}-{one.article_id}-{number}", one, person) for number in range(60)]
            append(sqlite_engine, batch, 0, make_standing(one, person))
            seen += 60
    sqlite_engine.dispose()
    return tmp_path / "work.db"


def recovered(path: Path) -> Engine:
    return open_engine(f"sqlite:///{path}")


def pages_of(path: Path, table: str) -> list[int]:
    """The leaf pages of a table, counted from 0."""
    with sqlite3.connect(path) as connection:
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
    connection.close()
    data = path.read_bytes()

    def leaves(page: int) -> list[int]:
        start = (page - 1) * PAGE
        if data[start] == 0x0D:
            return [page - 1]
        count = int.from_bytes(data[start + 3 : start + 5], "big")
        cells = [int.from_bytes(data[start + 12 + 2 * n : start + 14 + 2 * n], "big") for n in range(count)]
        children = [int.from_bytes(data[start + at : start + at + 4], "big") for at in cells]
        return [
            leaf for child in [*children, int.from_bytes(data[start + 8 : start + 12], "big")] for leaf in leaves(child)
        ]

    return leaves(root)


def damage(path: Path, page: int, bytes_: bytes = b"\xff" * PAGE) -> None:
    with path.open("r+b") as file:
        file.seek(page * PAGE)
        file.write(bytes_)


def test_an_intact_store_comes_out_as_it_is(store: Path, tmp_path: Path, make_article: Callable[..., Article]) -> None:
    outcome = recover(store, tmp_path / "new.db", {})
    assert (outcome.decisions, outcome.articles, outcome.people, outcome.lost) == (360, 2, 3, ())
    old, new = recovered(store), recovered(tmp_path / "new.db")
    assert names(new) == names(old) == {"a1": "noor", "a2": "miriam", "a3": "مريم"}
    assert standings(new) == standings(old)
    for person in names(old):
        for article in (get_article(old, "001"), get_article(old, "long")):
            assert decisions_on(new, person, article.article_id, article.text_sha256) == decisions_on(
                old, person, article.article_id, article.text_sha256
            )
    assert check_log(new) == ()


def test_a_file_whose_first_page_is_gone(store: Path, tmp_path: Path) -> None:
    damage(store, 0)
    with pytest.raises(sqlite3.DatabaseError), sqlite3.connect(store) as connection:
        connection.execute("SELECT * FROM decision")
    connection.close()
    assert recover(store, tmp_path / "new.db", {}).decisions == 360


def test_a_lost_page_costs_its_own_decisions_and_they_are_named(store: Path, tmp_path: Path) -> None:
    pages = pages_of(store, "decision")
    assert len(pages) > 10
    damage(store, pages[3])
    outcome = recover(store, tmp_path / "new.db", {})
    [lost] = outcome.lost
    assert (lost.rule, lost.where) == ("store.lost", "a1")
    gone = 360 - outcome.decisions
    assert lost.message.startswith(f"{gone} decisions of 120 could not be read: ")
    assert 0 < gone < 30
    new = recovered(tmp_path / "new.db")
    assert check_log(new) == ()
    assert not any(one.finished for one in standings(new) if one.person == "a1" and one.decisions < 60)


def test_a_decision_that_was_tampered_with_is_not_brought_back(store: Path, tmp_path: Path) -> None:
    with sqlite3.connect(store) as connection:
        connection.execute("UPDATE decision SET payload = replace(payload, 'none', 'more') WHERE person_seq = 7")
    connection.close()
    assert [problem.message for problem in recover(store, tmp_path / "new.db", {}).lost] == [
        "1 decision of 120 could not be read: 7."
    ] * 3


def test_a_lost_text_comes_from_the_corpus(store: Path, tmp_path: Path, make_article: Callable[..., Article]) -> None:
    short = make_article()
    for page in pages_of(store, "article"):
        damage(store, page)
    outcome = recover(store, tmp_path / "new.db", {("001", short.text_sha256): row_of(short, version=1)})
    assert (outcome.decisions, outcome.articles) == (180, 1)
    told = [problem.message.split(":")[0] for problem in outcome.lost]
    assert told[0] == "The text that 180 decisions were made on is lost, and they with it"
    assert get_article(recovered(tmp_path / "new.db"), "001") == short


def test_lost_names_are_strangers(store: Path, tmp_path: Path) -> None:
    for page in pages_of(store, "person"):
        damage(store, page)
    recover(store, tmp_path / "new.db", {})
    assert names(recovered(tmp_path / "new.db")) == {"a1": "#a1", "a2": "#a2", "a3": "#a3"}


def test_what_a_killed_program_had_begun_is_in_the_journal(store: Path, tmp_path: Path) -> None:
    # A page as it was before the transaction stands in the journal, the page itself is torn.
    page = pages_of(store, "decision")[2]
    before = store.read_bytes()[page * PAGE : (page + 1) * PAGE]
    record = (page + 1).to_bytes(4, "big") + before + bytes(4)
    store.with_name("work.db-journal").write_bytes(bytes.fromhex("d9d505f920a163d7").ljust(512, b"\0") + record)
    damage(store, page, before[: PAGE // 3] + b"\0" * (PAGE - PAGE // 3))
    assert recover(store, tmp_path / "new.db", {}).decisions == 360


def test_what_is_only_in_the_log_ahead_of_the_file(store: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copied.db"
    writer = sqlite3.connect(store, isolation_level=None)
    writer.execute("PRAGMA journal_mode=WAL")
    writer.execute("PRAGMA wal_autocheckpoint=0")
    writer.execute("INSERT INTO person VALUES ('later', 'label', 'a4')")
    copy.write_bytes(store.read_bytes())
    copy.with_name("copied.db-wal").write_bytes(store.with_name("work.db-wal").read_bytes())
    writer.close()
    assert recover(copy, tmp_path / "new.db", {}).people == 4


def test_what_is_no_store_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    for number, data in enumerate((b"", b"\0" * 10_000, b"SQLite format 3\0" + bytes(range(256)) * 100)):
        junk = tmp_path / f"junk{number}.db"
        junk.write_bytes(data)
        with pytest.raises(Refusal, match="holds nothing of a store"):
            recover(junk, tmp_path / "new.db", {})
    with pytest.raises(Refusal, match="could not be read"):
        recover(tmp_path / "none.db", tmp_path / "new.db", {})
    assert not (tmp_path / "new.db").exists()


def test_a_file_that_is_there_is_never_written_over(store: Path, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="is there already"):
        recover(store, store, {})


@settings(max_examples=60)
@given(seed=st.integers(0, 2**32), holes=st.integers(1, 40))
def test_whatever_bytes_are_damaged_every_row_that_comes_out_was_there(
    seed: int, holes: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("carved") / "x.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT, c REAL, d BLOB)")
        rows = [(n, "ن" * (n * n % 9_000), n / 7, bytes([n % 256]) * (n % 5_000)) for n in range(-3, 60)]
        connection.executemany("INSERT INTO t VALUES (?, ?, ?, ?)", rows)
    connection.close()
    assert {(key, *cells[1:]) for key, *cells in carve(path) if len(cells) == 4} >= set(rows)
    drawn = random.Random(seed)
    data = bytearray(path.read_bytes())
    for _ in range(holes):
        data[drawn.randrange(len(data))] ^= drawn.randrange(1, 256)
    path.write_bytes(data)
    list(carve(path))  # nothing but rows: no error, no endless chain
