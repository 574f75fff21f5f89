"""Annotations as four flat tables: articles, mentions, events and arguments, joined by the article, the person and ids.

Each column has a declared type, so that one in which nothing stands has it too. Texts stay out: their hashes say which
they are, and mentions carry their quotes. Whoever holds the articles has the rest.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple

from annotator.formats.tools.document import Document, Frame, Loss, Marked
from annotator.model.canonical import canonical_json
from annotator.model.value import NumberValue, TimeValue
from annotator.text.intake import text_sha256

Type = Literal["text", "integer", "truth", "texts"]


class Column(NamedTuple):
    """A column of a table."""

    name: str
    type: Type
    told: str


class Table(NamedTuple):
    """A table with its columns."""

    name: str
    told: str
    columns: tuple[Column, ...]

    @property
    def path(self) -> str:
        """Where its rows lie below the folder of an export."""
        return f"data/{self.name}.jsonl"


_WHERE = (
    Column("article_id", "text", "Id of the article."),
    Column("person", "text", "Who annotated; empty of gold."),
)
_NUMBER = (
    Column("low", "integer", "Of a number: the smallest value that the text allows."),
    Column("high", "integer", "Of a number: the largest value that the text allows."),
    Column("best", "integer", "Of a number: the value that the text gives as nearest, or the exact one."),
    Column("qualifier", "text", "Of a number: how the text qualifies it."),
    Column("unit", "text", "Of a number: what is counted or measured."),
    Column("scope", "text", "Of a number: whether it is new, a running total, or comes on top of another."),
    Column("num", "integer", "Of a fraction: the numerator."),
    Column("den", "integer", "Of a fraction: the denominator."),
    Column("of", "text", "Of a fraction: id of the mention that it is taken of."),
)
_TIME = (
    Column("date", "text", "Of a time: an ISO 8601 date or part of one."),
    Column("precision", "text", "Of a time: the finest part that the text gives."),
    Column("anchor", "text", "Of a time: what it counts from."),
    Column("offset", "integer", "Of a time: days from the anchor."),
)

TABLES = (
    Table(
        "articles",
        "One row an article and person.",
        (
            *_WHERE,
            Column("language", "text", "Language of the body."),
            Column("text_sha256", "text", "SHA-256 of the stored text as UTF-8: LF alone at line ends, no BOM."),
            Column("code_points", "integer", "Length of the stored text."),
            Column("complete", "truth", "Whether the article was read to its end."),
        ),
    ),
    Table(
        "mentions",
        "One row a marked stretch of text.",
        (
            *_WHERE,
            Column("id", "text", "Unique within article and person."),
            Column("kind", "text", "trigger, actor, number, place or time."),
            Column("start", "integer", "First code point of the stored text."),
            Column("end", "integer", "One past the last code point."),
            Column("quote", "text", "The words that stand there."),
            Column("label", "text", "Of a trigger the event type; of others a free sub-type."),
            Column("ref", "text", "Id of the actor or place in the registry."),
            *_NUMBER,
            *_TIME,
        ),
    ),
    Table(
        "events",
        "One row an event.",
        (
            *_WHERE,
            Column("id", "text", "Unique within article and person."),
            Column("type", "text", "Event type of the schema."),
            Column("triggers", "texts", "Ids of its triggers, the main one first."),
            Column("realis", "text", "Whether it happened."),
            Column("certainty", "text", "How sure the text is."),
            Column("background", "truth", "Whether the article retells an older event."),
            Column("hub", "text", "Names the event across its tellings."),
        ),
    ),
    Table(
        "arguments",
        "One row a role of an event that is filled.",
        (
            *_WHERE,
            Column("event", "text", "Id of the event."),
            Column("role", "text", "Role in it."),
            Column("mention", "text", "Id of what fills it."),
            Column("of_side", "text", "Of numbers: registry id of the side that is counted."),
        ),
    ),
)


def files_of(documents: Sequence[Document], losses: list[Loss]) -> dict[str, bytes]:
    """Give the tables of documents as JSON Lines, by path; what they do not hold is added to `losses`."""
    rows: dict[str, list[bytes]] = {table.name: [] for table in TABLES}
    for document in documents:
        losses += _losses(document)
        for name, row in _rows(document):
            rows[name].append(canonical_json(row).rstrip(b"\n") + b"\n")
    return {table.path: b"".join(rows[table.name]) for table in TABLES}


def _rows(document: Document) -> Iterator[tuple[str, dict[str, Any]]]:
    where = {"article_id": document.article_id, "person": document.person}
    told = {"language": document.language, "complete": document.complete}
    yield (
        "articles",
        where
        | told
        | {
            "text_sha256": text_sha256(document.text),
            "code_points": len(document.text),
        },
    )
    for mark in document.marks:
        there = mark.covers
        said = {"id": mark.id, "kind": mark.type, "label": mark.label, "ref": mark.ref}
        place = {"start": there.start, "end": there.end, "quote": there.of(document.text)}
        yield "mentions", where | said | place | _value(mark.value)
    for frame in document.frames:
        said = {"id": frame.id, "type": frame.type, "realis": frame.realis, "certainty": frame.certainty}
        yield (
            "events",
            where
            | said
            | {
                "triggers": list(frame.triggers),
                "background": frame.background,
                "hub": frame.hub,
            },
        )
        for one in frame.arguments:
            filled = {"event": frame.id, "role": one.role, "mention": one.target, "of_side": one.of}
            yield "arguments", where | filled


def _value(value: NumberValue | TimeValue | None) -> dict[str, Any]:
    found: dict[str, Any] = {column.name: None for column in (*_NUMBER, *_TIME)}
    if isinstance(value, NumberValue):
        found |= {column.name: getattr(value, column.name) for column in _NUMBER}
    if isinstance(value, TimeValue):
        found |= {"date": value.value, "precision": value.precision}
        found |= {"anchor": value.anchor, "offset": value.offset}
    return found


def _losses(document: Document) -> Iterator[Loss]:
    def loss(item: str, what: str, told: str, part: str = "") -> Loss:
        return Loss(document.article_id, item, what, told, part)

    yield loss("", "text", "but for its hash and what mentions quote")
    for mark in document.marks:
        if len(mark.spans) > 1:
            yield loss(mark.id, "span", "it is broken, and became one stretch")
    items: tuple[Marked | Frame, ...] = (*document.marks, *document.frames)
    for one in items:
        for name, value in one.attributes:
            yield loss(one.id, "attribute", f"{name} {value}", name)
    for note in document.notes:
        yield loss(note.id, "note", note.text[:40])
    for place, link in enumerate(document.links):
        yield loss("", "link", f"{link.type} of {link.source} and {link.target}", str(place))
