"""W3C Web Annotation: a page of annotations in JSON-LD for each article and person, with the texts beside them.

A mention is an annotation of a stretch of text, told by position and by quote; of a broken one each piece is a target.
An event is an annotation of the annotations that are its triggers, an argument one that links a mention to an event.
What each is, is a body with the purpose `classifying`; what else is said of it, a body with the purpose `describing`.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

import orjson

from annotator.formats.inspection import shown
from annotator.formats.lines import fault_of_keys
from annotator.formats.tools.document import Document, Read, Source, Wanted, Written
from annotator.formats.tools.texts import decoded, stored_text
from annotator.formats.tools.web_annotation_items import Item, items_of
from annotator.formats.tools.web_annotation_reading import documents_of
from annotator.formats.tools.web_annotation_writing import ARTICLE, file_of, page_of
from annotator.model.problem import Problem


def read(source: Source) -> Read:
    """Give a document for each article and person that annotations are of."""
    problems: list[Problem] = []
    items: dict[str, Item] = {}
    files = [path for path in source.files if path.endswith((".jsonld", ".json"))]
    for file in files:
        for path, content in _annotations(source.files[file], file, problems):
            for item in items_of(content, f"{file}: {path}", problems):
                if item.id in items:
                    message = f"The id {shown(item.id)} stands there before. Rename one."
                    problems.append(
                        Problem(rule="format.duplicate-id", level="error", where=item.where, message=message)
                    )
                items.setdefault(item.id, item)
    if not files:
        message = "No file ends in .jsonld: name the folder with the pages of annotations, or one of them."
        problems.append(Problem(rule="format.no-annotations", level="error", where="web-annotation", message=message))
    documents = tuple(documents_of(items, _Texts(source, problems), source.unit, problems))
    return Read(documents, tuple(problems))


def _annotations(data: bytes, file: str, problems: list[Problem]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give the annotations of a page, a collection, an array or by itself, each with its path."""
    try:
        content = orjson.loads(data.removeprefix(b"\xef\xbb\xbf"))
        fault = fault_of_keys(data, content)
    except orjson.JSONDecodeError as error:
        content, fault = None, f"This is no JSON: {error.msg}."
    if fault:
        problems.append(Problem(rule="format.syntax", level="error", where=file, message=fault))
        return
    path = ""
    while isinstance(content, dict) and "items" not in content and isinstance(content.get("first"), dict):
        path, content = f"{path}first.", content["first"]
    found = content
    if isinstance(content, dict):
        name = next((name for name in ("items", "@graph") if isinstance(content.get(name), list)), None)
        path, found = (path + name, content[name]) if name else (path, [content])
    for number, one in enumerate(found if isinstance(found, list) else [found]):
        if isinstance(one, dict):
            yield f"{path}[{number}]", one
        else:
            message = f"An annotation must be an object, not {shown(one)}."
            problems.append(
                Problem(rule="format.syntax", level="error", where=f"{file}: {path}[{number}]", message=message)
            )


class _Texts:
    """The texts that annotations are about, by the name of the resource that they target."""

    def __init__(self, source: Source, problems: list[Problem]) -> None:
        self._source, self._problems = source, problems
        self._found: dict[str, tuple[str, str, str] | None] = {}

    def __call__(self, iri: str) -> tuple[str, str, str] | None:
        """Give the id of the article, the text as the file has it, and the stored one; None where there is none."""
        if iri not in self._found:
            self._found[iri] = self._look_for(_article_id(iri))
        return self._found[iri]

    def _look_for(self, article_id: str) -> tuple[str, str, str] | None:
        beside = f"{article_id}.txt"
        where = next((path for path in self._source.files if PurePosixPath(path).name == beside), None)
        raw = None if where is None else decoded(self._source.files[where], where, self._problems)
        if where is not None and raw is None:
            return None
        text = stored_text(raw, article_id, where or beside, self._source, self._problems)
        return None if text is None else (article_id, text if raw is None else raw, text)


def _article_id(iri: str) -> str:
    """Give what an article is called here: what its name ends in, without the ending of a file."""
    if iri.startswith(ARTICLE):
        return unquote(iri.removeprefix(ARTICLE))
    try:
        path = urlsplit(iri).path
    except ValueError:
        path = iri
    last = path.rstrip("/").rpartition("/")[2].rpartition(":")[2]
    return unquote(last.removesuffix(".txt").removesuffix(".html")) or iri


def write(documents: Sequence[Document], wanted: Wanted) -> Written:
    """Give a page of annotations for each document, and the text of each article."""
    files: dict[str, bytes] = {}
    for one in documents:
        files[f"{one.article_id}.txt"] = one.text.encode()
        page: Mapping[str, Any] = page_of(one, wanted.title)
        files[file_of(one)] = orjson.dumps(page, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    return Written(files)
