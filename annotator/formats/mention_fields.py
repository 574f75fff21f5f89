"""The fields that a listed mention and a span nested in an event share: offsets or a quote, kind, label, ref, value.

Owns how a span is held against its quote, and how a quote without offsets finds its place in the text.
"""

from typing import Any

from annotator.formats.inspection import Inspection, shown
from annotator.formats.known import Tally
from annotator.model.mention import KINDS
from annotator.model.value import NumberValue
from annotator.scoring.document import UNKNOWN, ScoredMention, amount
from annotator.text.span import Span, span


class MentionFields:
    """Reads the mentions of one article."""

    def __init__(self, inspection: Inspection, text: str | None, tally: Tally) -> None:
        self.check, self.text, self.tally = inspection, text, tally

    def read(self, item: dict[str, Any], path: str, kind: str | None = None) -> ScoredMention | None:
        """Give a mention or nested span; `kind` is what it is where it does not say."""
        kind = self.check.choice(item, "kind", path, KINDS) or kind
        where = self._where(item, path)
        value = self.check.value(item, path, kind)
        self.check.share(item, "confidence", path)
        label, ref = self.check.text(item, "label", path), self.check.text(item, "ref", path)
        if where is None:
            return None
        if kind is None and value is not None:
            kind = "number" if isinstance(value, NumberValue) else "time"
        said = amount(value) if isinstance(value, NumberValue) else None
        return ScoredMention(kind or UNKNOWN, where, label, ref, said)

    def _where(self, item: dict[str, Any], path: str) -> Span | None:
        """Give the span by its offsets, held against its quote, or by its quote alone."""
        quote = item.get("quote")
        if quote is not None and type(quote) is not str:
            self.check.error("field", f"{path}quote must be a text, not {shown(quote)}.")
            return None
        if quote is not None and item.get("start") is None and item.get("end") is None:
            return self._anchor(quote, path)
        where = self.check.offsets(item, path, None if self.text is None else len(self.text))
        if where is not None and quote is not None:
            if self.text is None:
                self.tally.unchecked += 1
            elif (found := where.of(self.text)) != quote:
                self.check.error(
                    "quote", f"{path}quote is {shown(quote)}, but the text has {shown(found)} at {tuple(where)}."
                )
        return where

    def _anchor(self, quote: str, path: str) -> Span | None:
        """Give the only place where the text has the quote."""
        if self.text is None:
            fault = "and the article's text is not at hand to find it in. Give offsets, or the articles"
        elif not quote.strip():
            fault = "and the quote is empty"
        elif (start := self.text.find(quote)) < 0:
            fault = "and the text does not hold it"
        elif self.text.find(quote, start + 1) >= 0:
            fault = "and the text holds it more than once. Give offsets"
        else:
            self.tally.anchored += 1
            return span(start, start + len(quote))
        self.check.error("anchor", f"{path}quote {shown(quote)} has no offsets, {fault}.")
        if "anchor" not in self.check.allow:
            return None
        # A place outside every text, and another for each: it matches nothing, so it counts as wrong.
        self.tally.nowhere += 1
        return span(-self.tally.nowhere, -self.tally.nowhere)
