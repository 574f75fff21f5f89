"""The decision log as lines of canonical JSON: what annotators and adjudicators decided, under their pseudonyms.

One line a decision, by article, person and sequence. A line's `sequence` counts a person's decisions on one text from 1
on, so that a lost line shows; its `place` is the decision's place in the whole log, so that who saw what before whom is
known again. No names are in it, and nothing of audits.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Annotated, NamedTuple

from pydantic import Field, StrictInt, ValidationError

from annotator.formats.lines import read_lines
from annotator.model.canonical import MAX_INTEGER, canonical_json
from annotator.model.decision import Decision, Redo, Stage, Undo
from annotator.model.frozen import Frozen
from annotator.model.problem import Problem

FORMAT = "decisions"
"""What the format is called on the command line."""

PSEUDONYMS: Mapping[Stage, re.Pattern[str]] = MappingProxyType(
    {"label": re.compile(r"a[1-9][0-9]{0,8}"), "adjudicate": re.compile(r"j[1-9][0-9]{0,8}")}
)
"""What the pseudonyms of a stage look like."""

Text = tuple[str, str, str]
"""A person, an article and its text: whose decisions on what one sequence is."""

Counted = Annotated[StrictInt, Field(ge=1, le=MAX_INTEGER)]


class Logged(Frozen):
    """One line: a decision and where it stood in the log."""

    decision: Decision
    place: Counted
    """In the whole log, from 1 on."""
    sequence: Counted
    """Among the decisions of its person on its text, from 1 on."""


class Line(NamedTuple):
    """One line and where it stands."""

    where: str
    """FILE:LINE."""
    logged: Logged


def text_of(decision: Decision) -> Text:
    """Give whose decision on what it is."""
    return decision.person, decision.article_id, decision.text_sha256


def write_log(decisions: Iterable[Decision]) -> bytes:
    """Give the lines of decisions that come in the order of the log."""
    counts: dict[Text, int] = {}
    logged = []
    for place, decision in enumerate(decisions, start=1):
        counts[text_of(decision)] = sequence = counts.get(text_of(decision), 0) + 1
        logged.append(Logged(decision=decision, place=place, sequence=sequence))
    return b"".join(canonical_json(one.plain()) for one in sorted(logged, key=_order))


def _order(one: Logged) -> tuple[str, str, str, int]:
    return one.decision.article_id, one.decision.person, one.decision.text_sha256, one.sequence


def read_log(data: bytes, file: str) -> tuple[tuple[Line, ...], tuple[Problem, ...]]:
    """Give the lines of the file called `file`, in the order of the log, and all that is wrong with them.

    What is wrong: a line that is no decision, one whose pseudonym is none of its stage, an id or place twice, an undo
    that says more, a gap in a sequence, or a sequence that the places contradict.
    """
    problems: list[Problem] = []
    lines = []
    for where, content in read_lines(data, file, "decisions.json", problems):
        try:
            lines.append(Line(where, Logged.model_validate(content)))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            field = ".".join(str(part) for part in first["loc"]) or "the line"
            problems.append(_wrong("field", where, f"{field}: {first['msg']}."))
    lines.sort(key=lambda line: line.logged.place)
    problems += (*_strange_people(lines), *_repeated(lines), *_mixed(lines))
    # Of lines that are not all there, every sequence would have gaps.
    return tuple(lines), tuple(problems or _gaps(lines))


def _strange_people(lines: Iterable[Line]) -> Iterator[Problem]:
    for where, logged in lines:
        decision = logged.decision
        if not PSEUDONYMS[decision.stage].fullmatch(decision.person):
            message = f"{decision.person!r} is no pseudonym of the stage {decision.stage!r}, as a1 or j1 are."
            yield _wrong("person", where, message)


def _repeated(lines: Iterable[Line]) -> Iterator[Problem]:
    first: dict[object, str] = {}
    for where, logged in lines:
        for told, name in (("id", logged.decision.id), ("place", logged.place)):
            if (before := first.setdefault((told, name), where)) != where:
                yield _wrong("repeated", where, f"The {told} {name!r} stands in {before} already.")


def _mixed(lines: Iterable[Line]) -> Iterator[Problem]:
    """Find decisions that take another one back, or up again, and say something besides: nobody can make one."""
    for where, logged in lines:
        changes = logged.decision.changes
        if len(changes) > 1 and any(isinstance(change, Undo | Redo) for change in changes):
            yield _wrong("field", where, "An undo or a redo must stand alone in its decision.")


def _gaps(lines: Sequence[Line]) -> Iterator[Problem]:
    """Find sequences that do not count from 1 on in the order of the places; the lines come in that order."""
    counts: dict[Text, int] = {}
    for where, logged in lines:
        decision = logged.decision
        counts[text_of(decision)] = expected = counts.get(text_of(decision), 0) + 1
        if logged.sequence != expected:
            told = f"This is decision {logged.sequence} of {decision.person} on {decision.article_id}"
            yield _wrong("gap", where, f"{told}, where decision {expected} should stand.")
            counts[text_of(decision)] = logged.sequence


def _wrong(what: str, where: str, message: str) -> Problem:
    return Problem(rule=f"decisions.{what}", level="error", where=where, message=message)
