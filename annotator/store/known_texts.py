"""Which texts of an article a store has, and what proposes for them: asked without reading any of them."""

from sqlalchemy import Engine, select

from annotator.store import tables
from annotator.store.engine import reading

_article = tables.article.c
_suggestions = tables.suggestions.c


def texts_of(engine: Engine, article_id: str) -> list[str]:
    """Give the hashes of all texts that an article ever had, the current one last; none for an unknown article."""
    query = select(_article.text_sha256).where(_article.article_id == article_id).order_by(_article.version)
    with reading(engine) as connection:
        return list(connection.execute(query).scalars())


def finders_of(engine: Engine, article_id: str, text_sha256: str) -> str | None:
    """Give what the suggestions for a text were made by; None where there are none."""
    here = (_suggestions.article_id == article_id, _suggestions.text_sha256 == text_sha256)
    with reading(engine) as connection:
        return connection.execute(select(_suggestions.finders).where(*here)).scalar()
