"""Number expressions and what they claim, in both languages: modifiers, ranges, duals, vague words, fractions, units.

The span of a number covers its digits or words and its modifiers ("more than 100"); the noun that it counts only where
that stands between the two ("6 members at least"); and always the unit of a measure, without which the number says
nothing ("more than 65 Km", "2 months"). A dual noun is number and noun at once. An unknown figure is the whole phrase.

What counts nothing is not proposed: idioms, names with digits, ordinals, ages, years, parts of dates (`taken`).
A sum of money is: it may be a ransom.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from annotator.finders.apart import Apart
from annotator.finders.edges import ARTICLE, is_arabic
from annotator.finders.numbers.bounds import exact, fraction, interval, vague
from annotator.finders.numbers.counted import Counted, CountedReader
from annotator.finders.numbers.labels import Labels
from annotator.finders.numbers.measures import MeasureReader
from annotator.finders.numbers.modifiers import ModifierReader, stronger
from annotator.finders.numbers.quantity import Quantity, QuantityReader
from annotator.finders.numbers.tolls import TollReader
from annotator.finders.phrases import Phrases, longest
from annotator.finders.sentences import Sentences
from annotator.finders.words import PhraseTable, Word, forms, single_words, words
from annotator.model.lexicon import Lexicon
from annotator.model.mention import candidate_id
from annotator.model.schema import Schema
from annotator.model.value import NumberValue, Qualifier, Scope
from annotator.text.folding import Folded, fold
from annotator.text.span import Span

_TOLL, _MODIFIER, _QUANTITY = 1, 2, 4

LOOKED_BACK = 12
"""How many numbers before a fraction are tried as its whole; who reads does not look further."""

_SHORTEST_NOUN = 3
"""Letters of the shortest Arabic noun that a "one" behind it is believed to count, when the lexicon lacks the noun."""


class Number(NamedTuple):
    """A number expression in a text; its value is None where it leaves no whole number."""

    span: Span
    value: NumberValue | None


class Reading(NamedTuple):
    """A number expression by words: what it says, and where its span lies in the folded text."""

    start: int
    end: int
    first: int
    """Index of its first word, modifiers included."""
    until: int
    """Index one past its last word."""
    value: NumberValue | None
    fraction: tuple[int, int] | None = None
    qualifier: Qualifier | None = None
    counted: Counted | None = None


SO_FAR = 6
"""How many words may stand between a number and "so far"."""

_CLAUSE_ENDS = frozenset(".,;:،؛")


class NumberFinder:
    """The number words of a lexicon, ready to be found."""

    def __init__(self, schema: Schema, lexicon: Lexicon) -> None:
        told = lexicon.all_words()
        numbers = told.numbers
        self.counted = CountedReader(numbers, schema.units)
        self._quantities = QuantityReader(numbers, self.counted)
        self._modifiers = ModifierReader(numbers, self._quantities)
        self._measures = MeasureReader(numbers, self.counted)
        self._tolls = TollReader(numbers, self.counted)
        self._labels = Labels(numbers, told.times)
        self._suffixes = numbers.suffixes
        self._scopes = PhraseTable((phrase, scope) for scope, phrases in numbers.scopes.items() for phrase in phrases)
        self._more = PhraseTable((phrase, None) for phrase in numbers.more)
        self._so_far = PhraseTable((phrase, None) for phrase in numbers.so_far)
        self._post = single_words(numbers.post)
        self._decoys = Phrases((phrase, None) for phrase in numbers.decoys)
        self.begins = self._quantities.begins | self._modifiers.begins | self._tolls.begins
        """The folded words that a number expression may begin with, other than digits."""
        self._opens = lru_cache(maxsize=16384)(self._look_up)

    def find(
        self,
        text: str,
        folded: Folded,
        sentences: Sentences,
        taken: Iterable[Span] = (),
        read: Sequence[Word] | None = None,
    ) -> list[Number]:
        """Give the numbers of a text in reading order, without those that overlap `taken` (the dates).

        `read`: the words of the folded text, where somebody has read them already.
        """
        times, decoys = Apart(taken), Apart(found.span for found in longest(self._decoys.find(text, folded)))
        found: list[Number] = []
        for reading in self.readings(words(folded.text) if read is None else read):
            span = folded.span(reading.start, reading.end)
            if times.overlapping(span) is None and decoys.overlapping(span) is None:
                found.append(Number(span, self._value(reading, span, found, sentences)))
        return found

    def read(self, phrase: str) -> NumberValue | None:
        """Give the value of the first number in a phrase that stands alone, or None."""
        found = self.find(phrase, fold(phrase), Sentences(phrase))
        return found[0].value if found else None

    def readings(self, text: Sequence[Word]) -> Iterator[Reading]:
        """Give the number expressions of a folded text from left to right; they share no word."""
        until, opens = 0, self._opens
        for index, word in enumerate(text):
            if opens(word.text) and index >= until and (reading := self.reading_at(text, index)) is not None:
                yield reading
                until = reading.until

    def reading_at(self, text: Sequence[Word], index: int) -> Reading | None:
        """Give the number expression that begins at the word `index`, modifiers in front included, or None."""
        opens = self._opens(text[index].text)
        if opens & _TOLL and (toll := self._tolls.at(text, index)) is not None:
            return Reading(toll.start, text[toll.until - 1].end, index, toll.until, toll.value)
        if opens & _MODIFIER and (before := self._modifiers.before(text, index)).start is not None:
            core = self._quantities.at(text, before.until)
            if core is not None:
                return self._around(text, index, before.until, core, before.qualifier, before.start)
        core = self._quantities.at(text, index) if opens & _QUANTITY else None
        return None if core is None else self._around(text, index, index, core, None, core.start)

    def _look_up(self, word: str) -> int:
        """Give what a word may open, as a sum of `_TOLL`, `_MODIFIER` and `_QUANTITY`."""
        if word[0].isdecimal():
            return _QUANTITY
        readings = {form.text for form in forms(word)}
        tables = {_TOLL: self._tolls.begins, _MODIFIER: self._modifiers.begins, _QUANTITY: self._quantities.begins}
        return sum(kind for kind, begins in tables.items() if not begins.isdisjoint(readings))

    def _around(
        self, text: Sequence[Word], index: int, first: int, core: Quantity, before: Qualifier | None, start: int
    ) -> Reading | None:
        """Read what stands around the quantity that begins at the word `first`: noun, modifier behind, scope."""
        core = self._suffixed(text, core)
        counted = None if core.dual else self.counted.behind(text, core.until)
        core, counted, until = self._measures.refined(text, core, counted)
        after = self._modifiers.behind(text, until, counted)
        if after is not None:
            until = after[1]
            counted = counted or self.counted.behind(text, until)
        counted = counted or self._noun_before(text, first, core)
        qualifier = stronger(before, after[0] if after else None)
        if not self._counts(text, first, core, counted, qualifier):
            return None
        scope = self._scope(text, index, core, counted)
        unit = self._unit(text, index, until, core, counted)
        value = self._plain_value(text, core, counted, qualifier, unit, scope)
        end = core.end if core.end is not None and until == core.until else text[until - 1].end
        return Reading(start, end, index, until, value, core.fraction, qualifier, counted)

    def _scope(self, text: Sequence[Word], index: int, core: Quantity, counted: Counted | None) -> Scope | None:
        before = self._scopes.before(text, index)
        if before is not None:
            return before[1].item
        behind = (core.until, self.counted.past_partitives(text, core.until), counted.until if counted else core.until)
        if any(self._more.at(text, place) is not None for place in behind):
            return "additional"
        return "cumulative" if self._so_far_beside(text, index, core.until) else None

    def _so_far_beside(self, text: Sequence[Word], index: int, until: int) -> bool:
        """Tell whether "so far" stands near a number in the same clause."""
        for step, place in ((-1, index), (1, until)):
            for _ in range(SO_FAR):
                if not 0 <= place < len(text) or text[place].text in _CLAUSE_ENDS or text[place].text[0] == "\n":
                    break
                if self._so_far.at(text, place) is not None:
                    return True
                place += step
        return False

    def _suffixed(self, text: Sequence[Word], core: Quantity) -> Quantity:
        """Read "2.5m people": letters glued to digits multiply them where persons or things are counted."""
        if core.until >= len(text) or text[core.until].start != text[core.until - 1].end or core.in_words:
            return core
        factor = self._suffixes.get(text[core.until].text)
        if factor is None:
            return core
        counted = self.counted.behind(text, core.until + 1)
        if counted is None or counted.measure:
            return core
        num, den = core.decimal or (core.exact or 0, 1)
        return core._replace(exact=num * factor // den, decimal=None, until=core.until + 1)

    def _noun_before(self, text: Sequence[Word], first: int, core: Quantity) -> Counted | None:
        """Give the noun that an Arabic number follows: يوم واحد, مواقع عدة, الجنود الخمسة."""
        word = text[first].text
        if first and not text[first - 1].is_letters and text[first - 1].end == text[first].start:
            return self.counted.at(text, first - 1)  # ٪30
        if not first or not is_arabic(word[0]) or not is_arabic(text[first - 1].text[0]):
            return None
        definite = word.startswith(ARTICLE) and core.in_words and core.vague is None
        if word not in self._post and not definite:
            return None
        noun = self.counted.at(text, first - 1)
        if noun is not None and noun.until == first:
            return None if definite and noun.measure else noun
        lone = word in self._post and core.exact == 1 and not self.counted.breaks(text[first - 1])
        plain = len(text[first - 1].text) >= _SHORTEST_NOUN and not text[first - 1].text.startswith(ARTICLE)
        return Counted(None, False, 1, first - 1, first) if lone and plain else None

    def _counts(
        self, text: Sequence[Word], first: int, core: Quantity, counted: Counted | None, qualifier: Qualifier | None
    ) -> bool:
        """Tell whether a number says how many, and is no name, year, ordinal, age, nor the "one" of "the first one"."""
        if self._labels.holds(text, core, first, counted):
            return False
        if core.fraction is not None:
            return self._is_share(text, first, core, counted)
        if core.dual or core.vague is not None:
            return counted is not None or not core.weak
        if qualifier is None and self._labels.is_year(text, core, first, counted):
            return False
        if core.exact is None:
            return counted is not None and counted.measure
        if not core.in_words or core.exact != 1 or core.high is not None:
            return True
        return counted is not None or self.counted.toll_beside(text, first, core.until)

    def _is_share(self, text: Sequence[Word], first: int, core: Quantity, counted: Counted | None) -> bool:
        """Tell whether an Arabic fraction is one of something; of an English one the reader knows."""
        word = text[first].text
        if not is_arabic(word[0]) or core.end is not None or counted is not None:
            return True
        follows = text[core.until] if core.until < len(text) else None
        return not word.startswith(ARTICLE) and follows is not None and follows.text.startswith(ARTICLE)

    def _unit(
        self, text: Sequence[Word], index: int, until: int, core: Quantity, counted: Counted | None
    ) -> str | None:
        if core.dual:
            return core.unit
        if counted is None:
            return "persons" if self.counted.toll_beside(text, index, until) else None
        return counted.unit

    def _plain_value(
        self,
        text: Sequence[Word],
        core: Quantity,
        counted: Counted | None,
        qualifier: Qualifier | None,
        unit: str | None,
        scope: Scope | None,
    ) -> NumberValue | None:
        times = core.multiple if core.dual else counted.multiple if counted else 1
        if core.fraction is not None:
            return fraction(*core.fraction, None, qualifier, unit)
        if core.vague is not None:
            return vague(tuple(bound * times for bound in core.vague), qualifier, unit, scope)
        if core.high is not None and core.exact is not None:
            return interval(core.exact * times, core.high * times, unit, scope)
        value = None if core.exact is None or self._is_decimal(text, core, counted) else core.exact * times
        return exact(value, qualifier, unit, self.counted.is_measure(unit), scope)

    def _is_decimal(self, text: Sequence[Word], core: Quantity, counted: Counted | None) -> bool:
        """Tell whether 12.500 has decimals: what is counted is whole, and Arabic writes thousands so."""
        if not core.dotted or (counted is not None and not counted.measure):
            return False
        arabic = core.until < len(text) and is_arabic(text[core.until].text[0])
        return not arabic or counted is not None

    def _value(
        self, reading: Reading, span: Span, earlier: Sequence[Number], sentences: Sentences
    ) -> NumberValue | None:
        """Give the value of a reading; a fraction is taken of the nearest count not far before it in its sentence."""
        if reading.fraction is None:
            return reading.value
        sentence = sentences.around(span.start)
        unit = reading.counted.unit if reading.counted else None
        for number in islice(reversed(earlier), LOOKED_BACK):
            if number.span.end <= sentence.start:
                break
            value = number.value
            if sentence.covers(number.span) and value is not None and value.den is None and value.unit in (unit, None):
                of = (candidate_id("number", number.span.start, number.span.end), value)
                return fraction(*reading.fraction, of, reading.qualifier, value.unit)
        return reading.value
