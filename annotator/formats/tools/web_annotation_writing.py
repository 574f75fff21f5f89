"""From a document to a page of Web Annotations. Nothing of it is lost."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from annotator.formats.tools.document import Document, Frame, Marked
from annotator.formats.tools.in_words import sort_of, value_in_words
from annotator.model.note import Note
from annotator.model.value import NumberValue
from annotator.text.span import Span

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
ARTICLE = "urn:annotator:article:"
PAGE = "urn:annotator:page:"
AROUND = 32
"""Characters before and behind a quote that tell it from others."""

Content = dict[str, Any]


def file_of(document: Document) -> str:
    """Give the path of a document's page."""
    folder = f"{document.person}/" if document.person else ""
    return f"{folder}{document.article_id}.jsonld"


def page_of(document: Document, title: str) -> Content:
    """Give the page of a document; `title` is what the collection of all pages is called."""
    items = list(_Items(document).all())
    name = f"{PAGE}{quote(file_of(document), safe='')}"
    collection = {"id": "urn:annotator:annotations", "type": "AnnotationCollection", "label": title}
    page = {"@context": CONTEXT, "id": name, "type": "AnnotationPage", "partOf": collection, "startIndex": 0}
    by = {"creator": {"type": "Person", "nickname": document.person}} if document.person else {}
    return page | {"items": [{"id": f"{name}:{one.pop('id')}", "type": "Annotation"} | by | one for one in items]}


def field(name: str, value: str) -> str:
    """Give what a body says that holds one of our fields."""
    return f"{name}: {value}"


def attribute(name: str, value: str) -> str:
    """Give what a body says that holds an attribute of others."""
    for mark in "%=:":
        name = name.replace(mark, f"%{ord(mark):02X}")
    return f"{name} = {value}"


class _Items:
    """The annotations of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._page = f"{PAGE}{quote(file_of(document), safe='')}"
        self._article = ARTICLE + quote(document.article_id, safe="")
        self._ids = {mark.id: f"m{number}" for number, mark in enumerate(document.marks, 1)}
        self._covers = {mark.id: mark.covers for mark in document.marks}
        self._ids |= {frame.id: f"e{number}" for number, frame in enumerate(document.frames, 1)}

    def all(self) -> Iterator[Content]:
        """Give all, without who made them; ids are those within the page."""
        yield self._whole()
        for mark in self.document.marks:
            yield self._mark(mark)
        for frame in self.document.frames:
            yield self._frame(frame)
        for frame in self.document.frames:
            yield from self._arguments(frame)
        for number, link in enumerate(self.document.links, 1):
            said = [_body(link.type, "classifying")]
            said += [_body(field("symmetric", "true"), "describing")] if link.symmetric else []
            if link.source in self._ids and link.target in self._ids:
                yield self._link(f"l{number}", said, link.target, link.source)
        for number, note in enumerate(self.document.notes, 1):
            yield self._note(note, f"n{number}")

    def _whole(self) -> Content:
        """Give what is said of the article as a whole: its language, and whether it was read to its end."""
        language = {"language": self.document.language} if self.document.language else {}
        target = {"id": self._article, "type": "Text", "format": "text/plain", **language}
        body = {"body": _body("complete", "assessing")} if self.document.complete else {}
        return {"id": "article", "motivation": "assessing", **body, "target": target}

    def _mark(self, mark: Marked) -> Content:
        bodies = [_body(mark.type, "classifying")]
        bodies += [_body(mark.label, "tagging")] if mark.label is not None else []
        bodies += [_body(mark.ref, "identifying")] if mark.ref is not None else []
        if mark.value is not None:
            value = mark.value
            if isinstance(value, NumberValue) and value.of is not None:
                value = value.model_copy(update={"of": self._ids.get(value.of)})
            bodies.append(_body(field(sort_of(value), value_in_words(value)), "describing"))
        bodies += [_body(attribute(*pair), "describing") for pair in mark.attributes]
        targets = [self._stretch(one) for one in mark.spans]
        return self._said(self._ids[mark.id], "classifying", bodies, targets if len(targets) > 1 else targets[0])

    def _frame(self, frame: Frame) -> Content:
        background = None if frame.background is None else str(frame.background).lower()
        fields = (
            ("realis", frame.realis), ("certainty", frame.certainty), ("background", background), ("hub", frame.hub),
        )  # fmt: skip
        bodies = [_body(frame.type, "classifying")]
        bodies += [_body(field(name, value), "describing") for name, value in fields if value is not None]
        bodies += [_body(attribute(*pair), "describing") for pair in frame.attributes]
        targets = [self._iri(one) for one in frame.triggers if one in self._ids] or [self._article]
        return self._said(self._ids[frame.id], "classifying", bodies, targets if len(targets) > 1 else targets[0])

    def _arguments(self, frame: Frame) -> Iterator[Content]:
        for number, one in enumerate(frame.arguments, 1):
            if one.target in self._ids:
                said = [_body(one.role, "tagging")]
                said += [_body(field("of", one.of), "describing")] if one.of is not None else []
                yield self._link(f"{self._ids[frame.id]}-{number}", said, one.target, frame.id)

    def _link(self, name: str, said: list[Content], source: str, target: str) -> Content:
        filler = {"type": "SpecificResource", "source": self._iri(source), "purpose": "linking"}
        return self._said(name, "linking", [*said, filler], self._iri(target))

    def _note(self, note: Note, name: str) -> Content:
        motive = "questioning" if note.kind == "question" else "commenting"
        about = [self._iri(note.mention)] if note.mention in self._ids and note.mention else []
        stands_there = bool(about) and self._covers.get(note.mention or "") == note.span
        targets = about if stands_there else [self._stretch(note.span), *about]
        bodies = [_body(note.text, motive)]
        return self._said(name, motive, bodies, targets if len(targets) > 1 else targets[0])

    def _said(self, name: str, motive: str, bodies: list[Content], target: object) -> Content:
        return {"id": name, "motivation": motive, "body": bodies if len(bodies) > 1 else bodies[0], "target": target}

    def _iri(self, name: str) -> str:
        return f"{self._page}:{self._ids[name]}"

    def _stretch(self, where: Span) -> Content:
        """Give a stretch of the text by position and, unless it is a place between two characters, by quote."""
        text = self.document.text
        selectors: list[Mapping[str, object]] = [
            {"type": "TextPositionSelector", "start": where.start, "end": where.end}
        ]
        if where.start < where.end:
            before, behind = text[max(0, where.start - AROUND) : where.start], text[where.end : where.end + AROUND]
            selectors.append({"type": "TextQuoteSelector", "exact": where.of(text), "prefix": before, "suffix": behind})
        return {"type": "SpecificResource", "source": self._article, "selector": selectors}


def _body(value: str, purpose: str) -> Content:
    return {"type": "TextualBody", "value": value, "format": "text/plain", "purpose": purpose}
