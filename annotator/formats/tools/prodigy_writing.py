"""One document as a task of Prodigy, with tokens that begin and end where mentions do.

Prodigy marks whole tokens; ours are words cut where a mention begins or ends, so that a word without what Arabic glues
onto it can be marked there too.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Any

from annotator.formats.tools.document import Document, Filled, Frame, Loss, Marked

_WORD = re.compile(r"\w+|[^\w\s]+")
_LONGEST = 60


def task_of(document: Document) -> tuple[dict[str, Any], list[Loss]]:
    """Give the task of a document, and what could not go into it: the gaps of broken spans."""
    tokens = _tokens(document)
    spans = {mark.id: _span(mark, document.text, tokens) for mark in document.marks}
    for frame in document.frames:
        _begin_event(frame, spans)
    broken = [mark for mark in document.marks if len(mark.spans) > 1]
    without_trigger = [frame for frame in document.frames if not frame.triggers]
    gone = {frame.id for frame in without_trigger}
    losses = [Loss(document.article_id, one.id, "span", _told(one, document.text)) for one in broken]
    losses += [Loss(document.article_id, one.id, "event", f"{one.type} has no trigger") for one in without_trigger]
    main = {frame.id: spans[frame.triggers[0]] for frame in document.frames if frame.triggers}
    meta = {"article_id": document.article_id, "language": document.language}
    task = {
        "text": document.text,
        "meta": {name: value for name, value in meta.items() if value},
        "tokens": [
            {"text": document.text[start:end], "start": start, "end": end, "id": number, "ws": _is_blank(document, end)}
            for number, (start, end) in enumerate(tokens)
        ],
        "spans": list(spans.values()),
        "relations": [*_relations(document, spans, main, gone), *_links(document, spans, main, gone)],
        "notes": [note.plain() for note in document.notes] or None,
        "complete": document.complete or None,
        "_session_id": document.person,
        "_annotator_id": document.person,
        "answer": "accept",
    }
    return {name: value for name, value in task.items() if value is not None}, losses


def _told(mark: Marked, text: str) -> str:
    return f"{len(mark.spans)} pieces are written as one: {mark.covers.of(text)[:_LONGEST]}"


def _tokens(document: Document) -> list[tuple[int, int]]:
    edges = sorted({edge for mark in document.marks for edge in mark.covers})
    found = [one.span() for one in _WORD.finditer(document.text)]
    found += [edge for mark in document.marks for edge in _uncovered(mark, document.text)]
    cut: set[tuple[int, int]] = set()
    for start, end in found:
        inside = edges[bisect_left(edges, start + 1) : bisect_left(edges, end)]
        cut.update(zip([start, *inside], [*inside, end], strict=True))
    return sorted(cut)


def _uncovered(mark: Marked, text: str) -> list[tuple[int, int]]:
    """Give the blanks at which a mention begins or ends as tokens, so that it can be marked."""
    covers = mark.covers
    edges = ((covers.start, covers.start + 1), (covers.end - 1, covers.end))
    return [edge for edge in edges if text[edge[0] : edge[1]].isspace()]


def _is_blank(document: Document, end: int) -> bool:
    return document.text[end : end + 1].isspace()


def _span(mark: Marked, text: str, tokens: Sequence[tuple[int, int]]) -> dict[str, Any]:
    covers = mark.covers
    shows_label = mark.type == "trigger" and mark.label is not None
    span = {
        "id": mark.id,
        "start": covers.start,
        "end": covers.end,
        "text": covers.of(text),
        "token_start": bisect_left(tokens, (covers.start, 0)),
        "token_end": bisect_left(tokens, (covers.end, 0)) - 1,
        "label": mark.label if shows_label else mark.type,
        "kind": mark.type if shows_label else None,
        "sublabel": None if shows_label else mark.label,
        "ref": mark.ref,
        "value": None if mark.value is None else mark.value.plain(),
        "attributes": [list(pair) for pair in mark.attributes] or None,
    }
    return {name: value for name, value in span.items() if value is not None}


def _begin_event(frame: Frame, spans: Mapping[str, dict[str, Any]]) -> None:
    """Write an event beside its main trigger."""
    if not frame.triggers:
        return
    said = {
        "id": frame.id,
        "type": frame.type,
        "realis": frame.realis,
        "certainty": frame.certainty,
        "background": frame.background,
        "hub": frame.hub,
        "attributes": [list(pair) for pair in frame.attributes] or None,
    }
    event = {name: value for name, value in said.items() if value is not None}
    spans[frame.triggers[0]].setdefault("events", []).append(event)


_Spans = Mapping[str, dict[str, Any]]


def _relations(document: Document, spans: _Spans, main: _Spans, gone: set[str]) -> list[dict[str, Any]]:
    found = []
    for frame in document.frames:
        if frame.id in gone:
            continue
        more = [Filled("trigger", one) for one in frame.triggers[1:]]
        for place, one in enumerate([*more, *frame.arguments]):
            if one.target in gone:
                continue
            child = spans.get(one.target) or main[one.target]
            relation = _relation(one.role, main[frame.id], child) | {"event": frame.id}
            relation |= {"child_id": one.target} | ({} if one.of is None else {"of": one.of})
            found.append(relation | ({"trigger": True} if place < len(more) else {}))
    return found


def _links(document: Document, spans: _Spans, main: _Spans, gone: set[str]) -> list[dict[str, Any]]:
    found = []
    for link in document.links:
        if {link.source, link.target} & gone:
            continue
        ends = (spans.get(one) or main[one] for one in (link.source, link.target))
        said = _relation(link.type, *ends) | {"head_id": link.source, "child_id": link.target}
        found.append(said | ({"symmetric": True} if link.symmetric else {}))
    return found


def _relation(label: str, head: dict[str, Any], child: dict[str, Any]) -> dict[str, Any]:
    return {
        "label": label,
        "head": head["token_end"],
        "child": child["token_end"],
        "head_span": _end(head),
        "child_span": _end(child),
        "head_id": head["id"],
    }


def _end(span: dict[str, Any]) -> dict[str, Any]:
    return {name: span[name] for name in ("start", "end", "token_start", "token_end", "label")}
