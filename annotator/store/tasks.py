"""Tasks, and the leases under which they are handed out: an article never goes to more people than it has slots.

A lease runs by the store's clock: the server's, or this machine's for a SQLite file. One that ran out is free for the
next person; what its owner does nevertheless is in the log all the same, as work that no slot counts. Who knows what a
task means is `workflow/`.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Literal, NamedTuple

from sqlalchemy import (
    BigInteger,
    Connection,
    Engine,
    Select,
    Table,
    bindparam,
    case,
    func,
    insert,
    literal,
    literal_column,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import FunctionElement

from annotator.model.decision import Stage
from annotator.store import tables
from annotator.store.batches import in_batches
from annotator.store.engine import gather_statistics, one_at_a_time, reading, writing
from annotator.store.membership import membership
from annotator.store.team_rights import LONGEST_LEASE

State = Literal["open", "leased", "done"]

_MOST_AT_ONCE = 1000
"""Leases that one look gives back."""

_MADE_AT_ONCE = 10_000
"""Slots that are made in one transaction: each waits for the disk, and others wait for each."""

_task = tables.task.c


class Task(NamedTuple):
    """One slot of an article."""

    article_id: str
    stage: Stage
    slot: int
    """From 0; an article has as many in a stage as it wants people."""
    state: State
    owner: str | None
    """The pseudonym of who has it or had it done."""
    reserved_for: str | None
    """The pseudonym of the only person who may have it; None: anybody."""
    lease_until: int | None
    """Milliseconds since 1970 by the store's clock."""


class Wanted(NamedTuple):
    """A slot to be made."""

    article_id: str
    stage: Stage
    slot: int
    reserved_for: str | None = None


class _Now(FunctionElement[int]):
    """Milliseconds since 1970 by the clock of whoever keeps the store."""

    type = BigInteger()
    inherit_cache = True


@compiles(_Now, "postgresql")
def _of_the_server(_element: _Now, _compiler: SQLCompiler, **_: Any) -> str:
    return "(extract(epoch FROM clock_timestamp()) * 1000)::bigint"


@compiles(_Now, "sqlite")
def _of_this_machine(_element: _Now, _compiler: SQLCompiler, **_: Any) -> str:
    return "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)"


_THERE = select(_task.article_id, _task.stage, _task.slot).where(
    _task.article_id.in_(bindparam("articles", expanding=True))
)


def assign(engine: Engine, wanted: Iterable[Wanted]) -> int:
    """Make slots behind those that are there, in this order; give how many. One that is there stays as it is.

    They are written ten thousand at a time, so that others work on meanwhile: what was broken off is made whole by the
    same call again.
    """
    made, last = 0, None
    for batch in in_batches(wanted, _MADE_AT_ONCE):
        with writing(engine) as connection:
            one_at_a_time(connection, "assign")
            if last is None:
                last = connection.execute(select(func.max(_task.ord))).scalar() or 0
            asked = {"articles": list({one.article_id for one in batch})}
            there = {tuple(row) for row in connection.execute(_THERE, asked)}
            new = [one for one in dict.fromkeys(batch) if (one.article_id, one.stage, one.slot) not in there]
            rows = [one._asdict() | {"ord": last + at, "state": "open"} for at, one in enumerate(new, start=1)]
            if rows:
                connection.execute(insert(tables.task), rows)
        made, last = made + len(rows), last + len(rows)
    if made >= _MOST_AT_ONCE:
        gather_statistics(engine, tables.task)
    return made


def withdraw(engine: Engine, article_ids: Iterable[str]) -> int:
    """Take back the open slots of articles; give how many. What somebody has or did stays."""
    gone = tables.task.delete().where(_task.article_id == bindparam("article"), _task.state == "open")
    with writing(engine) as connection:
        return sum(connection.execute(gone, {"article": one}).rowcount for one in article_ids)


# Handing out. Statements are built once: building one takes longer than running it.

_mine = tables.task.alias("mine")

_IS_OPEN = _task.state == literal_column("'open'")
_IS_READY = (_IS_OPEN, _task.waits == literal_column("0"))
"""As constants, as the indexes have them: no engine knows of a parameter whether it is what an index holds."""
_IS_LEASED = _task.state == literal_column("'leased'")

_HAS_NONE_OF_IT = (
    select(func.count())
    .select_from(_mine)
    .where(
        _mine.c.article_id == _task.article_id,
        # Not the bare column: an engine may think that few slots are somebody's, and go through all that are.
        func.coalesce(_mine.c.owner, "").in_(bindparam("also", expanding=True)),
    )
    .scalar_subquery()
) == 0


