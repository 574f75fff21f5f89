"""Whether the schema has the version that follows from what changed since the latest release."""

from collections.abc import Iterator
from typing import NamedTuple

from annotator.checks.rule import Found, RuleBook
from annotator.model.problem import Problem
from annotator.model.schema import Schema
from annotator.model.schema_rules import Rule, as_numbers, revision
from annotator.model.slips import TomlFile
from annotator.text.counted import counted


class Succession(NamedTuple):
    """The schema and the one that it follows."""

    before: Schema
    """The copy in the latest release."""
    after: Schema
    file: TomlFile = TomlFile("schema.toml", "", {})
    """What `after` was read from; without it a finding has no line."""


SCHEMA_VERSION: RuleBook[Succession] = RuleBook("schema versions")
"""Rules over a schema and the one before it."""

_TOLD = 3
"""How many changes are named; the rest are counted."""


@SCHEMA_VERSION.rule(
    "schema.version",
    "error",
    "The schema's version is too low: a removed or changed type or role is a new major, an added one a new minor.",
)
def _version_too_low(pair: Succession) -> Iterator[Found]:
    changes = revision(pair.before, pair.after)
    needed = changes.version_after(pair.before.version)
    if as_numbers(pair.after.version) >= as_numbers(needed):
        return
    told = [*_told("is gone", changes.removed), *_told("allows other labels", changes.changed)]
    told = told or _told("is new", changes.added)
    since = f"since then {', '.join(told[:_TOLD])}" if told else "versions never go back"
    message = (
        f"The latest release has {pair.before.version}, and {since}"
        + (f" and {counted(len(told) - _TOLD, 'more change')}" if len(told) > _TOLD else "")
        + f": the version must be {needed}, not {pair.after.version}."
    )
    yield Found(pair.file.where(("version",)), message)


def _told(what: str, rules: tuple[Rule, ...]) -> list[str]:
    return [f"{rule} {what}" for rule in rules]


def check_schema_version(before: Schema, after: Schema, file: TomlFile | None = None) -> tuple[Problem, ...]:
    """Give what is wrong with the version of the schema `after`, which follows `before`; `file` is where it stands."""
    return SCHEMA_VERSION.check(Succession(before, after) if file is None else Succession(before, after, file))
