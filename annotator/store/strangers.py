"""Pseudonyms that came from another store: in use here, with nobody behind them until somebody says who it is.

A stranger's name is one that no person can give, so that nobody works under the pseudonym by chance and no newcomer
gets it.
"""

from collections.abc import Mapping

from sqlalchemy import Engine, insert, select, update

from annotator.model.decision import Stage
from annotator.store import tables
from annotator.store.engine import one_at_a_time, writing

_MARK = "#"

_person = tables.person.c


def is_stranger(name: str) -> bool:
    """Tell whether nobody said yet who is behind a pseudonym with this name."""
    return name.startswith(_MARK)


def take_pseudonyms(engine: Engine, people: Mapping[str, tuple[Stage, str | None]]) -> None:
    """Keep pseudonyms with their stages and who is behind them; None: nobody knows. A known name is not changed."""
    with writing(engine) as connection:
        for stage in sorted({stage for stage, _ in people.values()}):
            one_at_a_time(connection, f"pseudonyms {stage}")
        rows = connection.execute(select(_person.pseudonym, _person.name))
        there: dict[str, str] = {row.pseudonym: row.name for row in rows}
        for pseudonym, (stage, name) in sorted(people.items()):
            if pseudonym not in there:
                values = {"pseudonym": pseudonym, "stage": stage, "name": name or f"{_MARK}{pseudonym}"}
                connection.execute(insert(tables.person).values(values))
            elif name is not None and is_stranger(there[pseudonym]):
                connection.execute(update(tables.person).where(_person.pseudonym == pseudonym).values(name=name))
