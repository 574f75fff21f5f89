"""What a field holds is never taken for SQL: it comes back as it was, or is refused before anything is written."""

import hashlib
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings, strategies
from sqlalchemy import Engine, inspect, select

from annotator.errors import Refusal
from annotator.model.article import Article, Metadata, Region
from annotator.model.audit import Audit
from annotator.model.challenge import Challenge
from annotator.model.decision import Decision, Rule, SettleMention
from annotator.model.mention import Candidate, Mention
from annotator.model.settings import AuditSettings
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
from annotator.store.audits import audited_articles, audits_of, get_audit, put_audit
from annotator.store.challenges import challenges, mark_withdrawn, put_challenge
from annotator.store.log import Standing, append, check_log, decisions_on, standing_of, standings
from annotator.store.many_articles import file_taken_in, files_taken_in
from annotator.store.people import find_pseudonym, names, pseudonym_of
from annotator.store.proposed import forget_proposed, get_proposed, put_proposed, systems
from annotator.store.tasks import Wanted, assign, give_back, lease, lease_next, tasks, withdraw

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


def work_beside(engine: Engine, nasty: str, article: Article) -> None:
    """The same for what others propose, for audits, challenges and tasks."""
    found = Candidates.of(
        nasty, [Candidate(id=nasty, kind="trigger", start=0, end=1, quote=nasty[0], ref=nasty, finders=(nasty,))]
    )
    put_proposed(engine, article, {nasty: found})
    assert (list(get_proposed(engine, article)), nasty in systems(engine)) == ([nasty], True)
    assert list(get_proposed(engine, article)[nasty]) == list(found)
    assert forget_proposed(engine, nasty) == 1
    audit = Audit(by=AuditSettings(withheld=0.1), withheld=found, planted=found, replaced=found)
    assert put_audit(engine, nasty, article, audit) == audit == get_audit(engine, nasty, article)
    assert list(audits_of(engine, article)) == [nasty]
    assert nasty in audited_articles(engine)
    challenge = Challenge(
        id=nasty,
        article_id=nasty,
        text_sha256=article.text_sha256,
        gold=nasty,
        manifest_sha256="0" * 64,
        start=0,
        end=1,
        quote=nasty,
        reason=f"x{nasty}x",
        filed_by=nasty,
        filed_at=0,
    )
    put_challenge(engine, challenge)
    assert challenges(engine, nasty) == [challenge]
    withdrawn = mark_withdrawn(engine, challenge, 7)
    assert challenges(engine, nasty) == [withdrawn] != [challenge]
    assert assign(engine, [Wanted(nasty, "label", 0, nasty), Wanted(nasty, "label", 1)]) == 2
    assert lease(engine, nasty, "label", nasty, 1000, [nasty])
    assert [one.owner for one in tasks(engine, owner=nasty)] == [nasty]
    assert [one.reserved_for for one in tasks(engine, article_id=nasty)] == [nasty, None]
    give_back(engine, nasty, "label", nasty)
    assert lease_next(engine, "label", nasty, 1000) == nasty
    assert withdraw(engine, [nasty]) == 1


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
    for look in ((1, 2), (3, 4)):
        file_taken_in(engine, nasty, look)
        assert files_taken_in(engine)[nasty] == look
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
    work_beside(engine, nasty, article)


@pytest.mark.parametrize("nasty", NASTY)
def test_what_looks_like_sql_is_text(nasty: str, engine: Engine) -> None:
    work_through(engine, nasty)
    with engine.connect() as connection:
        held = {name: connection.execute(select(table)).all() for name, table in tables.metadata.tables.items()}
    assert {name for name, rows in held.items() if not rows} <= {"proposed"}, "every table was written to"
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
