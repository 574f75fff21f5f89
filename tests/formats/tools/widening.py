"""Documents whose spans are whole tokens: what is read again of a format that marks tokens alone."""

from collections.abc import Iterable
from dataclasses import replace

from annotator.formats.tools.document import Document, Loss, Marked
from annotator.formats.tools.tokens import TokenSpan, tokens_of
from tests.formats.tools.losing import without


def widened(document: Document, losses: Iterable[Loss], trigger_words: int | None = None) -> Document:
    """Give a document without its losses; of edges that are lost it says what they became, to be held to that."""
    losses = list(losses)
    tokens = tokens_of(document.text)
    moved = {loss.item for loss in losses if loss.what == "span"}

    def whole(mark: Marked) -> Marked:
        if mark.id not in moved:
            return mark
        there = tokens.covering(mark.covers)
        assert there is not None
        if mark.type == "trigger" and trigger_words is not None:
            there = TokenSpan(there.start, min(there.end, there.start + trigger_words))
        assert mark.spans != (tokens.span_of(there),), "a loss is none where nothing changed"
        return replace(mark, spans=(tokens.span_of(there),))

    left = without(document, [loss for loss in losses if loss.what != "span"])
    return replace(left, marks=tuple(whole(mark) for mark in left.marks))
