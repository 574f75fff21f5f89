"""What was decided and a server has not acknowledged yet: a journal on this machine, so that nothing is lost with it.

A file for each person, article and text. A decision stands in it before it is sent and goes when the server has it;
what is left there after a power cut is sent again by its id, which counts once. Never the truth: the log is.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import orjson
from pydantic import ValidationError

from annotator.model.canonical import canonical_json, sha256
from annotator.model.decision import Decision, Stage
from annotator.store.atomic import append_lines, remove

_ENDING = ".jsonl"


class Waiting(NamedTuple):
    """What of one person's work on an article was not sent."""

    person: str
    article_id: str
    text_sha256: str
    stage: Stage
    decisions: int


class Outbox:
    """The journal of one person's work on one text, for one store."""

    def __init__(self, work: Path, url: str, person: str, article_id: str, text_sha256: str) -> None:
        """Name the file, below the workspace's folder of work; nothing is made or read yet."""
        named = sha256("\n".join((person, article_id, text_sha256)).encode())
        self._path = folder_of(work, url) / f"{named[:32]}{_ENDING}"

    def waiting(self) -> list[Decision]:
        """Give the decisions that stand in it, in order. A line that a power cut tore was never acknowledged."""
        return _read(self._path)

    def put(self, decisions: Iterable[Decision]) -> None:
        """Write decisions to the disk. Raises `Refusal` `file.not-written`."""
        append_lines(self._path, [canonical_json(decision.plain()) for decision in decisions])

    def clear(self) -> None:
        """Take all out: the server has it. Raises `Refusal` `file.not-written`."""
        remove(self._path)


def folder_of(work: Path, url: str) -> Path:
    """Give the folder of all outboxes for a store: what was decided for one never goes to another."""
    return work / "outbox" / sha256(url.encode())[:16]


def all_waiting(work: Path, url: str) -> list[Waiting]:
    """Give what was not sent to a store, by person and article."""
    found = []
    for path in sorted(folder_of(work, url).glob(f"*{_ENDING}")):
        if decisions := _read(path):
            first = decisions[0]
            found.append(Waiting(first.person, first.article_id, first.text_sha256, first.stage, len(decisions)))
    return sorted(found)


def _read(path: Path) -> list[Decision]:
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return []
    decisions: dict[str, Decision] = {}
    for line in lines:
        try:
            decision = Decision.model_validate(orjson.loads(line)) if line else None
        except (orjson.JSONDecodeError, ValidationError):
            continue
        if decision is not None:
            decisions.setdefault(decision.id, decision)
    return list(decisions.values())
