"""Notes and questions in the margin of an article: writing them, and finding those that are about a place."""

from collections.abc import Iterable

from annotator.model.decision import RemoveNote, SetNote
from annotator.model.note import Note, NoteKind
from annotator.text.span import Span
from annotator.workflow.session import Session, new_id


def note_on(notes: Iterable[Note], kind: NoteKind, where: Span, mention: str | None) -> Note | None:
    """Give the note of a kind that is about a mention, or about exactly `where` (code points, half-open); else None."""
    for note in notes:
        if note.kind == kind and (note.mention == mention if mention else note.span == where):
            return note
    return None


def write_note(session: Session, kind: NoteKind, where: Span, mention: str | None, text: str) -> None:
    """Write a note about a mention or a stretch, in place of the one of that kind there; no text takes it away."""
    words = " ".join(text.split())
    before = note_on(session.annotation.notes.values(), kind, where, mention)
    if words:
        note_id = before.id if before else new_id("n")
        note = Note(id=note_id, kind=kind, start=where.start, end=where.end, mention=mention, text=words)
        session.decide(SetNote(note=note))
    elif before:
        session.decide(RemoveNote(note=before.id))


def in_reading_order(notes: Iterable[Note]) -> list[Note]:
    """Give notes by where they stand; questions first at one place."""
    return sorted(notes, key=lambda note: (note.start, note.end, note.kind == "note", note.id))
