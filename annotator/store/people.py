"""Pseudonyms: the only names that leave the store. Who is behind one is kept in the `person` table alone."""

from typing import Literal

from sqlalchemy import Connection, Engine, bindparam, delete, insert, or_, select

from annotator.errors import Refusal
from annotator.model.decision import Stage
from annotator.store import tables
from annotator.store.engine import one_at_a_time, reading, writing
from annotator.store.membership import membership

Part = Stage | Literal["challenge"]
"""What a person does under a pseudonym: works in a stage, or challenges released gold."""

_LETTER: dict[Part, str] = {"label": "a", "adjudicate": "j", "challenge": "c"}
"""Pseudonyms are a1, a2, … for annotators, j1, j2, … for adjudicators and c1, c2, … for challengers, in the order of
their first work."""

_DOES: dict[Part, str] = {"label": "label", "adjudicate": "adjudicate", "challenge": "challenge gold"}

_person = tables.person.c


def pseudonym_of(engine: Engine, name: str, stage: Part) -> str:
    """Give the pseudonym under which `name` takes a part, making one at the first time.

    Raises `Refusal` `store.rights` when it is to be made for a team by one of it: who is in has theirs.
    """
    known = find_pseudonym(engine, name, stage)
    if known is not None:
        return known
    if (member := membership(engine)) is not None:
        what = f"{name!r} has no part in this team that lets them {_DOES[stage]}; you are connected as {member.name!r}."
        raise Refusal("store.rights", what, "Whoever looks after the team gives parts: `annotator team add`.")
    with writing(engine) as connection:
        _one_at_a_time(connection, stage)
        taken: dict[str, str] = {
            row.name: row.pseudonym
            for row in connection.execute(select(_person.name, _person.pseudonym).where(_person.stage == stage))
        }
        if name not in taken:  # else it was made in another window just now
            highest = max((int(pseudonym[1:]) for pseudonym in taken.values()), default=0)
            taken[name] = f"{_LETTER[stage]}{highest + 1}"
            connection.execute(insert(tables.person).values(name=name, stage=stage, pseudonym=taken[name]))
        return taken[name]


def keep_pseudonym(connection: Connection, name: str, stage: Part, pseudonym: str) -> None:
    """Keep a pseudonym for `name` that another window may have taken back meanwhile, having decided nothing.

    Until the transaction ends nobody takes it back. Raises `Refusal` when it is somebody else's now.
    """
    _one_at_a_time(connection, stage)
    taken = connection.execute(
        select(_person.name, _person.pseudonym).where(
            _person.stage == stage, or_(_person.name == name, _person.pseudonym == pseudonym)
        )
    ).all()
    if not taken:
        connection.execute(insert(tables.person).values(name=name, stage=stage, pseudonym=pseudonym))
    elif [tuple(row) for row in taken] != [(name, pseudonym)]:
        raise Refusal(
            "label.open-elsewhere",
            f"{pseudonym} is somebody else by now: another window under your name was closed with nothing decided.",
            "Close this article and open it again.",
        )


def has_decided(engine: Engine, pseudonym: str) -> bool:
    """Tell whether something was decided under a pseudonym: from then on nobody takes it back."""
    with reading(engine) as connection:
        return connection.execute(_DECIDED, {"who": pseudonym}).first() is not None


_DECIDED = select(tables.decision.c.decision_id).where(tables.decision.c.person == bindparam("who")).limit(1)


def _one_at_a_time(connection: Connection, stage: Part) -> None:
    one_at_a_time(connection, f"pseudonyms {stage}")


def forget_unused(engine: Engine, pseudonym: str) -> None:
    """Take a pseudonym back, and with it the place where its cursor stood, unless something was decided under it.

    Nor is it taken back when an audit chose what that person is shown, or a slot is theirs: that holds from then on.
    """
    kept = (tables.decision.c.person, tables.audit.c.person, tables.task.c.owner, tables.task.c.reserved_for)
    with writing(engine) as connection:
        stage = next(part for part, letter in _LETTER.items() if pseudonym.startswith(letter))
        _one_at_a_time(connection, stage)
        if all(connection.execute(select(one).where(one == pseudonym).limit(1)).first() is None for one in kept):
            connection.execute(delete(tables.standing).where(tables.standing.c.person == pseudonym))
            connection.execute(delete(tables.person).where(_person.pseudonym == pseudonym))


def find_pseudonym(engine: Engine, name: str, stage: Part) -> str | None:
    """Give the pseudonym of `name` in a stage, or None when that person did not work in it yet."""
    with reading(engine) as connection:
        return connection.execute(_ONE_OF, {"called": name, "in_stage": stage}).scalar()


_ONE_OF = select(_person.pseudonym).where(_person.name == bindparam("called"), _person.stage == bindparam("in_stage"))


def pseudonyms(engine: Engine, name: str) -> dict[str, str]:
    """Give the pseudonyms of `name` by the part that they take under each."""
    with reading(engine) as connection:
        return {row.stage: row.pseudonym for row in connection.execute(_ALL_OF, {"called": name})}


_ALL_OF = select(_person.stage, _person.pseudonym).where(_person.name == bindparam("called"))


def names(engine: Engine) -> dict[str, str]:
    """Give the name behind each pseudonym."""
    with reading(engine) as connection:
        return {row.pseudonym: row.name for row in connection.execute(select(_person.pseudonym, _person.name))}
