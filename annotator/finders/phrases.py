"""Finding many phrases at once in a folded text, at the edges of words.

Owns the automaton. An English phrase in capitals only ("IS", "US") is found in capitals only.
"""

from collections.abc import Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

import ahocorasick

from annotator.finders.apart import Apart
from annotator.finders.edges import ARTICLE, begins, ends
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
    capitals: str | None
    payload: Payload


class Phrases(Generic[Payload]):
    """Phrases with what they stand for, built once and used for every article."""

    def __init__(self, phrases: Iterable[tuple[str, Payload]]) -> None:
        entries: dict[str, list[_Entry[Payload]]] = {}
        for phrase, payload in phrases:
            key, definite = _key(phrase)
            capitals = phrase if phrase.isascii() and phrase.isupper() else None
            entry = _Entry(len(key), definite, capitals, payload)
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
        for last, entries in self._automaton.iter(folded.text):
            if not ends(folded.text, last + 1):
                continue
            for entry in entries:
                start = begins(folded.text, last + 1 - entry.length, entry.definite)
                if start is None:
                    continue
                span = folded.span(start, last + 1)
                if entry.capitals is None or span.of(text) == entry.capitals:
                    yield Found(span, entry.payload)


def _key(phrase: str) -> tuple[str, bool]:
    """Give the folded form to look up, without a leading article, and whether there was one."""
    # Asked of the phrase as written: folding makes ألغام look as if it began with the article.
    definite = phrase.startswith(ARTICLE)
    return fold(phrase.removeprefix(ARTICLE)).text, definite


def longest(found: Iterable[Found[Payload]]) -> list[Found[Payload]]:
    """Give the occurrences that no longer one overlaps, in reading order; of equally long ones the first stays."""
    apart = Apart()
    by_length = sorted(found, key=lambda item: (item.span.start - item.span.end, item.span.start))
    return sorted((item for item in by_length if apart.add(item.span)), key=lambda item: item.span)
