"""From a document to one annotation of Label Studio: its results in their order, and what of it they do not hold."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from annotator.formats.tools.document import Document, Frame, Loss, Marked
from annotator.formats.tools.in_words import sort_of, value_in_words
from annotator.formats.tools.label_studio_reading import (
    ABOUT,
    ALSO,
    EVENT,
    HUB,
    MARGIN,
    MARGIN_OF,
    MENTION,
    NOTE,
    OF,
    REF,
    SAME,
    SUBTYPE,
)
from annotator.formats.tools.label_studio_regions import control_of
from annotator.model.note import Note, NoteKind
from annotator.model.value import NumberValue
from annotator.text.span import Span

TEXT = "text"
"""The control that shows the text."""


def annotation_of(document: Document) -> tuple[dict[str, Any], tuple[Loss, ...]]:
    """Give the annotation that a document is, without an id, and what it loses of it."""
    writer = _Writer(document)
    by = {} if document.person is None else {"completed_by": {"email": document.person}}
    meta = {} if document.complete else {"meta": {"complete": False}}
    return {**by, "was_cancelled": False, **meta, "result": writer.results}, tuple(writer.losses)


class _Writer:
    """The results so far, and what could not go into them."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.results: list[dict[str, Any]] = []
        self.losses: list[Loss] = []
        own = _their_own_triggers(document)
        self._marks = {mark.id: f"m{number}" for number, mark in enumerate(document.marks, 1)}
        self._frames = {frame.id: f"e{number}" for number, frame in enumerate(document.frames, 1) if frame.triggers}
        self._marks |= {mark: self._frames[frame.id] for mark, frame in own.items()}
        self._spans = {self._marks[mark.id]: mark.covers for mark in document.marks}
        self._write(own)

    def _lose(self, item: str, what: str, told: str, part: str = "") -> None:
        self.losses.append(Loss(self.document.article_id, item, what, told, part))

    def _write(self, own: Mapping[str, Frame]) -> None:
        for mark in self.document.marks:
            self._mark(mark, own.get(mark.id))
        for frame in self.document.frames:
            if frame.triggers:
                self._frame(frame, apart=frame.triggers[0] not in own)
            else:
                self._lose(frame.id, "event", "an event is a region here, and this one has no trigger")
        for place, link in enumerate(self.document.links):
            ends = [self._marks.get(end) or self._frames.get(end) for end in (link.source, link.target)]
            if link.source in self._frames:
                self._lose("", "link", f"{link.type} from an event would be an argument of it", str(place))
            elif ends[0] and ends[1]:
                self._relation(link.type, ends[0], ends[1], "bi" if link.symmetric else "right")
        self._notes()

    def _mark(self, mark: Marked, frame: Frame | None) -> None:
        name = self._marks[mark.id]
        if len(mark.spans) > 1:
            self._lose(mark.id, "span", "a region is one stretch")
        self._label(name, EVENT if frame else MENTION, frame.type if frame else mark.type, mark.covers)
        if mark.label is not None and (frame is None or mark.label != frame.type):
            self._text(name, SUBTYPE, [mark.label])
        if mark.ref is not None:
            self._text(name, REF, [mark.ref])
        if mark.value is not None:
            value = mark.value
            if isinstance(value, NumberValue) and value.of is not None:
                value = value.model_copy(update={"of": self._marks.get(value.of)})
            self._text(name, sort_of(value), [value_in_words(value)])
        self._attributes(name, mark.attributes)

    def _frame(self, frame: Frame, *, apart: bool) -> None:
        name, trigger = self._frames[frame.id], self._marks[frame.triggers[0]]
        if apart:
            self._label(name, EVENT, frame.type, self._spans[trigger])
        background = None if frame.background is None else str(frame.background).lower()
        for control, value in (("realis", frame.realis), ("certainty", frame.certainty), ("background", background)):
            if value is not None:
                self._choices(name, control, [value])
        self._attributes(name, frame.attributes)
        if frame.hub is not None:
            self._text(name, HUB, [frame.hub])
        ends = {**self._frames, **self._marks}
        filled = [one for one in frame.arguments if one.target in ends]
        counted = [f"{one.role} {ends[one.target]}: {one.of}" for one in filled if one.of is not None]
        if counted:
            self._text(name, OF, counted)
        if apart:
            self._relation(SAME, name, trigger)
        for other in frame.triggers[1:]:
            self._relation(ALSO, name, self._marks[other])
        for one in filled:
            self._relation(one.role, name, ends[one.target])

    def _notes(self) -> None:
        """Write notes, those beside mentions in the order of these: each control says all its texts at once."""
        frames = {frame.id: frame.triggers[0] for frame in self.document.frames if frame.triggers}
        beside: dict[tuple[str, NoteKind], list[str]] = {}
        apart: list[tuple[Note, str | None]] = []
        for note in self.document.notes:
            about = self._marks.get(frames.get(note.mention or "", note.mention or ""))
            if about is not None and note.span == self._spans[about]:
                beside.setdefault((about, note.kind), []).append(note.text)
            elif note.start == note.end:
                self._lose(note.id, "note", "it is about a place between two characters")
            else:
                apart.append((note, about))
        for about in self._marks.values():
            for kind in MARGIN.values():
                if texts := beside.get((about, kind)):
                    self._text(about, kind, texts)
        for number, (note, mention) in enumerate(apart, 1):
            self._note(note, f"n{number}", mention)

    def _note(self, note: Note, name: str, about: str | None) -> None:
        self._label(name, MARGIN_OF, next(label for label, kind in MARGIN.items() if kind == note.kind), note.span)
        self._text(name, NOTE, [note.text])
        if about is not None:
            self._relation(ABOUT, name, about)

    def _label(self, name: str, control: str, label: str, span: Span) -> None:
        self._spans[name] = span
        self._result(name, control, "labels", {TEXT: span.of(self.document.text), "labels": [label]})

    def _attributes(self, name: str, said: Iterable[tuple[str, str]]) -> None:
        values: dict[str, list[str]] = {}
        for attribute, value in said:
            values.setdefault(control_of(attribute), []).append(value)
        for control, chosen in values.items():
            self._choices(name, control, chosen)

    def _choices(self, name: str, control: str, chosen: list[str]) -> None:
        self._result(name, control, "choices", {TEXT: self._spans[name].of(self.document.text), "choices": chosen})

    def _text(self, name: str, control: str, texts: list[str]) -> None:
        self._result(name, control, "textarea", {TEXT: texts})

    def _result(self, name: str, control: str, kind: str, value: dict[str, Any]) -> None:
        start, end = self._spans[name]
        value = {"start": start, "end": end, **value}
        self.results.append({"id": name, "from_name": control, "to_name": TEXT, "type": kind, "value": value})

    def _relation(self, label: str, source: str, target: str, direction: str = "right") -> None:
        relation = {"from_id": source, "to_id": target, "type": "relation", "direction": direction, "labels": [label]}
        self.results.append(relation)


def _their_own_triggers(document: Document) -> Mapping[str, Frame]:
    """Give the events whose region is their trigger's too, by the trigger: of that nothing else may speak."""
    main = Counter(frame.triggers[0] for frame in document.frames if frame.triggers)
    spoken_of = {one.target for frame in document.frames for one in frame.arguments}
    spoken_of |= {end for link in document.links for end in (link.source, link.target)}
    marks = {mark.id: mark for mark in document.marks}
    found = {}
    for frame in document.frames:
        mark = marks.get(frame.triggers[0]) if frame.triggers else None
        plain = mark is not None and mark.type == "trigger" and mark.label is not None and not mark.attributes
        if mark is not None and plain and main[mark.id] == 1 and mark.id not in spoken_of:
            found[mark.id] = frame
    return found
