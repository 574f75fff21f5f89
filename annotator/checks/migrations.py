"""Whether a migration says something that can be carried out: its names are in the schemas that it lies between."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple

from annotator.checks.labels import repeated
from annotator.checks.rule import Found, RuleBook, unknown
from annotator.model.migration import SORTS, Migration, Sort
from annotator.model.problem import Problem
from annotator.model.schema import Schema
from annotator.model.schema_rules import as_numbers
from annotator.model.slips import TomlFile
from annotator.model.toml_lines import Path


class Passage(NamedTuple):
    """A migration and the schemas that it lies between."""

    migration: Migration
    schemas: Mapping[str, Schema]
    """What is known of the schema, by version."""
    newest: Schema
    """The schema in force."""
    file: TomlFile
    """What the migration was read from."""

    def names(self, version: str, sort: Sort) -> set[str] | None:
        """Give the names of a sort in a version of the schema; None when that is not known."""
        schema = self.schemas.get(version)
        return None if schema is None else _names(schema, sort)

    def old(self) -> Iterator[tuple[Sort, Path, str]]:
        """Give every old name that the migration says something of, with where it stands."""
        for sort in SORTS:
            for name in getattr(self.migration.file.rename, sort):
                yield sort, ("rename", sort, name), name
            for new, several in getattr(self.migration.file.merge, sort).items():
                for number, name in enumerate(several):
                    yield sort, ("merge", sort, new, number), name
            for name in self.migration.splits(sort):
                yield sort, ("split", sort, name), name

    def new(self) -> Iterator[tuple[Sort, Path, str]]:
        """Give every new name that the migration gives, with where it stands."""
        for sort in SORTS:
            for old, name in getattr(self.migration.file.rename, sort).items():
                yield sort, ("rename", sort, old), name
            for name in getattr(self.migration.file.merge, sort):
                yield sort, ("merge", sort, name), name
            for old, split in self.migration.splits(sort).items():
                for key, name in split.answers.items():
                    yield sort, ("split", sort, old, "answers", key), name


def _names(schema: Schema, sort: Sort) -> set[str]:
    match sort:
        case "types":
            return set(schema.types)
        case "roles":
            by_type = {name: schema.roles_of(name) for name in schema.types}
            scoped = {f"{name}/{role}" for name, roles in by_type.items() for role in roles}
            return scoped | set(chain.from_iterable(by_type.values()))
        case "units":
            return set(schema.units)
        case "rejection_reasons":
            return set(schema.rejection_reasons.values())


MIGRATIONS: RuleBook[Passage] = RuleBook("migrations")
"""Rules over a migration of the schema."""

_WORDS: Mapping[Sort, str] = MappingProxyType(
    {"types": "an event type", "roles": "a role", "units": "a unit", "rejection_reasons": "a reason for a rejection"}
)


@MIGRATIONS.rule("migration.versions", "error", "A migration does not lead to a later major version, or beyond ours.")
def _versions(passage: Passage) -> Iterator[Found]:
    steps, newest = passage.migration.file, passage.newest.version
    if as_numbers(steps.to)[0] <= as_numbers(steps.before)[0]:
        message = f"Old names go, so the version after {steps.before} is a new major one, not {steps.to}."
        yield Found(passage.file.where(("to",)), message)
    elif as_numbers(steps.to) > as_numbers(newest):
        yield Found(passage.file.where(("to",)), f"schema.toml has {newest}: give it the version {steps.to}.")


@MIGRATIONS.rule("migration.schema", "error", "Nothing tells what was in the schema that a migration begins from.")
def _unknown_schema(passage: Passage) -> Iterator[Found]:
    for field, version in (("from", passage.migration.file.before), ("to", passage.migration.file.to)):
        if version not in passage.schemas and as_numbers(version) <= as_numbers(passage.newest.version):
            message = (
                f"No release has the schema {version}. Put a copy at guidelines/migrations/schemas/{version}.toml."
            )
            yield Found(passage.file.where((field,)), message)


@MIGRATIONS.rule("migration.old-name", "error", "A migration begins from a name that the old schema does not have.")
def _no_old_name(passage: Passage) -> Iterator[Found]:
    version = passage.migration.file.before
    for sort, path, name in passage.old():
        names = passage.names(version, sort)
        if names is not None and name not in names:
            yield Found(passage.file.where(path), unknown(name, f"{_WORDS[sort]} of schema {version}", names))


@MIGRATIONS.rule("migration.new-name", "error", "A migration leads to a name that the new schema does not have.")
def _no_new_name(passage: Passage) -> Iterator[Found]:
    version = passage.migration.file.to
    for sort, path, name in passage.new():
        names = passage.names(version, sort)
        if names is not None and ("/" in name or name not in names):
            names = {one for one in names if "/" not in one}
            yield Found(passage.file.where(path), unknown(name, f"{_WORDS[sort]} of schema {version}", names))


@MIGRATIONS.rule("migration.twice", "error", "A migration says two things of one old name.")
def _said_twice(passage: Passage) -> Iterator[Found]:
    for path, name in repeated(((sort, name), (path, name)) for sort, path, name in passage.old()):
        yield Found(passage.file.where(path), f"What becomes of {name!r} is said already. Say it once.")


@MIGRATIONS.rule("migration.stays", "error", "A name that a migration takes away is still in the schema in force.")
def _still_there(passage: Passage) -> Iterator[Found]:
    for sort, path, name in passage.old():
        if name in passage.migration.gone(sort) and name in _still(passage, sort):
            message = (
                f"{name!r} is still in schema.toml: nobody could tell a label that was moved from a new one."
                " Take it out there, or give the new meaning a new name."
            )
            yield Found(passage.file.where(path), message)


def _still(passage: Passage, sort: Sort) -> set[str]:
    """Give the names in force; a role of one type goes by the name that the type has now."""
    names = _names(passage.newest, sort)
    if sort == "roles":
        types = passage.migration.moved["types"]
        names |= {f"{old}/{role}" for old, new in types.items() for role in passage.newest.roles_of(new)}
    return names


@MIGRATIONS.rule("migration.merge", "error", "A rename gives a name that others keep or get: that is a merge.")
def _rename_is_merge(passage: Passage) -> Iterator[Found]:
    for sort in SORTS:
        renames: Mapping[str, str] = getattr(passage.migration.file.rename, sort)
        merged: Iterable[str] = getattr(passage.migration.file.merge, sort)
        taken = set(merged) | (passage.names(passage.migration.file.before, sort) or set())
        for name, new in repeated(((_scope(old), new), (old, new)) for old, new in renames.items()):
            yield Found(passage.file.where(("rename", sort, name)), f"{new!r} is given twice: write it under `merge`.")
        for name, new in renames.items():
            if new in taken and new not in passage.migration.gone(sort) and not _scope(name):
                message = f"{new!r} is there already, so that the two become one: write it under `merge`."
                yield Found(passage.file.where(("rename", sort, name)), message)


def _scope(name: str) -> str:
    """Give the type to which a role is limited; nothing for all other names."""
    return name.rpartition("/")[0]


def check_migrations(
    migrations: Iterable[tuple[Migration, TomlFile]], schemas: Mapping[str, Schema], newest: Schema
) -> tuple[Problem, ...]:
    """Give what is wrong with migrations, each with its file; `schemas` are the known ones by version."""
    known = {newest.version: newest, **schemas}  # one that was edited and kept its version is not what it was
    return tuple(
        problem
        for migration, file in migrations
        for problem in MIGRATIONS.check(Passage(migration, known, newest, file))
    )
