"""Prodigy's JSON Lines: a task a line, with spans, relations between them, and who answered it.

Owns which task is of which article and person. Spans count code points and `token_end` is the last token, not one past
it. What Prodigy has no field for stands beside the span or relation that it is of, where Prodigy keeps it and a change
made there takes it along.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any

from annotator.formats.inspection import Inspection
from annotator.formats.lines import Line, read_lines
from annotator.formats.tools.document import Document, Read, Source, Wanted, Written
from annotator.formats.tools.file_names import file_name
from annotator.formats.tools.prodigy_reading import Task
from annotator.formats.tools.prodigy_writing import task_of
from annotator.formats.tools.texts import stored_text
from annotator.model.canonical import canonical_json
from annotator.model.problem import Problem
from annotator.text.counted import counted
from annotator.text.intake import text_sha256

_DIGITS = 8
"""Hexadecimal digits of an article's id that was made of its text or of Prodigy's own hash of it."""


def read(source: Source) -> Read:
    """Give a document for each task that was accepted; those that were rejected or ignored are counted and told."""
    problems: list[Problem] = []
    documents: list[Document] = []
    for name, data in source.files.items():
        answers: Counter[str] = Counter()
        for line in read_lines(data, name, "format.syntax", problems):
            answer = line.content.get("answer", "accept")
            if answer == "accept":
                documents += _document(line, name, source, problems)
            else:
                answers[str(answer)] += 1
        problems += _left_out(name, answers)
    return Read(tuple(documents), tuple(problems))


def _left_out(name: str, answers: Counter[str]) -> Iterator[Problem]:
    for answer, times in sorted(answers.items()):
        message = f"Left out, as they were not accepted: {counted(times, 'task')} with the answer {answer[:20]!r}."
        yield Problem(rule="format.answer", level="warning", where=name, message=message)


def _document(line: Line, file: str, source: Source, problems: list[Problem]) -> Iterator[Document]:
    check = Inspection(line.where, "format", problems)
    raw = line.content.get("text")
    article_id = _article_id(line.content, file, raw)
    text = stored_text(raw, article_id, line.where, source, problems)
    if text is None:
        return
    meta = _meta(line.content)
    language = meta.get("language")
    task = Task(line, raw if isinstance(raw, str) else text, text, source.unit, problems)
    marks = task.marks()
    frames, links = task.frames_and_links()
    yield Document(
        article_id=article_id,
        text=text,
        marks=marks,
        frames=frames,
        links=links,
        notes=task.notes(),
        language=language if isinstance(language, str) and language else None,
        person=_person(line.content, check),
        complete=check.truth(line.content, "complete", "") or False,
    )


def _meta(content: dict[str, Any]) -> dict[str, Any]:
    meta = content.get("meta")
    return meta if isinstance(meta, dict) else {}


def _article_id(content: dict[str, Any], file: str, raw: object) -> str:
    """Give the id that a task's `meta` says, else one of the file's name and Prodigy's hash of the input."""
    meta = _meta(content)
    for name in ("article_id", "doc_id", "id"):
        if type(meta.get(name)) in (str, int) and meta[name] != "":
            return str(meta[name])[:1000]
    hashed = content.get("_input_hash")
    if type(hashed) is int:
        return f"{PurePosixPath(file).stem}-{hashed & 0xFFFFFFFF:0{_DIGITS}x}"
    digest = text_sha256(raw.encode("utf-8", "replace").decode()) if isinstance(raw, str) else "0" * _DIGITS
    return f"{PurePosixPath(file).stem}-{digest[:_DIGITS]}"


def _person(content: dict[str, Any], check: Inspection) -> str | None:
    """Give who answered: versions of Prodigy since 1.12 say it as `_annotator_id`, those before by the session."""
    return check.text(content, "_annotator_id", "") or check.text(content, "_session_id", "")


def write(documents: Sequence[Document], wanted: Wanted) -> Written:
    """Give one file with a task for each document."""
    tasks = [task_of(document) for document in documents]
    data = b"".join(canonical_json(task) for task, _ in tasks)
    return Written({file_name(wanted.title, ".jsonl"): data}, tuple(loss for _, losses in tasks for loss in losses))
