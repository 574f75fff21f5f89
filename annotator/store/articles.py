"""Articles and what the finders say of them, in the work store. A text that came in is never changed or removed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import orjson
from pydantic import ValidationError
from sqlalchemy import ColumnElement, Engine, and_, bindparam, delete, func, insert, select, update

from annotator.errors import Refusal
from annotator.model.article import Article, Metadata
from annotator.model.canonical import canonical_json, sha256
from annotator.model.date import is_date
from annotator.model.suggestions import KeptSuggestions, Suggestions
from annotator.store import tables
from annotator.store.batches import in_batches
from annotator.store.engine import one_at_a_time, reading, writing

Arrival = Literal["new", "unchanged", "metadata", "changed"]
"""What an import did: a new article, nothing, other metadata only, or a new version of the text."""


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article in the list of articles, without its text."""

    article_id: str
    text_sha256: str
    version: int
    metadata: Metadata
    title: str
    """The first title region's text, or empty when the finders did not run yet."""
    candidates: int | None
    """How many the finders propose; None when they did not run yet."""


_article = tables.article.c
_suggestions = tables.suggestions.c

_newer = tables.article.alias("newer")
_is_current: ColumnElement[bool] = ~(
    select(_newer.c.version)
    .where(_newer.c.article_id == _article.article_id, _newer.c.version > _article.version)
    .exists()
)
_LIST = (
    select(
        _article.article_id,
        _article.text_sha256,
        _article.version,
        _article.metadata,
        _suggestions.title,
        _suggestions.candidates,
    )
    .outerjoin(
        tables.suggestions,
        and_(_suggestions.article_id == _article.article_id, _suggestions.text_sha256 == _article.text_sha256),
    )
    .where(_is_current)
)

_AT_ONCE = 1000
"""Articles that are asked about in one statement."""

_HINTS = 1000
"""Ids among which the one is looked for that may be meant."""

_WITHOUT = (
    select(_article.article_id)
    .outerjoin(
        tables.suggestions,
        and_(_suggestions.article_id == _article.article_id, _suggestions.text_sha256 == _article.text_sha256),
    )
    .where(_article.article_id.in_(bindparam("articles", expanding=True)), _suggestions.finders.is_(None))
)


def put_article(engine: Engine, article: Article) -> Arrival:
    """Store an article's text unless it is there already; a different text becomes the next version.

    A text that came earlier and returns becomes current again by a new version number, with its annotations. What the
    finders said goes when the metadata change: a date is found from the day of publication.
    """
    described = canonical_json(article.metadata.plain()).decode()
    same = and_(_article.article_id == article.article_id, _article.text_sha256 == article.text_sha256)
    with writing(engine) as connection:
        one_at_a_time(connection, f"article {article.article_id}")
        newest = connection.execute(
            select(func.max(_article.version)).where(_article.article_id == article.article_id)
        ).scalar()
        present = connection.execute(select(_article.version, _article.metadata).where(same)).first()
        if present is None:
            connection.execute(insert(tables.article).values(row_of(article, version=(newest or 0) + 1)))
            return "new" if newest is None else "changed"
        if present.metadata != described:
            connection.execute(delete(tables.suggestions).where(_said_of(article)))
        if present.version != newest:
            connection.execute(update(tables.article).where(same).values(version=(newest or 0) + 1, metadata=described))
            return "changed"
        if present.metadata != described:
            connection.execute(update(tables.article).where(same).values(metadata=described))
            return "metadata"
        return "unchanged"


def row_of(article: Article, version: int) -> dict[str, object]:
    """Give an article as the row of a version of it."""
    return {
        "article_id": article.article_id,
        "text_sha256": article.text_sha256,
        "version": version,
        "raw_sha256": article.raw_sha256,
        "metadata": canonical_json(article.metadata.plain()).decode(),
        "text": article.text,
    }


def list_articles(engine: Engine) -> list[StoredArticle]:
    """Give the current version of every article, by id. Where there may be a million of them `pages.py` gives some."""
    return stored_articles(engine)


def stored_articles(engine: Engine, *conditions: ColumnElement[bool]) -> list[StoredArticle]:
    """Give the current versions of the articles that meet all conditions, by id."""
    with reading(engine) as connection:
        stored = [
            StoredArticle(
                row.article_id,
                row.text_sha256,
                row.version,
                _described(row.metadata),
                row.title or "",
                row.candidates,
            )
            for row in connection.execute(_LIST.where(*conditions))
        ]
    return sorted(stored, key=lambda article: article.article_id)  # a server sorts as its locale says


_IDS = select(_article.article_id).distinct().subquery()


def count_articles(engine: Engine) -> int:
    """Give how many articles there are."""
    with reading(engine) as connection:
        return connection.execute(select(func.count()).select_from(_IDS)).scalar_one()


def has_articles(engine: Engine) -> bool:
    """Tell whether there is any article."""
    with reading(engine) as connection:
        return connection.execute(select(_article.article_id).limit(1)).first() is not None


