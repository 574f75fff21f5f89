"""An audit is recorded once, by whoever comes first, and read back as it was."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text

from annotator.errors import Refusal
from annotator.model.article import Article
from annotator.model.audit import Audit
from annotator.model.mention import Candidate
from annotator.model.settings import AuditSettings
from annotator.model.suggestions import Candidates
from annotator.store.articles import put_article
from annotator.store.audits import audited_articles, audits_of, get_audit, put_audit
from annotator.store.engine import writing

SIX = Candidate(id="number:0-3", kind="number", start=0, end=3, quote="Six", finders=("lexicon/2",))
KILLED = Candidate(
    id="trigger:9-15", kind="trigger", start=9, end=15, quote="killed", label="clash.armed", finders=("lexicon/2",)
)


def audit(article: Article, *withheld: Candidate) -> Audit:
    right, wrong = KILLED, KILLED.model_copy(update={"label": "strike.air"})
    packed = [Candidates.of(article.text, found) for found in (withheld, [wrong], [right])]
    by = AuditSettings(withheld=0.25, planted=0.1, seed=7)
    return Audit(by=by, withheld=packed[0], planted=packed[1], replaced=packed[2])


def test_an_audit_is_read_back_as_it_was(engine: Engine, article: Article) -> None:
    assert get_audit(engine, "a1", article) is None
    assert put_audit(engine, "a1", article, audit(article, SIX)) == audit(article, SIX)
    assert get_audit(engine, "a1", article) == audit(article, SIX)
    assert get_audit(engine, "a2", article) is None


def test_the_first_record_holds(engine: Engine, article: Article) -> None:
    put_audit(engine, "a1", article, audit(article, SIX))
    assert put_audit(engine, "a1", article, audit(article)) == audit(article, SIX)
    assert get_audit(engine, "a1", article) == audit(article, SIX)


def test_audits_are_of_a_person_and_a_text(
    engine: Engine, article: Article, make_article: Callable[..., Article]
) -> None:
    later, other = make_article(text="Seven were killed.\n"), make_article("002")
    put_article(engine, other)
    put_audit(engine, "a2", article, audit(article))
    put_audit(engine, "a1", article, audit(article, SIX))
    put_audit(engine, "a1", other, audit(other))
    put_article(engine, later)
    assert audits_of(engine, article) == {"a1": audit(article, SIX), "a2": audit(article)}
    assert list(audits_of(engine, article)) == ["a1", "a2"]
    assert audits_of(engine, later) == {}
    assert audited_articles(engine) == ["001", "002"]


def test_an_audit_that_cannot_be_read_is_said(engine: Engine, article: Article) -> None:
    put_audit(engine, "a1", article, audit(article))
    with writing(engine) as connection:
        connection.execute(text("UPDATE audit SET document = '{}'"))
    for look in (lambda: get_audit(engine, "a1", article), lambda: audits_of(engine, article)):
        with pytest.raises(Refusal, match="audit of a1 on 001") as refusal:
            look()
        assert refusal.value.code == "store.corrupt"


def test_of_two_programs_at_one_time_one_chooses(
    url: str, engine: Engine, article: Article, together: Callable[[str, list[tuple[object, ...]]], list[str]]
) -> None:
    script = """
import sys
from annotator.model.audit import Audit
from annotator.model.settings import AuditSettings
from annotator.model.suggestions import Candidates
from annotator.store.articles import get_article
from annotator.store.audits import put_audit
from annotator.store.engine import open_engine
engine = open_engine(sys.argv[1])
article = get_article(engine, "001")
none = Candidates.of(article.text)
mine = Audit(by=AuditSettings(planted=0.1, seed=int(sys.argv[2])), withheld=none, planted=none, replaced=none)
print("ready", flush=True)
sys.stdin.readline()
print(put_audit(engine, "a1", article, mine).by.seed)
"""
    seeds = together(script, [(url, number) for number in range(5)])
    assert len({seed.strip() for seed in seeds}) == 1
