"""Decisions made in another store come in all together, each at the end of its person's chain, or not at all."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from annotator.errors import Refusal
from annotator.model.article import Article
from annotator.model.decision import Decision
from annotator.store.articles import put_article
from annotator.store.log import (
    Standing,
    adjudication_began,
    append,
    check_log,
    count_until,
    decisions_on,
    keep_cursor,
    standings,
    take_in,
)
from annotator.store.people import names, pseudonym_of
from annotator.store.strangers import is_stranger, take_pseudonyms
from annotator.store.whole_log import every_decision, known_ids

MakeArticle = Callable[..., Article]
MakeDecision = Callable[..., Decision]
MakeStanding = Callable[..., Standing]


@pytest.fixture
def other(engine: Engine, make_article: MakeArticle) -> Article:
    put_article(engine, make_article("002", "Seven were.\n"))
    return make_article("002", "Seven were.\n")


def text(article: Article, person: str = "a1") -> tuple[str, str, str]:
    return person, article.article_id, article.text_sha256


def test_what_comes_in_stands_behind_what_is_there(
    engine: Engine, article: Article, other: Article, make_decision: MakeDecision, make_standing: MakeStanding
) -> None:
    append(engine, [make_decision("d1", article)], 0, make_standing(article))
    keep_cursor(engine, make_standing(article, decisions=1, cursor=7))
    new = [make_decision("d2", other), make_decision("d3", article, "a2"), make_decision("d4", article)]
    counts = {text(article): 1, text(article, "a2"): 0, text(other): 0}
    finished = [
        make_standing(article, decisions=2, finished=True),
        make_standing(article, "a2", decisions=1),
        make_standing(other, decisions=1),
    ]
    take_in(engine, new, finished, counts)
    assert [decision.id for decision in every_decision(engine)] == ["d1", "d2", "d3", "d4"]
    assert [decision.id for decision in decisions_on(engine, *text(article))] == ["d1", "d4"]
    assert check_log(engine) == ()
    told = [(one.person, one.article_id, one.decisions, one.finished, one.cursor) for one in standings(engine)]
    assert told == [("a1", "001", 2, True, 7), ("a2", "001", 1, False, 0), ("a1", "002", 1, False, 0)]


def test_nothing_comes_in_when_somebody_decided_meanwhile(
    engine: Engine, article: Article, other: Article, make_decision: MakeDecision, make_standing: MakeStanding
) -> None:
    append(engine, [make_decision("d1", article)], 0, make_standing(article))
    new = [make_decision("d2", other), make_decision("d3", article)]
    with pytest.raises(Refusal, match="a1 decided something on 001 while") as refusal:
        take_in(engine, new, [make_standing(other, decisions=1)], {text(other): 0, text(article): 0})
    assert refusal.value.code == "store.fork"
    assert [decision.id for decision in every_decision(engine)] == ["d1"]
    assert len(standings(engine)) == 1


def test_decisions_on_an_earlier_text_are_known_and_not_given(
    engine: Engine,
    article: Article,
    make_article: MakeArticle,
    make_decision: MakeDecision,
    make_standing: MakeStanding,
) -> None:
    append(engine, [make_decision("d1", article)], 0, make_standing(article))
    put_article(engine, make_article(text="Five were killed.\n"))
    assert every_decision(engine) == []
    assert known_ids(engine) == {"d1"}


def test_adjudication_begins_with_the_first_decision_of_an_adjudicator(
    engine: Engine, article: Article, make_decision: MakeDecision, make_standing: MakeStanding
) -> None:
    append(engine, [make_decision("d1", article)], 0, make_standing(article))
    assert adjudication_began(engine, *text(article)[1:]) is None
    for name in ("d2", "d3"):
        ruled = make_decision(name, article, "j1").model_copy(update={"stage": "adjudicate"})
        append(engine, [ruled], int(name == "d3"), make_standing(article, "j1"))
    began = adjudication_began(engine, *text(article)[1:])
    assert began is not None
    assert [decision.id for decision in decisions_on(engine, *text(article, "j1"), until=began)] == ["d2"]
    assert [count_until(engine, *text(article, person), began) for person in ("a1", "j1", "a2")] == [1, 1, 0]


def test_a_stranger_keeps_the_pseudonym_until_somebody_says_who_it_is(engine: Engine) -> None:
    take_pseudonyms(engine, {"a1": ("label", None), "a7": ("label", "miriam"), "j1": ("adjudicate", None)})
    assert pseudonym_of(engine, "noor", "label") == "a8"
    assert pseudonym_of(engine, "miriam", "label") == "a7"
    assert pseudonym_of(engine, "miriam", "adjudicate") == "j2"
    assert is_stranger(names(engine)["a1"])
    take_pseudonyms(engine, {"a1": ("label", "zoe"), "a7": ("label", "somebody else")})
    assert pseudonym_of(engine, "zoe", "label") == "a1"
    assert names(engine)["a7"] == "miriam"
