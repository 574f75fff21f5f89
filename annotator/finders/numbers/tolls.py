"""Losses told without a number: "no casualties" and "no one was hurt" are zero, "no word on casualties" is unknown."""

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple, TypeVar

from annotator.finders.numbers.counted import CountedReader
from annotator.finders.words import Match, PhraseTable, Word, phrase_table
from annotator.model.lexicon import NumberWords
from annotator.model.value import NumberValue

Item = TypeVar("Item")

UNKNOWN_REACH = 7
"""How many words the tail of "no information … casualties" may stand behind its head."""

NOBODY_REACH = 6
"""Within how many words behind "no one" a toll must follow."""


class Toll(NamedTuple):
    """A phrase that tells a toll without a number."""

    start: int
    until: int
    """Index one past its last word."""
    value: NumberValue


class TollReader:
    """Reads such phrases with the words of all languages."""

    def __init__(self, numbers: NumberWords, counted: CountedReader) -> None:
        self._counted = counted
        self._heads = phrase_table(numbers.unknown.heads)
        self._whole = phrase_table(numbers.unknown.whole)
        self._figures = phrase_table(numbers.unknown.figures)
        self._unsaid = phrase_table(numbers.unknown.unsaid)
        self._tails = PhraseTable((phrase, unit) for unit, tails in numbers.unknown.tails.items() for phrase in tails)
        self._none = phrase_table(numbers.none)
        self._none_of = frozenset(numbers.none_of)
        self._nobody = phrase_table(numbers.nobody)

    @cached_property
    def begins(self) -> frozenset[str]:
        """The folded words that such a phrase may begin with."""
        tables = (self._heads, self._whole, self._figures, self._none, self._nobody)
        return frozenset().union(*(table.openings for table in tables))

    def at(self, text: Sequence[Word], index: int) -> Toll | None:
        """Give the phrase that begins at the word `index`, or None."""
        return self._unknown(text, index) or self._nobody_at(text, index) or self._none_at(text, index)

    def _unknown(self, text: Sequence[Word], index: int) -> Toll | None:
        whole = self._whole.at(text, index)
        if whole is not None:
            counted = self._counted.behind(text, whole.until)
            unit = counted.unit if counted else None
            return Toll(whole.start, whole.until, NumberValue(qualifier="unknown", unit=unit))
        if (head := self._heads.at(text, index)) is not None:
            found = self._reached(text, head.until, self._tails)
            return found and Toll(head.start, found.until, NumberValue(qualifier="unknown", unit=found.item))
        if (figure := self._figures.at(text, index)) is not None:
            unsaid = self._reached(text, figure.until, self._unsaid)
            return unsaid and Toll(figure.start, unsaid.until, NumberValue(qualifier="unknown", unit="persons"))
        return None

    def _reached(self, text: Sequence[Word], index: int, table: PhraseTable[Item]) -> Match[Item] | None:
        """Give the first phrase of a table within reach of the word `index`, in one clause."""
        for place in range(index, min(index + UNKNOWN_REACH, len(text))):
            if (found := table.at(text, place)) is not None:
                return found
            if not text[place].is_letters:
                return None
        return None

    def _nobody_at(self, text: Sequence[Word], index: int) -> Toll | None:
        found = self._nobody.at(text, index)
        if found is None:
            return None
        for place in range(found.until, min(found.until + NOBODY_REACH, len(text))):
            if not text[place].is_letters:
                return None
            if self._counted.toll_behind(text, place):
                return Toll(found.start, found.until, _zero("persons"))
        return None

    def _none_at(self, text: Sequence[Word], index: int) -> Toll | None:
        found = self._none.at(text, index)
        if found is None or self._heads.at(text, index) is not None:
            return None
        counted = self._counted.near(text, found.until)
        if counted is None or counted.unit not in self._none_of:
            return None
        return Toll(found.start, found.until, _zero(counted.unit))


def _zero(unit: str | None) -> NumberValue:
    return NumberValue(low=0, high=0, best=0, unit=unit)
