"""A damaged SQLite store made whole again as a new file: every decision that is intact, a word about each that is not.

A decision proves by its hash that it is what was saved, a text by its own; the rest is taken where it reads as it must.
Never touches the damaged file.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
from pydantic import ValidationError
from sqlalchemy import Connection, Engine, insert

from annotator.errors import Refusal
from annotator.model.canonical import sha256
from annotator.model.decision import Decision
from annotator.model.problem import Problem
from annotator.store import tables
from annotator.store.carving import Cells, carve
from annotator.store.engine import file_url, open_engine, writing
from annotator.store.log import GENESIS, Text, chain_hash, check_log
from annotator.store.migrate import bring_up_to_date
from annotator.store.recovered_slots import Slot, is_slot, newer, slots_to_keep
from annotator.store.turns import TURN
from annotator.text.counted import counted

_STAGES = frozenset({"label", "adjudicate", "challenge"})
_UNKNOWN = "#"
"""Begins the name of a person whom the damaged file does not tell: nobody works under it by chance."""

Row = dict[str, Any]


@dataclass(slots=True)
class _Found:
    """What could be read, without repetitions."""

    decisions: dict[tuple[str, str], Row] = field(default_factory=dict)
    articles: dict[tuple[str, str], Row] = field(default_factory=dict)
    people: dict[str, Row] = field(default_factory=dict)
    standings: dict[Text, Row] = field(default_factory=dict)
    challenges: dict[str, Row] = field(default_factory=dict)
    audits: dict[Text, Row] = field(default_factory=dict)
    proposed: dict[tuple[str, str, str], Row] = field(default_factory=dict)
    slots: dict[Slot, Row] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recovered:
    """What came of a recovery."""

    decisions: int
    articles: int
    people: int
    lost: tuple[Problem, ...]
    """What is known to have been there and could not be brought back."""


def recover(damaged: Path, new: Path, texts: Mapping[tuple[str, str], Row]) -> Recovered:
    """Make a store at `new`, which must not exist, of what is intact in a damaged SQLite file.

    `texts` gives rows of articles, by id and hash, that may stand in for those that are lost.
    Raises `Refusal` `file.missing` when the file cannot be read, `file.not-written` when `new` is there already,
    `store.corrupt` when nothing of a store is in it, and the storage refusals.
    """
    if new.exists():
        raise Refusal("file.not-written", f"{new} is there already.", "Move it away, or name another file.")
    found = _gathered(_carved(damaged))
    if not found.articles and not found.decisions:
        raise Refusal("store.corrupt", f"{damaged} holds nothing of a store.", "Put a backup in its place.")
    lost = list(_fill_in_texts(found, texts))
    lost += _gaps(found)
    engine = open_engine(file_url(new))
    try:
        bring_up_to_date(engine)
        with writing(engine) as connection:
            _write(connection, found)
        _hold_to_its_chains(engine)
    except BaseException:
        engine.dispose()
        new.unlink(missing_ok=True)
        _remove_journals(new)
        raise
    engine.dispose()
    _remove_journals(new)
    return Recovered(len(found.decisions), len(found.articles), len(found.people), tuple(lost))


def _remove_journals(new: Path) -> None:
    """Take away what stands empty beside a file that was closed."""
    for ending in ("-journal", "-wal", "-shm", TURN):
        new.with_name(new.name + ending).unlink(missing_ok=True)


def _carved(damaged: Path) -> Iterator[Cells]:
    try:
        yield from carve(damaged)
    except OSError as error:
        raise Refusal("file.missing", f"{damaged} could not be read: {error.strerror}.", "Check its name.") from None


# What rows are, by what they say


def _gathered(rows: Iterable[Cells]) -> _Found:
    found = _Found()
    for key, *cells in rows:
        for take in _TAKERS.get(len(cells), ()):
            if take(found, key, cells):
                break
    return found


def _take_decision(found: _Found, key: Any, cells: list[Any]) -> bool:
    row = _shaped(tables.decision, cells)
    if row is None or not _is_intact(row):
        return False
    found.decisions.setdefault((row["person"], row["decision_id"]), row | {"seq": key})
    return True


def _is_intact(row: Row) -> bool:
    """Tell whether a decision is what was saved: its hash says so, and its columns repeat what it says."""
    if chain_hash(row["prev_hash"], row["payload"]) != row["hash"]:
        return False
    try:
        said = Decision.model_validate_json(row["payload"])
    except ValidationError:
        return False
    columns = (row["decision_id"], row["person"], row["article_id"], row["text_sha256"], row["stage"])
    return columns == (said.id, said.person, said.article_id, said.text_sha256, said.stage)


def _take_article(found: _Found, _: Any, cells: list[Any]) -> bool:
    row = _shaped(tables.article, cells)
    if row is None or sha256(row["text"].encode()) != row["text_sha256"] or not _is_json(row["metadata"]):
        return False
    here = row["article_id"], row["text_sha256"]
    if here not in found.articles or found.articles[here]["version"] < row["version"]:
        found.articles[here] = row
    return True


def _take_person(found: _Found, _: Any, cells: list[Any]) -> bool:
    row = _shaped(tables.person, cells)
    if row is None or row["stage"] not in _STAGES or not row["pseudonym"][1:].isdigit():
        return False
    found.people.setdefault(row["pseudonym"], row)
    return True


def _take_standing(found: _Found, _: Any, cells: list[Any]) -> bool:
    row = _shaped(tables.standing, cells)
    if row is None:
        return False
    here = row["person"], row["article_id"], row["text_sha256"]
    if here not in found.standings or found.standings[here]["decisions"] < row["decisions"]:
        found.standings[here] = row
    return True


def _take_challenge(found: _Found, _: Any, cells: list[Any]) -> bool:
    row = _shaped(tables.challenge, cells)
    if row is None or not _is_json(row["document"]):
        return False
    # A challenge is changed only by being withdrawn, which makes what is kept of it longer.
    held = found.challenges.get(row["challenge_id"])
    if held is None or len(held["document"]) < len(row["document"]):
        found.challenges[row["challenge_id"]] = row
    return True


def _take_audit(found: _Found, _: Any, cells: list[Any]) -> bool:
    row = _shaped(tables.audit, cells)
    if row is None or not _is_json(row["document"]):
        return False
    found.audits.setdefault((row["person"], row["article_id"], row["text_sha256"]), row)
    return True


def _take_proposed(found: _Found, _: Any, cells: list[Any]) -> bool:
    row = _shaped(tables.proposed, cells)
    if row is None or sha256(row["document"].encode()) != row["digest"]:
        return False
    found.proposed.setdefault((row["article_id"], row["text_sha256"], row["system"]), row)
    return True


def _take_slot(found: _Found, key: Any, cells: list[Any]) -> bool:
    row = _shaped(tables.task, cells)
    if row is None or not is_slot(row):
        return False
    here = row["article_id"], row["stage"], row["slot"]
    if here not in found.slots or newer(row, found.slots[here]):
        found.slots[here] = row | {"task_id": key}
    return True


_TAKERS = {
    11: (_take_decision, _take_standing),
    10: (_take_slot,),
    9: (lambda found, key, cells: _take_slot(found, key, [*cells, 0]),),  # before a slot told what it waits for
    6: (_take_article,),
    5: (_take_proposed,),
    4: (_take_challenge, _take_audit),
    3: (_take_person,),
}
"""What a row may be, by how many columns it has. What our finders said is left out: they say it again."""


def _shaped(table: Any, cells: list[Any]) -> Row | None:
    """Give the cells by the names of a table's columns, or None when they cannot be a row of it."""
    row = {}
    for column, cell in zip(table.columns, cells, strict=True):
        wanted = column.type.python_type
        if wanted is bool and cell in (0, 1):
            cell = bool(cell)
        is_key = column.primary_key and wanted is int
        if not (cell is None and (is_key or column.nullable)) and type(cell) is not wanted:
            return None
        row[column.name] = cell
    return row


