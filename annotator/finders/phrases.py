"""Finding many phrases at once in a folded text, at the edges of words.

Owns the automaton. An English phrase in capitals only ("IS", "US") is found in capitals only. An Arabic one that ends
in a tatweel ("غارتـ") is found in front of a pronoun only; what a tatweel parts off at its beginning ("سـ") is no part
of the span.
"""

from collections.abc import Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

import ahocorasick

from annotator.finders.apart import Apart
from annotator.finders.edges import ARTICLE, begins, ends, is_arabic
from annotator.finders.triggers.arabic import JOINED
from annotator.text.folding import Folded, fold
from annotator.text.span import Span

Payload = TypeVar("Payload")


class Found(NamedTuple, Generic[Payload]):
    """A phrase found in an article."""

    span: Span
    """In the stored text."""
    payload: Payload


class _Entry(NamedTuple, Generic[Payload]):
    length: int
    definite: bool
    parted: int
    """Letters in front that are not in the span."""
    joined: bool
    """Whether a pronoun must follow."""
    capitals: str | None
    payload: Payload


class Phrases(Generic[Payload]):
    """Phrases with what they stand for, built once and used for every article."""

    def __init__(self, phrases: Iterable[tuple[str, Payload]]) -> None:
        entries: dict[str, list[_Entry[Payload]]] = {}
        for phrase, payload in phrases:
            key, definite = _key(phrase)
            capitals = phrase if phrase.isascii() and phrase.isupper() else None
            parted = 1 if phrase[1:2] == JOINED and is_arabic(phrase[0]) else 0
            entry = _Entry(len(key), definite, parted, phrase.endswith(JOINED), capitals, payload)
            if entry not in (known := entries.setdefault(key, [])):
                known.append(entry)
        self._automaton = ahocorasick.Automaton()
        for key, found in entries.items():
            self._automaton.add_word(key, tuple(found))
        self._automaton.make_automaton()
        self._empty = not entries

    def find(self, text: str, folded: Folded) -> Iterator[Found[Payload]]:
        """Give every occurrence in `text`, whose folded copy is `folded`, overlapping ones too."""
        if self._empty:
            return
        letters = folded.text
        for last, entries in self._automaton.iter(letters):
            end = last + 1
            inside = letters[end : end + 1].isalnum()
            if inside and not ends(letters, end):
                continue
            for entry in entries:
                start: int | None = end - entry.length
                if entry.definite or letters[end - entry.length - 1 : end - entry.length].isalnum():
                    start = begins(letters, end - entry.length, entry.definite)
                if start is None or (entry.joined and not inside):
                    continue
                span = folded.span(start + entry.parted, end)
                if entry.capitals is None or span.of(text) == entry.capitals:
                    yield Found(span, entry.payload)


def _key(phrase: str) -> tuple[str, bool]:
    """Give the folded form to look up, without a leading article, and whether there was one."""
    # Asked of the phrase as written: folding makes ألغام look as if it began with the article.
    definite = phrase.startswith(ARTICLE)
    return fold(phrase.removeprefix(ARTICLE)).text, definite


def longest(found: Iterable[Found[Payload]]) -> list[Found[Payload]]:
    """Give the occurrences that no longer one overlaps, in reading order; of equally long ones the first stays."""
    kept: list[Found[Payload]] = []
    for group in _overlapping(sorted(found, key=lambda item: item.span.start)):
        if len(group) == 1:
            kept += group
            continue
        apart = Apart()
        by_length = sorted(group, key=lambda item: (item.span.start - item.span.end, item.span.start))
        kept += sorted((item for item in by_length if apart.add(item.span)), key=lambda item: item.span)
    return kept


def _overlapping(found: Iterable[Found[Payload]]) -> Iterator[list[Found[Payload]]]:
    """Give occurrences in groups of which none overlaps another: settled one by one, long texts stay fast."""
    group: list[Found[Payload]] = []
    end = 0
    for item in found:
        if group and item.span.start >= end:
            yield group
            group = []
        group.append(item)
        end = max(end, item.span.end)
    if group:
        yield group
