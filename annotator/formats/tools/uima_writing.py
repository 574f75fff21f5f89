"""A document as a CAS of our type system, whole. Writes no file: XMI and JSON are two ways to write a CAS."""

from typing import Any

from annotator.formats.tools.document import Attributes, Document, Frame, Marked
from annotator.formats.tools.uima_types import (
    ARTICLE,
    ATTRIBUTE,
    EVENT,
    FILLED,
    MENTION,
    NOTE,
    NUMBER_FEATURES,
    PIECE,
    RELATION,
    TIME_FEATURES,
    TRIGGER,
    library,
    type_system,
)
from annotator.model.value import NumberValue, TimeValue
from annotator.text.span import Span, span


def cas_of(document: Document) -> Any:
    """Give a CAS that holds all of a document; what refers to nothing in it is left out."""
    return _Writing(document).cas


class _Writing:
    """One CAS that is being filled. Feature structures are numbered as they come, which keeps their order."""

    def __init__(self, document: Document) -> None:
        self.cas = library().Cas(type_system())
        self.cas.sofa_string, self.cas.sofa_mime = document.text, "text/plain"
        self.cas.document_language = document.language or "x-unspecified"
        self.cas.get_document_annotation().end = len(document.text)
        self._array = self.cas.typesystem.get_type("uima.cas.FSArray")
        self._by_id: dict[str, Any] = {}
        self._spans = {mark.id: mark.covers for mark in document.marks}
        self._make(
            ARTICLE,
            identifier=document.article_id,
            language=document.language,
            person=document.person,
            complete="true" if document.complete else None,
        )
        for mark in document.marks:
            self._by_id[mark.id] = self._mention(mark)
        for frame in document.frames:
            self._by_id[frame.id] = self._event(frame)
        self._refer(document)

    def _make(self, type_name: str, one: Span | None = None, **features: Any) -> Any:
        place = {} if one is None else {"begin": int(one.start), "end": int(one.end)}
        made = self.cas.typesystem.get_type(type_name)(**place, **features)
        self.cas.add(made)
        return made

    def _several(self, items: list[Any]) -> Any:
        # The library writes an empty array so that it cannot read it.
        return self._array(elements=items) if items else None

    def _attributes(self, attributes: Attributes) -> Any:
        return self._several([self._make(ATTRIBUTE, name=name, value=value) for name, value in attributes])

    def _mention(self, mark: Marked) -> Any:
        broken = mark.spans if len(mark.spans) > 1 else ()
        return self._make(
            MENTION,
            mark.covers,
            identifier=mark.id,
            kind=mark.type,
            label=mark.label,
            ref=mark.ref,
            pieces=self._several([self._make(PIECE, piece) for piece in broken]),
            attributes=self._attributes(mark.attributes),
            **_value(mark.value),
        )

    def _event(self, frame: Frame) -> Any:
        background = None if frame.background is None else str(frame.background).lower()
        return self._make(
            EVENT,
            next((self._spans[name] for name in frame.triggers if name in self._spans), span(0, 0)),
            identifier=frame.id,
            category=frame.type,
            realis=frame.realis,
            certainty=frame.certainty,
            background=background,
            hub=frame.hub,
            attributes=self._attributes(frame.attributes),
        )

    def _refer(self, document: Document) -> None:
        """Set what refers to other feature structures, once all are there."""
        for mark in document.marks:
            if isinstance(mark.value, NumberValue) and mark.value.of is not None:
                self._by_id[mark.id].of = self._by_id.get(mark.value.of)
        for frame in document.frames:
            event, there = self._by_id[frame.id], self._by_id
            event.triggers = self._several(
                [self._make(TRIGGER, role="trigger", target=there[one]) for one in frame.triggers if one in there]
            )
            event.arguments = self._several(
                [
                    self._make(FILLED, role=one.role, of=one.of, target=there[one.target])
                    for one in frame.arguments
                    if one.target in there
                ]
            )
        for link in document.links:
            source, target = self._by_id.get(link.source), self._by_id.get(link.target)
            if source is not None and target is not None:
                ends = {"Governor": source, "Dependent": target}
                said = {"category": link.type, "symmetric": "true" if link.symmetric else None}
                self._make(RELATION, span(target.begin, target.end), **said, **ends)
        for note in document.notes:
            about = self._by_id.get(note.mention or "")
            self._make(NOTE, note.span, identifier=note.id, kind=note.kind, comment=note.text, about=about)


def _value(value: NumberValue | TimeValue | None) -> dict[str, str | None]:
    if isinstance(value, NumberValue):
        return {name: _text(getattr(value, name)) for name in NUMBER_FEATURES}
    if isinstance(value, TimeValue):
        return {feature: _text(getattr(value, name)) for feature, name in TIME_FEATURES.items()}
    return {}


def _text(value: object) -> str | None:
    return None if value is None else str(value)
