"""An annotated article as other tools' files have it: what every reader gives and every writer takes.

Types, roles and attributes are words of whoever wrote the file; what they are called here is `labels`' business, so
that a reader loses nothing that its format holds. Offsets are code points of the stored text. Pure values.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from annotator.formats.tools.units import Unit
from annotator.model.article import Metadata, Region
from annotator.model.note import Note
from annotator.model.problem import Problem
from annotator.model.record import Rejected
from annotator.model.registry import Registry
from annotator.model.schema import Schema
from annotator.model.value import NumberValue, TimeValue
from annotator.text.span import Span

Attributes = tuple[tuple[str, str], ...]
"""Names with values, sorted by name; a mark without value has the value `true`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A marked stretch of text: a mention, or the trigger of a frame."""

    id: str
    type: str
    """What it is. Of ours the kind: `trigger`, `actor`, `number`, `place`, `time`."""
    spans: tuple[Span, ...]
    """One; several, in reading order, where the stretch is broken. Of ours always one."""
    label: str | None = None
    """A sub-type. Of our triggers the event type."""
    ref: str | None = None
    """An id in a registry outside of the file."""
    value: NumberValue | TimeValue | None = None
    """Its `of` is the id of a mark, as a file's other references are: it changes with the ids."""
    attributes: Attributes = ()
    """What else is said of it. Of ours nothing."""

    @property
    def covers(self) -> Span:
        """From where it begins to where it ends, what lies between broken pieces included."""
        return Span(self.spans[0].start, self.spans[-1].end)


class Filled(NamedTuple):
    """What fills a role of a frame."""

    role: str
    target: str
    """Id of a mark; other tools have frames there too."""
    of: str | None = None
    """For numbers: whose the counted ones are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """An event with its triggers and what fills its roles."""

    id: str
    type: str
    triggers: tuple[str, ...] = ()
    """Ids of marks, the main one first."""
    arguments: tuple[Filled, ...] = ()
    realis: str | None = None
    certainty: str | None = None
    background: bool | None = None
    hub: str | None = None
    """Names the event across its tellings."""
    attributes: Attributes = ()
    """What else is said of it. Of ours nothing."""


class Link(NamedTuple):
    """A relation between two marks or frames. Ours have none."""

    type: str
    source: str
    target: str
    symmetric: bool = False
    """Whether the order says nothing: both are of one kind, or the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One article as one person, one system or gold has it."""

    article_id: str
    text: str
    """The stored text: that of the store where the article is there, else that of the file, taken in."""
    marks: tuple[Marked, ...] = ()
    frames: tuple[Frame, ...] = ()
    links: tuple[Link, ...] = ()
    notes: tuple[Note, ...] = ()
    language: str | None = None
    person: str | None = None
    """Who annotated, as the file names them; None where it names nobody."""
    complete: bool = False
    """Whether the article was read to its end, as far as the file says it."""
    rejected: tuple[Rejected, ...] = ()
    """What was proposed, looked at and said no to. Only our own files have it; an export tells what others lose."""
    regions: tuple[Region, ...] = ()
    """Into what the article falls. Only our own files have it, as above."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What is read: one file, or the files of a folder, and what is known of what they speak of."""

    files: Mapping[str, bytes]
    """By path below what the user named, with `/`; of a single file by its name."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """Stored texts of articles that are here, by id."""
    unit: Unit | None = None
    """In what the user says that offsets are counted; None: as the format does, or as quotes tell."""


class Read(NamedTuple):
    """What a reader made of a source: while any problem is an error, it is not to be taken in."""

    documents: tuple[Document, ...]
    """In the order of the files; one for each article and person."""
    problems: tuple[Problem, ...] = ()


class Loss(NamedTuple):
    """Something of an article that could not go into a file."""

    article_id: str
    item: str
    """Id of the mark, frame or note, or empty: the article as a whole, or all of that sort in it."""
    what: str
    """Which sort of thing, one of `LOSSES`: summed up by it."""
    told: str
    """What exactly, in a few words."""
    part: str = ""
    """Which of several in the item, or empty: all. Of arguments and triggers the place in the frame from 0, of
    attributes the name (`realis`, `certainty`, `background`, or that of one of `attributes`), of links the place in
    the document."""


LOSSES: Mapping[str, str] = {
    "argument": "an argument of an event",
    "attribute": "realis, certainty or background of an event, or what else is said of it or of a mention",
    "complete": "that the article was read to its end",
    "event": "an event as a whole",
    "hub": "which tellings are of one event",
    "label": "the sub-type of a mention",
    "language": "the language of the article",
    "link": "a relation between two mentions or events",
    "mention": "a mention as a whole",
    "note": "a note",
    "of": "whose the counted ones are",
    "overlap": "a mention that overlaps another",
    "person": "who annotated",
    "ref": "the registry entry of a mention",
    "regions": "what of the article is title, body or boilerplate",
    "rejected": "what was proposed and said no to",
    "span": "the exact edges of what is marked, inside words and around gaps",
    "text": "every character of the text",
    "trigger": "triggers beyond the first, or words of one",
    "value": "the value of a number or time",
}
"""The sorts of losses, by the word that files of losses and `annotator formats` use.

What hangs on a lost thing is lost with it, and needs no loss of its own: an argument with its mention, an event with
the last of its triggers, a link with either end. Ids may change: they are nobody's, and refer within a document.
"""


class Written(NamedTuple):
    """What a writer made of documents."""

    files: Mapping[str, bytes]
    """By path below the folder, or of one file its name."""
    losses: tuple[Loss, ...] = ()


class Wanted(NamedTuple):
    """What a writer is given beside the documents."""

    schema: Schema
    title: str = "annotations"
    """What the export is called: a gold version, or whose work it is."""
    registry: Registry = Registry()
    """What `ref` of mentions names here."""
    articles: Mapping[str, Metadata] = MappingProxyType({})
    """What is known of articles beside their texts, by id."""
    manifest: Mapping[str, Any] = MappingProxyType({})
    """Of a release, what its manifest says."""