def _next(*conditions: Any) -> Select[tuple[int, str]]:
    return (
        select(_task.task_id, _task.article_id)
        .where(_task.stage == bindparam("in_stage"), *_IS_READY, *conditions, _HAS_NONE_OF_IT)
        .order_by(_task.ord)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


_LAST = select(func.max(_task.ord)).where(_task.owner == bindparam("person"), _task.stage == bindparam("in_stage"))
_NEXT: tuple[Select[tuple[int, str]], ...] = (
    _next(_task.reserved_for == bindparam("person")),
    # Most that lies before what this person had last is theirs already: it would be looked through again and again.
    _next(_task.reserved_for.is_(None), _task.ord > bindparam("after")),
    _next(_task.reserved_for.is_(None)),
)
_ON_ARTICLE = _next(
    _task.article_id == bindparam("article"),
    or_(_task.reserved_for.is_(None), _task.reserved_for == bindparam("person")),
)
_TAKE = (
    update(tables.task)
    .where(_task.task_id == bindparam("taken"))
    .values(state="leased", owner=bindparam("person"), lease_until=_Now() + bindparam("lasts", type_=BigInteger))
)
_RUN_OUT = (
    select(_task.task_id)
    .where(_IS_LEASED, _task.lease_until < _Now(), _task.owner != bindparam("but"))
    .limit(_MOST_AT_ONCE)
    .with_for_update(skip_locked=True)
)
_GIVE_BACK = (
    update(tables.task)
    .where(_task.task_id == bindparam("given"))
    .values(state="open", owner=null(), lease_until=null())
)


def lease_next(engine: Engine, stage: Stage, person: str, lasts: int, also: Sequence[str] = ()) -> str | None:
    """Lease the next open slot to a person, by pseudonym, for `lasts` milliseconds; give the article's id, or None.

    What is reserved for them comes first. Nobody gets an article of which they, or one of the pseudonyms in `also`
    that are theirs too, have a slot; an adjudicator none that is not labelled by all whom it wants.
    """
    asked = {"in_stage": stage, "person": person, "also": [person, *also]}
    with writing(engine) as connection:
        _free_what_ran_out(connection, but=person)
        after = connection.execute(_LAST, asked).scalar() or 0
        for query in _NEXT:
            if found := connection.execute(query, {**asked, "after": after}).first():
                connection.execute(_TAKE, {"taken": found.task_id, "person": person, "lasts": lasts})
                return str(found.article_id)
    return None


def lease(engine: Engine, article_id: str, stage: Stage, person: str, lasts: int, also: Sequence[str] = ()) -> bool:
    """Lease a slot of one article to a person who has none of it, or renew the one they have; tell whether they have.

    A slot that is done stays so, and no lease becomes shorter. One that is as good as new stays as it is: whatever
    is written waits for the disk.
    """
    asked = {"article": article_id, "in_stage": stage, "person": person, "lasts": lasts, "also": [person, *also]}
    with reading(engine) as connection:
        if connection.execute(_IS_NEW, asked).first():
            return True
    with writing(engine) as connection:
        _free_what_ran_out(connection, but=person)
        if connection.execute(_RENEW, asked).first():
            return True
        found = connection.execute(_ON_ARTICLE, asked).first()
        if found is not None:
            connection.execute(_TAKE, {"taken": found.task_id, "person": person, "lasts": lasts})
        return found is not None


_THEIRS = (
    _task.article_id == bindparam("article"),
    _task.stage == bindparam("in_stage"),
    _task.owner == bindparam("person"),
)
_NEW = 60_000
"""Milliseconds for which a lease is as good as new."""
_IS_NEW = select(_task.task_id).where(
    *_THEIRS, _IS_LEASED, _task.lease_until > _Now() + bindparam("lasts", type_=BigInteger) - _NEW
)
_RENEW = (
    update(tables.task)
    .where(*_THEIRS)
    .values(
        lease_until=case(
            (_task.state != "leased", _task.lease_until),
            (_task.lease_until > _Now() + bindparam("lasts", type_=BigInteger), _task.lease_until),
            else_=_Now() + bindparam("lasts", type_=BigInteger),
        )
    )
    .returning(_task.task_id)
)


_SHORTEN = (
    update(tables.task)
    .where(_IS_LEASED, _task.lease_until > _Now() + LONGEST_LEASE)
    .values(lease_until=_Now() + LONGEST_LEASE)
)


def _free_what_ran_out(connection: Connection, but: str) -> None:
    """Give back the slots whose leases ran out, but not those of a person who is here again."""
    if connection.dialect.name == "sqlite":
        # This machine's clock was ahead when one was given: else it would hold until then, whoever vanished.
        connection.execute(_SHORTEN)
    for task_id in connection.execute(_RUN_OUT, {"but": but}).scalars().all():
        connection.execute(_GIVE_BACK, {"given": task_id})


_CLOSE = (
    update(tables.task)
    .where(
        _task.article_id == bindparam("article"),
        _task.stage == bindparam("in_stage"),
        _task.owner == bindparam("person"),
        _task.state != bindparam("now_is"),
    )
    .values(
        state=bindparam("now_is"),
        lease_until=case(
            (literal("done") == bindparam("now_is"), null()), else_=_Now() + bindparam("lasts", type_=BigInteger)
        ),
    )
)

REOPENED = 24 * 3600 * 1000
"""Milliseconds for which a slot that was done is leased again when its article is opened up."""


def close(connection: Connection, article_id: str, stage: Stage, person: str, *, done: bool) -> None:
    """Mark a person's slot of an article done or, opened up again, leased; who has none has none."""
    now_is: State = "done" if done else "leased"
    asked = {"article": article_id, "in_stage": stage, "person": person, "now_is": now_is, "lasts": REOPENED}
    connection.execute(_CLOSE, asked)


def give_back(engine: Engine, article_id: str, stage: Stage, person: str, lasting: int | None = None) -> None:
    """Let others have a slot that a person holds and did not finish; no longer one than `lasting` milliseconds.

    Who has it for longer has it elsewhere as well, where there may be no network.
    """
    query = select(_task.task_id).where(
        _task.article_id == article_id, _task.stage == stage, _task.owner == person, _task.state == "leased"
    )
    if lasting is not None:
        query = query.where(_task.lease_until <= _Now() + lasting)
    with writing(engine) as connection:
        for task_id in connection.execute(query).scalars().all():
            connection.execute(_GIVE_BACK, {"given": task_id})


# Looking


def shown_slots(engine: Engine) -> Table:
    """Give where who is connected may see all slots: an annotator of a team sees those of others without names."""
    member = membership(engine)
    return tables.task if member is None or member.sees_all_slots else tables.slot


def tasks(engine: Engine, *, owner: str | None = None, article_id: str | None = None) -> list[Task]:
    """Give the tasks, those of a person, or those of an article, in the order in which they are handed out."""
    slots = tables.task if owner is not None else shown_slots(engine)  # one's own are there for everybody
    query = _tasks(slots, of_person=owner is not None, on_article=article_id is not None)
    with reading(engine) as connection:
        return [Task(*row) for row in connection.execute(query, {"person": owner, "article": article_id})]


@cache
def _tasks(slots: Table, *, of_person: bool, on_article: bool) -> Select[Any]:
    query = select(*(slots.c[name] for name in Task._fields)).order_by(slots.c.ord)
    if of_person:
        query = query.where(slots.c.owner == bindparam("person"))
    if on_article:
        query = query.where(slots.c.article_id == bindparam("article"))
    return query


def held(engine: Engine, stage: Stage, person: str) -> list[str]:
    """Give the ids of the articles that are leased to a person in a stage, in the order of their slots."""
    with reading(engine) as connection:
        return list(connection.execute(_HELD, {"person": person, "in_stage": stage}).scalars())


_HELD = (
    select(_task.article_id)
    .where(_task.owner == bindparam("person"), _task.stage == bindparam("in_stage"), _IS_LEASED)
    .order_by(_task.ord)
)


def has_tasks(engine: Engine) -> bool:
    """Tell whether anything was ever assigned; where nothing was, everybody labels what they open."""
    with reading(engine) as connection:
        return connection.execute(select(shown_slots(engine).c.task_id).limit(1)).first() is not None


def task_counts(engine: Engine) -> Mapping[tuple[Stage, State], int]:
    """Give how many tasks there are by stage and state."""
    task = shown_slots(engine).c
    query = select(task.stage, task.state, func.count()).group_by(task.stage, task.state)
    with reading(engine) as connection:
        return {(stage, state): number for stage, state, number in connection.execute(query)}
