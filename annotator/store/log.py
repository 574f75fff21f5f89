"""The decision log: append-only, dense and hash-chained per person. What is acknowledged here is on the disk.

Appending names how many decisions the client has seen on the article, so that a second window of the same person is
found before anything is lost. An id that is there already counts as acknowledged: sending twice is safe.
"""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import Connection, Engine, func, insert, select, update

from annotator.errors import Refusal
from annotator.model.canonical import canonical_json, sha256
from annotator.model.decision import Decision
from annotator.model.problem import Problem
from annotator.store import tables
from annotator.store.engine import reading, writing

GENESIS = "0" * 64
"""What stands before a person's first decision in the chain."""

_decision = tables.decision.c
_standing = tables.standing.c

_LAST = select(_decision.person_seq, _decision.hash).order_by(_decision.person_seq.desc()).limit(1)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a person is in one text of an article."""

    person: str
    article_id: str
    text_sha256: str
    decisions: int
    """How many decisions of theirs on this text the log holds."""
    untouched: int
    """Candidates without a disposition."""
    finished: bool
    cursor: int
    """Where to go on, in code points."""


def chain_hash(previous: str, payload: str) -> str:
    """Give the hash of a decision in its person's chain."""
    return sha256(f"{previous}\n{payload}".encode())


def append(engine: Engine, decisions: Sequence[Decision], seen: int, standing: Standing) -> None:
    """Append one person's decisions on one article, in order, and keep the standing; all or nothing.

    `seen` is how many decisions of that person on that text the client knew before them. Raises `Refusal`
    (`store.fork`) when the log holds others, and the storage refusals.
    """
    with writing(engine) as connection:
        _lock_person(connection, standing.person)
        new = _not_yet_there(connection, decisions)
        already = len(decisions) - len(new)
        if _count(connection, standing) != seen + already:
            raise Refusal(
                "store.fork",
                f"{standing.article_id} was also worked on in another window under the same name.",
                "Reload the article to go on from what was saved there.",
            )
        previous = connection.execute(_LAST.where(_decision.person == standing.person)).first()
        person_seq, last_hash = (previous.person_seq, previous.hash) if previous else (0, GENESIS)
        for decision in new:
            person_seq += 1
            payload = canonical_json(decision.plain()).decode()
            link = chain_hash(last_hash, payload)
            connection.execute(insert(tables.decision).values(_row(decision, person_seq, payload, last_hash, link)))
            last_hash = link
        _keep(connection, standing)


def _row(decision: Decision, person_seq: int, payload: str, previous: str, link: str) -> dict[str, object]:
    return {
        "decision_id": decision.id,
        "person": decision.person,
        "person_seq": person_seq,
        "article_id": decision.article_id,
        "text_sha256": decision.text_sha256,
        "stage": decision.stage,
        "payload": payload,
        "prev_hash": previous,
        "hash": link,
        "stored_at": time.time_ns() // 1_000_000,
    }


def _lock_person(connection: Connection, person: str) -> None:
    """Let one writer at a time extend a person's chain (SQLite's transactions do so by themselves)."""
    connection.execute(select(tables.person.c.name).where(tables.person.c.pseudonym == person).with_for_update())


def _not_yet_there(connection: Connection, decisions: Sequence[Decision]) -> list[Decision]:
    ids = [decision.id for decision in decisions]
    there = set(connection.execute(select(_decision.decision_id).where(_decision.decision_id.in_(ids))).scalars())
    return [decision for decision in decisions if decision.id not in there]


def _count(connection: Connection, standing: Standing) -> int:
    return connection.execute(
        select(func.count())
        .select_from(tables.decision)
        .where(
            _decision.article_id == standing.article_id,
            _decision.text_sha256 == standing.text_sha256,
            _decision.person == standing.person,
        )
    ).scalar_one()


def _keep(connection: Connection, standing: Standing) -> None:
    here = (
        _standing.person == standing.person,
        _standing.article_id == standing.article_id,
        _standing.text_sha256 == standing.text_sha256,
    )
    values = {
        "decisions": standing.decisions,
        "untouched": standing.untouched,
        "finished": standing.finished,
        "cursor": standing.cursor,
    }
    changed = connection.execute(update(tables.standing).where(*here).values(values))
    if changed.rowcount == 0:
        connection.execute(
            insert(tables.standing).values(
                person=standing.person,
                article_id=standing.article_id,
                text_sha256=standing.text_sha256,
                **values,
            )
        )


def keep_cursor(engine: Engine, standing: Standing) -> None:
    """Remember where a person is in an article, without a decision."""
    with writing(engine) as connection:
        _keep(connection, standing)


def decisions_on(engine: Engine, person: str, article_id: str, text_sha256: str) -> list[Decision]:
    """Give one person's decisions on one text, in the order of the log."""
    with reading(engine) as connection:
        payloads = connection.execute(
            select(_decision.payload)
            .where(
                _decision.article_id == article_id,
                _decision.text_sha256 == text_sha256,
                _decision.person == person,
            )
            .order_by(_decision.seq)
        ).scalars()
        return [Decision.model_validate_json(payload) for payload in payloads]


def standings(engine: Engine, article_id: str | None = None) -> list[Standing]:
    """Give all standings, or those on one article, by article and person."""
    query = select(tables.standing).order_by(_standing.article_id, _standing.person)
    if article_id is not None:
        query = query.where(_standing.article_id == article_id)
    with reading(engine) as connection:
        return [
            Standing(
                row.person,
                row.article_id,
                row.text_sha256,
                row.decisions,
                row.untouched,
                row.finished,
                row.cursor,
            )
            for row in connection.execute(query)
        ]


def standing_of(engine: Engine, person: str, article_id: str, text_sha256: str) -> Standing | None:
    """Give how far a person is in one text, or None when nothing was done on it yet."""
    for standing in standings(engine, article_id):
        if standing.person == person and standing.text_sha256 == text_sha256:
            return standing
    return None


def check_log(engine: Engine) -> tuple[Problem, ...]:
    """Re-hash every decision and give a problem for each gap, fork or edit in a person's chain."""
    query = select(
        _decision.person, _decision.person_seq, _decision.payload, _decision.prev_hash, _decision.hash
    ).order_by(_decision.person, _decision.person_seq)
    with reading(engine) as connection:
        rows = [(r.person, r.person_seq, r.payload, r.prev_hash, r.hash) for r in connection.execute(query)]
    return tuple(_broken_links(rows))


def _broken_links(rows: list[tuple[str, int, str, str, str]]) -> Iterable[Problem]:
    start = ("", 0, "", "", GENESIS)
    for before, row in pairwise([start, *rows]):
        person, number, payload, previous, link = row
        first = before[0] != person
        expected_number, expected_previous = (1, GENESIS) if first else (before[1] + 1, before[4])
        if number != expected_number:
            wrong = f"follows decision {expected_number - 1}: one or more are missing"
        elif previous != expected_previous:
            wrong = "does not follow from the one before it"
        elif chain_hash(previous, payload) != link:
            wrong = "was changed after it was made"
        else:
            continue
        yield Problem(
            rule="store.chain",
            level="error",
            where=f"{person}, decision {number}",
            message=f"This decision {wrong}. Restore the store from a backup.",
        )
