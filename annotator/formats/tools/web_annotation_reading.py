"""From Web Annotations to documents: which are mentions, events, arguments, relations and notes, and of which article.

Annotations of one resource by one person are a document. What annotates other annotations stands where they stand.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import unquote

from annotator.formats.inspection import Inspection, shown
from annotator.formats.tools.cycles import cycle_among
from annotator.formats.tools.document import Document, Filled, Frame, Link, Marked
from annotator.formats.tools.in_words import value_of
from annotator.formats.tools.placing import Said, placed
from annotator.formats.tools.units import Unit
from annotator.formats.tools.web_annotation_items import Item, Place
from annotator.model.note import Note
from annotator.model.problem import Problem
from annotator.model.value import NumberValue, TimeValue
from annotator.text.intake import lines_at_lf
from annotator.text.span import Span, span

Texts = Callable[[str], tuple[str, str, str] | None]
"""Gives the id, the raw and the stored text of the article that a resource is."""

_FIELD = re.compile(r"(number|time|realis|certainty|background|hub|of|symmetric): (.+)", re.DOTALL)
_ATTRIBUTE = re.compile(r"([^=:]+) = (.*)", re.DOTALL)
_COMMENTS = ("commenting", "questioning", "replying")


class _Key(NamedTuple):
    """What a document is told apart by."""

    iri: str
    person: str | None


@dataclass
class _Group:
    """The annotations of one document, by what they are."""

    article: list[Item] = field(default_factory=list)
    marks: list[Item] = field(default_factory=list)
    frames: list[Item] = field(default_factory=list)
    links: list[Item] = field(default_factory=list)
    notes: list[Item] = field(default_factory=list)
    spans: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    """By the id of a mark or note that has stretches of its own."""


def documents_of(
    items: Mapping[str, Item], texts: Texts, unit: Unit | None, problems: list[Problem]
) -> Iterator[Document]:
    """Give the documents that annotations are, in the order in which they begin."""
    groups: dict[_Key, _Group] = {}
    for item in items.values():
        iri = _resource(item, items)
        if iri is None:
            message = "It targets no resource, but annotations in a circle, or none that is there."
            problems.append(Problem(rule="format.unknown-id", level="error", where=item.where, message=message))
            continue
        _put(item, items, groups.setdefault(_Key(iri, item.person), _Group()))
    for key, group in groups.items():
        known = texts(key.iri)
        if known is not None:
            yield _Maker(group, key, known, unit, problems).document()


def _resource(item: Item, items: Mapping[str, Item]) -> str | None:
    """Give the resource that an annotation is of in the end, by way of the annotations that it is of."""
    seen: set[str] = set()
    while item.targets and item.id not in seen:
        seen.add(item.id)
        target = item.targets[0].iri
        if target not in items:
            return target
        item = items[target]
    return None


def _put(item: Item, items: Mapping[str, Item], group: _Group) -> None:
    of_annotations = any(place.iri in items for place in item.targets)
    whole = all(place.is_whole for place in item.targets)
    if any(motive in _COMMENTS for motive in item.motives):
        group.notes.append(item)
    elif any(body.is_resource and body.value in items for body in item.bodies):
        group.links.append(item)
    elif of_annotations or (whole and item.said("classifying")):
        group.frames.append(item)
    else:
        (group.article if whole else group.marks).append(item)


class _Maker:
    """One document in the making."""

    def __init__(
        self, group: _Group, key: _Key, known: tuple[str, str, str], unit: Unit | None, problems: list[Problem]
    ) -> None:
        self._group, self._key, self._problems = group, key, problems
        self._article_id, self._raw, self._text = known
        self._place([*group.marks, *group.notes], unit)
        self._stretches = {item.id for item in group.marks}
        self._names = {item.id.rpartition(":")[2]: item.id for item in group.marks}
        """By what values call them: ours by the end of their ids."""
        self._links_of: dict[str, list[Item]] = defaultdict(list)
        for link in group.links:
            for place in link.targets:
                self._links_of[place.iri].append(link)

    def document(self) -> Document:
        """Give the document."""
        marks = [mark for item in self._group.marks for mark in self._marked(item)]
        self._marks = {mark.id: mark for mark in marks}
        self._frames = {item.id for item in self._group.frames if self._has_triggers(item)}
        frames = tuple(self._frame(item) for item in self._group.frames if item.id in self._frames)
        self._main = {frame.id: frame.triggers[0] for frame in frames if frame.triggers}
        if found := cycle_among(frames):
            message = f"{shown(found)} is an argument of itself, by way of others."
            self._tell(self._group.frames[0].where, "cycle", message)
        languages = [place.language for item in self._group.article for place in item.targets if place.language]
        return Document(
            article_id=self._article_id,
            text=self._text,
            marks=tuple(marks),
            frames=frames,
            links=tuple(self._links()),
            notes=tuple(self._notes()),
            language=languages[0] if languages else None,
            person=self._key.person,
            complete=any("complete" in item.said("assessing") for item in self._group.article),
        )

    def _tell(self, where: str, rule: str, message: str) -> None:
        Inspection(where, "format", self._problems).warning(rule, message)

    def _place(self, items: Sequence[Item], unit: Unit | None) -> None:
        """Find where the stretches of annotations stand; of those that stand nowhere, none has a place."""
        found: dict[str, list[Span | None]] = defaultdict(list)
        asked = [(item.id, place) for item in items for place in item.targets if not place.is_whole]
        counted = [(name, place) for name, place in asked if place.start is not None and place.start != place.end]
        said = [Said(place.where, place.start, place.end, place.exact) for _, place in counted]
        file = items[0].where.partition(": ")[0] if items else ""
        spans = placed(said, file=file, raw=self._raw, text=self._text, problems=self._problems, unit=unit)
        for (name, _), where in zip(counted, spans, strict=True):
            found[name].append(where)
        for name, place in asked:
            if place.start is None:
                found[name].append(self._quoted(place))
            elif place.start == place.end:
                found[name].append(self._between(place))
        for name, places in found.items():
            whole = [one for one in places if one is not None]
            if len(whole) == len(places):
                self._group.spans[name] = tuple(sorted(whole))

    def _between(self, place: Place) -> Span | None:
        """Give a place between two characters, as notes may have it."""
        if type(place.start) is int and 0 <= place.start <= len(self._text):
            return span(place.start, place.start)
        message = "The place lies outside of the text."
        self._problems.append(Problem(rule="format.out-of-range", level="error", where=place.where, message=message))
        return None

    def _quoted(self, place: Place) -> Span | None:
        """Give where words stand of which no position is told: there must be one such place."""
        exact, prefix, suffix = map(lines_at_lf, (place.exact or "", place.prefix, place.suffix))
        around = [at.start() for at in re.finditer(f"(?={re.escape(prefix + exact + suffix)})", self._text)]
        if len(around) == 1:
            return span(around[0] + len(prefix), around[0] + len(prefix) + len(exact))
        message = f"{shown(exact)} stands {len(around)} times there with what is before and behind it; it must once."
        self._problems.append(Problem(rule="format.quote-differs", level="error", where=place.where, message=message))
        return None

    def _marked(self, item: Item) -> Iterator[Marked]:
        spans = self._group.spans.get(item.id)
        if spans is None or any(one.start == one.end for one in spans):
            return
        if any(one.overlaps(other) for one, other in pairwise(spans)):
            message = "The stretches that it targets overlap: one mention cannot."
            self._problems.append(Problem(rule="format.out-of-range", level="error", where=item.where, message=message))
            return
        kinds, tags, refs = (item.said(purpose) for purpose in ("classifying", "tagging", "identifying"))
        kinds = kinds or tags[:1]
        tags = tags if item.said("classifying") else tags[1:]
        fields, attributes = _described(item)
        others = [("classifying", one) for one in kinds[1:]] + [("tagging", one) for one in tags[1:]]
        others += [("identifying", one) for one in refs[1:]]
        yield Marked(
            id=item.id,
            type=next(iter((*kinds, *item.motives)), "highlighting"),
            spans=spans,
            label=next(iter(tags), None),
            ref=next(iter(refs), None),
            value=self._value(fields),
            attributes=tuple(sorted([*attributes, *others])),
        )

    def _value(self, fields: Mapping[str, str]) -> NumberValue | TimeValue | None:
        value = value_of(fields["number"], "number") if "number" in fields else None
        value = value or (value_of(fields["time"], "time") if "time" in fields else None)
        if isinstance(value, NumberValue) and value.of is not None:
            return value.model_copy(update={"of": self._names.get(value.of)})
        return value

    def _has_triggers(self, item: Item) -> bool:
        """Tell whether a trigger is there, or none is meant: an event of the article as a whole."""
        return all(one.iri == self._key.iri for one in item.targets) or any(
            one.iri in self._marks for one in item.targets
        )

    def _frame(self, item: Item) -> Frame:
        fields, attributes = _described(item)
        kinds = item.said("classifying") or item.said("tagging")
        arguments = [one for link in self._links_of[item.id] for one in self._filled(link)]
        return Frame(
            id=item.id,
            type=next(iter((*kinds, *item.motives)), "linking"),
            triggers=tuple(place.iri for place in item.targets if place.iri in self._marks),
            arguments=tuple(arguments),
            realis=fields.get("realis"),
            certainty=fields.get("certainty"),
            background={"true": True, "false": False}.get(fields.get("background", "")),
            hub=fields.get("hub"),
            attributes=tuple(attributes),
        )

    def _filled(self, link: Item) -> Iterator[Filled]:
        if roles := link.said("tagging"):
            of = _described(link)[0].get("of")
            yield from (Filled(roles[0], end, of) for end in self._ends(link))

    def _ends(self, link: Item) -> list[str]:
        ends = [body.value for body in link.bodies if body.is_resource]
        return [end for end in ends if end in self._marks or end in self._frames]

    def _links(self) -> Iterator[Link]:
        for link in self._group.links:
            targets = [place.iri for place in link.targets]
            if link.said("tagging") and any(target in self._frames for target in targets):
                continue
            kind = next(iter((*link.said("classifying"), *link.said("tagging"))), "linking")
            symmetric = "symmetric" in _described(link)[0]
            there = [target for target in targets if target in self._marks or target in self._frames]
            if not there or not self._ends(link):
                self._tell(link.where, "not-kept", "It links what is not there, or another's: left out.")
            for source in there:
                yield from (Link(kind, source, end, symmetric) for end in self._ends(link))

    def _notes(self) -> Iterator[Note]:
        for item in (*self._group.notes, *self._group.marks):
            own = item.id in self._marks
            texts = [body for body in item.bodies if body.purpose in _COMMENTS]
            about = item.id if own else next((one.iri for one in item.targets if self._covers(one.iri)), None)
            where = self._group.spans.get(item.id) or ((self._covers(about),) if about else ())
            covered = [one for one in where if one is not None]
            if not covered or (item.id in self._stretches and not own):
                if texts and not own:
                    self._tell(item.where, "not-kept", "It comments on what is not there, or another's: left out.")
                continue
            for number, body in enumerate(texts, 1):
                yield Note(
                    id=item.id if number == 1 and not own else f"{item.id}:{number}",
                    kind="question" if body.purpose == "questioning" else "note",
                    start=covered[0].start,
                    end=covered[-1].end,
                    mention=about,
                    text=body.value,
                )

    def _covers(self, name: str | None) -> Span | None:
        name = self._main.get(name or "", name)
        mark = self._marks.get(name or "")
        return None if mark is None else mark.covers


def _described(item: Item) -> tuple[dict[str, str], Sequence[tuple[str, str]]]:
    """Give our fields, and the attributes of others, that the describing bodies say."""
    fields: dict[str, str] = {}
    attributes: list[tuple[str, str]] = []
    for words in item.said("describing"):
        if (found := _FIELD.fullmatch(words)) and found[1] not in fields:
            fields[found[1]] = found[2]
        elif found := _ATTRIBUTE.fullmatch(words):
            attributes.append((unquote(found[1]), found[2]))
        else:
            attributes.append(("describing", words))
    return fields, tuple(sorted(attributes))
