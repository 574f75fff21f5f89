"""Files of UIMA as documents: whose a file is, of which article, and in what its offsets count.

Shared by XMI and JSON, which differ in how a CAS is loaded. What the library cannot load is a problem, whatever it
raises; a warning of it is an error, as it keeps offsets that it warns of.
"""

import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

from annotator.formats.inspection import shown
from annotator.formats.tools.document import Document, Read, Source
from annotator.formats.tools.placing import shown_offset
from annotator.formats.tools.project_export import annotations, lying
from annotator.formats.tools.texts import stored_text
from annotator.formats.tools.uima_reading import Located, document_of, said_by
from annotator.formats.tools.uima_types import library
from annotator.formats.tools.units import InsideCharacter, OutOfText, Ruler
from annotator.formats.tools.unzipping import unzipped
from annotator.model.problem import Problem
from annotator.text.span import CodePoint

_DOCUMENT_ENDING = re.compile(r"\.(?:txt|html?|xml|xmi|pdf|json|tsv|conll\w*)$")


class Offset(NamedTuple):
    """An offset as a file says it."""

    where: str
    sofa: str
    """The id of the text in which it counts."""
    said: object


class Loaded(NamedTuple):
    """A file that was loaded."""

    cas: Any
    where: Callable[[int], str]
    """Gives where a feature structure stands, by its id."""


Load = Callable[[str, bytes, list[Problem]], Loaded | None]


def read_all(source: Source, ending: tuple[str, ...], load: Load, pick: Callable[[str], bool]) -> Read:
    """Give the documents of the files that `pick` takes by path and `load` loads."""
    library()
    problems: list[Problem] = []
    if source.unit not in (None, "utf16"):
        message = "UIMA counts UTF-16 units always; the unit that was said is passed over."
        where = next(iter(source.files), "")
        problems.append(Problem(rule="format.unit", level="warning", where=where, message=message))
    documents: list[Document] = []
    seen: dict[tuple[str, str | None], str] = {}
    for path, data in annotations(unzipped(source.files, problems), ending).items():
        loaded = load(path, data, problems) if pick(path) else None
        document = None if loaded is None else _document(path, loaded, source, problems)
        if document is None:
            continue
        key = (document.article_id, document.person)
        if key in seen:
            message = (
                f"The article {shown(key[0])} of {shown(key[1])} stands in {seen[key]} too. Leave one of them out."
            )
            problems.append(Problem(rule="format.duplicate-id", level="error", where=path, message=message))
        seen.setdefault(key, path)
        documents.append(document)
    return Read(tuple(documents), tuple(problems))


@contextmanager
def guarded(where: str, problems: list[Problem]) -> Iterator[None]:
    """Make a problem of whatever the library says of a file that it cannot load."""
    from lxml.etree import LxmlError

    cassis = library()
    raised = (cassis.typesystem.TypeCheckError, cassis.typesystem.TypeNotFoundError, LxmlError, SyntaxError, Warning)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            yield
    # It looks at nothing before it uses it: a broken file is any of these.
    except (
        *raised,
        LookupError,
        ValueError,
        TypeError,
        AttributeError,
        RuntimeError,
        AssertionError,
        OverflowError,
    ) as fault:
        told = str(fault).strip().partition("\n")[0][:200] or type(fault).__name__
        message = f"This is no CAS that can be loaded: {told}"
        problems.append(Problem(rule="format.syntax", level="error", where=where, message=message))


def offsets_hold(offsets: list[Offset], texts: Mapping[str, str], problems: list[Problem]) -> bool:
    """Tell whether all offsets are where characters begin: the library keeps those that are not."""
    rulers = {sofa: Ruler(text, "utf16") for sofa, text in texts.items()}
    before = len(problems)
    for offset in offsets:
        ruler = rulers.get(offset.sofa)
        if fault := "" if ruler is None else _fault(offset.said, ruler):
            rule = "inside-character" if fault.endswith("character") else "out-of-range"
            message = f"The offset {fault}."
            problems.append(Problem(rule=f"format.{rule}", level="error", where=offset.where, message=message))
    return len(problems) == before


def _fault(said: object, ruler: Ruler) -> str:
    if type(said) is not int:
        return f"{shown(said)} is no integer"
    try:
        ruler.code_point(said)
    except InsideCharacter:
        return f"{said} lies inside a character"
    except OutOfText:
        return f"{shown_offset(said)} leaves the text, which ends at {ruler.starts[-1]}"
    return ""


def _document(path: str, loaded: Loaded, source: Source, problems: list[Problem]) -> Document | None:
    view = next((view for view in loaded.cas.views if view.sofa.sofaString is not None), None)
    cas = loaded.cas if view is None else loaded.cas.get_view(view.sofa.sofaID)
    said: Mapping[str, str] = {}
    with guarded(path, problems):
        said = said_by(cas)
    article_id, person = _whose(path, said, source)
    raw = cas.sofa_string
    text = stored_text(raw, article_id, path, source, problems)
    if text is None:
        return None
    ruler = Ruler(raw if raw is not None else text, "code_point")
    located = Located(article_id, text, person, loaded.where, lambda at: ruler.code_point(CodePoint(at)))
    found: Document | None = None
    with guarded(path, problems):
        found = document_of(cas, located, problems)
    return found  # noqa: RET504 - where the file is broken, nothing was found


def _whose(path: str, said: Mapping[str, str], source: Source) -> tuple[str, str | None]:
    """Give the article of a file and who annotated it: as it says, else as folders and files of projects are named."""
    if "identifier" in said:
        return said["identifier"], said.get("person")
    folder, stem = lying(path)
    names = [said.get("title", ""), said.get("source", ""), folder, stem]
    names = [name for full in names if full for name in (full, _DOCUMENT_ENDING.sub("", full))]
    article_id = next((name for name in names if name in source.texts), names[1])
    return article_id, said.get("person") or (stem if stem != article_id and (folder or "title" in said) else None)
