"""Words that name an event, or a casualty of one, with the event type that they most likely stand for."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from annotator.finders.phrases import Found, Phrases, longest
from annotator.finders.sentences import Sentences
from annotator.model.lexicon import Lexicon
from annotator.model.mention import TriggerClass
from annotator.model.schema import Schema
from annotator.text.folding import Folded
from annotator.text.span import CodePoint, Span

FALLBACK = "toll.aggregate"
"""What a casualty is proposed as when its sentence names no violent event."""


class Trigger(NamedTuple):
    """A trigger with its proposed type."""

    span: Span
    event_type: str
    trigger_class: TriggerClass


class TriggerFinder:
    """The triggers of a lexicon, ready to be found."""

    def __init__(self, schema: Schema, lexicon: Lexicon) -> None:
        words = lexicon.languages.values()
        events = ((phrase, key) for word in words for key, phrases in word.triggers.items() for phrase in phrases)
        casualties: Iterator[tuple[str, str | None]] = ((phrase, None) for word in words for phrase in word.casualties)
        # The event reading is listed first: of a word that is both, it stays.
        self._phrases: Phrases[str | None] = Phrases([*events, *casualties])
        self._violent = {key for key in schema.types if "killed" in schema.roles_of(key)} - {FALLBACK}

    def find(self, text: str, folded: Folded, sentences: Sentences) -> Iterator[Trigger]:
        """Give the triggers of a text in reading order; where two overlap, the longest wins."""
        found = longest(self._phrases.find(text, folded))
        violent = [(item.span, item.payload) for item in found if item.payload in self._violent]
        for item in found:
            if item.payload is not None:
                yield Trigger(item.span, item.payload, "event")
            else:
                yield Trigger(item.span, _nearest(item, violent, sentences), "casualty")


def _nearest(casualty: Found[str | None], violent: Sequence[tuple[Span, str | None]], sentences: Sentences) -> str:
    """Give the type of the violent event nearest in the casualty's sentence, the earlier of two; `violent` in order."""
    sentence = sentences.around(casualty.span.start)
    first = bisect_left(violent, sentence.start, key=_start)
    last = bisect_left(violent, sentence.end, key=_start)
    inside = [
        (abs(span.start - casualty.span.start), span.start, key)
        for span, key in violent[first:last]
        if sentence.covers(span)
    ]
    return min(inside)[2] or FALLBACK if inside else FALLBACK


def _start(trigger: tuple[Span, str | None]) -> CodePoint:
    return trigger[0].start
