"""The guidelines as one value: schema, registry, lexicon and cues, from the bytes of their files.

Owns the way from TOML to the models, and the words in which a slip in such a file is told. It never reads the disk.
"""

import difflib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from annotator.errors import Refusal
from annotator.model.canonical import canonical_json, sha256
from annotator.model.cues import Cues
from annotator.model.frozen import Frozen
from annotator.model.lexicon import Boilerplate, Lexicon, NumberWords, Words
from annotator.model.registry import Registry
from annotator.model.schema import Schema

_Model = TypeVar("_Model", bound=BaseModel)

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

    Raises `Refusal`: `guidelines.syntax` for what is no TOML, `guidelines.content` for a missing file, an unknown or
    ill-typed field, or a name that stands for nothing. It names file, line where it can be told, and field.
    """
    schema = _model(Schema, files, SCHEMA, _table(files, SCHEMA))
    registry = _registry(files)
    lexicon = _lexicon(files)
    cues = _model(Cues, files, CUES, _table(files, CUES)) if CUES in files else Cues()
    _refuse_loose_ends(files, Guidelines(schema, registry, lexicon, "", cues))
    return Guidelines(schema, registry, lexicon, _digest(schema, registry, lexicon), cues)


def _registry(files: Mapping[str, bytes]) -> Registry:
    tables = {"actors": (ACTORS, _table(files, ACTORS)), "places": (PLACES, _table(files, PLACES))}
    for field, (name, table) in tables.items():
        _model(Registry, files, name, {"actors": {}, "places": {}} | {field: table}, skip=1)
    return Registry.model_validate({field: table for field, (_, table) in tables.items()})


def _lexicon(files: Mapping[str, bytes]) -> Lexicon:
    names = sorted(name for name in files if name.startswith(LEXICON) and name.endswith(".toml"))
    languages: dict[str, Words] = {}
    boilerplate = Boilerplate()
    for name in names:
        stem = name.removeprefix(LEXICON).removesuffix(".toml")
        if stem == BOILERPLATE:
            boilerplate = _model(Boilerplate, files, name, _table(files, name))
        else:
            languages[stem] = _model(Words, files, name, _table(files, name))
    return Lexicon(languages=languages, boilerplate=boilerplate)


def _digest(schema: Schema, registry: Registry, lexicon: Lexicon) -> str:
    # Keys here are names in any script, so the content is hashed as pairs: canonical JSON has ASCII keys only.
    return sha256(canonical_json([_pairs(model.plain()) for model in (schema, registry, lexicon)]))


def _pairs(value: Any) -> Any:
    if isinstance(value, dict):
        return [[key, _pairs(item)] for key, item in sorted(value.items())]
    if isinstance(value, list):
        return [_pairs(item) for item in value]
    return repr(value) if isinstance(value, float) else value


# --- reading one file ---


def _table(files: Mapping[str, bytes], name: str) -> dict[str, Any]:
    if name not in files:
        raise Refusal("guidelines.content", f"guidelines/{name} is missing.", "Put it back, or copy ours with `init`.")
    try:
        return tomllib.loads(files[name].decode())
    except UnicodeDecodeError as error:
        line = files[name].count(b"\n", 0, error.start) + 1
        raise Refusal(
            "guidelines.syntax", f"guidelines/{name}, line {line} is not UTF-8.", "Save it as UTF-8."
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise Refusal("guidelines.syntax", f"guidelines/{name} is no TOML: {error}.", "Mend that line.") from None


def _model(model: type[_Model], files: Mapping[str, bytes], name: str, table: dict[str, Any], skip: int = 0) -> _Model:
    try:
        return model.model_validate(table)
    except ValidationError as error:
        # An unknown field is most often a known one misspelt, and tells more than the field that is then missing.
        told = sorted(error.errors(), key=lambda found: found["type"] != "extra_forbidden")
        raise _content_refusal(model, files[name], name, told[0], skip) from None


def _content_refusal(model: type[BaseModel], data: bytes, name: str, error: ErrorDetails, skip: int) -> Refusal:
    # Below the place in a list there are no fields that a file could show.
    path = [str(step) for step in takewhile(lambda step: isinstance(step, str), error["loc"])]
    shown = path[skip:]
    where = f"guidelines/{name}{_line(data, shown)}, field {'.'.join(shown)}"
    if error["type"] == "extra_forbidden":
        known = _known_fields(model, path[:-1])
        return Refusal("guidelines.content", f"{where} is not known.", _nearest(path[-1], known))
    message = error["msg"].removeprefix("Value error, ")
    return Refusal("guidelines.content", f"{where}: {message}.".replace("..", "."), "Mend that field.")


def _nearest(word: str, known: Iterable[str]) -> str:
    names = sorted(known)
    if close := difflib.get_close_matches(word, names, n=1):
        return f"Did you mean {close[0]!r}?"
    return f"Known are {', '.join(names)}." if names else "Take it out."


def _known_fields(model: type[BaseModel], path: list[str]) -> set[str]:
    """Give the fields that are known where `path` leads, by walking the model's annotations."""
    found: set[str] = set()
    _walk(model, path, found)
    return found


