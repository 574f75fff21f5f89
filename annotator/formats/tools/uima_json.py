"""UIMA CAS as JSON, version 0.4: a file an article and person, each with its type system. Loses nothing."""

from collections.abc import Iterator, Sequence
from typing import Any

import orjson

from annotator.formats.lines import fault_of_keys
from annotator.formats.tools.document import Document, Read, Source, Wanted, Written
from annotator.formats.tools.uima_files import Loaded, Offset, guarded, offsets_hold, read_all
from annotator.formats.tools.uima_names import names_hold, of_json
from annotator.formats.tools.uima_types import library
from annotator.formats.tools.uima_writing import cas_of
from annotator.formats.tools.uima_xmi import path_of
from annotator.model.problem import Problem

_STRUCTURES, _TYPES, _TYPE, _ID = "%FEATURE_STRUCTURES", "%TYPES", "%TYPE", "%ID"

_PLACE = ("begin", "end")


def read(source: Source) -> Read:
    """Give the documents of JSON files and archives of them. Raises `Refusal` `extra.missing`."""
    return read_all(source, (".json",), _load, lambda path: not path.rpartition("/")[2].startswith("exportedproject"))


def write(documents: Sequence[Document], _: Wanted) -> Written:
    """Give a file for each article and person. Raises `Refusal` `extra.missing`."""
    return Written({path_of(one, ".json"): f"{cas_of(one).to_json(pretty_print=True)}\n".encode() for one in documents})


def _load(path: str, data: bytes, problems: list[Problem]) -> Loaded | None:
    try:
        content = orjson.loads(data)
        fault = fault_of_keys(data, content)
    except orjson.JSONDecodeError as error:
        content, fault = None, f"This is no JSON: {error.msg}."
    if fault or not isinstance(content, dict):
        message = fault or "A CAS is a JSON object."
        problems.append(Problem(rule="format.syntax", level="error", where=path, message=message))
        return None
    structures = list(_structures(content))
    if not names_hold(of_json(content.get(_TYPES)), f"{path}: {_TYPES}", problems):
        return None
    if not _holds(structures, path, problems):
        return None
    places = {one.get(_ID): f"{path}: {place}" for place, one in structures if type(one.get(_ID)) is int}
    cas: Any = None
    with guarded(path, problems):
        cas = library().load_cas_from_json(data.decode("utf-8-sig"))
    return None if cas is None else Loaded(cas, lambda number: places.get(number, path))


def _structures(content: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give the feature structures with where they stand; older files have them by their ids."""
    there = content.get(_STRUCTURES)
    named = there.items() if isinstance(there, dict) else enumerate(there if isinstance(there, list) else ())
    return ((f"{_STRUCTURES}[{name}]", one) for name, one in named if isinstance(one, dict))


def _holds(structures: list[tuple[str, dict[str, Any]]], path: str, problems: list[Problem]) -> bool:
    """Tell whether every id stands there once, and every offset where a character begins."""
    before, seen = len(problems), set[object]()
    for place, one in structures:
        number = one.get(_ID)
        if type(number) is int and number in seen:
            message = f"The id {str(number)[:20]} stands there twice."
            where = f"{path}: {place}"
            problems.append(Problem(rule="format.duplicate-id", level="error", where=where, message=message))
        seen.add(number if type(number) is int else None)
    texts = {
        str(one.get(_ID)): text
        for _, one in structures
        if one.get(_TYPE) == "uima.cas.Sofa" and isinstance(text := one.get("sofaString"), str)
    }
    offsets = [
        Offset(f"{path}: {place}", str(one["@sofa"]), one.get(name))
        for place, one in structures
        for name in _PLACE
        if "@sofa" in one and not one.keys().isdisjoint(_PLACE)
    ]
    return offsets_hold(offsets, texts, problems) and len(problems) == before
