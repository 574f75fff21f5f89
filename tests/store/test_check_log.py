"""Whoever changes the log behind the program's back is found out."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text

from annotator.model.article import Article
from annotator.model.decision import Decision
from annotator.store.engine import writing
from annotator.store.log import Standing, append, check_log


@pytest.fixture
def tampered(
    engine: Engine,
    article: Article,
    make_decision: Callable[..., Decision],
    make_standing: Callable[..., Standing],
) -> Callable[..., list[str]]:
    """Runs SQL on a log of five decisions of two people each; gives where the check finds something wrong."""
    for person in ("a1", "a2"):
        batch = [make_decision(f"{person}-{number}", article, person) for number in range(1, 6)]
        append(engine, batch, 0, make_standing(article, person))
    assert check_log(engine) == ()

    def tamper(*statements: str) -> list[str]:
        with writing(engine) as connection:
            for statement in statements:
                connection.execute(text(statement))
        problems = check_log(engine)
        assert {(problem.rule, problem.level) for problem in problems} <= {("store.chain", "error")}
        return [f"{problem.where}: {problem.message.split(':')[0].split('. ')[0]}" for problem in problems]

    return tamper


Tampered = Callable[..., list[str]]

THIRD = "person = 'a1' AND person_seq = 3"


def test_an_edited_decision(tampered: Tampered) -> None:
    edit = f"UPDATE decision SET payload = replace(payload, 'none', 'edited') WHERE {THIRD}"
    assert tampered(edit) == ["a1, decision 3: This decision was changed after it was made"]


def test_an_edited_decision_whose_hash_was_made_to_fit(tampered: Tampered) -> None:
    from annotator.store.log import GENESIS, chain_hash

    forged = chain_hash(GENESIS, "{}")
    edit = f"UPDATE decision SET payload = '{{}}', prev_hash = '{GENESIS}', hash = '{forged}' WHERE {THIRD}"
    assert [found.split(": ")[0] for found in tampered(edit)] == ["a1, decision 3", "a1, decision 4"]


@pytest.mark.parametrize(
    "change",
    [
        "decision_id = 'other'",
        "stage = 'adjudicate'",
        "prev_hash = hash",
        "hash = prev_hash",
        "payload = payload || ' '",
    ],
)
def test_an_edited_column(change: str, tampered: Tampered) -> None:
    assert tampered(f"UPDATE decision SET {change} WHERE {THIRD}")[0].startswith("a1, decision 3: ")


def test_a_decision_moved_to_another_text(tampered: Tampered) -> None:
    found = tampered(
        "INSERT INTO article SELECT 'other', text_sha256, version, raw_sha256, metadata, text FROM article",
        f"UPDATE decision SET article_id = 'other' WHERE {THIRD}",
    )
    assert found == [
        "a1, decision 3: This decision was changed after it was made",
        "a1 on 001: The log holds 4 decisions where 5 were saved",
    ]


def test_a_removed_decision(tampered: Tampered) -> None:
    assert tampered(f"DELETE FROM decision WHERE {THIRD}") == [
        "a1, decision 4: This decision follows decision 2",
        "a1 on 001: The log holds 4 decisions where 5 were saved",
    ]


def test_a_removed_decision_whose_followers_were_numbered_anew(tampered: Tampered) -> None:
    found = tampered(
        f"DELETE FROM decision WHERE {THIRD}",
        "UPDATE decision SET person_seq = 3 WHERE decision_id = 'a1-4'",
        "UPDATE decision SET person_seq = 4 WHERE decision_id = 'a1-5'",
    )
    assert found[0] == "a1, decision 3: This decision does not follow from the one before it"


def test_a_log_that_begins_later(tampered: Tampered) -> None:
    assert "a1, decision 2: This decision follows decision 0" in tampered(
        "DELETE FROM decision WHERE person = 'a1' AND person_seq = 1"
    )


@pytest.mark.parametrize("kept", [0, 3, 4])
def test_a_log_whose_end_was_cut_off(kept: int, tampered: Tampered) -> None:
    found = tampered(f"DELETE FROM decision WHERE person = 'a2' AND person_seq > {kept}")
    assert found == [f"a2 on 001: The log holds {kept} decisions where 5 were saved"]


def test_two_decisions_that_changed_places(tampered: Tampered) -> None:
    found = tampered(
        "UPDATE decision SET person_seq = 99 WHERE decision_id = 'a1-2'",
        "UPDATE decision SET person_seq = 2 WHERE decision_id = 'a1-3'",
        "UPDATE decision SET person_seq = 3 WHERE decision_id = 'a1-2'",
    )
    assert [said.split(": ")[0] for said in found] == ["a1, decision 2", "a1, decision 3", "a1, decision 4"]


def test_a_decision_given_to_another_person(tampered: Tampered) -> None:
    found = tampered("UPDATE decision SET person = 'a2', person_seq = 6 WHERE decision_id = 'a1-5'")
    assert found == [
        "a2, decision 6: This decision does not follow from the one before it",
        "a1 on 001: The log holds 4 decisions where 5 were saved",
    ]


def test_every_fault_is_told(tampered: Tampered) -> None:
    found = tampered(
        "UPDATE decision SET payload = '{}' WHERE decision_id = 'a1-2'",
        "DELETE FROM decision WHERE decision_id = 'a2-3'",
    )
    assert [said.split(": ")[0] for said in found] == ["a1, decision 2", "a2, decision 4", "a2 on 001"]


def test_the_order_of_decisions_does_not_rest_on_row_numbers(
    tampered: Tampered, engine: Engine, article: Article
) -> None:
    from annotator.store.log import decisions_on

    found = tampered(
        "UPDATE decision SET seq = 999 WHERE decision_id = 'a1-2'",
        "UPDATE decision SET seq = 998 WHERE decision_id = 'a1-4'",
    )
    assert found == []
    made = decisions_on(engine, "a1", article.article_id, article.text_sha256)
    assert [decision.id for decision in made] == [f"a1-{number}" for number in range(1, 6)]
