"""A CAS as a document: our own layers as they were written, all others by what their features are.

Of a layer of others the span is a mark, its `value` the type where a library says what the layer means (named
entities), else a sub-type; other texts are attributes, link features make it a frame, references and relation layers
are links. Knows no file: offsets are code points of the text as the CAS has it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from pydantic import ValidationError

from annotator.formats.inspection import shown
from annotator.formats.tools.document import Attributes, Document, Filled, Frame, Link, Marked
from annotator.formats.tools.uima_features import (
    LABELS,
    attributes_of,
    feature_of,
    items_of,
    label_of,
    link_features,
    plain_of,
    structures,
    texts_of,
    value_of,
)
from annotator.formats.tools.uima_types import (
    ANNOTATION,
    ARTICLE,
    EVENT,
    MENTION,
    NOTE,
    OURS,
)
from annotator.model.note import Note, NoteKind
from annotator.model.problem import Level, Problem
from annotator.model.value import NumberValue, TimeValue
from annotator.text.span import Span, span

ENTITY = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
METADATA = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
PROJECT = "de.tudarmstadt.ukp.clarin.webanno.api.type.CASMetadata"

_PASSED_OVER = (
    "uima.",
    "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.",
    "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.",
    "de.tudarmstadt.ukp.clarin.webanno.api.type.",
)
"""What says how a text falls into words and whose it is: nobody annotates with it."""
_NAMED = (MENTION, EVENT, NOTE)
_OFFSETS = frozenset({"begin", "end", "sofa"})


class Located(NamedTuple):
    """What surrounds a CAS."""

    article_id: str
    text: str
    """The stored text."""
    person: str | None
    where: Callable[[int], str]
    """Gives where a feature structure stands in its file, by its id."""
    point: Callable[[int], int]
    """Gives a code point of the stored text for one of the CAS's. Raises `ValueError`."""


def said_by(cas: Any) -> Mapping[str, str]:
    """Give what a CAS says of itself: `identifier`, `person`, `title`, `source`, as far as it says it."""
    found: dict[str, str] = {}
    names = {ARTICLE: {"identifier": "identifier", "person": "person"}, METADATA: {"documentTitle": "title"}}
    names[PROJECT] = {"sourceDocumentName": "source", "username": "person"}
    for one in structures(cas):
        for feature, name in names.get(one.type.name, {}).items():
            value = feature_of(one, feature)
            if isinstance(value, str) and value:
                found.setdefault(name, value)
    return found


def document_of(cas: Any, located: Located, problems: list[Problem]) -> Document:
    """Give the document that a CAS holds; what cannot be is in `problems`."""
    return _Reading(cas, located, problems).document()


