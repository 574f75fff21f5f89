"""Which texts a person decided something on, and where a hub is named: asked of the tables, without reading any log."""

from typing import NamedTuple

from sqlalchemy import Engine, select

from annotator.model.canonical import canonical_json
from annotator.store import tables
from annotator.store.engine import reading

_decision = tables.decision.c
_standing = tables.standing.c


class WorkedOn(NamedTuple):
    """A text that a person decided something on."""

    article_id: str
    text_sha256: str
    decisions: int
    """How many: where this is as it was, nothing was decided since."""


def worked_on(engine: Engine, person: str) -> list[WorkedOn]:
    """Give the texts that a person, by pseudonym, decided something on, by article."""
    query = select(_standing.article_id, _standing.text_sha256, _standing.decisions)
    with reading(engine) as connection:
        rows = connection.execute(query.where(_standing.person == person, _standing.decisions > 0)).all()
    return sorted(WorkedOn(*row) for row in rows)


def naming_hub(engine: Engine, hub: str, person: str | None = None) -> set[str]:
    """Give the ids of the articles in whose logs, or in one person's, a decision ever named a hub; it may be gone."""
    named = f'"hub":{canonical_json(hub).decode().strip()}'
    query = select(_decision.article_id).distinct().where(_decision.payload.contains(named, autoescape=True))
    if person is not None:
        query = query.where(_decision.person == person)
    with reading(engine) as connection:
        return set(connection.execute(query).scalars())