def get_article(engine: Engine, article_id: str) -> Article:
    """Give the current version of an article. Raises `Refusal`: `article.unknown`, or `store.corrupt` for its text."""
    with reading(engine) as connection:
        row = connection.execute(_NEWEST, {"asked": article_id}).first()
        if row is None:
            known = [name for (name,) in connection.execute(select(_article.article_id).distinct().limit(_HINTS))]
            raise _unknown(article_id, known)
    metadata = _described(row.metadata)
    try:
        article = Article(
            article_id=row.article_id,
            text=row.text,
            raw_sha256=row.raw_sha256,
            text_sha256=row.text_sha256,
            metadata=metadata,
        )
    except ValidationError:
        raise _damaged(article_id) from None
    if sha256(article.text.encode()) != article.text_sha256:  # every offset rests on these very code points
        raise _damaged(article_id)
    return article


_NEWEST = (
    select(tables.article).where(_article.article_id == bindparam("asked")).order_by(_article.version.desc()).limit(1)
)


def _damaged(article_id: str) -> Refusal:
    what = f"The store's text of {article_id} is not the one that came in: it was damaged or changed."
    return Refusal("store.corrupt", what, _MEND)


_MEND = "Restore a backup, run `annotator store recover`, or install the newer version."


def _described(written: str) -> Metadata:
    """Give metadata as they were stored; a day that no calendar has, once taken in unseen, is not known."""
    try:
        metadata = Metadata.model_validate(orjson.loads(written))
    except ValueError:  # no JSON, or JSON of something else
        what = "What the store knows about an article cannot be read: it was changed, or a newer program made it."
        raise Refusal("store.corrupt", what, _MEND) from None
    if metadata.published is None or is_date(metadata.published):
        return metadata
    return metadata.model_copy(update={"published": None})


def _unknown(article_id: str, known: list[str]) -> Refusal:
    import difflib

    begins = [name for name in known if name.startswith(article_id)]
    near = begins or difflib.get_close_matches(article_id, known, n=1)
    hint = f"Did you mean {near[0]}?" if near else "`annotator status` lists the articles."
    return Refusal("article.unknown", f"There is no article {article_id!r} in this workspace.", hint)


def find_article_id(engine: Engine, written: str) -> str:
    """Give the id that a person means: the id itself, or the only one that begins so. Raises `Refusal` otherwise."""
    begins = func.substr(_article.article_id, 1, len(written)) == written
    with reading(engine) as connection:
        for condition, most in ((_article.article_id == written, 1), (begins, _HINTS)):
            found = select(_article.article_id).distinct().where(condition).limit(most)
            if len(known := list(connection.execute(found).scalars())) == 1:
                return str(known[0])
        known = known or list(connection.execute(select(_article.article_id).distinct().limit(_HINTS)).scalars())
    raise _unknown(written, known)


def without_suggestions(engine: Engine, article_ids: Iterable[str]) -> set[str]:
    """Give those of the articles that have a text of which the finders said nothing yet."""
    found: set[str] = set()
    with reading(engine) as connection:
        for batch in in_batches(article_ids, _AT_ONCE):
            found |= set(connection.execute(_WITHOUT, {"articles": batch}).scalars())
    return found


def put_suggestions(engine: Engine, article: Article, suggestions: Suggestions) -> None:
    """Keep what the finders say of a text, in place of what earlier ones said."""
    here = _said_of(article)
    values = columns_of(article.text, kept := KeptSuggestions.keeping(suggestions), _written(kept))
    with writing(engine) as connection:
        one_at_a_time(connection, f"article {article.article_id}")
        if connection.execute(select(_suggestions.finders).where(here)).first():
            connection.execute(update(tables.suggestions).where(here).values(values))
        else:
            connection.execute(
                insert(tables.suggestions).values(
                    article_id=article.article_id, text_sha256=article.text_sha256, **values
                )
            )


def _written(kept: KeptSuggestions) -> str:
    return orjson.dumps(kept.plain()).decode()


def columns_of(text: str, kept: KeptSuggestions, document: str) -> dict[str, object]:
    """Give what finders say of a text, which is written as `document`, as the row of it, without its key."""
    title = next((region.span.of(text) for region in kept.regions if region.kind == "title"), "")
    return {
        "finders": kept.finders,
        "title": " ".join(title.split()),
        "candidates": len(kept.candidates.starts),
        "document": document,
    }


def get_suggestions(engine: Engine, article: Article) -> Suggestions | None:
    """Give what the finders said of a text; None when they did not run yet, or in a version that said it otherwise."""
    with reading(engine) as connection:
        of = {"asked": article.article_id, "text": article.text_sha256}
        document = connection.execute(_DOCUMENT, of).scalar()
    try:
        return None if document is None else KeptSuggestions.model_validate_json(document).of(article.text)
    except ValidationError:
        return None


_DOCUMENT = select(_suggestions.document).where(
    _suggestions.article_id == bindparam("asked"), _suggestions.text_sha256 == bindparam("text")
)


def _said_of(article: Article) -> ColumnElement[bool]:
    return and_(_suggestions.article_id == article.article_id, _suggestions.text_sha256 == article.text_sha256)
