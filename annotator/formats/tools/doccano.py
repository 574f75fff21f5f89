"""doccano's JSONL: a text a line with its spans, in either of its shapes; its files by annotator are persons.

It counts as browsers do, in UTF-16, or where its project says so in grapheme clusters; its files say neither, and have
no quotes. Unless the user says it, the unit is the one by which spans begin and end with words.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from annotator.formats.article_objects import read_objects
from annotator.formats.inspection import Inspection, shown
from annotator.formats.tools.document import Document, Link, Marked, Read, Source
from annotator.formats.tools.edges_told import Counted, likeliest_unit
from annotator.formats.tools.placing import NAMES, Said, placed, units_differ
from annotator.formats.tools.texts import stored_text
from annotator.formats.tools.units import Unit
from annotator.model.note import Note
from annotator.model.problem import Problem
from annotator.text.span import CodePoint

DEFAULT: Unit = "utf16"


class _Entity(NamedTuple):
    id: str
    said: Said
    label: str
    user: str | None


class _Line(NamedTuple):
    """A line of a file, before its offsets are read."""

    check: Inspection
    article_id: str
    raw: str
    text: str
    entities: tuple[_Entity, ...]
    relations: tuple[tuple[str, str, str, str], ...]
    """Path, type, and the ids of both ends."""
    comments: tuple[str, ...]


def read(source: Source) -> Read:
    """Give a document for each line, or for each user of it; where articles repeat in files, these are of persons."""
    problems: list[Problem] = []
    files = [path for path in source.files if path.endswith((".jsonl", ".json"))]
    lines = {file: list(_lines(source.files[file], file, source, problems)) for file in files}
    times = Counter(name for found in lines.values() for name in {line.article_id for line in found})
    several = any(count > 1 for count in times.values())
    documents: list[Document] = []
    for file, found in lines.items():
        unit = source.unit or _unit(file, found, problems)
        seen: set[str] = set()
        for line in found:
            if line.article_id in seen:
                line.check.error("duplicate-id", f"The article {shown(line.article_id)} stands in the file before.")
                continue
            seen.add(line.article_id)
            documents += _documents(line, _called(file, files) if several else None, unit)
    if not files:
        message = "No file ends in .jsonl: export the project as JSONL."
        problems.append(Problem(rule="format.no-annotations", level="error", where="doccano", message=message))
    return Read(tuple(documents), tuple(problems))


def _called(file: str, files: Sequence[str]) -> str:
    """Give the person whom a file is called after: by its name, and its folders where others have that name."""
    path = PurePosixPath(file)
    alone = sum(PurePosixPath(other).stem == path.stem for other in files) == 1
    return path.stem if alone else str(path.with_suffix(""))


def _unit(file: str, lines: Sequence[_Line], problems: list[Problem]) -> Unit | None:
    """Give the unit that the edges of spans speak for; None where quotes are there to tell."""
    counted = [Counted(line.raw, line.text, [one.said[1:3] for one in line.entities]) for line in lines]
    if any(one.said.quote is not None for line in lines for one in line.entities):
        return None
    found = likeliest_unit(counted, DEFAULT)
    message = ""
    if found is None and any(units_differ(one.raw) for one in counted if one.spans):
        message = f"Offsets were read as {NAMES[DEFAULT]}, and nothing tells; if they count something else, say --unit."
    elif found is not None and found.unit != DEFAULT:
        told = f"{found.fitting} of {found.spans} spans begin and end with words if offsets count {NAMES[found.unit]}"
        message = (
            f"{told}, {found.otherwise} if they count {NAMES[DEFAULT]}: read as the former. Say --unit to be sure."
        )
    if message:
        problems.append(Problem(rule="format.unit", level="warning", where=file, message=message))
    return DEFAULT if found is None else found.unit


def _lines(data: bytes, file: str, source: Source, problems: list[Problem]) -> Iterator[_Line]:
    for number, line in enumerate(read_objects(data, file, "format.syntax", problems), 1):
        check = Inspection(line.where, "format", problems)
        content = line.content
        raw = content.get("text", content.get("data"))
        article_id = _article_id(content, f"{PurePosixPath(file).stem}-{number}")
        text = stored_text(raw, article_id, line.where, source, problems)
        if text is None:
            continue
        entities = tuple(_entities(content, check))
        relations = tuple(_relations(content, check))
        said = content.get("Comments", content.get("comments"))
        comments = tuple(one for one in said if isinstance(one, str) and one) if isinstance(said, list) else ()
        yield _Line(check, article_id, raw if isinstance(raw, str) else text, text, entities, relations, comments)


def _article_id(content: dict[str, Any], otherwise: str) -> str:
    meta = content.get("meta")
    places = (content, meta) if isinstance(meta, dict) else (content,)
    for said in (*(place.get(name) for name in ("article_id", "doc_id") for place in places), content.get("id")):
        if isinstance(said, str) and said:
            return said
        if type(said) is int and abs(said) < 10**18:
            return str(said)
    return otherwise


def _entities(content: dict[str, Any], check: Inspection) -> Iterator[_Entity]:
    """Give the spans of a line: objects, or in the older shape triples of start, end and label."""
    for key in ("entities", "annotations"):
        for path, one in check.objects(content, key, ""):
            start, end, label = one.get("start_offset"), one.get("end_offset"), one.get("label")
            if label is None or isinstance(label, dict | list):
                check.error("syntax", f"{path}label must be a text, not {shown(label)}.")
                continue
            quote = one.get("text") if isinstance(one.get("text"), str) else None
            said = Said(f"{check.where} {path[:-1]}", start, end, quote)
            user = None if one.get("user") is None else str(one["user"])[:60]
            yield _Entity(_name(one.get("id"), path), said, str(label)[:1000] or "span", user)
    left_out = 0
    for key in ("label", "labels"):
        for path, one in check.items(content, key, ""):
            if isinstance(one, list) and len(one) == 3 and isinstance(one[2], str | int) and str(one[2]):
                yield _Entity(path, Said(f"{check.where} {path}", one[0], one[1]), str(one[2])[:1000], None)
            else:
                left_out += 1
    if left_out:
        check.warning("not-kept", f"{left_out} labels of the whole text, or of an unknown shape, were left out.")


def _name(said: object, path: str) -> str:
    return (
        str(said) if isinstance(said, str | int) and not isinstance(said, bool) and len(str(said)) < 60 else path[:-1]
    )


def _relations(content: dict[str, Any], check: Inspection) -> Iterator[tuple[str, str, str, str]]:
    for path, one in check.objects(content, "relations", ""):
        kind = one.get("type")
        ends = [_name(one.get(name), "?.") for name in ("from_id", "to_id")]
        yield path, kind if isinstance(kind, str) and kind else "relation", ends[0], ends[1]


def _documents(line: _Line, person: str | None, unit: Unit | None) -> Iterator[Document]:
    """Give what a line says; in the oldest shape each span has its user."""
    said = [one.said for one in line.entities]
    spans = placed(
        said,
        file=line.check.where,
        raw=line.raw,
        text=line.text,
        problems=line.check.problems,
        default=DEFAULT,
        unit=unit,
    )
    marks: dict[str, tuple[Marked, str | None]] = {}
    known: set[str] = set()
    for one, span in zip(line.entities, spans, strict=True):
        if one.id in known:
            line.check.error("duplicate-id", f"{shown(one.id)} is the id of two spans. Rename one.")
        elif span is not None:
            marks[one.id] = Marked(id=one.id, type=one.label, spans=(span,)), one.user
        known.add(one.id)
    links = []
    for path, kind, source, target in line.relations:
        unknown = next((end for end in (source, target) if end not in known), None)
        if unknown is not None:
            line.check.error("unknown-id", f"{path[:-1]}: no span has the id {shown(unknown)}.")
        elif source in marks and target in marks:
            links.append(Link(kind, source, target))
    start = CodePoint(0)
    notes = tuple(
        Note(id=f"comment-{number}", kind="note", start=start, end=start, text=comment)
        for number, comment in enumerate(line.comments, 1)
    )
    users = list(dict.fromkeys(user for _, user in marks.values())) or [None]
    for user in users:
        mine = tuple(mark for mark, whose in marks.values() if whose == user)
        ids = {mark.id for mark in mine}
        yield Document(
            article_id=line.article_id,
            text=line.text,
            marks=mine,
            links=tuple(link for link in links if link.source in ids and link.target in ids),
            notes=notes if user == users[0] else (),
            person=user or person,
        )