def _is_json(document: str) -> bool:
    try:
        return isinstance(orjson.loads(document), dict)
    except orjson.JSONDecodeError:
        return False


# What is missing


def _fill_in_texts(found: _Found, texts: Mapping[tuple[str, str], Row]) -> Iterator[Problem]:
    """Put the corpus's texts where decisions lost theirs; leave out decisions whose text is nowhere, and say so."""
    wanted = {(row["article_id"], row["text_sha256"]) for row in found.decisions.values()}
    for here in sorted(wanted - found.articles.keys()):
        if here in texts:
            found.articles[here] = texts[here]
            continue
        without = [one for one, row in found.decisions.items() if (row["article_id"], row["text_sha256"]) == here]
        for one in without:
            del found.decisions[one]
        told = f"The text that {counted(len(without), 'decision')} were made on is lost, and they with it"
        yield _lost(f"{here[0]}, text {here[1][:12]}…", f"{told}: put the article's file back and recover again.")


def _gaps(found: _Found) -> Iterator[Problem]:
    """Say which decisions are missing, by the numbers of those that are there and by what the standings count."""
    numbers: dict[str, list[int]] = {}
    for row in found.decisions.values():
        numbers.setdefault(row["person"], []).append(row["person_seq"])
    told: dict[str, int] = {}
    for row in found.standings.values():
        told[row["person"]] = told.get(row["person"], 0) + row["decisions"]
    for person in sorted(numbers.keys() | told.keys()):
        held = sorted(numbers.get(person, ()))
        length = max([told.get(person, 0), *held[-1:]])
        missing = sorted(set(range(1, length + 1)) - set(held))
        if missing:
            said = ", ".join(_runs(missing))
            yield _lost(person, f"{counted(len(missing), 'decision')} of {length} could not be read: {said}.")


