"""UIMA CAS as XMI: a file an article and person, beside the type system that it needs.

A file is looked at before any library reads it: no document type, every id once, every offset where a character begins.
XML cannot hold all characters: those of a text are written as U+FFFD, one for one, so that offsets stay right.
"""

import io
import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from annotator.formats.tools.document import Document, Loss, Read, Source, Wanted, Written
from annotator.formats.tools.plain_xml import Element, elements
from annotator.formats.tools.project_export import annotations
from annotator.formats.tools.uima_files import Loaded, Offset, guarded, offsets_hold, read_all
from annotator.formats.tools.uima_names import names_hold, of_types
from annotator.formats.tools.uima_types import library, type_system
from annotator.formats.tools.uima_writing import cas_of
from annotator.formats.tools.unzipping import unzipped
from annotator.formats.tools.xml_characters import in_xml
from annotator.model.problem import Problem

TYPES = "TypeSystem.xml"
_DESCRIPTION = re.compile(rb"<(?:\w+:)?typeSystemDescription\b")
_ENDINGS = (".xmi", ".xml")
_ID, _SOFA = "http://www.omg.org/XMI id", "http:///uima/cas.ecore Sofa"
_PLACE = ("begin", "end")
_INTEGER = re.compile(r"-?[0-9]{1,20}")


def read(source: Source) -> Read:
    """Give the documents of XMI files and archives of them. Raises `Refusal` `extra.missing`."""
    types = {
        path: data
        for path, data in annotations(unzipped(source.files, []), (".xml",)).items()
        if _DESCRIPTION.search(data)
    }
    return read_all(source, _ENDINGS, partial(_load, types), lambda path: path not in types)


def write(documents: Sequence[Document], _: Wanted) -> Written:
    """Give a file for each article and person, and the type system. Raises `Refusal` `extra.missing`."""
    files, losses = {TYPES: type_system().to_xml().encode()}, list[Loss]()
    for document in documents:
        safe = in_xml(document, losses)
        files[path_of(safe, ".xmi")] = cas_of(safe).to_xmi(pretty_print=True).encode()
    return Written(files, tuple(losses))


def path_of(document: Document, ending: str) -> str:
    """Give where a document is written: below its article where somebody is named, so that it can be read as theirs."""
    person = "" if document.person is None else f"/{document.person}"
    return f"{document.article_id}{person}{ending}"


def _load(types: Mapping[str, bytes], path: str, data: bytes, problems: list[Problem]) -> Loaded | None:
    found = elements(data, path, problems)
    if not found or not _holds(found, path, problems):
        return None
    lines = {one.attributes[_ID]: one.line for one in found if _ID in one.attributes}
    above = _types_above(types, path)
    if above is not None and not elements(types[above], above, problems):
        return None
    cas: Any = None
    with guarded(path, problems):
        known = type_system() if above is None else library().load_typesystem(io.BytesIO(types[above]))
        if names_hold(of_types(known), above or TYPES, problems):
            cas = library().load_cas_from_xmi(io.BytesIO(data), typesystem=known)
    return None if cas is None else Loaded(cas, lambda number: f"{path}:{lines.get(str(number), 1)}")


def _holds(found: list[Element], path: str, problems: list[Problem]) -> bool:
    """Tell whether every id stands there once, and every offset where a character begins."""
    before, seen = len(problems), set[str]()
    for one in found:
        number = one.attributes.get(_ID)
        if number is not None and number in seen:
            message = f"The id {number[:20]} stands there twice."
            where = f"{path}:{one.line}"
            problems.append(Problem(rule="format.duplicate-id", level="error", where=where, message=message))
        seen.add(number or "")
    texts = {one.attributes.get(_ID, ""): one.attributes.get("sofaString", "") for one in found if one.name == _SOFA}
    offsets = [
        Offset(f"{path}:{one.line}", one.attributes["sofa"], _integer(one.attributes.get(name)))
        for one in found
        for name in _PLACE
        if "sofa" in one.attributes and not one.attributes.keys().isdisjoint(_PLACE)
    ]
    return offsets_hold(offsets, texts, problems) and len(problems) == before


def _integer(written: str | None) -> object:
    return int(written) if written is not None and _INTEGER.fullmatch(written) else written


def _types_above(types: Mapping[str, bytes], path: str) -> str | None:
    """Give the path of a file's type system: the nearest above it, else the only one; None: ours."""
    folders = path.split("/")[:-1]
    above = ["/".join(folders[:depth]) for depth in range(len(folders), -1, -1)]
    near = (name for folder in above for name in sorted(types) if name.rpartition("/")[0] == folder)
    return next(near, next(iter(types)) if len(types) == 1 else None)
