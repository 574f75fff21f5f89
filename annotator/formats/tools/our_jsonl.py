"""Our own JSON Lines: the shape of a gold record with the text beside it, one line an article and person.

Holds everything that a document can say, also what only others have: broken spans, links, attributes, events that fill
roles. A line of `gold.jsonl` is one, of an article whose text is here.
"""

from collections.abc import Sequence
from typing import Any

from annotator.formats.lines import read_lines
from annotator.formats.tools.document import (
    Attributes,
    Document,
    Frame,
    Link,
    Marked,
    Read,
    Source,
    Wanted,
    Written,
)
from annotator.formats.tools.file_names import file_name
from annotator.formats.tools.our_jsonl_line import OurLine
from annotator.model.canonical import canonical_json
from annotator.model.problem import Problem
from annotator.text.intake import text_sha256


def read(source: Source) -> Read:
    """Give a document for each line of each file."""
    problems: list[Problem] = []
    documents = []
    for name, data in source.files.items():
        for line in read_lines(data, name, "format.syntax", problems):
            document = OurLine(line, source, problems).document()
            if document is not None:
                documents.append(document)
    return Read(tuple(documents), tuple(problems))


def write(documents: Sequence[Document], wanted: Wanted) -> Written:
    """Give one file with a line for each document."""
    return Written({file_name(wanted.title, ".jsonl"): b"".join(canonical_json(_line(one)) for one in documents)})


def _line(document: Document) -> dict[str, Any]:
    frames = {frame.id for frame in document.frames}
    return _present(
        article_id=document.article_id,
        language=document.language,
        person=document.person,
        complete=document.complete,
        text=document.text,
        text_sha256=text_sha256(document.text),
        mentions=[_mention(mark, document.text) for mark in document.marks],
        events=[_event(frame, frames) for frame in document.frames],
        links=[_link(link) for link in document.links] or None,
        notes=[note.plain() for note in document.notes] or None,
        rejected=[one.plain() for one in document.rejected] or None,
        regions=[one.plain() for one in document.regions] or None,
    )


def _present(**fields: Any) -> dict[str, Any]:
    """Give fields without those that say nothing."""
    return {name: value for name, value in fields.items() if value is not None}


def _mention(mark: Marked, text: str) -> dict[str, Any]:
    covers = mark.covers
    pieces = [{"start": one.start, "end": one.end, "quote": one.of(text)} for one in mark.spans]
    return _present(
        id=mark.id,
        kind=mark.type,
        start=covers.start,
        end=covers.end,
        quote=covers.of(text),
        spans=pieces if len(pieces) > 1 else None,
        label=mark.label,
        ref=mark.ref,
        value=None if mark.value is None else mark.value.plain(),
        attributes=_pairs(mark.attributes),
    )


def _event(frame: Frame, frames: set[str]) -> dict[str, Any]:
    return _present(
        id=frame.id,
        type=frame.type,
        triggers=list(frame.triggers),
        arguments=[
            _present(role=one.role, of=one.of, **{"event" if one.target in frames else "mention": one.target})
            for one in frame.arguments
        ],
        realis=frame.realis,
        certainty=frame.certainty,
        background=frame.background,
        hub=frame.hub,
        attributes=_pairs(frame.attributes),
    )


def _link(link: Link) -> dict[str, Any]:
    return _present(type=link.type, source=link.source, target=link.target, symmetric=link.symmetric or None)


def _pairs(attributes: Attributes) -> list[list[str]] | None:
    return [list(pair) for pair in attributes] or None
