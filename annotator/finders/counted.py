"""What a number counts: the nearest noun behind it that the lexicon knows, as a unit of the schema."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from annotator.finders.words import PhraseTable, Word, split, stems
from annotator.model.lexicon import NumberWords
from annotator.model.schema import Unit

REACH = 4
"""How many words behind a number its noun may stand, adjectives and names between included."""

_QUOTES = frozenset("\"'()")


class Counted(NamedTuple):
    """The noun that a number counts."""

    unit: str
    measure: bool
    multiple: int
    """How many of the unit one such noun is: 7 days a week."""
    first: int
    """Index of the noun's word."""
    until: int


class CountedReader:
    """Finds what numbers count, with the nouns of all languages."""

    def __init__(self, numbers: NumberWords, units: Mapping[str, Unit]) -> None:
        self._units = {split(noun): unit for unit, nouns in numbers.nouns.items() for noun in nouns}
        self._multiples = {split(noun): times for noun, times in numbers.multiples.items()}
        self._measures = {name for name, unit in units.items() if unit.measure}
        self._partitives = PhraseTable((phrase, None) for phrase in numbers.partitives)
        self._breaks = frozenset(word for phrase in numbers.breaks for word in split(phrase))

    def behind(self, text: Sequence[Word], index: int) -> Counted | None:
        """Give the noun counted by a number whose last word stands right before the word `index`, or None."""
        place = index
        while (partitive := self._partitives.at(text, place)) is not None:
            place = partitive.until
        passed = 0
        while place < len(text) and passed < REACH:
            word = text[place]
            if found := self.at(text, place):
                return found
            if word.text in _QUOTES:
                place += 1
                continue
            if not word.is_letters or word.text in self._breaks:
                return None
            place += 1
            passed += 1
        return None

    def at(self, text: Sequence[Word], index: int) -> Counted | None:
        """Give what is counted when the noun stands at the word `index`, or None."""
        if index >= len(text):
            return None
        pair = tuple(word.text for word in text[index : index + 2])
        for key in (pair, *((stem,) for stem in stems(text[index].text))):
            if (unit := self._units.get(key)) is not None:
                return Counted(unit, unit in self._measures, self._multiples.get(key, 1), index, index + len(key))
        return None

    def is_measure(self, unit: str | None) -> bool:
        """Tell whether a unit is a measure."""
        return unit in self._measures

    def multiple(self, word: str) -> int:
        """Give how many of its unit a noun stands for."""
        return max((self._multiples.get((stem,), 1) for stem in stems(word)), default=1)
