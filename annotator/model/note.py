"""What a person writes in the margin of an article: a note for themselves and others, or a question to be answered."""

from typing import Literal

from annotator.model.frozen import Frozen, Name, Offset
from annotator.text.span import Span, span

NoteKind = Literal["note", "question"]


class Note(Frozen):
    """A few words about a stretch of an article. No part of gold."""

    id: Name
    kind: NoteKind
    """A question waits for the adjudicator, a note for nobody."""
    start: Offset
    """First code point of what it is about."""
    end: Offset
    """One past the last code point; the same as `start` where it is about a place between two."""
    mention: Name | None = None
    """Id of the mention that it is about, if it is about one."""
    text: Name

    @property
    def span(self) -> Span:
        """What it is about."""
        return span(self.start, self.end)
