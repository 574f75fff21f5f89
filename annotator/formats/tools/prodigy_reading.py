"""One task of Prodigy while it is being read: its spans, the relations between them, and what we wrote beside both.

Tokens are held against the text like spans, since they have quotes where spans have none.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, cast

from annotator.formats.inspection import Inspection, shown
from annotator.formats.lines import Line
from annotator.formats.tools.document import Attributes, Filled, Frame, Link, Marked
from annotator.formats.tools.placing import Said, placed
from annotator.formats.tools.units import Unit
from annotator.model.mention import KINDS
from annotator.model.note import Note, NoteKind
from annotator.model.problem import Problem
from annotator.text.span import Span

PLAIN = "marked"
"""The type of a mark whose span has no label."""


@dataclass(slots=True)
class _Event:
    """An event, as the span of its main trigger says it, while relations add to it."""

    said: dict[str, Any]
    path: str
    name: str
    triggers: list[str]
    arguments: list[Filled]


class Task:
    """One line, whose text is `raw` there and `text` here."""

    def __init__(self, line: Line, raw: str, text: str, unit: Unit | None, problems: list[Problem]) -> None:
        self._content, self._where, self._problems = line.content, line.where, problems
        self._raw, self._text, self._unit = raw, text, unit
        self._check = Inspection(line.where, "format", problems)
        self._events: dict[str, _Event] = {}
        self._by_place: dict[tuple[object, object, object], str] = {}
        """Marks by start, end and label, as relations name them."""
        self._by_token: dict[object, str] = {}
        """Marks by their last token: relations may name no more."""
        self._ids: set[str] = set()

    def marks(self) -> tuple[Marked, ...]:
        """Give the spans of a task."""
        spans = list(self._check.objects(self._content, "spans", ""))
        tokens = [item for _, item in self._check.objects(self._content, "tokens", "")]
        said = [self._said(path, item) for path, item in spans]
        said += [self._said(f"tokens[{number}]", item) for number, item in enumerate(tokens)]
        places = placed(
            said, file=self._where, raw=self._raw, text=self._text, problems=self._problems, unit=self._unit
        )
        self._check_tokens(spans, tokens)
        found = [self._mark(*one, place) for one, place in zip(spans, places, strict=False)]
        return tuple(mark for mark in found if mark is not None)

    def _said(self, path: str, item: dict[str, Any]) -> Said:
        quote = item.get("text")
        where = f"{self._where} {path.rstrip('.')}"
        return Said(where, item.get("start"), item.get("end"), quote if isinstance(quote, str) else None)

    def _check_tokens(self, spans: list[tuple[str, dict[str, Any]]], tokens: list[dict[str, Any]]) -> None:
        """Hold the tokens that a span names against its offsets: the last one belongs to it."""
        for path, item in spans:
            first, last = item.get("token_start"), item.get("token_end")
            if type(first) is not int or type(last) is not int or not tokens:
                continue
            if not 0 <= first <= last < len(tokens):
                self._check.error("out-of-range", f"{path}token_start and token_end are no tokens of the task.")
            elif (tokens[first].get("start"), tokens[last].get("end")) != (item.get("start"), item.get("end")):
                self._check.warning("token", f"{path}token_start to token_end are other words than start to end.")

    def _mark(self, path: str, item: dict[str, Any], place: Span | None) -> Marked | None:
        label = self._check.text(item, "label", path)
        name = self._check.text(item, "id", path) or f"#{len(self._ids)}"
        if name in self._ids or name in self._events:
            self._check.error("duplicate-id", f"{path}id {shown(name)} is the id of something else as well.")
            return None
        kind = self._check.text(item, "kind", path)
        value = self._check.value(item, path, kind or (label if label in KINDS else None))
        sub = self._check.text(item, "sublabel", path)
        if place is None:
            return None
        self._ids.add(name)
        self._by_place.setdefault((*_place_of(item), label), name)
        self._by_token.setdefault(item.get("token_end") if type(item.get("token_end")) is int else None, name)
        self._read_events(item, path, name)
        return Marked(
            id=name,
            type=kind or label or PLAIN,
            spans=(place,),
            label=sub or (label if kind is not None and kind != label else None),
            ref=self._check.text(item, "ref", path),
            value=value,
            attributes=self._attributes(item, path),
        )

    def _attributes(self, item: dict[str, Any], path: str) -> Attributes:
        pairs = [pair for _, pair in self._check.items(item, "attributes", path)]
        whole = [pair for pair in pairs if type(pair) is list and len(pair) == 2 and all(type(x) is str for x in pair)]
        if len(whole) < len(pairs):
            self._check.error("field", f"{path}attributes must be names with values.")
        return tuple(sorted((name, value) for name, value in whole))

    def _read_events(self, item: dict[str, Any], path: str, mark: str) -> None:
        for place, said in self._check.objects(item, "events", path):
            name = self._check.text(said, "id", place, required=True)
            if name in self._events or name in self._ids:
                self._check.error("duplicate-id", f"{place}id {shown(name)} is the id of something else as well.")
            elif name is not None:
                self._events[name] = _Event(said, place, name, [mark], [])

    # What relations say

    def frames_and_links(self) -> tuple[tuple[Frame, ...], tuple[Link, ...]]:
        """Give the events, and the relations that are of none. To be asked for behind the marks."""
        links = list(self._relations())
        frames = [frame for event in self._events.values() if (frame := self._frame(event)) is not None]
        ids = self._ids | {frame.id for frame in frames}
        whole = (
            replace(frame, arguments=tuple(one for one in frame.arguments if one.target in ids)) for frame in frames
        )
        return tuple(whole), tuple(link for link in links if {link.source, link.target} <= ids)

    def _relations(self) -> Iterator[Link]:
        for path, item in self._check.objects(self._content, "relations", ""):
            label = self._check.text(item, "label", path, required=True)
            head, child = (self._end(item, side, path) for side in ("head", "child"))
            event = self._check.text(item, "event", path)
            if label is None or head is None or child is None:
                continue
            if event is None:
                yield Link(label, head, child, item.get("symmetric") is True)
            elif event not in self._events:
                self._check.error("reference", f"{path}event: no span begins an event {shown(event)}.")
            elif item.get("trigger") is True:
                self._events[event].triggers += [child] if child in self._ids else []
            else:
                self._events[event].arguments.append(Filled(label, child, self._check.text(item, "of", path)))

    def _end(self, item: dict[str, Any], side: str, path: str) -> str | None:
        """Give what a relation begins or ends with; ours says it by name."""
        named = self._check.text(item, f"{side}_id", path)
        if named is not None:
            if named not in self._ids and named not in self._events:
                self._check.error("reference", f"{path}{side}_id: there is no {shown(named)}.")
                return None
            return named
        said = item.get(f"{side}_span")
        found = None
        if isinstance(said, dict) and isinstance(said.get("label"), str | None):
            found = self._by_place.get((*_place_of(said), said.get("label")))
        elif type(item.get(side)) is int:
            found = self._by_token.get(item[side])
        if found is None:
            self._check.warning("reference", f"{path}{side} is no marked span: the relation is left out.")
        return found

    def _frame(self, event: _Event) -> Frame | None:
        said, path = event.said, event.path
        event_type = self._check.text(said, "type", path, required=True)
        if event_type is None:
            return None
        return Frame(
            id=event.name,
            type=event_type,
            triggers=tuple(dict.fromkeys(event.triggers)),
            arguments=tuple(event.arguments),
            realis=self._check.text(said, "realis", path),
            certainty=self._check.text(said, "certainty", path),
            background=self._check.truth(said, "background", path),
            hub=self._check.text(said, "hub", path),
            attributes=self._attributes(said, path),
        )

    def notes(self) -> tuple[Note, ...]:
        """Give the notes that we wrote beside a task."""
        return tuple(self._notes())

    def _notes(self) -> Iterator[Note]:
        for number, (path, item) in enumerate(self._check.objects(self._content, "notes", "")):
            said = self._check.text(item, "text", path, required=True)
            kind = self._check.choice(item, "kind", path, ("note", "question"))
            start, end, about = item.get("start"), item.get("end"), item.get("mention")
            if type(start) is not int or type(end) is not int or not 0 <= start <= end <= len(self._text):
                self._check.error("out-of-range", f"{path}start and {path}end are no place in the text.")
            elif said is not None:
                yield Note(
                    id=self._check.text(item, "id", path) or f"n{number}",
                    kind=cast(NoteKind, kind or "note"),
                    start=start,  # type: ignore[arg-type]
                    end=end,  # type: ignore[arg-type]
                    mention=about if type(about) is str and about in self._ids else None,
                    text=said,
                )


def _place_of(item: dict[str, Any]) -> tuple[object, object]:
    """Give the offsets of a span as the file has them, to be looked up; what is no integer is none."""
    start, end = item.get("start"), item.get("end")
    return (start if type(start) is int else None, end if type(end) is int else None)