def _walk(annotation: Any, path: list[str], found: set[str]) -> None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if not path:
            found.update(annotation.model_fields)
        elif path[0] in annotation.model_fields:
            _walk(annotation.model_fields[path[0]].annotation, path[1:], found)
        return
    arguments: tuple[Any, ...] = getattr(annotation, "__args__", ())
    if getattr(annotation, "__origin__", None) is dict and path:
        _walk(arguments[1], path[1:], found)
        return
    for argument in arguments:
        _walk(argument, path, found)


def _line(data: bytes, path: list[str]) -> str:
    """Give `, line N` for the line that holds the field at `path`, as far as plain looking can tell, else nothing."""
    lines = data.decode().split("\n")
    start = 0
    for number, line in enumerate(lines):
        header = re.match(r"\s*\[+\s*(.+?)\s*\]+\s*(#.*)?$", line)
        if header and _is_prefix(header[1], path):
            start = number
    for step in reversed(path):
        quoted = re.compile(rf"(^|[\s.{{,])[\"']?{re.escape(step)}[\"']?\s*(=|\])")
        for number in range(start, len(lines)):
            if quoted.search(lines[number]):
                return f", line {number + 1}"
    return ""


def _is_prefix(header: str, path: list[str]) -> bool:
    names = [quoted or bare for quoted, bare in re.findall(r"\"([^\"]*)\"|([^.\s\"]+)", header)]
    return names == path[: len(names)]


# --- what hangs together across files ---


def _refuse_loose_ends(files: Mapping[str, bytes], guidelines: Guidelines) -> None:
    for name, path, word, known in _references(guidelines):
        if word not in known:
            where = f"guidelines/{name}{_line(files.get(name, b''), path)}, field {'.'.join(path)}"
            raise Refusal("guidelines.content", f"{where}: {word!r} is not known.", _nearest(word, known))
    keys: dict[str, str] = {}
    for name, event_type in guidelines.schema.types.items():
        if (other := keys.setdefault(event_type.key, name)) != name:
            what = f"guidelines/{SCHEMA}: {other} and {name} share the key {event_type.key!r}."
            raise Refusal("guidelines.content", what, "Give each type a key of its own.")


def _references(guidelines: Guidelines) -> Iterator[tuple[str, list[str], str, Iterable[str]]]:
    """Give every name that must stand for something: file, field, name, and what is known there."""
    schema, registry, lexicon = guidelines.schema, guidelines.registry, guidelines.lexicon
    for type_name, event_type in schema.types.items():
        for group in event_type.includes:
            yield SCHEMA, ["types", type_name, "includes"], group, schema.groups
    for name, entries in ((ACTORS, registry.actors), (PLACES, registry.places)):
        for key, entry in _entries(entries):
            if entry is not None:
                yield name, [key, "part_of"], entry, entries
    for language, words in lexicon.languages.items():
        name = f"{LEXICON}{language}.toml"
        for type_name in words.triggers:
            yield name, ["triggers", type_name], type_name, schema.types
        for type_name in words.events.types():
            yield name, ["events", type_name], type_name, schema.types
        yield from _unit_references(name, words.numbers, schema)
    yield from _cue_references(guidelines.cues, schema)


def _unit_references(
    name: str, numbers: NumberWords, schema: Schema
) -> Iterator[tuple[str, list[str], str, Iterable[str]]]:
    for unit in (*numbers.nouns, *numbers.duals, *numbers.unknown.tails, *numbers.finer, *numbers.none_of):
        yield name, ["numbers", "nouns", unit], unit, schema.units
    for _, unit in numbers.finer.values():
        yield name, ["numbers", "finer", unit], unit, schema.units


def _cue_references(cues: Cues, schema: Schema) -> Iterator[tuple[str, list[str], str, Iterable[str]]]:
    roles = {role for name in schema.types for role in schema.roles_of(name)}
    for group, named in cues.roles.plain().items():
        for role in named:
            yield CUES, ["roles", group], role, roles
    for role, counts in cues.counts.items():
        yield CUES, ["counts", role], role, roles
        for unit in counts.units:
            yield CUES, ["counts", role, "units"], unit, schema.units


def _entries(entries: Mapping[str, Frozen]) -> Iterator[tuple[str, str | None]]:
    for key, entry in entries.items():
        yield key, getattr(entry, "part_of", None)