def _runs(numbers: list[int]) -> Iterator[str]:
    """Give numbers as runs: 3, 5 to 7."""
    first = last = numbers[0]
    for number in [*numbers[1:], None]:
        if number == last + 1:
            last = number
            continue
        yield str(first) if first == last else f"{first} to {last}"
        if number is not None:
            first = last = number


def _lost(where: str, message: str) -> Problem:
    return Problem(rule="store.lost", level="error", where=where, message=message)


# Writing


def _write(connection: Connection, found: _Found) -> None:
    decisions = list(_chained(found.decisions.values()))
    _put(connection, tables.article, _versioned(found.articles.values()))
    _put(connection, tables.person, _named(found))
    _put(connection, tables.decision, decisions)
    standings = list(_counted(found))
    _put(connection, tables.standing, standings)
    _put(connection, tables.challenge, found.challenges.values())
    done = {(row["person"], row["article_id"]) for row in standings if row["finished"]}
    _put(connection, tables.task, slots_to_keep(found.slots.values(), {one for one, _ in found.articles}, done))
    for table, rows in ((tables.audit, found.audits.values()), (tables.proposed, found.proposed.values())):
        _put(connection, table, [row for row in rows if (row["article_id"], row["text_sha256"]) in found.articles])


def _put(connection: Connection, table: Any, rows: Iterable[Row]) -> None:
    if listed := list(rows):
        connection.execute(insert(table), listed)


def _chained(rows: Iterable[Row]) -> Iterator[Row]:
    """Give each person's decisions in their order, dense again: where none is missing, nothing of any changes."""
    ends: dict[str, tuple[int, str]] = {}
    places = set[int]()
    for row in sorted(rows, key=lambda row: (row["person_seq"], row["seq"])):
        number, previous = ends.get(row["person"], (0, GENESIS))
        link = chain_hash(previous, row["payload"])
        ends[row["person"]] = number + 1, link
        changed = {"person_seq": number + 1, "prev_hash": previous, "hash": link}
        seq = row["seq"] if row["seq"] not in places else max(places) + 1
        places.add(seq)
        yield row | changed | {"seq": seq}


def _versioned(rows: Iterable[Row]) -> Iterator[Row]:
    """Give the texts of each article with versions that no other text of it has, in their order."""
    last: dict[str, int] = {}
    for row in sorted(rows, key=lambda row: (row["article_id"], row["version"], row["text_sha256"])):
        version = max(row["version"], last.get(row["article_id"], 0) + 1)
        last[row["article_id"]] = version
        yield row | {"version": version}


def _named(found: _Found) -> Iterator[Row]:
    """Give who is behind each pseudonym that is in use; the name of one that nobody tells is a stranger's."""
    stages = {row["person"]: row["stage"] for row in found.decisions.values()}
    used = stages.keys() | {person for person, _, _ in found.audits}
    taken = set[tuple[str, str]]()
    for pseudonym in sorted(used | found.people.keys()):
        stage = stages.get(pseudonym, "label")
        row = found.people.get(pseudonym, {"pseudonym": pseudonym, "stage": stage, "name": f"{_UNKNOWN}{pseudonym}"})
        if (row["name"], row["stage"]) in taken:
            row = row | {"name": f"{_UNKNOWN}{pseudonym}"}
        taken.add((row["name"], row["stage"]))
        yield row


def _counted(found: _Found) -> Iterator[Row]:
    """Give how far everybody is, each with as many decisions as there are now."""
    counts: dict[Text, int] = {}
    for row in found.decisions.values():
        here = row["person"], row["article_id"], row["text_sha256"]
        counts[here] = counts.get(here, 0) + 1
    nothing = {"untouched": 0, "finished": False, "cursor": 0, "active_ms": 0}
    flags = {"flagged": False, "skipped": False, "questions": 0}
    for here in sorted(counts.keys() | found.standings.keys()):
        named = dict(zip(("person", "article_id", "text_sha256"), here, strict=True))
        row = found.standings.get(here, {**named, **nothing, **flags})
        held = counts.get(here, 0)
        # An article that misses a decision is not done: whoever worked on it has to look again.
        yield row | {"decisions": held, "finished": row["finished"] and held >= row["decisions"]}


def _hold_to_its_chains(engine: Engine) -> None:
    broken = check_log(engine)
    assert not broken, broken
