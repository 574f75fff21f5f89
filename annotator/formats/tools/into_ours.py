"""A document as an annotation here has it: mentions, events and notes, and what becomes of all else.

Owns which things an annotation here does not have. What words mean is asked of `Labels`, which counts what is left out.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from annotator.formats.tools.document import Document, Filled, Frame, Link, Marked
from annotator.formats.tools.labels import Labels, key
from annotator.model.article import Region
from annotator.model.canonical import canonical_json, sha256
from annotator.model.event import Argument, Event
from annotator.model.mention import KINDS, Kind, Mention
from annotator.model.note import Note
from annotator.model.record import Rejected
from annotator.model.value import NumberValue, TimeValue
from annotator.text.span import Span, span


class Ours(NamedTuple):
    """A document as an annotation here has it."""

    mentions: tuple[Mention, ...]
    events: tuple[Event, ...]
    notes: tuple[Note, ...]
    rejected: tuple[Rejected, ...] = ()
    """What was said no to, but for what stands."""
    regions: tuple[Region, ...] = ()


def to_ours(document: Document, labels: Labels) -> Ours:
    """Give what a document says in our words; what has no place here is counted in `labels`.

    Of tools without events, the relations that go out from a mark which is called like an event are that event's.
    """
    return _Taking(_with_events(document, labels), labels).ours()


def _with_events(document: Document, labels: Labels) -> Document:
    """Give a document in which relations that go out from a trigger are the arguments of an event."""
    types = {mark.id: _event_word(mark, labels) for mark in document.marks}
    has_one = {trigger for frame in document.frames for trigger in frame.triggers}
    out: dict[str, list[Link]] = {}
    for link in document.links:
        if types.get(link.source) and link.source not in has_one and not link.symmetric:
            out.setdefault(link.source, []).append(link)
    made = [
        Frame(
            id=f"#{source}",
            type=types[source] or "",
            triggers=(source,),
            arguments=tuple(Filled(link.type, link.target) for link in links),
        )
        for source, links in out.items()
    ]
    used = {id(link) for links in out.values() for link in links}
    rest = tuple(link for link in document.links if id(link) not in used)
    return replace(document, frames=(*document.frames, *made), links=rest) if made else document


def _event_word(mark: Marked, labels: Labels) -> str | None:
    """Give what a mark that may be a trigger is called as an event, or None."""
    if key(mark.type) == "trigger":
        return mark.label
    return mark.type if not labels.means("mentions", mark.type) and labels.means("events", mark.type) else None


class _Taking:
    """One document while it is being put into our words."""

    def __init__(self, document: Document, labels: Labels) -> None:
        self._document, self._labels = document, labels
        self._marks = {mark.id: mark for mark in document.marks}
        self._types: dict[str, str] = {}
        """By frame that stands here, its type of ours."""
        self._mentions: dict[str, Mention] = {}
        """By id of a mark that has a place here."""
        self._standing: dict[tuple[Kind, Span], Mention] = {}
        """What stands here, by kind and place: of two marks that are the same there, the first one holds."""

    def ours(self) -> Ours:
        self._read_types()
        self._read_mentions()
        events = tuple(self._events())
        count = self._labels.left_out
        for link in self._document.links:
            count[f"relation {link.type!r}"] += 1
        mentions = tuple(self._whole(mention) for mention in self._standing.values())
        return Ours(mentions, events, tuple(self._notes()), tuple(self._rejected()), self._document.regions)

    def _rejected(self) -> Iterator[Rejected]:
        reasons = self._labels.schema.rejection_reasons.values()
        for one in self._document.rejected:
            if (one.kind, span(one.start, one.end)) not in self._standing:
                label = self._labels.known_event(one.label) if one.label is not None else None
                reason = one.reason if one.reason in reasons else None
                yield one.model_copy(update={"label": label, "reason": reason})

    def _read_types(self) -> None:
        for frame in self._document.frames:
            if not any(trigger in self._marks for trigger in frame.triggers):
                self._labels.left_out[f"event {frame.type!r} without a trigger"] += 1
                continue
            found = self._labels.event_type(frame.type)
            if found is not None:
                self._types[frame.id] = found

    def _read_mentions(self) -> None:
        label_of: dict[str, str] = {}
        triggers: set[str] = set()
        filling = {one.target for frame in self._document.frames for one in frame.arguments}
        for frame in self._document.frames:
            triggers.update(frame.triggers)
            for trigger in frame.triggers if frame.id in self._types else ():
                label_of.setdefault(trigger, self._types[frame.id])
        for mark in self._document.marks:
            if mark.id in label_of:
                self._keep(mark, "trigger", label_of[mark.id])
            elif mark.id not in triggers or mark.id in filling:
                self._keep_as_named(mark)

    def _keep_as_named(self, mark: Marked) -> None:
        """Keep a mark that triggers no event here: some tools call a trigger by its event's type alone."""
        if not self._labels.means("mentions", mark.type) and self._labels.means("events", mark.type):
            label = self._labels.event_type(mark.type)
            if label is not None:
                self._keep(mark, "trigger", label)
            return
        kind = self._labels.kind(mark.type)
        if kind == "trigger":
            label = self._labels.event_type(mark.label) if mark.label is not None else None
            if label is not None or mark.label is None:
                self._keep(mark, kind, label)
        elif kind is not None:
            self._keep(mark, kind, mark.label or (mark.type if key(mark.type) not in KINDS else None))

    def _keep(self, mark: Marked, kind: Kind, label: str | None) -> None:
        count = self._labels.left_out
        if len(mark.spans) > 1:
            count["the gap of a broken span: it is read as all that it covers"] += 1
        for name, _ in mark.attributes:
            count[f"attribute {name!r} of a mention"] += 1
        value = mark.value if _fits(kind, mark.value) else None
        if value is not mark.value:
            count[f"value of a mention that is {kind} here"] += 1
        place = (kind, mark.covers)
        mention = Mention(
            id=f"m-{sha256(canonical_json([kind, *mark.covers]))[:12]}",
            kind=kind,
            start=mark.covers.start,
            end=mark.covers.end,
            quote=mark.covers.of(self._document.text),
            label=label,
            ref=self._labels.ref(mark.ref, kind),
            value=value,
        )
        if self._standing.setdefault(place, mention).content != mention.content:
            count[f"{kind} where another one is marked on the same words"] += 1
        self._mentions[mark.id] = self._standing[place]

    def _whole(self, mention: Mention) -> Mention:
        """Give a mention whose fraction is of a mention by its id here."""
        value = mention.value
        if not isinstance(value, NumberValue) or value.of is None:
            return mention
        of = self._mentions.get(value.of)
        return mention.model_copy(update={"value": value.model_copy(update={"of": of and of.id})})

    def _events(self) -> Iterator[Event]:
        for number, frame in enumerate(self._document.frames):
            if frame.id in self._types:
                yield self._event(frame, self._types[frame.id], number)

    def _event(self, frame: Frame, event_type: str, number: int) -> Event:
        count, schema = self._labels.left_out, self._labels.schema
        for name, _ in frame.attributes:
            count[f"attribute {name!r} of an event"] += 1
        triggers = [self._mentions[one].id for one in frame.triggers if one in self._mentions]
        said = canonical_json([self._document.article_id, event_type, triggers, number])
        return Event(
            id=f"e-{sha256(said)[:12]}",
            type=event_type,
            triggers=tuple(dict.fromkeys(triggers)),
            arguments=tuple(dict.fromkeys(self._arguments(frame, event_type))),
            realis=self._labels.among(frame.realis, schema.realis, "realis") or "actual",
            certainty=self._labels.among(frame.certainty, schema.certainty, "certainty") or "asserted",
            background=bool(frame.background),
            hub=frame.hub or None,
        )

    def _arguments(self, frame: Frame, event_type: str) -> Iterator[Argument]:
        count, specs = self._labels.left_out, self._labels.schema.roles_of(event_type)
        for filled in frame.arguments:
            if filled.target not in self._marks:
                count[f"argument {filled.role!r} that is an event"] += 1
                continue
            role = self._labels.role(filled.role, frame.type, event_type)
            mention = self._mentions.get(filled.target)
            if role is None or mention is None:
                continue
            if mention.kind not in specs[role].kinds:
                count[f"argument {filled.role!r} that is of the kind {mention.kind}"] += 1
                continue
            of = self._labels.ref(filled.of or None, "actor") if mention.kind == "number" else None
            yield Argument(role=role, mention=mention.id, of=of)

    def _notes(self) -> Iterator[Note]:
        for number, note in enumerate(self._document.notes, 1):
            about = self._mentions.get(note.mention or "")
            yield note.model_copy(update={"id": f"n-{number}", "mention": about and about.id})


def _fits(kind: Kind, value: NumberValue | TimeValue | None) -> bool:
    """Tell whether a mention of a kind can carry a value."""
    if isinstance(value, NumberValue):
        return kind == "number"
    return value is None or kind == "time"
