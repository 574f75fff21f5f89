"""A document on tokens: what is left of its mentions and events in formats that mark tokens alone.

Owns what is lost on the way, the same for all of them: broken and sub-word spans become whole tokens, of mentions on
the same tokens one stays, of an event's triggers the first, of roles those whose fillers are mentions that stay.
"""

from collections.abc import Mapping
from typing import NamedTuple

from annotator.formats.inspection import shown
from annotator.formats.tools.document import Document, Filled, Frame, Loss, Marked
from annotator.formats.tools.tokens import Tokens, TokenSpan, tokens_of


class Argument(NamedTuple):
    """What fills a role."""

    place: int
    """In the frame's arguments."""
    role: str
    target: str
    """Id of a mention that stays."""


class Happening(NamedTuple):
    """An event that stays."""

    frame: Frame
    trigger: TokenSpan
    arguments: tuple[Argument, ...]


class OnTokens(NamedTuple):
    """What stays of a document."""

    tokens: Tokens
    mentions: Mapping[str, tuple[Marked, TokenSpan]]
    """Those that are no triggers, by id."""
    events: tuple[Happening, ...]


def on_tokens(document: Document, losses: list[Loss], *, trigger_words: int | None = None) -> OnTokens:
    """Give a document on tokens, adding to `losses`; with `trigger_words` a trigger has no more tokens than that."""
    return _Placing(document, losses, trigger_words).placed()


class _Placing:
    def __init__(self, document: Document, losses: list[Loss], trigger_words: int | None) -> None:
        self._document, self._losses, self._most = document, losses, trigger_words
        self._tokens = tokens_of(document.text)
        self._marks = {mark.id: mark for mark in document.marks}
        self._told: set[tuple[str, str]] = set()

    def placed(self) -> OnTokens:
        triggers = {name for frame in self._document.frames for name in frame.triggers}
        taken: dict[TokenSpan, str] = {}
        mentions: dict[str, tuple[Marked, TokenSpan]] = {}
        for mark in self._document.marks:
            if mark.id in triggers or mark.type == "trigger":
                continue
            there = self._tokens.covering(mark.covers)
            if there is None or there in taken:
                told = "it stands on no token" if there is None else f"it is on the same tokens as {taken[there]}"
                self._lose(mark.id, "overlap" if there in taken else "mention", told)
                continue
            taken[there] = mark.id
            mentions[mark.id] = (mark, there)
            self._say_widened(mark, there)
        events = self._events(mentions)
        self._say_unused({event.frame.triggers[0] for event in events})
        return OnTokens(self._tokens, mentions, events)

    def _lose(self, item: str, what: str, told: str, part: str = "") -> None:
        self._losses.append(Loss(self._document.article_id, item, what, told, part))

    def _say_widened(self, mark: Marked, there: TokenSpan) -> None:
        held = self._tokens.span_of(there)
        if (held,) != mark.spans and (mark.id, "span") not in self._told:
            self._told.add((mark.id, "span"))
            text = self._document.text
            self._lose(mark.id, "span", f"{shown(mark.covers.of(text))} became {shown(held.of(text))}")

    def _events(self, mentions: Mapping[str, tuple[Marked, TokenSpan]]) -> tuple[Happening, ...]:
        found: list[Happening] = []
        taken: dict[tuple[TokenSpan, str], str] = {}
        types: dict[str, str] = {}
        for frame in self._document.frames:
            main = self._marks.get(frame.triggers[0]) if frame.triggers else None
            there = None if main is None else self._tokens.covering(main.covers)
            if main is None or there is None:
                self._lose(frame.id, "event", "it has no trigger")
                continue
            trigger = TokenSpan(there.start, min(there.end, there.start + (self._most or len(self._tokens))))
            if types.get(main.id, frame.type) != frame.type or taken.get((trigger, frame.type), main.id) != main.id:
                self._lose(frame.id, "event", "another event has its trigger")
                continue
            types[main.id], taken[trigger, frame.type] = frame.type, main.id
            self._say_widened(main, trigger)
            for place in range(1, len(frame.triggers)):
                self._lose(frame.id, "trigger", "it is not the first", str(place))
            found.append(Happening(frame, trigger, self._arguments(frame, mentions)))
        return tuple(found)

    def _arguments(self, frame: Frame, mentions: Mapping[str, object]) -> tuple[Argument, ...]:
        kept: list[Argument] = []
        said: set[Filled] = set()
        for place, one in enumerate(frame.arguments):
            plain = one._replace(of=None)
            if one.target in mentions and plain not in said:
                said.add(plain)
                kept.append(Argument(place, one.role, one.target))
            else:
                told = "it is said twice" if plain in said else "it is no mention that could be written"
                self._lose(frame.id, "argument", f"{one.role} {one.target}: {told}", str(place))
        return tuple(kept)

    def _say_unused(self, used: set[str]) -> None:
        triggers = {name for frame in self._document.frames for name in frame.triggers}
        for mark in self._document.marks:
            if (mark.id in triggers or mark.type == "trigger") and mark.id not in used:
                self._lose(mark.id, "mention", "it is the first trigger of no event that could be written")
