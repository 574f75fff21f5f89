"""From a document to the lines of a `.ann` file, and what of it they do not hold."""

import re
from collections.abc import Iterator, Mapping, Sequence

from annotator.formats.tools.brat_lines import Bound, Framed, Lines, Related, Said, lines_written
from annotator.formats.tools.brat_names import brat_name, brat_word
from annotator.formats.tools.brat_places import joined
from annotator.formats.tools.brat_reading import ABOUT, ALSO, PLACED, QUESTION, REGISTRY
from annotator.formats.tools.document import Document, Frame, Loss, Marked
from annotator.formats.tools.in_words import remark_in_words, sort_of, value_in_words
from annotator.model.note import Note
from annotator.model.value import NumberValue
from annotator.text.span import Span, span

_ENTRY = re.compile(r"[^\s:]+:\S+")
_REFERENCE = re.compile(r"Reference[0-9]*")


def lines_of(document: Document) -> tuple[list[str], tuple[Loss, ...]]:
    """Give the lines for a document, without line ends, and what they lose of it."""
    writer = _Writer(document)
    return list(lines_written(writer.lines)), tuple(writer.losses)


def type_of(mark: Marked, event_type: str | None) -> str:
    """Give the type of a mark's line: that of its event where it is the trigger of one, else its own."""
    return brat_name(mark.type if event_type is None else event_type)


def trigger_types(frames: Sequence[Frame]) -> Mapping[str, str]:
    """Give the type of the first event of each mark that is the main trigger of one."""
    found: dict[str, str] = {}
    for frame in frames:
        if frame.triggers:
            found.setdefault(frame.triggers[0], frame.type)
    return found


