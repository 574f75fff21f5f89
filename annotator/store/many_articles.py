"""Files of many articles on their way into the store, a batch in one transaction, and which files are in it whole.

A text that came so is never exchanged for another one: of two that have one id nobody could tell which is meant.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from sqlalchemy import BindParameter, Connection, Engine, bindparam, delete, insert, select, update

from annotator.model.article import Article
from annotator.model.canonical import canonical_json
from annotator.model.suggestions import KeptSuggestions
from annotator.store import tables
from annotator.store.articles import Arrival, columns_of, row_of
from annotator.store.engine import gather_statistics, one_at_a_time, reading, writing

AT_ONCE = 1000
"""Articles that are written in one transaction: an import that is broken off loses no more."""

_article, _suggestions, _file = tables.article.c, tables.suggestions.c, tables.corpus_file.c
_ASKED: BindParameter[list[str]] = bindparam("articles", expanding=True)
_THERE = (
    select(_article.article_id, _article.text_sha256, _article.metadata, _suggestions.finders)
    .outerjoin(
        tables.suggestions,
        (_suggestions.article_id == _article.article_id) & (_suggestions.text_sha256 == _article.text_sha256),
    )
    .where(_article.article_id.in_(_ASKED))
)
_SAID_OF = (_suggestions.article_id == bindparam("of_article"), _suggestions.text_sha256 == bindparam("of_text"))
_FORGET = delete(tables.suggestions).where(*_SAID_OF)
_DESCRIBE = (
    update(tables.article)
    .where(_article.article_id == bindparam("of_article"), _article.text_sha256 == bindparam("of_text"))
    .values(metadata=bindparam("described"))
)


class Coming(NamedTuple):
    """An article on its way."""

    article: Article
    suggestions: KeptSuggestions | None = None
    """What finders say of it; None where they are still to be asked."""
    document: str = ""
    """The same as it is written."""


class Came(NamedTuple):
    """What became of one."""

    arrival: Arrival | Literal["another"]
    """`another`: the store, or an earlier line, has another text under its id, and keeps that."""
    finders: str | None
    """Who said what the store now keeps of it; None where nobody was asked."""


class _There(NamedTuple):
    metadata: str
    finders: str | None


def put_articles(engine: Engine, coming: Sequence[Coming]) -> list[Came]:
    """Store a batch of articles in one transaction, with what finders say of them; give what became of each.

    One that is there with the same text stays as it is, unless other things are known of it now.
    """
    with writing(engine) as connection:
        one_at_a_time(connection, "articles")
        return _Batch(connection, coming).put()


class _Batch:
    """Sorts out what is to be written, so that it is written in few statements."""

    def __init__(self, connection: Connection, coming: Sequence[Coming]) -> None:
        self._connection, self._coming = connection, coming
        asked = {"articles": list({one.article.article_id for one in coming})}
        self._there: dict[str, dict[str, _There]] = {}
        for row in connection.execute(_THERE, asked):
            self._there.setdefault(row.article_id, {})[row.text_sha256] = _There(row.metadata, row.finders)
        self._articles: list[dict[str, object]] = []
        self._said: list[dict[str, object]] = []

    def put(self) -> list[Came]:
        came = list(map(self._one, self._coming))
        for table, rows in ((tables.article, self._articles), (tables.suggestions, self._said)):
            if rows:
                self._connection.execute(insert(table), rows)
        return came

    def _one(self, coming: Coming) -> Came:
        article = coming.article
        texts = self._there.setdefault(article.article_id, {})
        known = texts.get(article.text_sha256)
        if texts and known is None:
            return Came("another", None)
        described = canonical_json(article.metadata.plain()).decode()
        if known is None:
            self._articles.append(row_of(article, version=1))
            return self._say(coming, described, "new")
        if known.metadata != described:
            here = {"of_article": article.article_id, "of_text": article.text_sha256}
            self._connection.execute(_FORGET, here)
            self._connection.execute(_DESCRIBE, {**here, "described": described})
            return self._say(coming, described, "metadata")
        if known.finders is None:
            return self._say(coming, described, "unchanged")
        return Came("unchanged", known.finders)

    def _say(self, coming: Coming, described: str, arrival: Arrival) -> Came:
        article, suggestions, document = coming
        finders = None if suggestions is None else suggestions.finders
        if suggestions is not None:
            key = {"article_id": article.article_id, "text_sha256": article.text_sha256}
            self._said.append(key | columns_of(article.text, suggestions, document))
        self._there[article.article_id][article.text_sha256] = _There(described, finders)
        return Came(arrival, finders)


def files_taken_in(engine: Engine) -> Mapping[str, tuple[int, int]]:
    """Give the size in bytes and the time of change, in nanoseconds, of each file that was taken in whole, by name."""
    with reading(engine) as connection:
        return {row.name: (row.size, row.changed_ns) for row in connection.execute(select(tables.corpus_file))}


def look_of(file: Path) -> tuple[int, int]:
    """Give the size and the time of change of a file. Raises `OSError`."""
    stat = file.stat()
    return stat.st_size, stat.st_mtime_ns


def file_taken_in(engine: Engine, name: str, look: tuple[int, int]) -> None:
    """Remember that a file was taken in whole as it looked, and let the database look at what came."""
    values = {"size": look[0], "changed_ns": look[1]}
    with writing(engine) as connection:
        one_at_a_time(connection, "articles")
        if connection.execute(update(tables.corpus_file).where(_file.name == name).values(values)).rowcount == 0:
            connection.execute(insert(tables.corpus_file).values(name=name, **values))
    gather_statistics(engine, tables.article, tables.suggestions)
