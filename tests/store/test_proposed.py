"""What other systems propose, in the store: by text and system, replaced and forgotten, never guessed at."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, update

from annotator.errors import Exit, Refusal
from annotator.model.article import Article
from annotator.model.mention import Candidate, candidate_id
from annotator.model.suggestions import Candidates
from annotator.store import tables
from annotator.store.articles import put_article
from annotator.store.engine import writing
from annotator.store.proposed import digests_of_proposed, forget_proposed, get_proposed, put_proposed, systems
from annotator.text.span import CodePoint

HOSTILE = "o'; DROP TABLE proposed; --\u202e%s"


def actors(article: Article, *words: str, by: str = "alpha 1") -> Candidates:
    found = []
    for word in words:
        start = CodePoint(article.text.index(word))
        end = CodePoint(start + len(word))
        name = candidate_id("actor", start, end)
        found.append(Candidate(id=name, kind="actor", start=start, end=end, quote=word, finders=(by,)))
    return Candidates.of(article.text, found)


def test_each_system_is_kept_apart_and_replaced_by_itself(engine: Engine, article: Article) -> None:
    put_proposed(engine, article, {"beta": actors(article, "Six"), "alpha 1": actors(article, "Six", "killed")})
    before = digests_of_proposed(engine, article)
    assert list(before) == ["alpha 1", "beta"]
    put_proposed(engine, article, {"alpha 1": actors(article, "killed")})
    assert {name: [one.quote for one in said] for name, said in get_proposed(engine, article).items()} == {
        "alpha 1": ["killed"],
        "beta": ["Six"],
    }
    after = digests_of_proposed(engine, article)
    assert (after["beta"], after["alpha 1"] != before["alpha 1"]) == (before["beta"], True)


def test_a_system_that_proposes_nothing_any_more_is_gone(engine: Engine, article: Article) -> None:
    put_proposed(engine, article, {"alpha 1": actors(article, "Six")})
    put_proposed(engine, article, {"alpha 1": Candidates.of(article.text)})
    assert (digests_of_proposed(engine, article), systems(engine)) == ({}, [])


def test_proposals_belong_to_one_text(engine: Engine, article: Article, make_article: Callable[..., Article]) -> None:
    put_proposed(engine, article, {"alpha 1": actors(article, "Six")})
    other = make_article(text="Seven were killed.\n")
    put_article(engine, other)
    assert get_proposed(engine, other) == {}
    assert list(get_proposed(engine, article)) == ["alpha 1"]


def test_forgetting_takes_a_system_from_every_text(
    engine: Engine, article: Article, make_article: Callable[..., Article]
) -> None:
    other = make_article("002")
    put_article(engine, other)
    for one in (article, other):
        put_proposed(engine, one, {"alpha 1": actors(one, "Six"), HOSTILE: actors(one, "Six")})
    assert systems(engine) == sorted(["alpha 1", HOSTILE])
    assert forget_proposed(engine, HOSTILE) == 2
    assert forget_proposed(engine, "never seen") == 0
    assert systems(engine) == ["alpha 1"]


def test_what_cannot_be_read_is_told_as_it_cannot_be_found_anew(engine: Engine, article: Article) -> None:
    put_proposed(engine, article, {"alpha 1": actors(article, "Six")})
    with writing(engine) as connection:
        connection.execute(update(tables.proposed).values(document='{"said": 7}'))
    with pytest.raises(Refusal, match="'alpha 1' proposes for 001 cannot be read") as refusal:
        get_proposed(engine, article)
    assert (refusal.value.code, refusal.value.exit) == ("store.corrupt", Exit.ENVIRONMENT)
    assert "--forget" in refusal.value.do