class _Writer:
    """The lines so far, and what could not go into them."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.lines = Lines()
        self.losses: list[Loss] = []
        self._ids: dict[str, str] = {}
        self._types = trigger_types(document.frames)
        self._marks = {mark.id: mark for mark in document.marks}
        self._triggers = {frame.id: frame.triggers[0] for frame in document.frames if frame.triggers}
        self._write()

    def _lose(self, item: str, what: str, told: str, part: str = "") -> None:
        self.losses.append(Loss(self.document.article_id, item, what, told, part))

    def _write(self) -> None:
        for what, told in (("complete", self.document.complete), ("language", self.document.language)):
            if told:
                self._lose("", what, str(told))
        for mark in self.document.marks:
            self._bind(mark)
        frames = [frame for frame in self.document.frames if self._has_trigger(frame)]
        self._ids |= {frame.id: f"E{number}" for number, frame in enumerate(frames, 1)}
        for mark in self.document.marks:
            if mark.id in self._ids:
                self._tell_of(mark)
        for frame in frames:
            self._frame(frame)
        for link in self.document.links:
            if link.source in self._ids and link.target in self._ids:
                source, target = self._ids[link.source], self._ids[link.target]
                self.lines.related.append(Related("", "", brat_name(link.type), source, target, link.symmetric))
        for note in self.document.notes:
            self._note(note)

    def _bind(self, mark: Marked) -> None:
        pieces = list(_pieces(mark.spans, self.document.text))
        if not pieces:
            self._lose(mark.id, "mention", "it covers nothing but line ends")
            return
        if tuple(joined(pieces, self.document.text)) != mark.spans:
            self._lose(mark.id, "span", "brat ends a piece with its line")
        self._ids[mark.id] = self._line(type_of(mark, self._types.get(mark.id)), pieces)

    def _line(self, kind: str, pieces: Sequence[Span]) -> str:
        name = f"T{len(self.lines.bound) + 1}"
        quote = " ".join(piece.of(self.document.text) for piece in pieces)
        self.lines.bound.append(Bound(name, "", kind, tuple((one.start, one.end) for one in pieces), quote))
        return name

    def _has_trigger(self, frame: Frame) -> bool:
        if not frame.triggers:
            self._lose(frame.id, "event", "brat has no event without a trigger")
        return any(one in self._ids for one in frame.triggers)

    def _tell_of(self, mark: Marked) -> None:
        name = self._ids[mark.id]
        if mark.label is not None and mark.label != self._types.get(mark.id):
            self._attribute(name, "label", mark.label)
        if mark.ref is not None:
            self._reference(mark, name, mark.ref)
        self._attributes(name, mark.attributes)
        if mark.value is not None:
            value = mark.value
            if isinstance(value, NumberValue) and value.of is not None:
                value = value.model_copy(update={"of": self._ids.get(value.of)})
            self._remark(sort_of(value).capitalize(), name, value_in_words(value))

    def _reference(self, mark: Marked, name: str, ref: str) -> None:
        words = ref if _ENTRY.fullmatch(ref) and not ref.startswith(f"{REGISTRY}:") else f"{REGISTRY}:{ref}"
        if not _ENTRY.fullmatch(words):
            self._lose(mark.id, "ref", f"{ref} has a blank")
            return
        self.lines.references.append(Said(f"N{len(self.lines.references) + 1}", "", "Reference", name, words))

    def _frame(self, frame: Frame) -> None:
        name, seen = self._ids[frame.id], dict[str, int]()
        main, *others = [self._ids[one] for one in frame.triggers if one in self._ids]
        filled: list[tuple[str, str]] = []
        asked: list[tuple[str, str, str | None]] = [(ALSO, one, None) for one in others]
        asked += [(one.role, self._ids[one.target], one.of) for one in frame.arguments if one.target in self._ids]
        for role, target, of in asked:
            seen[role] = seen.get(role, 0) + 1
            numbered = brat_name(role, numbered=True) + (str(seen[role]) if seen[role] > 1 else "")
            filled.append((numbered, target))
            if of is not None:
                self._remark("Of", name, f"{numbered} {target} {remark_in_words(of)}")
        self.lines.framed.append(Framed(name, "", brat_name(frame.type), main, tuple(filled)))
        for attribute, value in (("realis", frame.realis), ("certainty", frame.certainty)):
            if value is not None:
                self._attribute(name, attribute, value)
        if frame.background or frame.background != (False if frame.realis and frame.certainty else None):
            self._attribute(name, "background", {True: "true", False: "false", None: "unknown"}[frame.background])
        if frame.hub is not None:
            self._remark("Hub", name, remark_in_words(frame.hub))
        self._attributes(name, frame.attributes)

    def _attributes(self, name: str, attributes: Sequence[tuple[str, str]]) -> None:
        for attribute, value in attributes:
            if _REFERENCE.fullmatch(attribute) and _ENTRY.fullmatch(value):
                number = len(self.lines.references) + 1
                self.lines.references.append(Said(f"N{number}", "", "Reference", name, value))
            else:
                self._attribute(name, attribute, value)

    def _attribute(self, name: str, attribute: str, value: str) -> None:
        number, written = len(self.lines.attributes) + 1, "" if value == "true" else brat_word(value)
        self.lines.attributes.append(Said(f"A{number}", "", brat_name(attribute), name, written))

    def _remark(self, kind: str, name: str, words: str) -> None:
        self.lines.notes.append(Said(f"#{len(self.lines.notes) + 1}", "", kind, name, words))

    def _note(self, note: Note) -> None:
        target, words = self._ids.get(note.mention or ""), remark_in_words(note.text)
        if target is not None and note.span == self._covers(note.mention):
            self._remark(QUESTION if note.kind == "question" else "AnnotatorNotes", target, words)
            return
        pieces = list(_pieces((note.span,), self.document.text))
        if not pieces:
            self._lose(note.id, "note", "it is about a place between two characters")
            return
        name = self._line(next(kind for kind, one in PLACED.items() if one == note.kind), pieces)
        if target is not None:
            self._attribute(name, ABOUT, target)
        self._remark("AnnotatorNotes", name, words)

    def _covers(self, mention: str | None) -> Span | None:
        """Give from where to where a mark goes, or the trigger of a frame; none where it is lost in part."""
        name = mention or ""
        mark = self._marks.get(self._triggers.get(name, name))
        return None if mark is None else mark.covers


def _pieces(spans: Sequence[Span], text: str) -> Iterator[Span]:
    """Give the pieces of spans that lie within a line each."""
    for one in spans:
        at = int(one.start)
        for line in one.of(text).split("\n"):
            if line:
                yield span(at, at + len(line))
            at += len(line) + 1
