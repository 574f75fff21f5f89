"""The fields that a listed mention and a span nested in an event share: offsets or a quote, kind, label, ref, value.

Owns how a span is held against its quote, and what is said of a quote without offsets; `anchoring` finds its place.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, get_args

from annotator.formats.anchoring import Quotes, nearest
from annotator.formats.inspection import Inspection, shown
from annotator.formats.known import Placed, Tally
from annotator.model.mention import KINDS, TriggerClass
from annotator.model.value import NumberValue, TimeValue
from annotator.scoring.document import UNKNOWN, ScoredMention, amount, moment
from annotator.text.span import Span, span

Near = Callable[[], Sequence[Span]]
"""Gives what is known of the event that a mention belongs to: it tells which of several places is meant."""


def nothing_near() -> Sequence[Span]:
    """Give what is known of the event of a mention that belongs to none."""
    return ()


class MentionFields:
    """Reads the mentions of one article."""

    def __init__(self, inspection: Inspection, text: str | None, tally: Tally) -> None:
        self.check, self.text, self.tally = inspection, text, tally
        self.values: dict[tuple[str, Span], NumberValue | TimeValue] = {}
        """What numbers and times mean, by kind and span: a score looks at a part of it only."""
        self._quotes = None if text is None else Quotes(text)

    def read(
        self, item: dict[str, Any], path: str, kind: str | None = None, near: Near = nothing_near
    ) -> ScoredMention | None:
        """Give a mention or nested span; `kind` is what it is where it does not say."""
        kind = self.check.choice(item, "kind", path, KINDS) or kind
        where = self._where(item, path, near)
        value = self.check.value(item, path, kind)
        self.check.share(item, "confidence", path)
        label, ref = self.check.text(item, "label", path), self.check.text(item, "ref", path)
        trigger_class = self.check.choice(item, "trigger_class", path, get_args(TriggerClass))
        if where is None:
            return None
        if kind is None and value is not None:
            kind = "number" if isinstance(value, NumberValue) else "time"
        if kind is not None and value is not None:
            self.values.setdefault((kind, where), value)
        said = amount(value) if isinstance(value, NumberValue) else None
        when = moment(value) if isinstance(value, TimeValue) else None
        mention = ScoredMention(kind or UNKNOWN, where, label, ref, said, when, trigger_class)
        if self.tally.sureness is not None:
            self.tally.sureness.saw(item, mention)
        return mention

    def turn(self, quote: str, number: int, times: int) -> Sequence[Span]:
        """Give the place of a quote whose turn it is, where it is listed as many times as it stands in the text."""
        places = self._quotes.places(quote).spans if self._quotes else ()
        return places[number : number + 1] if len(places) == times else ()

    def sure(self, items: Iterable[Any]) -> list[Span]:
        """Give where those of some objects stand that leave no choice, and complain about none."""
        return [where for item in items if type(item) is dict and (where := self._sure(item))]

    def _sure(self, item: dict[str, Any]) -> Span | None:
        start, end, quote = item.get("start"), item.get("end"), item.get("quote")
        if type(start) is int and type(end) is int:
            return span(start, end)
        if type(quote) is not str or self._quotes is None or not (start is end is None):
            return None
        places = self._quotes.places(quote).spans
        return places[0] if len(places) == 1 else None

    def _where(self, item: dict[str, Any], path: str, near: Near) -> Span | None:
        """Give the span by its offsets, held against its quote, or by its quote alone."""
        quote = item.get("quote")
        if quote is not None and type(quote) is not str:
            self.check.error("field", f"{path}quote must be a text, not {shown(quote)}.")
            return None
        if quote is not None and item.get("start") is None and item.get("end") is None:
            return self._anchor(quote, path, near)
        where = self.check.offsets(item, path, None if self.text is None else len(self.text))
        if where is not None and quote is not None:
            if self.text is None:
                self.tally.unchecked += 1
            elif (found := where.of(self.text)) != quote:
                self.check.error(
                    "quote", f"{path}quote is {shown(quote)}, but the text has {shown(found)} at {tuple(where)}."
                )
        return where

    def _anchor(self, quote: str, path: str, near: Near) -> Span | None:
        """Give the place where the text has the quote; of several, the one nearest to what is known of its event."""
        if self._quotes is None:
            return self._nowhere(
                quote, path, "and the article's text is not at hand to find it in. Give offsets, or the articles"
            )
        if not quote.strip():
            return self._nowhere(quote, path, "and the quote is empty")
        places = self._quotes.places(quote)
        if not places.spans:
            return self._nowhere(quote, path, "and the text does not hold it")
        if len(places.spans) == 1:
            return self._placed(quote, path, places.how, places.spans[0], 1)
        chosen, times = nearest(places.spans, near()), len(places.spans)
        if chosen is None:
            return self._nowhere(quote, path, "and the text holds it more than once. Give offsets", times)
        return self._placed(quote, path, "nearest", chosen, times)

    def _placed(self, quote: str, path: str, how: str, where: Span, places: int) -> Span:
        self.tally.anchored[how] += 1
        if self.tally.placed is not None:
            self.tally.placed.append(Placed(self.check.where, f"{path}quote", quote, how, where, places))
        return where

    def _nowhere(self, quote: str, path: str, fault: str, places: int = 0) -> Span | None:
        if self.tally.placed is not None:
            how = "ambiguous" if places else "nowhere"
            self.tally.placed.append(Placed(self.check.where, f"{path}quote", quote, how, None, places))
        self.check.error("anchor", f"{path}quote {shown(quote)} has no offsets, {fault}.")
        if "anchor" not in self.check.allow:
            return None
        # A place outside every text, and another for each: it matches nothing, so it counts as wrong.
        self.tally.nowhere += 1
        return span(-self.tally.nowhere, -self.tally.nowhere)
