"""Gold as lines of JSON: the full record of a release, and the plain one that other programs write.

In a plain line only `article_id` and each mention's `kind`, `start` and `end` are required; what it adds is checked as
in a release. A repetition in gold is an error: it would ask for one thing twice.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError

from annotator.formats.article_objects import read_objects
from annotator.formats.known import Known
from annotator.formats.lines import read_lines
from annotator.formats.predictions import read_documents
from annotator.model.problem import Problem
from annotator.model.record import GoldRecord
from annotator.scoring.document import UNKNOWN, Document


def read_plain(
    data: bytes, file: str = "gold", *, known: Known | None = None
) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """Give what is scored of every line, full or plain, and all that is wrong in the file called `file`."""
    problems: list[Problem] = []
    documents = tuple(read_documents(data, file, problems, prefix="gold", known=known or Known()))
    return documents, tuple(problems)


def read_records(data: bytes, file: str = "gold") -> tuple[tuple[GoldRecord, ...], tuple[Problem, ...]]:
    """Give the full records of the file called `file`, and a problem for every line that is none.

    Says whether each line has a record's shape; whether the records are right is for the checks of a release.
    """
    problems: list[Problem] = []
    lines = list(read_lines(data, file, "gold.json", problems))
    records = (_record(content, where, problems) for where, content in lines)
    return tuple(record for record in records if record is not None), tuple(problems)


class SaidRecord(NamedTuple):
    """A record of a plain line."""

    record: GoldRecord
    """What the line says; what it leaves out stands there empty."""
    said: frozenset[str]
    """The fields that the line has."""


def read_said(data: bytes, file: str = "gold") -> tuple[tuple[SaidRecord, ...], tuple[Problem, ...]]:
    """Give the record of every line of plain gold, and a problem for every line of which none can be made.

    Takes what `read_plain` takes, but for events that nest their mentions and for quotes without offsets.
    """
    _, problems = read_plain(data, file)
    if any(problem.level == "error" for problem in problems):
        return (), problems
    found: list[Problem] = []
    records = [
        SaidRecord(record, frozenset(content))
        for where, content in read_objects(data, file, "gold.json", found)
        if (record := _record(_filled(content), where, found)) is not None
    ]
    return tuple(records), tuple(found)


_ABSENT: Mapping[str, Any] = {
    "language": UNKNOWN,
    "text_sha256": "0" * 64,
    "regions": [],
    "mentions": [],
    "events": [],
    "complete": False,
    "provenance": {"annotators": [], "adjudicator": UNKNOWN, "decisions_sha256": "0" * 64},
}
_NO_PART_OF_GOLD = frozenset({"system", "confidence", "trigger_class"})


def _filled(content: Mapping[str, Any]) -> dict[str, Any]:
    """Give a line's object with what it may leave out, and without what only predictions have."""
    whole = dict(_ABSENT) | _without_extras(content)
    for held, absent in (("mentions", {"quote": ""}), ("events", {})):
        whole[held] = [
            {"id": f"{held[0]}#{number}"} | absent | _without_extras(one)
            for number, one in enumerate(whole[held], start=1)
        ]
    return whole


def _without_extras(content: Mapping[str, Any]) -> dict[str, Any]:
    return {name: item for name, item in content.items() if name not in _NO_PART_OF_GOLD and item is not None}


def _record(content: Any, where: str, problems: list[Problem]) -> GoldRecord | None:
    """Give the record that an object is, or None after adding what is wrong with it."""
    try:
        return GoldRecord.model_validate(content)
    except ValidationError as error:
        problems.extend(
            Problem(rule="gold.field", level="error", where=where, message=f"{_path(fault['loc'])}: {fault['msg']}.")
            for fault in error.errors(include_url=False)
        )
        return None


def _path(location: tuple[int | str, ...]) -> str:
    """Give a place in an object as a person writes it: `events[0].type`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location).lstrip(".") or "record"
