"""The number itself, without modifiers and unit: exact, vague, fraction, range, dual noun, the "a" of "a week"."""

from collections.abc import Sequence
from typing import NamedTuple

from annotator.finders.edges import AND, PRONOUNS, is_arabic
from annotator.finders.numbers.counted import CountedReader
from annotator.finders.numbers.duals import Duals
from annotator.finders.numbers.numerals import Numeral, NumeralReader
from annotator.finders.openings import DIGITS, Openings
from annotator.finders.words import Match, PhraseTable, Word, beyond, forms, phrase_table, split
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
    dual: bool = False
    unit: str | None = None
    """Unit of a dual noun."""
    multiple: int = 1
    """How many of its unit a dual noun stands for twice."""
    in_words: bool = True
    weak: bool = False
    """Whether it is a number only in front of a known noun."""
    dotted: bool = False
    definite: bool = False
    decimal: tuple[int, int] | None = None
    end: int | None = None
    """Where its span ends inside its last word, before a pronoun; None where it ends with that word."""


class QuantityReader:
    """Reads quantities with the number words of all languages."""

    def __init__(self, numbers: NumberWords, counted: CountedReader) -> None:
        self._counted = counted
        self._numerals = NumeralReader(numbers)
        self._vague = PhraseTable(numbers.vague)
        self._weak = frozenset(split(phrase) for phrase in numbers.weak)
        self._fractions = PhraseTable(numbers.fractions)
        self._ordinal = frozenset(split(phrase) for phrase in numbers.ordinal_fractions)
        self._links_fraction = frozenset(split(phrase)[0] for phrase in numbers.fraction_links)
        self._duals = Duals(numbers)
        self._pairs = PhraseTable(numbers.pairs)
        self._between = phrase_table(numbers.between)
        self._upto = phrase_table(numbers.upto)
        self._links = phrase_table((*numbers.upto, *numbers.joiners))
        self._one = frozenset(numbers.one)
        self._before_scale = self._one.union(numbers.partitives)
        shares = self._fractions.openings
        owned = (word + pronoun for word in shares if is_arabic(word[0]) for pronoun in PRONOUNS)
        self._openings = Openings(
            (self._rough, self._vague.openings),
            (self._share, shares.union(owned)),
            (self._pair, self._pairs.openings),
            (self._between_two, self._between.openings),
            (self._numeral, self._numerals.begins | {DIGITS}),
            (self._dual, self._duals),
        )
        self.begins = self._openings.words | self._one
        """The folded words that a quantity may begin with; `DIGITS` is one."""

    def at(self, text: Sequence[Word], index: int) -> Quantity | None:
        """Give the quantity that begins at the word `index`, or None: of several the longest."""
        if index >= len(text):
            return None
        best: Quantity | None = None
        for read in self._openings.of(text[index].text):
            found = read(text, index)
            if found is not None and (best is None or found.until > best.until):
                best = found
        return best or self._one_of(text, index)

    def _rough(self, text: Sequence[Word], index: int) -> Quantity | None:
        found = self._vague.at(text, index)
        if found is None:
            return None
        weak = tuple(word.text for word in text[index : found.until]) in self._weak
        return Quantity(found.start, found.until, vague=found.item, weak=weak)

    def _numeral(self, text: Sequence[Word], index: int) -> Quantity | None:
        """Read an exact number, or two of them with "to" between."""
        found = self._numerals.at(text, index)
        return found and (self._range(text, None, found) or _exact(found))

    def _pair(self, text: Sequence[Word], index: int) -> Quantity | None:
        """Read ألفا in front of its noun as two thousand."""
        found = self._pairs.at(text, index)
        if found is None or found.joined or self._counted.at(text, found.until) is None:
            return None
        return Quantity(found.start, found.until, exact=found.item)

    # --- fractions ---

    def _share(self, text: Sequence[Word], index: int) -> Quantity | None:
        found = self._fractions.at(text, index)
        if found is None:
            return self._owned_share(text, index)
        num, den = found.item
        scale = self._numerals.scale_at(text, beyond(text, found.until, self._before_scale))
        if scale is not None and scale.item * num % den == 0:
            return Quantity(found.start, scale.until, exact=scale.item * num // den)
        return (
            Quantity(found.start, found.until, fraction=found.item) if self._of_something(text, index, found) else None
        )

    def _of_something(self, text: Sequence[Word], index: int, found: Match[tuple[int, int]]) -> bool:
        """Tell a fraction of something from the place in a row that reads the same: "a third attack"."""
        if is_arabic(text[index].text[0]):
            return True
        behind = text[found.until] if found.until < len(text) else None
        if behind is not None and behind.text in self._one:
            return (noun := self._counted.at(text, found.until + 1)) is not None and noun.measure
        if behind is None or not behind.is_letters or behind.text in self._links_fraction:
            return behind is None or behind.text != "-"
        return tuple(word.text for word in text[index : found.until]) not in self._ordinal

    def _owned_share(self, text: Sequence[Word], index: int) -> Quantity | None:
        """Read ثلثاهم; the pronoun is left out of the span."""
        word = text[index]
        for pronoun in PRONOUNS if is_arabic(word.text[0]) else ():
            if word.text.endswith(pronoun) and len(word.text) > len(pronoun):
                bare = Word(word.text.removesuffix(pronoun), word.start, word.end - len(pronoun))
                found = self._fractions.at([bare], 0)
                if found is not None:
                    return Quantity(found.start, index + 1, fraction=found.item, end=bare.end)
        return None

    # --- ranges ---

    def _between_two(self, text: Sequence[Word], index: int) -> Quantity | None:
        """Read "between 10 and 15"."""
        opening = self._between.at(text, index)
        low = None if opening is None else self._numerals.at(text, opening.until)
        return low and self._range(text, opening, low)

    def _range(self, text: Sequence[Word], opening: Match[None] | None, low: Numeral) -> Quantity | None:
        if low.value is None:
            return None
        noun = self._counted.at(text, low.until) if opening else None
        past = noun.until if noun is not None else low.until
        link = (self._links if opening else self._upto).at(text, past)
        place = link.until if link else past
        glued = opening is not None and place < len(text) and text[place].text.startswith(AND)
        if link is None and not glued:
            return self._parted(text, opening, low) if opening else None
        high = self._numerals.at(text, place + 1 if glued and text[place].text == AND else place)
        if high is None or high.value is None:
            return None
        bottom = low.value * high.scale if low.scale == 1 and low.value < high.value // high.scale else low.value
        if high.value <= bottom:
            return None
        start = opening.start if opening else low.start
        in_words = low.in_words or high.in_words
        return Quantity(start, high.until, exact=bottom, high=high.value, in_words=in_words)

    def _parted(self, text: Sequence[Word], opening: Match[None], whole: Numeral) -> Quantity | None:
        """Read بين خمسة وعشرين, which is no 25 behind "between", but five and twenty."""
        for place in range(whole.until - 1, opening.until, -1):
            if not text[place].text.startswith(AND):
                continue
            low, high = self._numerals.at(text[opening.until : place], 0), self._numerals.at(text, place)
            if low is None or high is None or low.value is None or high.value is None or low.value >= high.value:
                continue
            return Quantity(opening.start, high.until, exact=low.value, high=high.value)
        return None

    # --- duals and articles ---

    def _dual(self, text: Sequence[Word], index: int) -> Quantity | None:
        word = text[index]
        for form in forms(word.text):
            found = self._duals.get(form.text)
            if found is None or (index and not form.lead and self._is_dual(text[index - 1])):
                continue
            again = self._numerals.at(text, index + 1)
            until = again.until if again is not None and again.value == 2 else index + 1
            multiple, end = self._counted.multiple(found.noun), word.end - found.tail if found.tail else None
            return Quantity(
                word.start + form.lead, until, exact=2, dual=True, unit=found.unit, multiple=multiple, end=end
            )
        return None

    def _is_dual(self, word: Word) -> bool:
        """Tell whether a word is a dual: what stands right behind it is its adjective (عمليتان انتحاريتان)."""
        return any(self._duals.get(form.text) is not None for form in forms(word.text))

    def _one_of(self, text: Sequence[Word], index: int) -> Quantity | None:
        """Read "a week": an article is a number only in front of a measure."""
        if text[index].text not in self._one:
            return None
        counted = self._counted.at(text, index + 1)
        if counted is None or not counted.measure or (index and self._counted.at(text, index - 1) is not None):
            return None  # "ten strikes a day" is a rate
        return Quantity(text[index].start, index + 1, exact=1)


def _exact(found: Numeral) -> Quantity:
    return Quantity(
        found.start,
        found.until,
        exact=found.value,
        in_words=found.in_words,
        dotted=found.dotted,
        definite=found.definite,
        decimal=found.decimal,
    )
