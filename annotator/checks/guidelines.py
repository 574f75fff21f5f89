"""Rules over the guidelines as data: schema, registry and lexicon, each in itself and against the others.

`annotator.model.guidelines` refuses to read what stands for nothing; the rules here say the same of values that were
made in other ways, and what is readable but not what anyone wants.
"""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from annotator.checks.labels import repeated
from annotator.checks.rule import Found, RuleBook, unknown
from annotator.model.lexicon import Lexicon, Words
from annotator.model.problem import Problem
from annotator.model.registry import Actor, Place, Registry
from annotator.model.schema import RoleSpec, Schema
from annotator.text.folding import fold


class Domain(NamedTuple):
    """What the guidelines say as data."""

    schema: Schema
    registry: Registry
    lexicon: Lexicon | None = None
    """The words of the finders; without it the rules that need it find nothing."""

    def entries(self) -> Iterator[tuple[str, str, Actor | Place, Mapping[str, Actor | Place]]]:
        """Give every entry of the registry: where it stands, its id, itself, and all entries of its sort."""
        sorts: tuple[tuple[str, Mapping[str, Actor | Place]], ...] = (
            ("actors", self.registry.actors),
            ("places", self.registry.places),
        )
        for sort, entries in sorts:
            for name, entry in entries.items():
                yield f"{sort}.toml {name}", name, entry, entries


GUIDELINES: RuleBook[Domain] = RuleBook("guidelines")
"""Rules over the guidelines."""


def _type(name: str) -> str:
    return f"schema.toml {name}"


@GUIDELINES.rule("schema.group", "error", "An event type includes a role group that is not there.")
def _group_unknown(domain: Domain) -> Iterator[Found]:
    for name, event_type in domain.schema.types.items():
        for group in event_type.includes:
            if group not in domain.schema.groups:
                yield Found(_type(name), unknown(group, "a role group", domain.schema.groups))


@GUIDELINES.rule("schema.group-unused", "warning", "A role group is included by no event type.")
def _group_unused(domain: Domain) -> Iterator[Found]:
    used = set(chain.from_iterable(event_type.includes for event_type in domain.schema.types.values()))
    for group in domain.schema.groups:
        if group not in used:
            yield Found(_type(group), "No event type includes this group. Include it, or take it out.")


@GUIDELINES.rule("schema.key", "error", "Two event types are chosen by the same key.")
def _key_twice(domain: Domain) -> Iterator[Found]:
    keys = ((event_type.key, name) for name, event_type in domain.schema.types.items())
    for name in repeated(keys):
        key = domain.schema.types[name].key
        yield Found(_type(name), f"The key {key!r} already chooses another type. Give each its own.")


@GUIDELINES.rule("schema.role", "error", "Two groups that a type includes give the same role differently.")
def _role_given_twice(domain: Domain) -> Iterator[Found]:
    for name, event_type in domain.schema.types.items():
        given: dict[str, RoleSpec] = {}
        for role, spec in chain.from_iterable(domain.schema.groups.get(g, {}).items() for g in event_type.includes):
            if given.setdefault(role, spec) != spec and role not in event_type.roles:
                yield Found(_type(name), f"Its groups give {role!r} in two ways. Say in the type which one holds.")


@GUIDELINES.rule(
    "schema.name", "error", "A type, role or unit has a name that is not ASCII, which gold cannot count by."
)
def _name_not_ascii(domain: Domain) -> Iterator[Found]:
    schema = domain.schema
    roles = chain.from_iterable(event_type.roles for event_type in schema.types.values())
    shared = chain.from_iterable(schema.groups.values())
    for name in dict.fromkeys(chain(schema.types, roles, shared, schema.units)):
        if not name.isascii():
            yield Found(_type(name), "Names are written in ASCII; put other scripts into the title.")


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
                yield Found(f"places.toml {name}", f"{latitude}, {longitude} is no latitude and longitude.")


@GUIDELINES.rule("lexicon.no-trigger", "warning", "No word of a language is a trigger of an event type.")
def _never_proposed(domain: Domain) -> Iterator[Found]:
    for name, words in _languages(domain):
        proposed = {event_type for event_type, phrases in words.triggers.items() if phrases} | set(words.events.types())
        for event_type in domain.schema.types:
            if event_type not in proposed:
                yield Found(name, f"{event_type!r} has no trigger here, so that it is never proposed. Give it one.")


@GUIDELINES.rule("lexicon.trigger-twice", "warning", "One word is a trigger of two event types.")
def _ambiguous(domain: Domain) -> Iterator[Found]:
    for name, words in _languages(domain):
        for table in (words.triggers, words.events.verbs, words.events.nouns):
            taken: dict[str, str] = {}
            for event_type, phrase in ((key, phrase) for key, phrases in table.items() for phrase in phrases):
                other = taken.setdefault(fold(phrase).text, event_type)
                if other != event_type:
                    yield Found(name, f"{phrase!r} stands under {other!r} and {event_type!r}. Keep one of them.")


def _languages(domain: Domain) -> Iterator[tuple[str, Words]]:
    if domain.lexicon is not None:
        for language, words in domain.lexicon.languages.items():
            yield f"lexicon/{language}.toml", words


def check_guidelines(schema: Schema, registry: Registry, lexicon: Lexicon | None = None) -> tuple[Problem, ...]:
    """Give what is wrong with the schema, the registry and, where it is given, the lexicon."""
    return GUIDELINES.check(Domain(schema, registry, lexicon))
