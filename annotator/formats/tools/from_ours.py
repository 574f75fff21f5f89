"""Our annotations as a document: what every writer is given. Nothing of them is left behind but their history."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from annotator.formats.tools.document import Document, Filled, Frame, Marked
from annotator.model.annotation import Annotation, reading_order
from annotator.model.article import Article
from annotator.model.event import Event
from annotator.model.mention import Mention
from annotator.model.note import Note
from annotator.model.record import GoldRecord, Rejected


def document_of_record(record: GoldRecord, text: str) -> Document:
    """Give a gold record on its stored text as a document."""
    document = _document(
        record.article_id, text, record.language, record.mentions, record.events, complete=record.complete
    )
    return replace(document, rejected=record.rejected, regions=record.regions)


def document_of_work(annotation: Annotation, article: Article, person: str) -> Document:
    """Give what stands of a person's work on an article as a document; `person` is a pseudonym."""
    document = _document(
        article.article_id,
        article.text,
        article.language,
        annotation.live_mentions().values(),
        annotation.live_events().values(),
        sorted(annotation.notes.values(), key=lambda note: (note.start, note.end, note.id)),
        person,
        complete=annotation.finished and annotation.read_to_end,
    )
    return replace(document, rejected=tuple(_rejected(annotation)), regions=annotation.regions or ())


def _rejected(annotation: Annotation) -> Iterator[Rejected]:
    """Give what was rejected, in reading order."""
    said_no = [item for item in annotation.settled.values() if item.disposition == "rejected"]
    for item in sorted(said_no, key=lambda one: reading_order(one.mention)):
        mention = item.mention
        yield Rejected(
            kind=mention.kind,
            start=mention.start,
            end=mention.end,
            quote=mention.quote,
            label=mention.label if mention.kind == "trigger" else None,
            reason=item.reason,
        )


def _document(
    article_id: str,
    text: str,
    language: str,
    mentions: Iterable[Mention],
    events: Collection[Event],
    notes: Iterable[Note] = (),
    person: str | None = None,
    *,
    complete: bool,
) -> Document:
    type_of = {trigger: event.type for event in reversed(list(events)) for trigger in event.triggers}
    return Document(
        article_id=article_id,
        text=text,
        marks=tuple(_marked(mention, type_of) for mention in mentions),
        frames=tuple(map(_frame, events)),
        notes=tuple(notes),
        language=language,
        person=person,
        complete=complete,
    )


def _marked(mention: Mention, type_of: dict[str, str]) -> Marked:
    """Give a mention; an event's type is its triggers' label, whichever of the two was settled last."""
    return Marked(
        id=mention.id,
        type=mention.kind,
        spans=(mention.span,),
        label=type_of.get(mention.id, mention.label),
        ref=mention.ref,
        value=mention.value,
    )


def _frame(event: Event) -> Frame:
    return Frame(
        id=event.id,
        type=event.type,
        triggers=event.triggers,
        arguments=tuple(Filled(one.role, one.mention, one.of) for one in event.arguments),
        realis=event.realis,
        certainty=event.certainty,
        background=event.background,
        hub=event.hub,
    )
