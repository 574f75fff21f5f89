"""What people got through and have in hand, counted by the database: no slot and no standing is read for it."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import Engine, and_, case, distinct, func, select

from annotator.store import tables
from annotator.store.engine import reading
from annotator.store.tasks import shown_slots

_standing = tables.standing.c


class Figures(NamedTuple):
    """What the standings and slots of one person come to."""

    done: int = 0
    """Articles that they finished."""
    in_hand: int = 0
    """Articles that they began, or that are leased to them, and that they did not finish."""
    kept: int = 0
    """Slots that wait for them alone."""
    decisions: int = 0
    active_ms: int = 0
    done_ms: int = 0
    """The part of it that went into what they finished."""


def figures(engine: Engine) -> Mapping[str, Figures]:
    """Give the figures of everybody who decided anything, or has or had a slot that who asks may see."""
    slot = shown_slots(engine).c
    finished = case((_standing.finished, _standing.article_id))
    made = (
        select(
            _standing.person,
            func.count(distinct(finished)).label("done"),
            func.count(distinct(_standing.article_id)).label("begun"),
            func.sum(_standing.decisions).label("decisions"),
            func.sum(_standing.active_ms).label("active_ms"),
            func.sum(case((_standing.finished, _standing.active_ms), else_=0)).label("done_ms"),
        )
        .where(_standing.decisions > 0)
        .group_by(_standing.person)
    )
    began = and_(_standing.person == slot.owner, _standing.article_id == slot.article_id, _standing.decisions > 0)
    not_begun = and_(slot.state == "leased", ~select(_standing.person).where(began).exists())
    owned = select(slot.owner, func.count().filter(not_begun).label("leased")).group_by(slot.owner)
    kept = (
        select(slot.reserved_for, func.count().filter(slot.state == "open").label("kept"))
        .where(slot.reserved_for.is_not(None))
        .group_by(slot.reserved_for)
    )
    found: dict[str, Figures] = {}
    with reading(engine) as connection:
        for row in connection.execute(made):
            spent = int(row.decisions), int(row.active_ms), int(row.done_ms)
            found[row.person] = Figures(row.done, row.begun - row.done, 0, *spent)
        for person, leased in connection.execute(owned.where(slot.owner.is_not(None))):
            known = found.get(person, Figures())
            found[person] = known._replace(in_hand=known.in_hand + leased)
        for person, number in connection.execute(kept):
            found[person] = found.get(person, Figures())._replace(kept=number)
    return found


def undone_slots(engine: Engine) -> int:
    """Give how many slots to label nobody finished."""
    slot = shown_slots(engine).c
    query = select(func.count()).where(slot.stage == "label", slot.state != "done")
    with reading(engine) as connection:
        return connection.execute(query).scalar_one()


def longest_id(engine: Engine) -> int:
    """Give how many characters the longest id of an article has; 0 where there is none."""
    with reading(engine) as connection:
        return connection.execute(select(func.max(func.length(tables.article.c.article_id)))).scalar() or 0
