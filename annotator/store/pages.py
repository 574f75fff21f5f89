"""A page of articles and what is known of just those: lists of a million are shown without being read.

A page is a stretch of the articles' ids in the order of the database, which may be another one than Python's. Knows
nothing of what is shown.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Column, Engine, Select, and_, distinct, func, literal_column, or_, select

from annotator.store import tables
from annotator.store.articles import StoredArticle, stored_articles
from annotator.store.engine import reading
from annotator.store.log import Standing
from annotator.store.tasks import Task, shown_slots

_article, _task, _standing = tables.article.c, tables.task.c, tables.standing.c

AT_ONCE = 500
"""Articles of a page that a program goes through."""


class Stretch(NamedTuple):
    """Which stretch of the ids is wanted: from one on, or before one."""

    start: str = ""
    backwards: bool = False
    """Before `start`, and not with it."""
    behind: bool = False
    """Behind `start`, and not with it."""
    last: bool = False
    """Whether those at the very end are wanted, and not those nearest to `start`."""


def ids_of(engine: Engine, where: Stretch, most: int) -> list[str]:
    """Give ids of articles in a stretch, in order: of those the nearest to its start, `most` at most."""
    return _near(engine, select(_article.article_id).distinct(), _article.article_id, where, most)


def ids_of_people(engine: Engine, people: Collection[str], where: Stretch, most: int) -> list[str]:
    """Give ids of articles of which one of some people, by pseudonym, has or had a slot, or one is kept for them."""
    found: set[str] = set()
    for theirs in _slots_of(people):
        query = select(_task.article_id).distinct().where(theirs)
        found |= set(_near(engine, query, _task.article_id, where, most))
    return nearest(engine, found, where, most)


def ids_of_nobody(engine: Engine, where: Stretch, most: int) -> list[str]:
    """Give ids of articles of which nothing was assigned."""
    return _near(engine, _unassigned(engine), _article.article_id, where, most)


def nearest(engine: Engine, ids: Collection[str], where: Stretch, most: int) -> list[str]:
    """Give of some ids in a stretch the nearest to its start, in the order of the database."""
    query = select(_article.article_id).distinct().where(_article.article_id.in_(ids))
    return _near(engine, query, _article.article_id, where, most)


def each_page(engine: Engine, behind: str = "") -> Iterator[list[str]]:
    """Give the ids of all articles, or of those behind one, some at a time."""
    where = Stretch(behind, behind=True)
    while ids := ids_of(engine, where, AT_ONCE):
        yield ids
        where = Stretch(ids[-1], behind=True)


def each_worked_on(engine: Engine) -> Iterator[list[str]]:
    """Give the ids of the articles that somebody ever opened, some at a time."""
    query, where = select(_standing.article_id).distinct(), Stretch(behind=True)
    while ids := _near(engine, query, _standing.article_id, where, AT_ONCE):
        yield ids
        where = Stretch(ids[-1], behind=True)


def count_of_people(engine: Engine, people: Collection[str]) -> int:
    """Give of how many articles some people have or had a slot, or one is kept for them."""
    query = select(func.count(distinct(_task.article_id))).where(or_(*_slots_of(people)))
    with reading(engine) as connection:
        return connection.execute(query).scalar_one()


def count_of_nobody(engine: Engine) -> int:
    """Give of how many articles nothing was assigned."""
    with reading(engine) as connection:
        return connection.execute(select(func.count()).select_from(_unassigned(engine).subquery())).scalar_one()


def articles_of(engine: Engine, ids: Sequence[str]) -> list[StoredArticle]:
    """Give the current versions of some articles, by id."""
    return stored_articles(engine, _article.article_id.in_(ids))


def standings_of(engine: Engine, ids: Sequence[str]) -> list[Standing]:
    """Give the standings on some articles, by article and person."""
    query = select(tables.standing).where(_standing.article_id.in_(ids))
    with reading(engine) as connection:
        found = [Standing(**row) for row in connection.execute(query).mappings()]
    return sorted(found, key=lambda standing: (standing.article_id, standing.person, standing.text_sha256))


def slots_of(engine: Engine, ids: Sequence[str]) -> list[Task]:
    """Give the slots of some articles, in the order in which they are handed out."""
    task = shown_slots(engine).c
    query = select(*(task[name] for name in Task._fields)).where(task.article_id.in_(ids)).order_by(task.ord)
    with reading(engine) as connection:
        return [Task(*row) for row in connection.execute(query)]


def settled_by(engine: Engine, behind: str, wanted: int, most: int) -> list[str]:
    """Give ids of articles behind one, of one text of which `wanted` annotators finished and no adjudicator did."""
    finished = and_(_standing.finished, _standing.decisions > 0)
    labelled = func.count().filter(finished, _standing.person.startswith("a"))
    adjudicated = func.count().filter(finished, _standing.person.startswith("j"))
    query = (
        select(_standing.article_id)
        .where(_standing.article_id > behind)
        .group_by(_standing.article_id, _standing.text_sha256)
        .having(labelled >= wanted, adjudicated == 0)
        .order_by(_standing.article_id)
        .limit(most)
    )
    with reading(engine) as connection:
        return list(dict.fromkeys(connection.execute(query).scalars()))


def _slots_of(people: Collection[str]) -> tuple[Any, Any]:
    """Give two conditions, each of which an index answers. Everybody may see their own slots in the table itself."""
    return _task.owner.in_(people), and_(_task.reserved_for.is_not(None), _task.reserved_for.in_(people))


def _unassigned(engine: Engine) -> Select[tuple[str]]:
    task = shown_slots(engine).alias("slot_of_it")
    return (
        select(_article.article_id)
        .distinct()
        .where(~select(literal_column("1")).where(task.c.article_id == _article.article_id).exists())
    )


def _near(engine: Engine, query: Select[Any], column: Column[Any], where: Stretch, most: int) -> list[str]:
    if where.backwards:
        query = query.where(column < where.start)
    else:
        query = query.where(column > where.start if where.behind else column >= where.start)
    downwards = where.backwards or where.last
    with reading(engine) as connection:
        ids = list(connection.execute(query.order_by(column.desc() if downwards else column).limit(most)).scalars())
    return ids[::-1] if downwards else ids