class _Reading:
    """One CAS that is being read."""

    def __init__(self, cas: Any, located: Located, problems: list[Problem]) -> None:
        self._cas, self._located, self._problems = cas, located, problems
        self._link_features: dict[str, tuple[str, ...]] = {}
        self._all = [one for one in structures(cas) if one.type.name in OURS or self._is_layer(one)]
        self._frames = {one.xmiID for one in self._all if one.type.name == EVENT or self._links_of(one)}
        self._names: dict[int, str] = {}
        self._lost: dict[str, int] = {}

    def document(self) -> Document:
        """Give the document."""
        self._name_all()
        marks = [mark for one in self._all if (mark := self._mark(one)) is not None]
        frames = [self._frame(one) for one in self._all if one.xmiID in self._frames]
        known = {mark.id for mark in marks} | {frame.id for frame in frames}
        links = [link for one in self._all for link in self._links(one) if {link.source, link.target} <= known]
        article = next((one for one in self._all if one.type.name == ARTICLE), None)
        said = {} if article is None else texts_of(article, "language", "complete")
        self._tell_lost()
        return Document(
            article_id=self._located.article_id,
            text=self._located.text,
            marks=tuple(marks),
            frames=tuple(_known(frame, known) for frame in frames),
            links=tuple(links),
            notes=tuple(note for one in self._all if (note := self._note(one)) is not None),
            language=said.get("language") or self._language(),
            person=self._located.person,
            complete=said.get("complete") == "true",
        )

    def _language(self) -> str | None:
        language = self._cas.document_language
        return language if isinstance(language, str) and language not in ("", "x-unspecified") else None

    def _is_layer(self, one: Any) -> bool:
        is_annotation = self._cas.typesystem.is_instance_of(one.type.name, ANNOTATION)
        return is_annotation and not one.type.name.startswith(_PASSED_OVER)

    def _error(self, rule: str, one: Any, message: str, level: Level = "error") -> None:
        where = self._located.where(one.xmiID)
        self._problems.append(Problem(rule=f"format.{rule}", level=level, where=where, message=message))

    def _tell_lost(self) -> None:
        for name, times in self._lost.items():
            message = f"{times} of {shown(name)} refer to what is no annotation here, and were passed over."
            where = self._located.where(-1)
            self._problems.append(Problem(rule="format.unknown-type", level="warning", where=where, message=message))

    def _name_all(self) -> None:
        """Give each annotation an id: its own, else one of its number that is nobody's."""
        own = {one.xmiID: texts_of(one, "identifier").get("identifier") for one in self._all if one.type.name in _NAMED}
        taken = set(own.values())
        seen: set[str] = set()
        for one in self._all:
            name = own.get(one.xmiID) or f"{'f' if one.xmiID in self._frames else 'a'}{one.xmiID}"
            while own.get(one.xmiID) is None and name in taken:
                name = f"{name}_"
            if name in seen:
                self._error("duplicate-id", one, f"The id {shown(name)} stands there twice.")
            seen.add(name)
            self._names[one.xmiID] = name

    def _span(self, one: Any) -> Span | None:
        if type(one.begin) is not int or type(one.end) is not int:
            self._error("out-of-range", one, "The annotation has no offsets.")
            return None
        try:
            return span(self._located.point(one.begin), self._located.point(one.end))
        except ValueError as fault:
            self._error("inside-character", one, f"An offset lies where no character begins: {fault}.")
            return None

    # --- marks

    def _mark(self, one: Any) -> Marked | None:
        if (one.type.name in OURS and one.type.name != MENTION) or self._is_relation(one):
            return None
        there = self._span(one)
        if there is None or there.start >= there.end:
            if there is not None:
                self._error("out-of-range", one, f"The span {there.start}-{there.end} is empty or reversed.")
            return None
        return self._own_mark(one, there) if one.type.name == MENTION else self._foreign_mark(one, there)

    def _own_mark(self, one: Any, there: Span) -> Marked:
        said = texts_of(one, "kind", "label", "ref")
        pieces = [piece for item in items_of(one, "pieces") if (piece := self._span(item)) is not None]
        return Marked(
            id=self._names[one.xmiID],
            type=said.get("kind", "mention"),
            spans=tuple(pieces) if len(pieces) > 1 else (there,),
            label=said.get("label"),
            ref=said.get("ref"),
            value=self._value(one),
            attributes=attributes_of(one),
        )

    def _value(self, one: Any) -> NumberValue | TimeValue | None:
        of = feature_of(one, "of")
        try:
            return value_of(one, None if of is None else self._names.get(of.xmiID))
        except ValueError as fault:
            told = fault.errors()[0]["msg"] if isinstance(fault, ValidationError) else str(fault)
            self._error("value", one, f"The value of the mention is none: {told}.")
            return None

    def _foreign_mark(self, one: Any, there: Span) -> Marked:
        layer = one.type.name.rpartition(".")[2]
        said = label_of(one)
        entity = one.type.name == ENTITY
        name = self._names[one.xmiID]
        return Marked(
            id=f"t{one.xmiID}" if one.xmiID in self._frames else name,
            type=(said or layer) if entity else layer,
            spans=(there,),
            label=None if entity else said,
            ref=texts_of(one, "identifier").get("identifier") if entity else None,
            attributes=self._said(one),
        )

    def _said(self, one: Any) -> Attributes:
        """Give the features of another's layer that are plain values, but for its label."""
        found = {}
        label = next((name for name in LABELS if texts_of(one, name)), None)
        for feature in one.type.all_features:
            value = feature_of(one, feature.name)
            passed_over = {*_OFFSETS, label, "identifier" if one.type.name == ENTITY else label}
            if feature.name not in passed_over and (told := plain_of(value)):
                found[feature.name] = told
        return tuple(sorted(found.items()))

    # --- frames

    def _links_of(self, one: Any) -> tuple[str, ...]:
        if one.type.name not in self._link_features:
            self._link_features[one.type.name] = link_features(self._cas, one)
        return self._link_features[one.type.name]

    def _frame(self, one: Any) -> Frame:
        if one.type.name == EVENT:
            return self._own_frame(one)
        layer = one.type.name.rpartition(".")[2]
        filled = [
            Filled(texts_of(link, "role").get("role", feature), self._target(link, layer))
            for feature in self._links_of(one)
            for link in items_of(one, feature)
        ]
        name = self._names[one.xmiID]
        return Frame(id=name, type=label_of(one) or layer, triggers=(f"t{one.xmiID}",), arguments=tuple(filled))

    def _own_frame(self, one: Any) -> Frame:
        said = texts_of(one, "category", "realis", "certainty", "background", "hub")
        layer = one.type.name.rpartition(".")[2]
        filled = [
            Filled(told.get("role", "argument"), self._target(link, layer), told.get("of"))
            for link in items_of(one, "arguments")
            for told in (texts_of(link, "role", "of"),)
        ]
        return Frame(
            id=self._names[one.xmiID],
            type=said.get("category", "event"),
            triggers=tuple(self._target(link, layer) for link in items_of(one, "triggers")),
            arguments=tuple(filled),
            realis=said.get("realis"),
            certainty=said.get("certainty"),
            background=None if "background" not in said else said["background"] == "true",
            hub=said.get("hub"),
            attributes=attributes_of(one),
        )

    def _target(self, link: Any, layer: str, feature: str = "target") -> str:
        """Give the id of what a link refers to; an empty one where that is nothing here."""
        target = feature_of(link, feature)
        name = self._names.get(getattr(target, "xmiID", None) or -1, "")
        if not name:
            self._lost[layer] = self._lost.get(layer, 0) + 1
        return name

    # --- links and notes

    def _is_relation(self, one: Any) -> bool:
        return {"Governor", "Dependent"} <= {feature.name for feature in one.type.all_features}

    def _links(self, one: Any) -> Iterable[Link]:
        layer = one.type.name.rpartition(".")[2]
        if self._is_relation(one):
            said = texts_of(one, "category") or texts_of(one, *LABELS)
            name = next(iter(said.values()), layer)
            ends = (self._target(one, layer, "Governor"), self._target(one, layer, "Dependent"))
            return [Link(name, *ends, symmetric=texts_of(one, "symmetric").get("symmetric") == "true")]
        if one.type.name in OURS:
            return []
        return [
            Link(feature.name, self._names[one.xmiID], name)
            for feature in one.type.all_features
            if (name := self._names.get(getattr(feature_of(one, feature.name), "xmiID", None) or -1))
            and feature.name not in _OFFSETS
        ]

    def _note(self, one: Any) -> Note | None:
        if one.type.name != NOTE or (there := self._span(one)) is None:
            return None
        said, about = texts_of(one, "kind", "comment"), feature_of(one, "about")
        mention = None if about is None else self._names.get(about.xmiID)
        kind: NoteKind = "question" if said.get("kind") == "question" else "note"
        name, text = self._names[one.xmiID], said.get("comment", "…")
        return Note(id=name, kind=kind, start=there.start, end=there.end, mention=mention, text=text)


def _known(frame: Frame, known: set[str]) -> Frame:
    """Give a frame without what refers to nothing that is there."""
    triggers = tuple(name for name in frame.triggers if name in known)
    arguments = tuple(one for one in frame.arguments if one.target in known)
    return replace(frame, triggers=triggers, arguments=arguments)
