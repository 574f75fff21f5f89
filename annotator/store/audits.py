"""The record of audits: what each annotator was not shown, or shown wrong. Written once; never changed or removed."""

from pydantic import ValidationError
from sqlalchemy import Engine, insert, select

from annotator.errors import Refusal
from annotator.model.article import Article
from annotator.model.audit import Audit
from annotator.model.frozen import Frozen
from annotator.model.settings import AuditSettings
from annotator.model.suggestions import Candidates, Packed
from annotator.store import tables
from annotator.store.engine import one_at_a_time, reading, writing

_audit = tables.audit.c


class _Kept(Frozen):
    """An audit as the document that is kept."""

    by: AuditSettings
    withheld: Packed
    planted: Packed
    replaced: Packed


def put_audit(engine: Engine, person: str, article: Article, audit: Audit) -> Audit:
    """Record what a person is shown of a text, unless that was recorded before; give what holds."""
    kept = _Kept(
        by=audit.by,
        withheld=audit.withheld.packed(),
        planted=audit.planted.packed(),
        replaced=audit.replaced.packed(),
    )
    row = {"person": person, "article_id": article.article_id, "text_sha256": article.text_sha256}
    with writing(engine) as connection:
        one_at_a_time(connection, f"audit of {person}")
        here = [tables.audit.c[name] == said for name, said in row.items()]
        there = connection.execute(select(_audit.document).where(*here)).scalar()
        if there is None:
            connection.execute(insert(tables.audit).values(document=kept.model_dump_json(), **row))
    return audit if there is None else _read(person, article, there)


def get_audit(engine: Engine, person: str, article: Article) -> Audit | None:
    """Give what a person is shown of a text; None when no audit was recorded. Raises `Refusal` `store.corrupt`."""
    here = (
        _audit.person == person,
        _audit.article_id == article.article_id,
        _audit.text_sha256 == article.text_sha256,
    )
    with reading(engine) as connection:
        document = connection.execute(select(_audit.document).where(*here)).scalar()
    return None if document is None else _read(person, article, document)


def audits_of(engine: Engine, article: Article) -> dict[str, Audit]:
    """Give the audits of a text, by pseudonym. Raises `Refusal` `store.corrupt`."""
    here = (_audit.article_id == article.article_id, _audit.text_sha256 == article.text_sha256)
    with reading(engine) as connection:
        found = {row.person: row.document for row in connection.execute(select(tables.audit).where(*here))}
    return {person: _read(person, article, found[person]) for person in sorted(found)}


def audited_articles(engine: Engine) -> list[str]:
    """Give the ids of the articles in which anybody was audited, on whichever text."""
    with reading(engine) as connection:
        return sorted(connection.execute(select(_audit.article_id).distinct()).scalars())


def _read(person: str, article: Article, document: str) -> Audit:
    try:
        kept = _Kept.model_validate_json(document)
    except ValidationError:
        raise Refusal(
            "store.corrupt",
            f"The audit of {person} on {article.article_id} cannot be read: changed, or made by a newer program.",
            "Restore a backup, or install the newer version.",
        ) from None
    text = article.text
    return Audit(
        by=kept.by,
        withheld=Candidates(text, kept.withheld),
        planted=Candidates(text, kept.planted),
        replaced=Candidates(text, kept.replaced),
    )
