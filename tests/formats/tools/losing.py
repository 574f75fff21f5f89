"""A document minus its losses, and whether two documents say the same: what a round trip is held to."""

import dataclasses
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from annotator.formats.tools.document import LOSSES, Document, Filled, Frame, Loss, Marked
from annotator.model.note import Note
from annotator.model.value import NumberValue
from annotator.text.span import Span, span

UNKNOWN: tuple[Span, ...] = (span(0, 0),)
"""In the place of edges that a file does not hold: they equal any others."""

FIELDS = ("realis", "certainty", "background")


def without(document: Document, losses: Iterable[Loss]) -> Document:
    """Give a document without what the losses of its article name, and without what hung on that."""
    of_it = [loss for loss in losses if loss.article_id == document.article_id]
    assert all(loss.what in LOSSES for loss in of_it), "each loss is of a sort that LOSSES has"
    assert all(loss.told for loss in of_it), "each loss says what it is"
    ids = {one.id for one in (*document.marks, *document.frames, *document.notes)}
    assert {loss.item for loss in of_it} <= ids | {""}, "each loss names something that is there"
    lost = _Lost(of_it)
    marks = tuple(_mark(mark, lost) for mark in document.marks if not lost.has(mark.id, "mention", "overlap"))
    frames = tuple(_frame(frame, lost) for frame in document.frames if not lost.has(frame.id, "event"))
    notes = tuple(note for note in document.notes if not lost.has(note.id, "note"))
    links = tuple(link for place, link in enumerate(document.links) if str(place) not in lost.parts("", "link"))
    article = {
        "complete": document.complete and not lost.has("", "complete"),
        "person": None if lost.has("", "person") else document.person,
        "language": None if lost.has("", "language") else document.language,
    }
    return _closed(replace(document, marks=marks, frames=frames, notes=notes, links=links, **article))


class _Lost:
    def __init__(self, losses: Sequence[Loss]) -> None:
        self._parts: dict[tuple[str, str], set[str]] = {}
        for loss in losses:
            self._parts.setdefault((loss.what, loss.item), set()).add(loss.part)

    def parts(self, item: str, what: str) -> "_Parts":
        """Give which parts of an item are lost of that sort: a loss of the article is one of every item."""
        return _Parts(self._parts.get((what, item), set()) | self._parts.get((what, ""), set()))

    def has(self, item: str, *whats: str) -> bool:
        return any(self.parts(item, what).any for what in whats)


class _Parts:
    def __init__(self, names: Collection[str]) -> None:
        self.any = bool(names)
        self._names, self._all = names, "" in names

    def __contains__(self, name: str) -> bool:
        return self._all or name in self._names


def _mark(mark: Marked, lost: _Lost) -> Marked:
    attributes = lost.parts(mark.id, "attribute")
    return replace(
        mark,
        spans=UNKNOWN if lost.has(mark.id, "span") else mark.spans,
        label=None if lost.has(mark.id, "label") else mark.label,
        ref=None if lost.has(mark.id, "ref") else mark.ref,
        value=None if lost.has(mark.id, "value") else mark.value,
        attributes=tuple(one for one in mark.attributes if one[0] not in attributes),
    )


def _frame(frame: Frame, lost: _Lost) -> Frame:
    gone, of, attributes = (lost.parts(frame.id, what) for what in ("argument", "of", "attribute"))
    arguments = [
        one._replace(of=None) if str(place) in of else one
        for place, one in enumerate(frame.arguments)
        if str(place) not in gone
    ]
    triggers = lost.parts(frame.id, "trigger")
    return replace(
        frame,
        triggers=tuple(one for place, one in enumerate(frame.triggers) if str(place) not in triggers),
        arguments=tuple(arguments),
        hub=None if lost.has(frame.id, "hub") else frame.hub,
        attributes=tuple(one for one in frame.attributes if one[0] not in attributes),
        **{name: None for name in FIELDS if name in attributes},
    )


