"""Rules over the guidelines as data: schema, registry and lexicon, each in itself and against the others.

`annotator.model.guidelines` refuses to read what stands for nothing; the rules here say the same of values that were
made in other ways, and what is readable but not what anyone wants.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple

from annotator.checks.labels import repeated
from annotator.checks.rule import Found, RuleBook, unknown
from annotator.model.lexicon import Lexicon, Words
from annotator.model.problem import Problem
from annotator.model.registry import Actor, Place, Registry
from annotator.model.schema import RoleSpec, Schema
from annotator.model.slips import TomlFile
from annotator.model.toml_lines import Path
from annotator.text.folding import fold


class Domain(NamedTuple):
    """What the guidelines say as data."""

    schema: Schema
    registry: Registry
    lexicon: Lexicon | None = None
    """The words of the finders; without it the rules that need it find nothing."""
    files: Mapping[str, TomlFile] = MappingProxyType({})
    """The files that all this was read from, by name; without them findings have no lines."""

    def at(self, name: str, *path: str | int) -> str:
        """Say where something stands in one of the files."""
        file = self.files.get(name) or TomlFile(name, "", {})
        return file.where(path)

    def entries(self) -> Iterator[tuple[str, str, Actor | Place, Mapping[str, Actor | Place]]]:
        """Give every entry of the registry: where it stands, its id, itself, and all entries of its sort."""
        sorts: tuple[tuple[str, Mapping[str, Actor | Place]], ...] = (
            ("actors", self.registry.actors),
            ("places", self.registry.places),
        )
        for sort, entries in sorts:
            for name, entry in entries.items():
                yield self.at(f"{sort}.toml", name), name, entry, entries


GUIDELINES: RuleBook[Domain] = RuleBook("guidelines")
"""Rules over the guidelines."""


_SCHEMA = "schema.toml"


@GUIDELINES.rule("schema.empty", "error", "The schema has no event type.")
def _nothing_to_say(domain: Domain) -> Iterator[Found]:
    if not domain.schema.types:
        yield Found(domain.at(_SCHEMA, "types"), "There is no event type. Nobody could say what happened.")


@GUIDELINES.rule("schema.twice", "error", "A list of the schema names one thing twice.")
def _named_twice(domain: Domain) -> Iterator[Found]:
    schema = domain.schema
    lists: dict[Path, Iterable[tuple[str | int, str]]] = {
        ("realis",): enumerate(schema.realis),
        ("certainty",): enumerate(schema.certainty),
        ("rejection_reasons",): schema.rejection_reasons.items(),
        **{("types", name, "includes"): enumerate(one.includes) for name, one in schema.types.items()},
    }
    for path, named in lists.items():
        for step, name in repeated((name, (step, name)) for step, name in named):
            yield Found(domain.at(_SCHEMA, *path, step), f"{name!r} stands here twice. Take one out.")


@GUIDELINES.rule("schema.group", "error", "An event type includes a role group that is not there.")
def _group_unknown(domain: Domain) -> Iterator[Found]:
    for name, event_type in domain.schema.types.items():
        for group in event_type.includes:
            if group not in domain.schema.groups:
                where = domain.at(_SCHEMA, "types", name, "includes")
                yield Found(where, unknown(group, "a role group", domain.schema.groups))


@GUIDELINES.rule("schema.group-unused", "warning", "A role group is included by no event type.")
def _group_unused(domain: Domain) -> Iterator[Found]:
    used = set(chain.from_iterable(event_type.includes for event_type in domain.schema.types.values()))
    for group in domain.schema.groups:
        if group not in used:
            yield Found(
                domain.at(_SCHEMA, "groups", group), "No event type includes this group. Include it, or take it out."
            )


@GUIDELINES.rule("schema.key", "error", "Two event types are chosen by the same key.")
def _key_twice(domain: Domain) -> Iterator[Found]:
    keys = ((event_type.key, name) for name, event_type in domain.schema.types.items())
    for name in repeated(keys):
        key = domain.schema.types[name].key
        where = domain.at(_SCHEMA, "types", name, "key")
        yield Found(where, f"The key {key!r} already chooses another type. Give each its own.")


@GUIDELINES.rule("schema.role", "error", "Two groups that a type includes give the same role differently.")
def _role_given_twice(domain: Domain) -> Iterator[Found]:
    for name, event_type in domain.schema.types.items():
        given: dict[str, RoleSpec] = {}
        for role, spec in chain.from_iterable(domain.schema.groups.get(g, {}).items() for g in event_type.includes):
            if given.setdefault(role, spec) != spec and role not in event_type.roles:
                where = domain.at(_SCHEMA, "types", name, "includes")
                yield Found(where, f"Its groups give {role!r} in two ways. Say in the type which one holds.")


@GUIDELINES.rule(
    "schema.name", "error", "A type, role or unit has a name that is not ASCII, which gold cannot count by."
)
def _name_not_ascii(domain: Domain) -> Iterator[Found]:
    schema = domain.schema
    paths: Iterator[Path] = chain(
        (("types", name) for name in schema.types),
        (("types", name, "roles", role) for name, one in schema.types.items() for role in one.roles),
        (("groups", group, role) for group, roles in schema.groups.items() for role in roles),
        (("units", name) for name in schema.units),
    )
    for path in paths:
        if not str(path[-1]).isascii():
            yield Found(domain.at(_SCHEMA, *path), "Names are written in ASCII; put other scripts into the title.")


@GUIDELINES.rule("registry.part-of", "error", "An entry is part of one that is not in the same registry.")
def _whole_unknown(domain: Domain) -> Iterator[Found]:
    for where, _, entry, entries in domain.entries():
        if entry.part_of is not None and entry.part_of not in entries:
            yield Found(where, unknown(entry.part_of, "an entry that this one can be part of", entries))


@GUIDELINES.rule("registry.loop", "error", "An entry is, by way of others, part of itself.")
def _part_of_itself(domain: Domain) -> Iterator[Found]:
    for where, name, entry, entries in domain.entries():
        seen: set[str] = set()
        whole = entry.part_of
        while whole is not None and whole in entries and whole not in seen:
            seen.add(whole)
            whole = entries[whole].part_of
        if name in seen:
            yield Found(where, f"{name!r} is part of itself. Follow `part_of` and cut the loop.")


@GUIDELINES.rule(
    "registry.alias", "warning", "Two entries of one registry share a name, so that a finder has to guess."
)
def _alias_shared(domain: Domain) -> Iterator[Found]:
    taken: dict[tuple[str, str], str] = {}
    for where, name, entry, _ in domain.entries():
        for alias in entry.en + entry.ar:
            other = taken.setdefault((type(entry).__name__, fold(alias).text), name)
            if other != name:
                yield Found(where, f"{alias!r} also names {other!r}. Keep it with the entry that it mostly means.")


@GUIDELINES.rule("registry.alias-twice", "warning", "An entry gives one name twice.")
def _alias_twice(domain: Domain) -> Iterator[Found]:
    for where, _, entry, _ in domain.entries():
        for alias in repeated((alias, alias) for alias in entry.en + entry.ar):
            yield Found(where, f"{alias!r} is given twice. Take one out.")


@GUIDELINES.rule("registry.no-name", "warning", "An entry has no name in either language, so that nothing finds it.")
def _no_name(domain: Domain) -> Iterator[Found]:
    for where, _, entry, _ in domain.entries():
        if not entry.en + entry.ar:
            yield Found(where, "It has no name. Give it one in `en` or `ar`.")


@GUIDELINES.rule("registry.coordinates", "error", "A place lies outside the range of latitudes and longitudes.")
def _nowhere(domain: Domain) -> Iterator[Found]:
    for name, place in domain.registry.places.items():
        if place.coordinates is not None:
            latitude, longitude = place.coordinates
            if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
                yield Found(
                    domain.at("places.toml", name, "coordinates"),
                    f"{latitude}, {longitude} is no latitude and longitude.",
                )


@GUIDELINES.rule("lexicon.no-trigger", "warning", "No word of a language is a trigger of an event type.")
def _never_proposed(domain: Domain) -> Iterator[Found]:
    for name, words in _languages(domain):
        at = domain.at(name, "triggers") if words.triggers else domain.at(name, "events")
        proposed = {event_type for event_type, phrases in words.triggers.items() if phrases}
        proposed |= {event_type for _, event_type in words.events.types()}
        for event_type in domain.schema.types:
            if event_type not in proposed:
                yield Found(at, f"{event_type!r} has no trigger here, so that it is never proposed. Give it one.")


@GUIDELINES.rule("lexicon.trigger-twice", "warning", "One word is a trigger of two event types.")
def _ambiguous(domain: Domain) -> Iterator[Found]:
    for name, words in _languages(domain):
        tables: tuple[tuple[Path, Mapping[str, tuple[str, ...]]], ...] = (
            (("triggers",), words.triggers),
            (("events", "verbs"), words.events.verbs),
            (("events", "nouns"), words.events.nouns),
        )
        for path, table in tables:
            taken: dict[str, str] = {}
            for event_type, number, phrase in _phrases(table):
                other = taken.setdefault(fold(phrase).text, event_type)
                if other != event_type:
                    where = domain.at(name, *path, event_type, number)
                    yield Found(where, f"{phrase!r} stands under {other!r} and {event_type!r}. Keep one of them.")


def _phrases(table: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, int, str]]:
    """Give every phrase of a table with the key that it stands under, and its place there."""
    for key, phrases in table.items():
        for number, phrase in enumerate(phrases):
            yield key, number, phrase


def _languages(domain: Domain) -> Iterator[tuple[str, Words]]:
    if domain.lexicon is not None:
        for language, words in domain.lexicon.languages.items():
            yield f"lexicon/{language}.toml", words


def check_guidelines(
    schema: Schema,
    registry: Registry,
    lexicon: Lexicon | None = None,
    files: Mapping[str, TomlFile] = MappingProxyType({}),
) -> tuple[Problem, ...]:
    """Give what is wrong with the schema, the registry and, where it is given, the lexicon.

    `files` are those that they were read from, by name: with them, findings have their lines.
    """
    return GUIDELINES.check(Domain(schema, registry, lexicon, files))
