"""Which of several readers may read something from a word on: asked once for each different word, not at each place.

Most words open nothing, and most of the others only one thing, so this spares the readers from being tried in turn.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Generic, TypeVar

from annotator.finders.words import KEPT_WORDS, forms

Reader = TypeVar("Reader")

DIGITS = "0"
"""Stands among the words of a reader for every number in digits."""


class Openings(Generic[Reader]):
    """Readers with the folded words that what they read may begin with."""

    def __init__(self, *readers: tuple[Reader, Iterable[str]]) -> None:
        self._readers = tuple((reader, frozenset(words)) for reader, words in readers)
        self.words = frozenset[str]().union(*(words for _, words in self._readers))
        """The words that any of them begins with."""
        self.of = lru_cache(maxsize=KEPT_WORDS)(self._look_up)

    def _look_up(self, word: str) -> tuple[Reader, ...]:
        """Give the readers that may begin with a folded word, in their order."""
        readings = {form.text for form in forms(word)}
        if word[0].isdecimal():
            readings.add(DIGITS)
        return tuple(reader for reader, words in self._readers if not words.isdisjoint(readings))