def _closed(document: Document) -> Document:
    """Take out what hangs on what is not there: to the end, since a frame may be an argument of another."""
    marks = {mark.id for mark in document.marks}
    ids = marks | {frame.id for frame in document.frames}
    frames = [
        replace(
            frame,
            triggers=tuple(one for one in frame.triggers if one in marks),
            arguments=tuple(one for one in frame.arguments if one.target in ids),
        )
        for frame in document.frames
    ]
    standing = tuple(new for new, old in zip(frames, document.frames, strict=True) if new.triggers or not old.triggers)
    notes = tuple(note if note.mention in marks else _moved(note, None) for note in document.notes)
    links = tuple(link for link in document.links if link.source in ids and link.target in ids)
    values = tuple(_of_known(mark, marks) for mark in document.marks)
    closed = replace(document, marks=values, frames=standing, notes=notes, links=links)
    return closed if closed == document else _closed(closed)


def _moved(note: Note, mention: str | None) -> Note:
    return note.model_copy(update={"mention": mention})


def _of_known(mark: Marked, marks: Collection[str]) -> Marked:
    known = not isinstance(mark.value, NumberValue) or mark.value.of is None or mark.value.of in marks
    return mark if known else replace(mark, value=mark.value.model_copy(update={"of": None}))


def same(expected: Document, found: Document) -> None:
    """Assert that two documents say the same, whatever they call things and in which order they say them."""
    blind = [mark.id for mark in expected.marks if mark.spans == UNKNOWN]
    left = _named(expected, bool(blind))
    right = _named(found, bool(blind))
    for name in (field.name for field in dataclasses.fields(Document)):
        assert getattr(left, name) == getattr(right, name), name


def _named(document: Document, in_order: bool) -> Document:
    """Give a document with ids by order: that of content, or where edges are unknown, that in which things come."""
    marks = list(document.marks) if in_order else sorted(document.marks, key=_content)
    names = {mark.id: f"m{number}" for number, mark in enumerate(marks, 1)}
    frames = list(document.frames) if in_order else sorted(document.frames, key=lambda one: _frame_content(one, names))
    names |= {frame.id: f"e{number}" for number, frame in enumerate(frames, 1)}
    notes = sorted(document.notes, key=lambda note: (note.start, note.end, note.kind, note.text, note.mention or ""))
    return replace(
        document,
        marks=tuple(_renamed(mark, names, in_order) for mark in marks),
        frames=tuple(_renamed_frame(frame, names) for frame in frames),
        links=tuple(sorted(link._replace(source=names[link[1]], target=names[link[2]]) for link in document.links)),
        notes=tuple(
            note.model_copy(update={"id": f"n{number}", "mention": note.mention and names[note.mention]})
            for number, note in enumerate(notes, 1)
        ),
    )


def _content(mark: Marked) -> tuple[str, ...]:
    value = None if mark.value is None else mark.value.model_copy(update={"of": None} if _is_part(mark) else {})
    return (repr([(one.start, one.end) for one in mark.spans]), mark.type, repr((mark.label, mark.ref, value)))


def _is_part(mark: Marked) -> bool:
    return isinstance(mark.value, NumberValue)


def _frame_content(frame: Frame, names: dict[str, str]) -> tuple[str, ...]:
    triggers = [names.get(one, "") for one in frame.triggers]
    arguments = sorted((one.role, names.get(one.target, ""), one.of or "") for one in frame.arguments)
    return (repr(triggers), frame.type, repr(arguments), repr((frame.realis, frame.certainty, frame.hub)))


def _renamed(mark: Marked, names: dict[str, str], blind: bool) -> Marked:
    value = mark.value
    if isinstance(value, NumberValue) and value.of is not None:
        value = value.model_copy(update={"of": names.get(value.of, value.of)})
    return replace(mark, id=names[mark.id], value=value, spans=UNKNOWN if blind else mark.spans)


def _renamed_frame(frame: Frame, names: dict[str, str]) -> Frame:
    renamed = [Filled(one.role, names[one.target], one.of) for one in frame.arguments]
    arguments = sorted(renamed, key=lambda one: (one.role, one.target, one.of or ""))
    triggers = tuple(names[one] for one in frame.triggers)
    return replace(frame, id=names[frame.id], triggers=triggers, arguments=tuple(arguments))
