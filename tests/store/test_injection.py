"""What a field holds is never taken for SQL: it comes back as it was, or is refused before anything is written."""

import hashlib
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings, strategies
from sqlalchemy import Engine, inspect

from annotator.errors import Refusal
from annotator.model.article import Article, Metadata, Region
from annotator.model.decision import Decision, Rule, SettleMention
from annotator.model.mention import Mention
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
from annotator.store.log import Standing, append, check_log, decisions_on, standing_of, standings
from annotator.store.people import find_pseudonym, names, pseudonym_of

NASTY = [
    "'; DROP TABLE decision; --",
    '"; DELETE FROM article; --',
    "' OR '1'='1",
    "\\' \\\\ \\x27 E'\\'",
    ":name %(name)s %s ? $1 {name}",
    "$$; DROP TABLE person; $$",
    "/* */ -- \n\t\r",
    "%_*[a-z]",
    "NULL",
    "قتل ‮ستة\u2028\x85",
    "x'; ATTACH DATABASE 'stolen' AS stolen; --",
]


def work_through(engine: Engine, nasty: str) -> None:
    """Put the string into every field that takes one, and read it back."""
    digest = hashlib.sha256(nasty.encode()).hexdigest()
    described = Metadata(language="en", outlet=nasty, published_from=nasty, translation_of=nasty)
    article = Article(article_id=nasty, text=nasty, raw_sha256=digest, text_sha256=digest, metadata=described)
    put_article(engine, article)
    put_article(engine, article.model_copy(update={"metadata": Metadata(language="ar")}))
    put_article(engine, article)
    assert get_article(engine, nasty) == article
    assert find_article_id(engine, nasty) == nasty
    said = Suggestions(
        finders=nasty, regions=(Region(kind="title", start=0, end=len(nasty)),), candidates=Candidates.of("")
    )
    put_suggestions(engine, article, said)
    put_suggestions(engine, article, said)
    assert get_suggestions(engine, article) == said
    assert [stored.title for stored in list_articles(engine) if stored.article_id == nasty] == [" ".join(nasty.split())]
    pseudonym = pseudonym_of(engine, nasty, "label")
    assert find_pseudonym(engine, nasty, "label") == pseudonym
    assert names(engine)[pseudonym] == nasty
    mention = Mention(id=nasty, kind="trigger", start=0, end=len(nasty), quote=nasty, ref=nasty, label=nasty)
    decision = Decision(
        id=nasty,
        person=nasty,
        article_id=nasty,
        text_sha256=digest,
        stage="label",
        made_at=0,
        changes=(
            SettleMention(disposition="rejected", mention=mention, reason=nasty),
            Rule(item=nasty, choice="pick", annotator=nasty),
        ),
    )
    before = len(decisions_on(engine, nasty, nasty, digest))
    append(engine, [decision], before, Standing(nasty, nasty, digest, 0, 0, False, 0))
    assert decisions_on(engine, nasty, nasty, digest) == [decision]
    assert standing_of(engine, nasty, nasty, digest) in standings(engine, nasty)


@pytest.mark.parametrize("nasty", NASTY)
def test_what_looks_like_sql_is_text(nasty: str, engine: Engine) -> None:
    work_through(engine, nasty)
    assert check_log(engine) == ()
    assert set(tables.metadata.tables) <= set(inspect(engine).get_table_names())


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=strategies.text(strategies.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1))
def test_any_text_comes_back(drawn: str, sqlite_engine: Engine) -> None:
    digest = hashlib.sha256(drawn.encode()).hexdigest()
    if not decisions_on(sqlite_engine, drawn, drawn, digest):
        work_through(sqlite_engine, drawn)


def refused_or_safe(act: Callable[[], object]) -> bool:
    try:
        act()
    except Refusal as refusal:
        assert refusal.code == "store.not-written"
        assert "NUL" in refusal.what
        return False
    return True


@pytest.mark.parametrize("nul", ["\0", "a\0b", "a\0'; DROP TABLE person; --"])
def test_nul_is_refused_or_kept_and_never_cuts_a_value_short(nul: str, engine: Engine, article: Article) -> None:
    if refused_or_safe(lambda: work_through(engine, nul)):
        assert nul in names(engine).values()
    else:
        assert names(engine) == {}
        assert [stored.article_id for stored in list_articles(engine)] == [article.article_id]
        assert not refused_or_safe(lambda: find_pseudonym(engine, nul, "label"))
    assert find_pseudonym(engine, nul.split("\0")[0], "label") is None
    # Inside a payload it is always kept: JSON writes it as an escape.
    decision = Decision(
        id="d",
        person="a1",
        article_id=article.article_id,
        text_sha256=article.text_sha256,
        stage="label",
        made_at=0,
        changes=(Rule(item=nul, choice="none"),),
    )
    append(engine, [decision], 0, Standing("a1", article.article_id, article.text_sha256, 0, 0, False, 0))
    assert decisions_on(engine, "a1", article.article_id, article.text_sha256) == [decision]
    assert check_log(engine) == ()
