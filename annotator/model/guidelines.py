"""The guidelines as one value: schema, registry, lexicon and cues, from the bytes of their files.

Owns which file holds what, and that every name in them stands for something. It never reads the disk.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from annotator.model.canonical import canonical_json, sha256
from annotator.model.cues import Cues
from annotator.model.frozen import Frozen
from annotator.model.lexicon import Boilerplate, Lexicon, NumberWords, Words
from annotator.model.registry import Registry
from annotator.model.schema import Schema
from annotator.model.slips import Reading, TomlFile
from annotator.model.toml_lines import Path

SCHEMA, ACTORS, PLACES, CUES = "schema.toml", "actors.toml", "places.toml", "cues.toml"
LEXICON, BOILERPLATE = "lexicon/", "boilerplate"
"""`lexicon/en.toml` is a language; `lexicon/boilerplate.toml` belongs to none."""


@dataclass(frozen=True, slots=True)
class Guidelines:
    """What annotators and finders go by, as data."""

    schema: Schema
    registry: Registry
    lexicon: Lexicon
    digest: str
    """SHA-256 over schema, registry and lexicon, in hexadecimal: equal for equal meaning, whatever the comments and the
    layout. Cues are not in it: no candidate hangs on them."""
    cues: Cues


def read_guidelines(files: Mapping[str, bytes]) -> Guidelines:
    """Give the guidelines that `files` (relative name to bytes) hold; other files than the known TOML are ignored.

    Raises `BadGuidelines`, a `Refusal`: `guidelines.syntax` for what is no TOML, `guidelines.content` for a missing
    file, an unknown or ill-typed field, or a name that stands for nothing. It holds everything that is wrong, each
    with file, line and field.
    """
    reading = Reading(files)
    there = {name: reading.file(name) for name in _names(files)}
    read = {name: file for name, file in there.items() if file is not None}
    schema = reading.model(Schema, read[SCHEMA]) if SCHEMA in read else None
    registry = _registry(reading, read)
    lexicon = _lexicon(reading, read)
    cues = reading.model(Cues, read[CUES]) if CUES in read else Cues()
    if schema is not None:
        _schema_names(reading, read[SCHEMA], schema)
    if schema is not None and registry is not None and lexicon is not None and cues is not None:
        found = Guidelines(schema, registry, lexicon, _digest(schema, registry, lexicon), cues)
        for name, path, word, known in _references(found):
            reading.name(read[name], path, word, known)
        reading.refuse_what_is_wrong()
        return found
    reading.refuse_what_is_wrong()
    raise AssertionError("what is not read is told")


def _names(files: Mapping[str, bytes]) -> list[str]:
    """Give the names of the files that are read: those that must be there, and those that may."""
    words = sorted(name for name in files if name.startswith(LEXICON) and name.endswith(".toml"))
    return [SCHEMA, ACTORS, PLACES, *words, *([CUES] if CUES in files else [])]


def _registry(reading: Reading, read: Mapping[str, TomlFile]) -> Registry | None:
    sorts = {"actors": read.get(ACTORS), "places": read.get(PLACES)}
    parts = {sort: reading.model(Registry, file, within=(sort,)) for sort, file in sorts.items() if file is not None}
    actors, places = parts.get("actors"), parts.get("places")
    if actors is None or places is None:
        return None
    return Registry(actors=actors.actors, places=places.places)


def _lexicon(reading: Reading, read: Mapping[str, TomlFile]) -> Lexicon | None:
    languages: dict[str, Words | None] = {}
    boilerplate: Boilerplate | None = Boilerplate()
    for name in (name for name in read if name.startswith(LEXICON)):
        stem = name.removeprefix(LEXICON).removesuffix(".toml")
        if stem == BOILERPLATE:
            boilerplate = reading.model(Boilerplate, read[name])
        else:
            languages[stem] = reading.model(Words, read[name])
    words = {language: one for language, one in languages.items() if one is not None}
    if boilerplate is None or len(words) < len(languages):
        return None
    return Lexicon(languages=words, boilerplate=boilerplate)


def _schema_names(reading: Reading, file: TomlFile, schema: Schema) -> None:
    """Hold the schema to itself: the groups that types include, and one type for a key."""
    keys: dict[str, str] = {}
    for name, event_type in schema.types.items():
        for number, group in enumerate(event_type.includes):
            reading.name(file, ("types", name, "includes", number), group, schema.groups)
        if (other := keys.setdefault(event_type.key, name)) != name:
            message = f"{other} and {name} share the key {event_type.key!r}. Give each type a key of its own."
            reading.wrong("schema.key", file, ("types", name, "key"), message)


def _digest(schema: Schema, registry: Registry, lexicon: Lexicon) -> str:
    # Keys here are names in any script, so the content is hashed as pairs: canonical JSON has ASCII keys only.
    return sha256(canonical_json([_pairs(model.plain()) for model in (schema, registry, lexicon)]))


def _pairs(value: Any) -> Any:
    if isinstance(value, dict):
        return [[key, _pairs(item)] for key, item in sorted(value.items())]
    if isinstance(value, list):
        return [_pairs(item) for item in value]
    return repr(value) if isinstance(value, float) else value


_Reference = tuple[str, Path, str, Iterable[str]]
"""A file, a field in it, the name there, and the names that are known."""


def _references(guidelines: Guidelines) -> Iterator[_Reference]:
    """Give every name that must stand for something in another file or entry."""
    schema, registry, lexicon = guidelines.schema, guidelines.registry, guidelines.lexicon
    for name, entries in ((ACTORS, registry.actors), (PLACES, registry.places)):
        for key, entry in _entries(entries):
            if entry is not None:
                yield name, (key, "part_of"), entry, entries
    for language, words in lexicon.languages.items():
        name = f"{LEXICON}{language}.toml"
        for type_name in words.triggers:
            yield name, ("triggers", type_name), type_name, schema.types
        for path, type_name in words.events.types():
            yield name, ("events", *path), type_name, schema.types
        yield from _unit_references(name, words.numbers, schema)
    yield from _cue_references(guidelines.cues, schema)


def _unit_references(name: str, numbers: NumberWords, schema: Schema) -> Iterator[_Reference]:
    tables: tuple[tuple[Path, Iterable[str]], ...] = (
        (("nouns",), numbers.nouns),
        (("duals",), numbers.duals),
        (("unknown", "tails"), numbers.unknown.tails),
        (("finer",), numbers.finer),
    )
    for table, units in tables:
        for unit in units:
            yield name, ("numbers", *table, unit), unit, schema.units
    for number, unit in enumerate(numbers.none_of):
        yield name, ("numbers", "none_of", number), unit, schema.units
    for coarse, (_, unit) in numbers.finer.items():
        yield name, ("numbers", "finer", coarse, 1), unit, schema.units


def _cue_references(cues: Cues, schema: Schema) -> Iterator[_Reference]:
    roles = {role for name in schema.types for role in schema.roles_of(name)}
    for group, named in cues.roles.plain().items():
        for number, role in enumerate(named):
            yield CUES, ("roles", group, number), role, roles
    for role, counts in cues.counts.items():
        yield CUES, ("counts", role), role, roles
        for number, unit in enumerate(counts.units):
            yield CUES, ("counts", role, "units", number), unit, schema.units


def _entries(entries: Mapping[str, Frozen]) -> Iterator[tuple[str, str | None]]:
    for key, entry in entries.items():
        yield key, getattr(entry, "part_of", None)
