"""What was decided and a server has not acknowledged yet: a journal on this machine, so that nothing is lost with it.

A file for each person, article and text. A decision stands in it before it is sent and goes when the server has it;
what is left there after a power cut is sent again by its id, which counts once. Never the truth: the log is.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import orjson
from pydantic import ValidationError

from annotator.errors import Refusal
from annotator.model.canonical import canonical_json, sha256
from annotator.model.decision import Decision, Stage
from annotator.store.atomic import append_lines, remove

_ENDING = ".jsonl"
ASIDE = ".unreadable"
"""How the name of a file ends that keeps the lines of a journal which are no decisions: torn, or of a newer program."""


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
        """Give the decisions that stand in it, in order. A line that a power cut tore was never acknowledged.

        Raises `Refusal` `file.missing` when it is there and cannot be read.
        """
        return _read(self._path).decisions

    def put(self, decisions: Iterable[Decision]) -> None:
        """Write decisions to the disk. Raises `Refusal` `file.not-written`."""
        append_lines(self._path, [canonical_json(decision.plain()) for decision in decisions])

    def clear(self) -> None:
        """Take all out: the server has it. What is no decision is put aside. Raises `Refusal` `file.not-written`."""
        if unreadable := _read(self._path).unreadable:
            append_lines(self._path.with_suffix(ASIDE), unreadable)
        remove(self._path)


def folder_of(work: Path, url: str) -> Path:
    """Give the folder of all outboxes for a store: what was decided for one never goes to another."""
    return work / "outbox" / sha256(url.encode())[:16]


def all_waiting(work: Path, url: str) -> list[Waiting]:
    """Give what was not sent to a store, by person and article."""
    found = []
    for path in sorted(folder_of(work, url).glob(f"*{_ENDING}")):
        if decisions := _read(path).decisions:
            first = decisions[0]
            found.append(Waiting(first.person, first.article_id, first.text_sha256, first.stage, len(decisions)))
    return sorted(found)


class _Content(NamedTuple):
    decisions: list[Decision]
    """Each once."""
    unreadable: list[bytes]


def _read(path: Path) -> _Content:
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return _Content([], [])
    except OSError as error:
        what = f"{path}, in which decisions wait to be sent, could not be read: {error.strerror}."
        raise Refusal("file.missing", what, "Make it readable.") from None
    decisions: dict[str, Decision] = {}
    unreadable = []
    for line in filter(None, lines):
        try:
            decision = Decision.model_validate(orjson.loads(line))
        except (orjson.JSONDecodeError, ValidationError):
            unreadable.append(line)
            continue
        decisions.setdefault(decision.id, decision)
    return _Content(list(decisions.values()), unreadable)
