"""The log of all people on all articles at once, as an export reads it and an import compares with."""

from pydantic import ValidationError
from sqlalchemy import ColumnElement, Engine, and_, func, select

from annotator.errors import Refusal
from annotator.model.decision import Decision
from annotator.store import tables
from annotator.store.engine import reading

_decision = tables.decision.c
_article = tables.article.c


def every_decision(engine: Engine) -> list[Decision]:
    """Give all decisions on the current texts of articles, in the order of the log.

    Raises `Refusal` `store.corrupt` for one that cannot be read.
    """
    newest = select(_article.article_id, func.max(_article.version).label("version")).group_by(_article.article_id)
    current = newest.subquery()
    query = (
        select(_decision.payload, _decision.person, _decision.article_id)
        .join(tables.article, _on_text())
        .join(current, and_(current.c.article_id == _article.article_id, current.c.version == _article.version))
        .order_by(_decision.seq)
    )
    with reading(engine) as connection:
        return [_read(*row) for row in connection.execute(query)]


def known_ids(engine: Engine) -> frozenset[str]:
    """Give the ids of all decisions, those on earlier texts included."""
    with reading(engine) as connection:
        return frozenset(connection.execute(select(_decision.decision_id)).scalars())


def _on_text() -> ColumnElement[bool]:
    return and_(_article.article_id == _decision.article_id, _article.text_sha256 == _decision.text_sha256)


def _read(payload: str, person: str, article_id: str) -> Decision:
    try:
        return Decision.model_validate_json(payload)
    except ValidationError:
        raise Refusal(
            "store.corrupt",
            f"A decision of {person} on {article_id} cannot be read: it was changed, or a newer program made it.",
            "`annotator check` names what was changed; restore a backup, or install the newer version.",
        ) from None
