"""Label Studio: its JSON export, an array of tasks, and the labelling config that shows what we write.

Owns what the controls of our config are called: `mention` and `event` label regions, relations between regions are
roles, and what else is said of a region is a choice or a text beside it. An event is the region of its main trigger,
or, where others speak of that too, a region of its own there. Predictions are nobody's annotations, and are left out.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import orjson

from annotator.formats.article_objects import read_objects
from annotator.formats.inspection import Inspection, shown
from annotator.formats.tools.document import Document, Loss, Read, Source, Wanted, Written
from annotator.formats.tools.label_studio_config import config_of, shown_fields
from annotator.formats.tools.label_studio_reading import document
from annotator.formats.tools.label_studio_writing import annotation_of
from annotator.formats.tools.texts import stored_text
from annotator.model.problem import Problem

TASKS = "tasks.json"
CONFIG = "labeling_config.xml"


class _Task(NamedTuple):
    """An article in an export, before its annotations are read."""

    check: Inspection
    article_id: str
    language: str | None
    field: str
    """The field of the task's data that is shown; what regions call the place of it may differ."""
    raw: str
    text: str
    content: dict[str, Any]


def read(source: Source) -> Read:
    """Give a document for each annotation of each task, those of one person apart from others'."""
    problems: list[Problem] = []
    documents: list[Document] = []
    shows = [name for file, data in source.files.items() if file.endswith(".xml") for name in shown_fields(data, file)]
    files = [file for file in source.files if file.endswith((".json", ".jsonl"))]
    seen: set[tuple[str, str | None]] = set()
    for file in files:
        for number, line in enumerate(read_objects(_as_utf8(source.files[file]), file, "format.syntax", problems), 1):
            task = _task(Inspection(line.where, "format", problems), line.content, shows, f"{file}-{number}", source)
            documents += _documents(task, source, seen) if task else ()
    if not files:
        message = "No file ends in .json: export the project as JSON."
        problems.append(Problem(rule="format.no-annotations", level="error", where="label-studio", message=message))
    return Read(tuple(documents), tuple(problems))


def _as_utf8(data: bytes) -> bytes:
    """Give a file that was saved in UTF-16 in UTF-8; what is broken stays, and is told by who parses it."""
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data
    return data.decode("utf-16", "replace").encode("utf-8", "replace")


def _task(
    check: Inspection, content: dict[str, Any], shows: Sequence[str], otherwise: str, source: Source
) -> _Task | None:
    data = content.get("data")
    if not isinstance(data, dict):
        check.error("syntax", "A task has its text under `data`: export the project as JSON, not as JSON-MIN.")
        return None
    field = _field(data, shows)
    article_id = _article_id(content, data, otherwise)
    raw = data.get(field)
    if isinstance(raw, str) and _ADDRESS.fullmatch(raw):
        told = f"data.{field} is the address of a file, {shown(raw)}: of texts alone work is taken in."
        check.error("no-text", f'{told} Export with the texts themselves (valueType="text").')
        return None
    text = stored_text(raw, article_id, check.where, source, check.problems)
    if text is None:
        return None
    language = data.get("language") if isinstance(data.get("language"), str) else None
    return _Task(check, article_id, language, field, raw if isinstance(raw, str) else text, text, content)


_ADDRESS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*://|/data/)\S+")
"""What stands in the place of a text where a project is of images or sounds, or its texts are files of their own."""


def _field(data: dict[str, Any], shows: Sequence[str]) -> str:
    """Give the field with the text: that which the config shows, `text`, or the longest."""
    texts = {name: value for name, value in data.items() if isinstance(value, str)}
    named = next((name for name in (*shows, "text") if name in texts), None)
    return named or max(texts, key=lambda name: len(texts[name]), default="text")


def _article_id(content: dict[str, Any], data: dict[str, Any], otherwise: str) -> str:
    for said in (data.get("article_id"), data.get("doc_id"), data.get("id"), content.get("id")):
        if isinstance(said, str) and said:
            return said
        if type(said) is int and abs(said) < 10**18:
            return str(said)
    return otherwise


def _documents(task: _Task, source: Source, seen: set[tuple[str, str | None]]) -> Iterator[Document]:
    check = task.check
    old = "annotations" if "annotations" in task.content else "completions"
    cancelled = 0
    for path, annotation in check.objects(task.content, old, ""):
        if annotation.get("was_cancelled") is True:
            cancelled += 1
            continue
        person = _person(annotation.get("completed_by"))
        if (task.article_id, person) in seen:
            check.error("duplicate-id", f"{path[:-1]}: there is an annotation of this text by {shown(person)} before.")
            continue
        seen.add((task.article_id, person))
        items = list(check.objects(annotation, "result", path))
        found = document(items, task.article_id, task.raw, task.text, check, source.unit)
        meta = annotation.get("meta")
        complete = not (isinstance(meta, dict) and meta.get("complete") is False)
        yield replace(found, person=person, language=task.language, complete=complete)
    if cancelled:
        check.warning("not-kept", f"{cancelled} cancelled annotations were left out.")
    predictions = task.content.get("predictions")
    if isinstance(predictions, list) and predictions:
        check.warning("not-kept", f"{len(predictions)} predictions were left out: nobody annotated them.")


def _person(said: object) -> str | None:
    """Give who annotated: an email, or the number that a project has for them."""
    if isinstance(said, dict):
        found = (said.get(name) for name in ("email", "username", "id"))
        return next((name for name in map(_person, found) if name), None)
    if type(said) is int and abs(said) < 10**18:
        return str(said)
    return said if isinstance(said, str) and said else None


def write(documents: Sequence[Document], wanted: Wanted) -> Written:
    """Give the tasks, each with the annotations of all who annotated it, and a labelling config for them."""
    tasks: dict[str, dict[str, Any]] = {}
    losses: list[Loss] = []
    for one in documents:
        data = {"article_id": one.article_id, "text": one.text}
        if one.language is not None:
            data["language"] = one.language
        task = tasks.setdefault(one.article_id, {"id": len(tasks) + 1, "data": data, "annotations": []})
        annotation, lost = annotation_of(one)
        annotations = task["annotations"]
        annotations.append({"id": sum(len(other["annotations"]) for other in tasks.values()) + 1, **annotation})
        losses += lost
    option = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    files = {TASKS: orjson.dumps(list(tasks.values()), option=option), CONFIG: config_of(wanted.schema, documents)}
    return Written(files, tuple(losses))
