"""The decision log: append-only, dense and hash-chained per person. What is acknowledged here is on the disk.

Appending names how many decisions the client has seen on the article, so that a second window of the same person is
found before anything is lost. An id that is there already counts as acknowledged: sending twice is safe.
"""

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import orjson
from pydantic import ValidationError
from sqlalchemy import Connection, Engine, Row, bindparam, func, insert, select, tuple_, update

from annotator.errors import Refusal
from annotator.model.canonical import canonical_json, sha256
from annotator.model.decision import Decision
from annotator.model.problem import Problem
from annotator.store import tables
from annotator.store.engine import one_at_a_time, reading, writing
from annotator.store.tasks import close

GENESIS = "0" * 64
"""What stands before a person's first decision in the chain."""

Text = tuple[str, str, str]
"""A person, an article and the hash of its text: whose decisions on what."""

_decision = tables.decision.c
_standing = tables.standing.c

_CHECKED = [column for column in tables.decision.columns if column.name not in ("seq", "stored_at")]

_AT_ONCE = 5000
"""Decisions that are checked at a time."""

_LAST = select(_decision.person_seq, _decision.hash).order_by(_decision.person_seq.desc()).limit(1)

# Built once: building a statement takes longer than running it.
_ON_TEXT = (
    _decision.article_id == bindparam("article"),
    _decision.text_sha256 == bindparam("text"),
    _decision.person == bindparam("who"),
)
_PAYLOADS = select(_decision.payload).where(*_ON_TEXT).order_by(_decision.person_seq)
_LAST_PLACE = select(func.max(_decision.seq)).where(*_ON_TEXT)
_HOW_MANY = select(func.count()).select_from(tables.decision).where(*_ON_TEXT)


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
    active_ms: int = 0
    """Time spent at the keys, in milliseconds; pauses are not counted."""
    flagged: bool = False
    """Whether they flagged the article for somebody to look at."""
    skipped: bool = False
    """Whether they leave it to others."""
    questions: int = 0
    """Questions of theirs to the adjudicator."""


class Fork(Refusal):
    """The log holds decisions on the text that the client has not seen."""

    def __init__(self, article_id: str, saved: frozenset[str]) -> None:
        super().__init__(
            "store.fork",
            f"{article_id} was also worked on in another window under the same name.",
            "Reload the article to go on from what was saved there.",
        )
        self.saved = saved
        """Which of the ids that were sent are in the log nevertheless, from an earlier try whose answer was lost."""


def chain_hash(previous: str, payload: str) -> str:
    """Give the hash of a decision in its person's chain."""
    return sha256(f"{previous}\n{payload}".encode())


Within = Callable[[Connection], None]
"""What else is done in a transaction that appends; what it raises keeps the decisions out."""


def nothing_else(_: Connection) -> None:
    """Do nothing else in the transaction."""


def append(
    engine: Engine,
    decisions: Sequence[Decision],
    seen: int,
    standing: Standing,
    within: Within = nothing_else,
    *,
    current: bool = True,
) -> None:
    """Append one person's decisions on one article, in order, and keep the standing; all or nothing.

    `seen` is how many decisions of that person on that text the client knew before them. With one that is not the
    `current` text of the article no slot is closed. Raises `Fork` (`store.fork`) when the log holds others, and the
    storage refusals. `within` is done before them, in the same transaction.
    """
    with writing(engine) as connection:
        _one_writer(connection, standing.person)
        within(connection)
        ids = {decision.id for decision in decisions}
        new = _not_yet_there(connection, standing.person, decisions)
        if _count(connection, *_text(standing)) != seen + len(ids) - len(new):
            raise Fork(standing.article_id, frozenset(ids - {decision.id for decision in new}))
        extend(connection, new)
        keep(connection, replace(standing, decisions=seen + len(ids)))
        # A slot is done in the same transaction as the decision that says so: nothing can come between the two.
        if decisions and current:
            close(connection, standing.article_id, decisions[-1].stage, standing.person, done=standing.finished)


def take_in(
    engine: Engine, decisions: Sequence[Decision], standings: Sequence[Standing], seen: Mapping[Text, int]
) -> None:
    """Append decisions of several people that were made in another store, in order, all or nothing.

    `seen` is how many decisions the client knew of each person on each text, `standings` how far they are with the new
    ones; where the cursor stood stays. Raises `Refusal` `store.fork` when somebody decided something meanwhile.
    """
    with writing(engine) as connection:
        for person in sorted({person for person, _, _ in seen}):
            _one_writer(connection, person)
        for text, count in seen.items():
            if _count(connection, *text) != count:
                what = f"{text[0]} decided something on {text[1]} while the decisions were taken in; none was."
                raise Refusal("store.fork", what, "Try again.")
        extend(connection, decisions)
        for standing in standings:
            keep(connection, standing, only=("decisions", "untouched", "finished", "flagged", "skipped", "questions"))


