"""Articles come in, change and come back; no text and no decision is ever lost."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine, text

from annotator.errors import Exit, Refusal
from annotator.model.article import Article, Region
from annotator.model.decision import Decision
from annotator.model.suggestions import Candidates, Suggestions
from annotator.store import tables
from annotator.store.articles import (
    find_article_id,
    get_article,
    get_suggestions,
    list_articles,
    put_article,
    put_suggestions,
)
from annotator.store.engine import reading, writing
from annotator.store.log import Standing, append, decisions_on, standings

MakeArticle = Callable[..., Article]


def rows(engine: Engine) -> list[Any]:
    with reading(engine) as connection:
        return list(connection.execute(text("SELECT * FROM article ORDER BY article_id, version")).all())


def test_the_same_bytes_change_nothing(engine: Engine, make_article: MakeArticle) -> None:
    assert put_article(engine, make_article()) == "new"
    before = rows(engine)
    assert put_article(engine, make_article()) == "unchanged"
    assert rows(engine) == before
    assert get_article(engine, "001") == make_article()


def test_a_text_that_was_changed_in_the_store_is_not_given(engine: Engine, make_article: MakeArticle) -> None:
    put_article(engine, make_article())
    with writing(engine) as connection:
        connection.execute(text("UPDATE article SET text = replace(text, substr(text, 1, 1), '#')"))
    with pytest.raises(Refusal, match="The store's text of 001 is not the one that came in") as refusal:
        get_article(engine, "001")
    assert refusal.value.code == "store.corrupt"


def test_a_changed_text_is_a_new_version_beside_the_old_one(engine: Engine, make_article: MakeArticle) -> None:
    put_article(engine, make_article(text="Six were killed."))
    assert put_article(engine, make_article(text="Seven were killed.")) == "changed"
    assert [(row.version, row.text) for row in rows(engine)] == [(1, "Six were killed."), (2, "Seven were killed.")]
    assert get_article(engine, "001").text == "Seven were killed."


def test_an_old_text_that_returns_is_current_again(engine: Engine, make_article: MakeArticle) -> None:
    first, second = make_article(text="Six."), make_article(text="Seven.")
    arrivals = [put_article(engine, article) for article in (first, second, first, first, second)]
    assert arrivals == ["new", "changed", "changed", "unchanged", "changed"]
    assert [(row.version, row.text) for row in rows(engine)] == [(3, "Six."), (4, "Seven.")]
    assert [stored.version for stored in list_articles(engine)] == [4]


def test_other_metadata_alone(engine: Engine, make_article: MakeArticle) -> None:
    put_article(engine, make_article())
    assert put_article(engine, make_article(outlet="Orient News")) == "metadata"
    assert put_article(engine, make_article(outlet="Orient News")) == "unchanged"
    assert get_article(engine, "001").metadata.outlet == "Orient News"
    assert [row.version for row in rows(engine)] == [1]


def test_decisions_on_the_old_text_are_kept(
    engine: Engine,
    make_article: MakeArticle,
    make_decision: Callable[..., Decision],
    make_standing: Callable[..., Standing],
) -> None:
    old, new = make_article(text="Six."), make_article(text="Seven.")
    decision = make_decision("d1", old)
    put_article(engine, old)
    append(engine, [decision], 0, make_standing(old))
    put_article(engine, new)
    assert decisions_on(engine, "a1", "001", old.text_sha256) == [decision]
    assert decisions_on(engine, "a1", "001", new.text_sha256) == []
    put_article(engine, old)
    assert decisions_on(engine, "a1", "001", old.text_sha256) == [decision]
    assert [standing.decisions for standing in standings(engine, "001")] == [1]


def test_articles_are_listed_by_code_points(engine: Engine, make_article: MakeArticle) -> None:
    ids = ["a", "B", "_", "é", "e", "10", "9", "خبر"]
    for article_id in ids:
        put_article(engine, make_article(article_id))
    assert [stored.article_id for stored in list_articles(engine)] == sorted(ids)


def test_an_article_is_found_by_how_its_id_begins(engine: Engine, make_article: MakeArticle) -> None:
    for article_id in ("001_abc", "001_abd", "002"):
        put_article(engine, make_article(article_id))
    assert find_article_id(engine, "002") == "002"
    assert find_article_id(engine, "001_abc") == "001_abc"
    put_article(engine, make_article("003_xyz"))
    assert find_article_id(engine, "003") == "003_xyz"
    for written, hint in (("001", "Did you mean 001_abc?"), ("01_abc", "001_abc"), ("zzz", "annotator status")):
        with pytest.raises(Refusal, match="There is no article") as refusal:
            find_article_id(engine, written)
        assert (refusal.value.code, refusal.value.exit) == ("article.unknown", Exit.BAD_INPUT)
        assert hint in refusal.value.do
        with pytest.raises(Refusal, match="There is no article"):
            get_article(engine, written)


def suggestions(version: str, end: int) -> Suggestions:
    return Suggestions(finders=version, regions=(Region(kind="title", start=0, end=end),), candidates=Candidates.of(""))


def test_what_the_finders_say_replaces_what_they_said(engine: Engine, make_article: MakeArticle) -> None:
    article = make_article(text="Six \n were killed.\n")
    put_article(engine, article)
    assert get_suggestions(engine, article) is None
    assert [(stored.title, stored.candidates) for stored in list_articles(engine)] == [("", None)]
    for said in (suggestions("rules 1", 3), suggestions("rules 2", 10)):
        put_suggestions(engine, article, said)
        assert get_suggestions(engine, article) == said
    assert [(stored.title, stored.candidates) for stored in list_articles(engine)] == [("Six were", 0)]


def test_suggestions_belong_to_one_text(engine: Engine, make_article: MakeArticle) -> None:
    old, new = make_article(text="Six."), make_article(text="Seven.")
    put_article(engine, old)
    put_suggestions(engine, old, suggestions("rules 1", 3))
    put_article(engine, new)
    assert get_suggestions(engine, new) is None
    assert get_suggestions(engine, old) is not None
    assert [stored.candidates for stored in list_articles(engine)] == [None]


def test_other_metadata_take_back_what_the_finders_said(engine: Engine, make_article: MakeArticle) -> None:
    article = make_article()
    put_article(engine, article)
    put_suggestions(engine, article, suggestions("rules 1", 3))
    put_article(engine, article)
    assert get_suggestions(engine, article) is not None
    put_article(engine, make_article(published="2018-05-21"))
    assert get_suggestions(engine, article) is None


def test_what_the_finders_of_another_version_said_is_found_anew(engine: Engine, make_article: MakeArticle) -> None:
    article = make_article()
    put_article(engine, article)
    put_suggestions(engine, article, suggestions("rules 1", 3))
    with engine.begin() as connection:
        connection.execute(tables.suggestions.update().values(document='{"finders": "rules 0", "candidates": []}'))
    assert get_suggestions(engine, article) is None


def test_importers_at_one_time_agree(
    url: str, engine: Engine, together: Callable[[str, list[tuple[object, ...]]], list[str]]
) -> None:
    script = """
import sys
from hashlib import sha256
from annotator.model.article import Article, Metadata
from annotator.model.suggestions import Candidates, Suggestions
from annotator.store.articles import put_article, put_suggestions
from annotator.store.engine import open_engine
engine = open_engine(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
for number in range(15):
    for text in (f"{number} were killed.", f"{number} were killed and {sys.argv[2]} wounded."):
        digest = sha256(text.encode()).hexdigest()
        article = Article(article_id=f"{number:03}", text=text, raw_sha256=digest, text_sha256=digest,
                          metadata=Metadata(language="en"))
        print(put_article(engine, article))
        put_suggestions(engine, article, Suggestions(finders=sys.argv[2], regions=(), candidates=Candidates.of("")))
"""
    arrivals = " ".join(together(script, [(url, who) for who in range(4)])).split()
    assert arrivals.count("new") == 15
    stored = rows(engine)
    assert len(stored) == 15 * 5
    assert {row.text for row in stored} >= {f"{n} were killed and {w} wounded." for n in range(15) for w in range(4)}
    assert [article.candidates for article in list_articles(engine)] == [0] * 15
