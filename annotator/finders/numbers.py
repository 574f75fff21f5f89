"""Number expressions and what they claim, in both languages: modifiers, ranges, duals, vague words, fractions, units.

The span of a number covers its digits or words and its modifiers ("more than 100"); the noun that it counts only where
that stands between the two ("6 members at least"); and always the unit of a measure, without which the number says
nothing ("more than 65 Km", "2 months"). A dual noun is number and noun at once. An unknown figure is the whole phrase.

What counts nothing is not proposed: idioms, names with digits, ordinals, years, parts of dates (`taken`).
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from annotator.finders.apart import Apart
from annotator.finders.bounds import exact, fraction, interval, vague
from annotator.finders.counted import Counted, CountedReader
from annotator.finders.phrases import Phrases, longest
from annotator.finders.quantity import Quantity, QuantityReader
from annotator.finders.sentences import Sentences
from annotator.finders.words import PhraseTable, Word, opens, words
from annotator.model.lexicon import Lexicon
from annotator.model.mention import candidate_id
from annotator.model.schema import Schema
from annotator.model.value import NumberValue, Qualifier, Scope
from annotator.text.folding import Folded, fold
from annotator.text.span import Span

Key = TypeVar("Key")

YEARS = range(1900, 2100)
UNKNOWN_REACH = 7
"""How many words the tail of "no information … casualties" may stand behind its head."""


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


class NumberFinder:
    """The number words of a lexicon, ready to be found."""

    def __init__(self, schema: Schema, lexicon: Lexicon) -> None:
        numbers = lexicon.all_words().numbers
        self.counted = CountedReader(numbers, schema.units)
        self._quantities = QuantityReader(numbers, self.counted)
        self._before = PhraseTable(_by_phrase(numbers.before))
        self._after = PhraseTable(_by_phrase(numbers.after))
        self._scopes = PhraseTable(_by_phrase(numbers.scopes))
        self._heads = PhraseTable((phrase, None) for phrase in numbers.unknown.heads)
        self._tails = PhraseTable(_by_phrase(numbers.unknown.tails))
        self._decoys = Phrases((phrase, None) for phrase in numbers.decoys)
        self.begins = self._quantities.begins | self._before.openings | self._heads.openings
        """The folded words that a number expression may begin with, other than digits."""

    def find(self, text: str, folded: Folded, sentences: Sentences, taken: Iterable[Span] = ()) -> list[Number]:
        """Give the numbers of a text in reading order, without those that overlap `taken` (the dates)."""
        times, decoys = Apart(taken), Apart(found.span for found in longest(self._decoys.find(text, folded)))
        found: list[Number] = []
        for reading in self.readings(words(folded.text)):
            span = folded.span(reading.start, reading.end)
            if times.overlapping(span) is None and decoys.overlapping(span) is None:
                found.append(Number(span, self._value(reading, span, found, sentences)))
        return found

    def read(self, phrase: str) -> NumberValue | None:
        """Give the value of the first number in a phrase that stands alone, or None."""
        folded = fold(phrase)
        found = self.find(phrase, folded, Sentences(phrase))
        return found[0].value if found else None

    def readings(self, text: Sequence[Word]) -> Iterator[Reading]:
        """Give the number expressions of a folded text from left to right; they share no word."""
        index = 0
        while index < len(text):
            reading = self.reading_at(text, index)
            if reading is not None:
                yield reading
                index = reading.until
            else:
                index += 1

    def reading_at(self, text: Sequence[Word], index: int) -> Reading | None:
        """Give the number expression that begins at the word `index`, modifiers in front included, or None."""
        if not opens(text[index], self.begins):
            return None
        if (unknown := self._unknown(text, index)) is not None:
            return unknown
        modifier = self._before.at(text, index)
        core = self._quantities.at(text, modifier.until) if modifier is not None else None
        if modifier is None or core is None:
            modifier, core = None, self._quantities.at(text, index)
        if core is None:
            return None
        return self._around(
            text, index, core, modifier.item if modifier else None, modifier.start if modifier else None
        )

    def _around(
        self, text: Sequence[Word], index: int, core: Quantity, before: Qualifier | None, start: int | None
    ) -> Reading | None:
        counted = None if core.dual else self.counted.behind(text, core.until)
        until = counted.until if counted is not None and counted.measure else core.until
        after = self._modifier_behind(text, until, counted)
        if after is not None:
            until = after[1]
            counted = counted or self.counted.behind(text, until)
        qualifier = before or (after[0] if after else None)
        if not self._counts(text, core, counted, qualifier):
            return None
        scope = self._scopes.before(text, index)
        value = self._plain_value(text, core, counted, qualifier, scope[1].item if scope else None)
        begin = core.start if start is None else start
        return Reading(begin, text[until - 1].end, index, until, value, core.fraction, qualifier, counted)

    def _unknown(self, text: Sequence[Word], index: int) -> Reading | None:
        head = self._heads.at(text, index)
        if head is None:
            return None
        for place in range(head.until, min(head.until + UNKNOWN_REACH, len(text))):
            if (tail := self._tails.at(text, place)) is not None:
                value = NumberValue(qualifier="unknown", unit=tail.item)
                return Reading(head.start, text[tail.until - 1].end, index, tail.until, value)
            if not text[place].is_letters:
                return None
        return None

    def _modifier_behind(
        self, text: Sequence[Word], until: int, counted: Counted | None
    ) -> tuple[Qualifier, int] | None:
        """Give a modifier behind the number, or behind the noun that stands right behind the number."""
        places = [until, counted.until] if counted is not None and counted.first - until <= 1 else [until]
        for place in places:
            found = self._after.at(text, place)
            if found is not None and (found.until >= len(text) or self._quantities.at(text, found.until) is None):
                return found.item, found.until
        return None

    def _counts(
        self, text: Sequence[Word], core: Quantity, counted: Counted | None, qualifier: Qualifier | None
    ) -> bool:
        """Tell whether a number says how many: not a year, an ordinal, a clock time or the "one" of "the first one"."""
        if core.fraction is not None:
            return counted is not None
        if core.vague is not None or core.dual is not None:
            return True
        if core.in_words:
            return core.exact != 1 or core.high is not None or counted is not None
        if counted is not None and counted.first == core.until:
            return True
        if core.exact is None or _is_glued(text, core.until) or _is_heading(text, core.until):
            return False
        plain_year = core.exact in YEARS and text[core.until - 1].text.isdecimal()
        return not (plain_year and counted is None and qualifier is None)

    def _plain_value(
        self,
        text: Sequence[Word],
        core: Quantity,
        counted: Counted | None,
        qualifier: Qualifier | None,
        scope: Scope | None,
    ) -> NumberValue | None:
        unit = core.dual or (counted.unit if counted else None)
        times = self.counted.multiple(text[core.until - 1].text) if core.dual else counted.multiple if counted else 1
        if core.fraction is not None:
            return fraction(*core.fraction, None, qualifier, unit)
        if core.vague is not None:
            return vague(tuple(bound * times for bound in core.vague), qualifier, unit, scope)
        if core.high is not None and core.exact is not None:
            return interval(core.exact * times, core.high * times, unit, scope)
        value = None if core.exact is None else core.exact * times
        return exact(value, qualifier, unit, self.counted.is_measure(unit), scope)

    def _value(
        self, reading: Reading, span: Span, earlier: Sequence[Number], sentences: Sentences
    ) -> NumberValue | None:
        """Give the value of a reading; a fraction is taken of the nearest count before it in its sentence."""
        if reading.fraction is None:
            return reading.value
        sentence = sentences.around(span.start)
        unit = reading.counted.unit if reading.counted else None
        for number in reversed(earlier):
            value = number.value
            if sentence.covers(number.span) and value is not None and value.den is None and value.unit in (unit, None):
                of = (candidate_id("number", number.span.start, number.span.end), value)
                return fraction(*reading.fraction, of, reading.qualifier, value.unit)
        return reading.value


def _is_glued(text: Sequence[Word], until: int) -> bool:
    """Tell whether the digits right before the word `until` are part of something: 21st, 10:30, 5/6, 81-mm, 0100."""
    digits = text[until - 1]
    before, after = text[until - 2] if until > 1 else None, text[until] if until < len(text) else None
    in_front = before is not None and before.text in ":/." and before.end == digits.start
    behind = after is not None and (after.is_letters or after.text in ":/-") and after.start == digits.end
    return in_front or behind or (len(digits.text) > 1 and digits.text[0] in "0٠۰")


def _is_heading(text: Sequence[Word], until: int) -> bool:
    """Tell whether digits stand alone in front of a line, as the number of a heading or of an entry in a list."""
    opens_line = until == 1 or text[until - 2].text.startswith("\n")
    return (
        opens_line and until + 1 < len(text) and text[until].text in ".)" and text[until].start == text[until - 1].end
    )


def _by_phrase(table: dict[Key, tuple[str, ...]]) -> Iterator[tuple[str, Key]]:
    return ((phrase, key) for key, phrases in table.items() for phrase in phrases)
