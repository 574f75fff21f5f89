"""The number itself, without modifiers and unit: exact, vague, fraction, range, dual noun, the "a" of "a week"."""

from collections.abc import Sequence
from typing import NamedTuple

from annotator.finders.counted import CountedReader
from annotator.finders.numerals import NumeralReader
from annotator.finders.words import PhraseTable, Word, forms, split
from annotator.model.lexicon import NumberWords


class Quantity(NamedTuple):
    """The number itself, without what stands around it: one of `exact`, `vague`, `fraction`, or nothing readable."""

    start: int
    until: int
    exact: int | None = None
    vague: tuple[int, ...] | None = None
    fraction: tuple[int, int] | None = None
    high: int | None = None
    """Upper end of a range."""
    dual: str | None = None
    """Unit of a dual noun."""
    in_words: bool = True


class QuantityReader:
    """Reads quantities with the number words of all languages."""

    def __init__(self, numbers: NumberWords, counted: CountedReader) -> None:
        self._counted = counted
        self._numerals = NumeralReader(numbers)
        self._vague = PhraseTable(numbers.vague)
        self._fractions = PhraseTable(numbers.fractions)
        self._duals = {word: unit for unit, nouns in numbers.duals.items() for noun in nouns for word in split(noun)}
        self._between = PhraseTable((phrase, None) for phrase in numbers.between)
        self._upto = PhraseTable((phrase, None) for phrase in numbers.upto)
        self._links = PhraseTable((phrase, None) for phrase in (*numbers.upto, *numbers.joiners))
        self._one = frozenset(numbers.one)

    @property
    def begins(self) -> frozenset[str]:
        """The folded words that a quantity may begin with, other than digits."""
        tables = (self._vague, self._fractions, self._between)
        return self._numerals.begins.union(self._duals, *(table.openings for table in tables))

    def at(self, text: Sequence[Word], index: int) -> Quantity | None:
        """Give the quantity that begins at the word `index`, or None."""
        if index >= len(text):
            return None
        if (share := self._fractions.at(text, index)) is not None:
            return Quantity(share.start, share.until, fraction=share.item)
        if (rough := self._vague.at(text, index)) is not None:
            return Quantity(rough.start, rough.until, vague=rough.item)
        return (
            self._range(text, index)
            or self._numeral(text, index)
            or self._dual(text, index)
            or self._one_of(text, index)
        )

    def _numeral(self, text: Sequence[Word], index: int) -> Quantity | None:
        found = self._numerals.at(text, index)
        return found and Quantity(found.start, found.until, exact=found.value, in_words=found.in_words)

    def _range(self, text: Sequence[Word], index: int) -> Quantity | None:
        opening = self._between.at(text, index)
        low = self._numerals.at(text, opening.until if opening else index)
        if low is None or low.value is None:
            return None
        link = (self._links if opening else self._upto).at(text, low.until)
        place = link.until if link else low.until
        glued = opening is not None and place < len(text) and text[place].text.startswith("و")
        if link is None and not glued:
            return None
        high = self._numerals.at(text, place + 1 if glued and text[place].text == "و" else place)
        if high is None or high.value is None or high.value <= low.value:
            return None
        return Quantity(opening.start if opening else low.start, high.until, exact=low.value, high=high.value)

    def _dual(self, text: Sequence[Word], index: int) -> Quantity | None:
        for form in forms(text[index].text):
            unit = self._duals.get(form.text)
            if unit is not None:
                again = self._numerals.at(text, index + 1)
                until = again.until if again is not None and again.value == 2 else index + 1
                return Quantity(text[index].start + form.lead, until, exact=2, dual=unit)
        return None

    def _one_of(self, text: Sequence[Word], index: int) -> Quantity | None:
        """Read "a week": an article is a number only in front of a measure."""
        if text[index].text not in self._one:
            return None
        counted = self._counted.at(text, index + 1)
        return Quantity(text[index].start, index + 1, exact=1) if counted is not None and counted.measure else None
