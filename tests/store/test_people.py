"""Everyone gets one pseudonym a stage, no two people the same, and only the store knows who is who."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text

from annotator.errors import Refusal
from annotator.store.engine import writing
from annotator.store.people import find_pseudonym, forget_unused, keep_pseudonym, names, pseudonym_of


def test_pseudonyms_come_in_the_order_of_the_first_work(engine: Engine) -> None:
    assert find_pseudonym(engine, "Ann", "label") is None
    assert [pseudonym_of(engine, name, "label") for name in ("Ann", "Bob", "Ann", "ann")] == ["a1", "a2", "a1", "a3"]
    assert pseudonym_of(engine, "Bob", "adjudicate") == "j1"
    assert find_pseudonym(engine, "Ann", "adjudicate") is None
    assert find_pseudonym(engine, "Bob", "label") == "a2"
    assert names(engine) == {"a1": "Ann", "a2": "Bob", "a3": "ann", "j1": "Bob"}


def test_the_tenth_person_is_not_the_first(engine: Engine) -> None:
    people = [f"person {number}" for number in range(12)]
    assert [pseudonym_of(engine, name, "label") for name in people] == [f"a{n}" for n in range(1, 13)]
    assert [pseudonym_of(engine, name, "label") for name in people] == [f"a{n}" for n in range(1, 13)]


def test_a_pseudonym_is_not_given_again_when_someone_was_removed(engine: Engine) -> None:
    for name in ("Ann", "Bob", "Eve"):
        pseudonym_of(engine, name, "label")
    with writing(engine) as connection:
        connection.execute(text("DELETE FROM person WHERE name = 'Ann'"))
    assert pseudonym_of(engine, "Zoe", "label") == "a4"


def test_people_who_come_at_one_time_get_a_pseudonym_each(
    url: str, engine: Engine, together: Callable[[str, list[tuple[object, ...]]], list[str]]
) -> None:
    script = """
import sys
from annotator.store.engine import open_engine
from annotator.store.people import pseudonym_of
engine = open_engine(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
for number in range(10):
    print(number % 5, pseudonym_of(engine, f"person {number % 5}", "label"))
    print(sys.argv[2], pseudonym_of(engine, sys.argv[2], "label"))
"""
    told = {line for out in together(script, [(url, who) for who in "wxyz"]) for line in out.splitlines()}
    assert len(told) == 9
    assert {line.split()[1] for line in told} == {f"a{number}" for number in range(1, 10)}
    assert set(names(engine)) == {f"a{number}" for number in range(1, 10)}


def test_a_pseudonym_under_which_nothing_was_decided_is_taken_back_and_can_be_kept_after_all(engine: Engine) -> None:
    pseudonym_of(engine, "Ann", "label")
    assert pseudonym_of(engine, "Bob", "label") == "a2"
    forget_unused(engine, "a2")
    assert names(engine) == {"a1": "Ann"}
    with writing(engine) as connection:
        keep_pseudonym(connection, "Bob", "label", "a2")
        keep_pseudonym(connection, "Bob", "label", "a2")
    assert names(engine) == {"a1": "Ann", "a2": "Bob"}
    forget_unused(engine, "a2")
    pseudonym_of(engine, "Eve", "label")
    with pytest.raises(Refusal, match="somebody else"), writing(engine) as connection:
        keep_pseudonym(connection, "Bob", "label", "a2")
