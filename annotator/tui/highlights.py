"""What is highlighted in an article, asked for stretch by stretch: nobody makes a highlight that is not in view."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from annotator.model.decision import Disposition
from annotator.model.mention import Kind
from annotator.text.span import Span
from annotator.workflow.mentions import Item
from annotator.workflow.session import Session


@dataclass(frozen=True, slots=True)
class Highlight:
    """A stretch of the article to be highlighted."""

    id: str
    span: Span
    kind: Kind
    disposition: Disposition | None


class Highlights(Protocol):
    """Whoever knows what is highlighted."""

    def over(self, stretch: Span) -> Sequence[Highlight]:
        """Give the highlights that share a code point with a stretch."""

    def get(self, highlight_id: str) -> Highlight | None:
        """Give the highlight with an id, or None."""


class MentionHighlights:
    """The mentions of a session."""

    def __init__(self, session: Session) -> None:
        """Show each mention of `session` as it stands at the time."""
        self._session = session

    def over(self, stretch: Span) -> Sequence[Highlight]:
        """Give the mentions that share a code point with a stretch."""
        return [_of(item) for item in self._session.items.over(stretch)]

    def get(self, highlight_id: str) -> Highlight | None:
        """Give the mention with an id, or None."""
        item = self._session.items.get(highlight_id)
        return _of(item) if item else None


class NoHighlights:
    """A bare text."""

    def over(self, _stretch: Span) -> Sequence[Highlight]:
        """Give nothing."""
        return ()

    def get(self, _highlight_id: str) -> Highlight | None:
        """Give nothing."""
        return None


def _of(item: Item) -> Highlight:
    return Highlight(item.mention.id, item.mention.span, item.mention.kind, item.disposition)
