"""A person's log as a copy of one in another store: whether it is of that store, and made the same again.

A checkout's log holds what its store has and what was decided since. Once that store has all of it, the copy may be
written anew in that store's order; nothing that is nowhere else ever goes.
"""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Engine, delete, select

from annotator.errors import Refusal
from annotator.model.decision import Decision
from annotator.store import tables
from annotator.store.engine import reading, writing
from annotator.store.log import Standing, Text, extend, keep

_decision = tables.decision.c


def beginning_of_chain(engine: Engine, person: str) -> str | None:
    """Give the hash of a person's first decision, which no other store has; None where they decided nothing."""
    first = select(_decision.hash).where(_decision.person == person).order_by(_decision.person_seq).limit(1)
    with reading(engine) as connection:
        return connection.execute(first).scalar()


def stand_as(
    engine: Engine, person: str, logs: Mapping[Text, Sequence[Decision]], standings: Iterable[Standing]
) -> None:
    """Make a person's log on some texts what it is in the store that it is a copy of, all or nothing.

    Chains run through all of a person's articles, so theirs is written anew. Raises `Refusal` `store.fork` when a
    decision is here that is not in `logs`: it was made meanwhile, and nothing is changed.
    """
    query = select(_decision.payload).where(_decision.person == person).order_by(_decision.person_seq)
    with writing(engine) as connection:
        here = [Decision.model_validate_json(payload) for payload in connection.execute(query).scalars()]
        others = [one for one in here if (one.person, one.article_id, one.text_sha256) not in logs]
        new = [decision for made in logs.values() for decision in made]
        if not {one.id for one in here} <= {one.id for one in (*others, *new)}:
            what = f"{person} decided something while the log was written anew; nothing was changed."
            raise Refusal("store.fork", what, "Try again.")
        connection.execute(delete(tables.decision).where(_decision.person == person))
        extend(connection, (*others, *new))
        for standing in standings:
            keep(connection, standing)
