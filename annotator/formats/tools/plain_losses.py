"""What a format of few words does not hold of documents: the sorts of losses that need no look at how it writes.

Whether mentions, events, arguments and triggers could be written is for the writer to say.
"""

from collections.abc import Collection, Iterator

from annotator.formats.tools.document import Document, Frame, Loss, Marked


def plain_losses(document: Document, held: Collection[str] = ()) -> list[Loss]:
    """Give a loss for whatever a document has of the sorts that are not `held`.

    The sub-type of a trigger is held by the type of the event that it is the first trigger of.
    """
    said = {frame.triggers[0]: frame.type for frame in document.frames if frame.triggers}
    found = [
        *_of_article(document),
        *(loss for mark in document.marks for loss in _of_mark(document, mark, said.get(mark.id))),
        *(loss for frame in document.frames for loss in _of_frame(document, frame)),
    ]
    return [loss for loss in found if loss.what not in held]


def _of_article(document: Document) -> Iterator[Loss]:
    def loss(item: str, what: str, told: str, part: str = "") -> Loss:
        return Loss(document.article_id, item, what, told, part)

    if document.complete:
        yield loss("", "complete", "it was read to its end")
    if document.person is not None:
        yield loss("", "person", document.person)
    if document.language is not None:
        yield loss("", "language", document.language)
    for place, link in enumerate(document.links):
        yield loss("", "link", f"{link.type} of {link.source} and {link.target}", str(place))
    for note in document.notes:
        yield loss(note.id, "note", note.text[:40])


def _of_mark(document: Document, mark: Marked, event_type: str | None) -> Iterator[Loss]:
    def loss(what: str, told: str, part: str = "") -> Loss:
        return Loss(document.article_id, mark.id, what, told, part)

    if mark.label is not None and mark.label != event_type:
        yield loss("label", mark.label)
    if mark.ref is not None:
        yield loss("ref", mark.ref)
    if mark.value is not None:
        yield loss("value", str(mark.value.plain()))
    for name, value in mark.attributes:
        yield loss("attribute", f"{name} {value}", name)


def _of_frame(document: Document, frame: Frame) -> Iterator[Loss]:
    def loss(what: str, told: str, part: str = "") -> Loss:
        return Loss(document.article_id, frame.id, what, told, part)

    for name in ("realis", "certainty", "background"):
        said = getattr(frame, name)
        if said is not None:
            yield loss("attribute", f"{name} {said}", name)
    for name, value in frame.attributes:
        yield loss("attribute", f"{name} {value}", name)
    if frame.hub is not None:
        yield loss("hub", frame.hub)
    for place, one in enumerate(frame.arguments):
        if one.of is not None:
            yield loss("of", f"{one.role} of {one.of}", str(place))