def extend(connection: Connection, decisions: Iterable[Decision]) -> None:
    """Put decisions at the end of the log, each at the end of its person's chain, in the transaction at hand."""
    ends: dict[str, tuple[int, str]] = {}
    for decision in decisions:
        if decision.person not in ends:
            last = connection.execute(_LAST.where(_decision.person == decision.person)).first()
            ends[decision.person] = (last.person_seq, last.hash) if last else (0, GENESIS)
        person_seq, previous = ends[decision.person]
        payload = canonical_json(decision.plain()).decode()
        link = chain_hash(previous, payload)
        row = _row(decision, person_seq + 1, payload, previous, link)
        # Inline: the row's place in the whole log is not asked back, which would tell how much others decided.
        connection.execute(insert(tables.decision).inline().values(row))
        ends[decision.person] = (person_seq + 1, link)


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


def _one_writer(connection: Connection, person: str) -> None:
    """Let one writer at a time extend a person's chain."""
    one_at_a_time(connection, f"chain of {person}")


def _not_yet_there(connection: Connection, person: str, decisions: Sequence[Decision]) -> list[Decision]:
    by_id = {decision.id: decision for decision in decisions}
    found = select(_decision.decision_id).where(_decision.person == person, _decision.decision_id.in_(list(by_id)))
    there = set(connection.execute(found).scalars())
    return [decision for decision in by_id.values() if decision.id not in there]


def _text(standing: Standing) -> Text:
    return standing.person, standing.article_id, standing.text_sha256


def _count(connection: Connection, *text: str, until: int | None = None) -> int:
    query = _HOW_MANY if until is None else _HOW_MANY.where(_decision.seq <= until)
    return connection.execute(query, _named(*text)).scalar_one()


def keep(connection: Connection, standing: Standing, only: Collection[str] = ()) -> None:
    """Write the standing, or of one that is there already the `only` named fields, in the transaction at hand."""
    fields = asdict(standing)
    here = [_standing[name] == fields[name] for name in ("person", "article_id", "text_sha256")]
    changes = {name: fields[name] for name in only or fields.keys() - {"person", "article_id", "text_sha256"}}
    if connection.execute(update(tables.standing).where(*here).values(changes)).rowcount == 0:
        connection.execute(insert(tables.standing).values(fields))


def keep_cursor(engine: Engine, standing: Standing) -> None:
    """Remember where a person is in an article and how long they were at it, without a decision; no more is changed."""
    with writing(engine) as connection:
        _one_writer(connection, standing.person)
        keep(connection, standing, only=("cursor", "active_ms"))


def decisions_on(
    engine: Engine, person: str, article_id: str, text_sha256: str, until: int | None = None
) -> list[Decision]:
    """Give one person's decisions on one text, in the order of the log; `until`: as they were at that place in the log.

    Raises `Refusal` `store.corrupt` for a decision that cannot be read: all that follows would rest on a gap.
    """
    query = _PAYLOADS if until is None else _PAYLOADS.where(_decision.seq <= until)
    with reading(engine) as connection:
        payloads = connection.execute(query, _named(person, article_id, text_sha256)).scalars()
        try:
            return [Decision.model_validate_json(payload) for payload in payloads]
        except ValidationError:
            raise Refusal(
                "store.corrupt",
                f"A decision of {person} on {article_id} cannot be read: it was changed, or a newer program made it.",
                "`annotator check` names what was changed; restore a backup, or install the newer version.",
            ) from None


def last_place(engine: Engine, person: str, article_id: str, text_sha256: str) -> int | None:
    """Give the place in the log of a person's last decision on a text, or None when there is none."""
    with reading(engine) as connection:
        return connection.execute(_LAST_PLACE, _named(person, article_id, text_sha256)).scalar()


def count_until(engine: Engine, person: str, article_id: str, text_sha256: str, until: int) -> int:
    """Give how many decisions on a text a person had made at a place in the log."""
    with reading(engine) as connection:
        return _count(connection, person, article_id, text_sha256, until=until)


def adjudication_began(engine: Engine, article_id: str, text_sha256: str) -> int | None:
    """Give the place in the log of the first decision of any adjudicator on a text, or None when there is none."""
    first = select(func.min(_decision.seq)).where(
        _decision.article_id == article_id, _decision.text_sha256 == text_sha256, _decision.stage == "adjudicate"
    )
    with reading(engine) as connection:
        return connection.execute(first).scalar()


