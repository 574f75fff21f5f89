"""What a number counts: the nearest noun beside it that the lexicon knows, as a unit of the schema."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from annotator.finders.edges import ARTICLE, PREPOSITIONS, is_arabic
from annotator.finders.words import KEPT_WORDS, Word, beyond, phrase_table, single_words, split, stems
from annotator.model.lexicon import NumberWords
from annotator.model.schema import Unit

REACH = 4
"""How many words behind a number its noun may stand, adjectives and names between included."""

PARTITIVES = 3
"""How many partitives may stand between a number and its noun ("of the number of"): no text has more in earnest."""

LONGEST = 3
"""Words of the longest noun: "drone" and "strike", or "passers", "-" and "by"."""

_QUOTES = frozenset("\"'()")


class Counted(NamedTuple):
    """The noun that a number counts."""

    unit: str | None
    """None for what the schema has no unit for."""
    measure: bool
    multiple: int
    """How many of the unit one such noun is: 7 days a week."""
    first: int
    """Index of the noun's word."""
    until: int


class CountedReader:
    """Finds what numbers count, with the nouns of all languages."""

    def __init__(self, numbers: NumberWords, units: Mapping[str, Unit]) -> None:
        self._units: dict[tuple[str, ...], str | None] = {split(noun): None for noun in numbers.things}
        self._units |= {split(noun): unit for unit, nouns in numbers.nouns.items() for noun in nouns}
        self._multiples = {split(noun): times for noun, times in numbers.multiples.items()}
        self._of_several = {noun[0] for noun in self._units if len(noun) > 1}
        self._alone = lru_cache(maxsize=KEPT_WORDS)(self._look_up)
        self._led = lru_cache(maxsize=KEPT_WORDS)(self._is_led)
        self._measures = {name for name, unit in units.items() if unit.measure}
        self._partitives = phrase_table(numbers.partitives)
        self._tolls = phrase_table(numbers.tolls)
        self._helpers = single_words(numbers.helpers)
        self._breaks = single_words(numbers.breaks)

    def behind(self, text: Sequence[Word], index: int) -> Counted | None:
        """Give the noun counted by a number whose last word stands right before the word `index`, or None."""
        if index < len(text) and text[index].text == "-":
            return self.at(text, index + 1)
        return self.near(text, self.past_partitives(text, index))

    def past_partitives(self, text: Sequence[Word], index: int) -> int:
        """Give the index behind what joins a number to its noun at the word `index`: "of", "of the number of"."""
        for _ in range(PARTITIVES):
            if (partitive := self._partitives.at(text, index)) is None:
                break
            index = partitive.until
        return index

    def near(self, text: Sequence[Word], place: int, reach: int = REACH) -> Counted | None:
        """Give the first noun from the word `place` on that no other phrase stands before, or None."""
        passed = 0
        while place < len(text) and passed < reach:
            word = text[place]
            if self._led(word.text):
                return None
            if found := self.at(text, place):
                return self._compound(text, found)
            if word.text in _QUOTES or _is_inside(text, place):
                place += 1
                continue
            if not word.is_letters or word.text in self._breaks:
                return None
            place += 1
            passed += 1
        return None

    def _compound(self, text: Sequence[Word], found: Counted) -> Counted:
        """Give the last of nouns that stand side by side: "three rebel positions" counts positions."""
        while not found.measure and found.until < len(text):
            head = self.at(text, found.until) if text[found.until].text.isascii() else None
            if head is None or head.measure or self._tolls.at(text, found.until) is not None:
                break
            found = head._replace(first=found.first)
        return found

    def at(self, text: Sequence[Word], index: int) -> Counted | None:
        """Give what is counted when the noun stands at the word `index`, or None."""
        if index >= len(text):
            return None
        first = text[index].text
        key = (self._several(text, index) if first in self._of_several else None) or self._alone(first)
        if key is None:
            return None
        unit = self._units[key]
        return Counted(unit, unit in self._measures, self._multiples.get(key, 1), index, index + len(key))

    def _several(self, text: Sequence[Word], index: int) -> tuple[str, ...] | None:
        """Give the noun of several words that begins at the word `index`, or None."""
        ahead = tuple(word.text for word in text[index : index + LONGEST])
        return next((key for key in (ahead, ahead[:2]) if key in self._units), None)

    def _look_up(self, word: str) -> tuple[str, ...] | None:
        """Give the noun that a word is, or None."""
        return next(((stem,) for stem in stems(word) if (stem,) in self._units), None)

    def _is_led(self, word: str) -> bool:
        """Tell whether a word is a noun with a preposition written onto it, which nothing counts: "ثلاثة بانفجار"."""
        key = self._alone(word) if is_arabic(word[0]) else None
        lead = word[: word.find(key[0])].removesuffix(ARTICLE) if key else ""
        return any(letter in PREPOSITIONS for letter in lead)

    def toll_beside(self, text: Sequence[Word], first: int, until: int) -> bool:
        """Tell whether the words `[first, until)` are persons by what befell them: "killing 12", "12 were hurt"."""
        if first and self._tolls.before(text, first) is not None:
            return True
        return self.toll_behind(text, until)

    def toll_behind(self, text: Sequence[Word], until: int) -> bool:
        """Tell whether a toll follows at the word `until`, with helpers between: "have been killed"."""
        return self._tolls.at(text, beyond(text, until, self._helpers)) is not None

    def breaks(self, word: Word) -> bool:
        """Tell whether what a number counts is not looked for behind a word."""
        return word.text in self._breaks

    def is_measure(self, unit: str | None) -> bool:
        """Tell whether a unit is a measure."""
        return unit in self._measures

    def multiple(self, word: str) -> int:
        """Give how many of its unit a noun stands for."""
        return max((self._multiples.get((stem,), 1) for stem in stems(word)), default=1)


def _is_inside(text: Sequence[Word], index: int) -> bool:
    """Tell whether a mark or digits belong to a word in front of a noun: "T-72 tanks", "122-mm rockets"."""
    if text[index].is_letters or text[index].text.startswith("\n"):
        return False
    hyphen = index if text[index].text == "-" else index + 1 if text[index].is_number else len(text)
    if text[index].is_number and index and text[index - 1].text == "-" and text[index - 1].end == text[index].start:
        return True
    if hyphen + 1 >= len(text) or text[hyphen].text != "-":
        return False
    return text[hyphen - 1].end == text[hyphen].start and text[hyphen].end == text[hyphen + 1].start
