"""Challenges to released gold, as they were filed. One may be marked withdrawn; nothing else of it ever changes.

What came of them stands in the log of decisions.
"""

from pydantic import ValidationError
from sqlalchemy import Engine, insert, select, update

from annotator.errors import Refusal
from annotator.model.challenge import Challenge
from annotator.store import tables
from annotator.store.engine import reading, writing

_challenge = tables.challenge.c


def put_challenge(engine: Engine, challenge: Challenge) -> None:
    """Keep a challenge; one that is kept already stays as it is."""
    with writing(engine) as connection:
        there = select(_challenge.challenge_id).where(_challenge.challenge_id == challenge.id)
        if connection.execute(there).scalar() is None:
            connection.execute(
                insert(tables.challenge).values(
                    challenge_id=challenge.id,
                    article_id=challenge.article_id,
                    filed_at=challenge.filed_at,
                    document=challenge.model_dump_json(),
                )
            )


def mark_withdrawn(engine: Engine, challenge: Challenge, at: int) -> Challenge:
    """Keep that a challenge was taken back, at so many milliseconds since 1970, and give it so."""
    withdrawn = challenge.model_copy(update={"withdrawn_at": at})
    with writing(engine) as connection:
        connection.execute(
            update(tables.challenge)
            .where(_challenge.challenge_id == challenge.id)
            .values(document=withdrawn.model_dump_json())
        )
    return withdrawn


def challenges(engine: Engine, article_id: str | None = None) -> list[Challenge]:
    """Give the challenges of an article, or all, by article, place and time. Raises `Refusal` `store.corrupt`."""
    wanted = select(_challenge.challenge_id, _challenge.document)
    if article_id is not None:
        wanted = wanted.where(_challenge.article_id == article_id)
    with reading(engine) as connection:
        found = [_read(row.challenge_id, row.document) for row in connection.execute(wanted)]
    return sorted(found, key=lambda one: (one.article_id, one.start, one.end, one.filed_at, one.id))


def _read(challenge_id: str, document: str) -> Challenge:
    try:
        return Challenge.model_validate_json(document)
    except ValidationError:
        raise Refusal(
            "store.corrupt",
            f"The challenge {challenge_id} cannot be read: changed, or made by a newer program.",
            "Restore a backup, or install the newer version.",
        ) from None
