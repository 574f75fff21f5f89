"""Who in another tool's file is who here: names of the file, and the pseudonyms under which they work here."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from annotator.errors import Refusal
from annotator.formats.inspection import shown
from annotator.model.problem import Problem
from annotator.workflow.person import checked_name

Names = Mapping[str | None, str]
"""By what the file calls a person, None where it names nobody: the name here."""


def names_of(people: Iterable[str | None], given: Names) -> tuple[dict[str | None, str], tuple[Problem, ...]]:
    """Give the name here of everybody in the file: as given, else as the file has it; and what is wrong with that."""
    found: dict[str | None, str] = {}
    problems: list[Problem] = []
    there = tuple(dict.fromkeys(people))
    for person in there:
        try:
            found[person] = checked_name(given[person] if person in given else _own(person))
        except Refusal as refusal:
            problems.append(_wrong("--person" if person is None else shown(person), str(refusal)))
    problems += _unused(there, given) if there else ()
    for person, name in found.items():
        first = next(one for one in found if found[one] == name)
        if first != person:
            problems.append(_wrong(name, f"{shown(first)} and {shown(person)} of the file cannot both be {name}."))
    return found, tuple(problems)


def _own(person: str | None) -> str:
    if person is None:
        raise Refusal("person.unknown", "The file does not say who annotated.", "Say it with --person NAME.")
    return person


def _unused(there: Collection[str | None], given: Names) -> Iterator[Problem]:
    for person in given:
        if person not in there and person is not None:
            yield _wrong(person, "Nobody in the file is called so.")
        elif person not in there:
            yield _wrong(given[person], "The file says who annotated. Write --person NAME-IN-THE-FILE=NAME.")


def _wrong(where: str, message: str) -> Problem:
    return Problem(rule="format.person", level="error", where=where, message=message)