def _named(person: str, article_id: str, text_sha256: str) -> dict[str, str]:
    return {"who": person, "article": article_id, "text": text_sha256}


def standings(engine: Engine, article_id: str | None = None) -> list[Standing]:
    """Give all standings, or those on one article, by article and person."""
    with reading(engine) as connection:
        asked = _STANDINGS if article_id is None else _STANDINGS_ON
        found = [Standing(**row) for row in connection.execute(asked, {"article": article_id}).mappings()]
    return sorted(found, key=lambda standing: (standing.article_id, standing.person, standing.text_sha256))


_STANDINGS = select(tables.standing)
_STANDINGS_ON = _STANDINGS.where(_standing.article_id == bindparam("article"))


def standing_of(engine: Engine, person: str, article_id: str, text_sha256: str) -> Standing | None:
    """Give how far a person is in one text, or None when nothing was done on it yet."""
    with reading(engine) as connection:
        found = connection.execute(_STANDING_OF, _named(person, article_id, text_sha256))
        row = found.mappings().first()
    return None if row is None else Standing(**row)


_STANDING_OF = select(tables.standing).where(
    _standing.person == bindparam("who"),
    _standing.article_id == bindparam("article"),
    _standing.text_sha256 == bindparam("text"),
)


def last_decisions(engine: Engine) -> dict[str, int]:
    """Give when each person's last decision was stored, in milliseconds since 1970, by pseudonym."""
    last = select(_decision.person, func.max(_decision.stored_at).label("at")).group_by(_decision.person)
    with reading(engine) as connection:
        return {row.person: row.at for row in connection.execute(last)}


def count_finished(engine: Engine, person: str) -> int:
    """Give how many articles a person marked done."""
    done = select(func.count(_standing.article_id.distinct())).where(_standing.person == person, _standing.finished)
    with reading(engine) as connection:
        return connection.execute(done).scalar_one()


def check_log(engine: Engine) -> tuple[Problem, ...]:
    """Re-hash every decision and give a problem for each gap, fork or edit in a person's chain, or lost end of it."""
    return (*_broken_links(_every_link(engine)), *_lost_ends(engine))


def _every_link(engine: Engine) -> Iterator[Row[Any]]:
    """Give all decisions by person and number; a batch at a time, so that nobody waits and nothing is held whole."""
    last: tuple[str, int] = ("", 0)
    key = tuple_(_decision.person, _decision.person_seq)
    while True:
        query = select(*_CHECKED).where(key > last).order_by(_decision.person, _decision.person_seq).limit(_AT_ONCE)
        with reading(engine) as connection:
            rows = connection.execute(query).all()
        if not rows:
            return
        yield from rows
        last = rows[-1].person, rows[-1].person_seq


def _broken_links(rows: Iterable[Row[Any]]) -> Iterator[Problem]:
    person, number, previous = "", 0, GENESIS
    for row in rows:
        if row.person != person:
            person, number, previous = row.person, 0, GENESIS
        if row.person_seq != number + 1:
            wrong = f"follows decision {number}: one or more are missing"
        elif row.prev_hash != previous:
            wrong = "does not follow from the one before it"
        elif chain_hash(row.prev_hash, row.payload) != row.hash or not _says_the_same(row):
            wrong = "was changed after it was made"
        else:
            wrong = ""
        number, previous = row.person_seq, row.hash
        if wrong:
            yield _broken(f"{person}, decision {number}", f"This decision {wrong}")


def _says_the_same(row: Row[Any]) -> bool:
    """Tell whether the columns that queries go by repeat what the hashed payload says."""
    said = orjson.loads(row.payload)
    columns = (row.decision_id, row.person, row.article_id, row.text_sha256, row.stage)
    return columns == tuple(said[name] for name in ("id", "person", "article_id", "text_sha256", "stage"))


def _lost_ends(engine: Engine) -> Iterator[Problem]:
    """A chain whose last links were cut off is still a chain: what was acknowledged tells how long it was."""
    on_it = (_decision.article_id == _standing.article_id, _decision.text_sha256 == _standing.text_sha256)
    held = select(func.count()).where(*on_it, _decision.person == _standing.person).scalar_subquery()
    short = select(_standing.person, _standing.article_id, _standing.decisions, held.label("held")).where(
        _standing.decisions > held
    )
    with reading(engine) as connection:
        found = connection.execute(short).all()
    for person, article_id, saved, there in sorted(found, key=lambda row: (row.article_id, row.person)):
        told = f"The log holds {there} decisions where {saved} were saved"
        yield _broken(f"{person} on {article_id}", told)


def _broken(where: str, told: str) -> Problem:
    return Problem(rule="store.chain", level="error", where=where, message=f"{told}. Restore the store from a backup.")
