"""Number expressions and what they claim, in both languages: modifiers, ranges, duals, vague words, fractions, units.

The span of a number covers its digits or words and its modifiers ("more than 100"); the noun that it counts only where
that stands between the two ("6 members at least"); and always the unit of a measure, without which the number says
nothing ("more than 65 Km", "2 months"). A dual noun is number and noun at once. An unknown figure is the whole phrase.

What counts nothing is not proposed: idioms, names with digits, ordinals, years, parts of dates (`taken`).
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple, TypeVar

from annotator.finders.bounds import exact, fraction, interval, vague
from annotator.finders.counted import Counted, CountedReader
from annotator.finders.numerals import NumeralReader
from annotator.finders.phrases import Phrases
from annotator.finders.sentences import Sentences
from annotator.finders.words import PhraseTable, Word, forms, split, words
from annotator.model.lexicon import Lexicon, NumberWords
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


class _Core(NamedTuple):
    """The number itself, without what stands around it."""

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


class NumberFinder:
    """The number words of a lexicon, ready to be found."""

    def __init__(self, schema: Schema, lexicon: Lexicon) -> None:
        languages = [language.numbers for language in lexicon.languages.values()]
        merged = merge(languages)
        self._numerals = NumeralReader(merged)
        self.counted = CountedReader(merged, schema.units)
        self._vague = PhraseTable(merged.vague)
        self._fractions = PhraseTable(merged.fractions)
        self._before = PhraseTable(_by_phrase(merged.before))
        self._after = PhraseTable(_by_phrase(merged.after))
        self._scopes = PhraseTable(_by_phrase(merged.scopes))
        self._duals = {word: unit for unit, nouns in merged.duals.items() for noun in nouns for word in split(noun)}
        self._between = PhraseTable((phrase, None) for phrase in merged.between)
        self._upto = PhraseTable((phrase, None) for phrase in merged.upto)
        self._links = PhraseTable((phrase, None) for phrase in (*merged.upto, *merged.joiners))
        self._one = frozenset(merged.one)
        self._heads = PhraseTable((phrase, None) for phrase in merged.unknown.heads)
        self._tails = PhraseTable(_by_phrase(merged.unknown.tails))
        self._decoys = Phrases((phrase, None) for phrase in merged.decoys)

    def find(self, text: str, folded: Folded, sentences: Sentences, taken: Iterable[Span] = ()) -> list[Number]:
        """Give the numbers of a text in reading order, without those that overlap `taken` (the dates)."""
        closed = [*taken, *(found.span for found in self._decoys.find(text, folded))]
        found: list[Number] = []
        for reading in self.readings(words(folded.text)):
            span = folded.span(reading.start, reading.end)
            if not any(span.overlaps(other) for other in closed):
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
        if (unknown := self._unknown(text, index)) is not None:
            return unknown
        modifier = self._before.at(text, index)
        core = self._core(text, modifier.until) if modifier is not None else None
        if modifier is None or core is None:
            modifier, core = None, self._core(text, index)
        if core is None:
            return None
        return self._around(
            text, index, core, modifier.item if modifier else None, modifier.start if modifier else None
        )

    def _around(
        self, text: Sequence[Word], index: int, core: _Core, before: Qualifier | None, start: int | None
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

    def _core(self, text: Sequence[Word], index: int) -> _Core | None:
        if index >= len(text):
            return None
        if (share := self._fractions.at(text, index)) is not None:
            return _Core(share.start, share.until, fraction=share.item)
        if (rough := self._vague.at(text, index)) is not None:
            return _Core(rough.start, rough.until, vague=rough.item)
        return (
            self._range(text, index)
            or self._numeral(text, index)
            or self._dual(text, index)
            or self._one_of(text, index)
        )

    def _numeral(self, text: Sequence[Word], index: int) -> _Core | None:
        found = self._numerals.at(text, index)
        return found and _Core(found.start, found.until, exact=found.value, in_words=found.in_words)

    def _range(self, text: Sequence[Word], index: int) -> _Core | None:
        opening = self._between.at(text, index)
        low = (
            self._numerals.at(text, opening.until if opening else index)
            if not opening or opening.until < len(text)
            else None
        )
        if low is None or low.value is None:
            return None
        link = (self._links if opening else self._upto).at(text, low.until)
        place = link.until if link else low.until
        if place >= len(text) or not (link or (opening and text[place].text.startswith("و"))):
            return None
        high = self._numerals.at(text, place + 1 if text[place].text == "و" else place)
        if high is None or high.value is None or high.value <= low.value:
            return None
        return _Core(opening.start if opening else low.start, high.until, exact=low.value, high=high.value)

    def _dual(self, text: Sequence[Word], index: int) -> _Core | None:
        for form in forms(text[index].text):
            if (unit := self._duals.get(form.text)) is not None:
                again = self._numerals.at(text, index + 1) if index + 1 < len(text) else None
                until = again.until if again is not None and again.value == 2 else index + 1
                lead = (
                    form.lead - 2
                    if form.definite and text[index].text[form.lead - 2 : form.lead] == "ال"
                    else form.lead
                )
                return _Core(text[index].start + lead, until, exact=2, dual=unit)
        return None

    def _one_of(self, text: Sequence[Word], index: int) -> _Core | None:
        """Read "a week": an article is a number only in front of a measure."""
        if text[index].text not in self._one:
            return None
        counted = self.counted.at(text, index + 1)
        return _Core(text[index].start, index + 1, exact=1) if counted is not None and counted.measure else None

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
            if found is not None and (found.until >= len(text) or self._core(text, found.until) is None):
                return found.item, found.until
        return None

    def _counts(self, text: Sequence[Word], core: _Core, counted: Counted | None, qualifier: Qualifier | None) -> bool:
        """Tell whether a number says how many: not a year, an ordinal, a clock time or the "one" of "the first one"."""
        if core.fraction is not None:
            return counted is not None
        if core.vague is not None or core.dual is not None:
            return True
        if core.in_words:
            return core.exact != 1 or core.high is not None or counted is not None
        following = text[core.until] if core.until < len(text) else None
        glued = following is not None and following.start == text[core.until - 1].end
        if glued and following is not None and (following.is_letters or following.text in ":/"):
            return counted is not None and counted.first == core.until
        plain_year = core.exact in YEARS and text[core.until - 1].text.isdecimal()
        return not (plain_year and counted is None and qualifier is None)

    def _plain_value(
        self,
        text: Sequence[Word],
        core: _Core,
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


def merge(languages: Sequence[NumberWords]) -> NumberWords:
    """Give the number words of all languages as one: scripts keep them apart."""
    merged: dict[str, object] = {}
    for name in NumberWords.model_fields:
        if name not in ("unknown", "joining_prefix"):
            merged[name] = _union([getattr(language, name) for language in languages])
    merged["unknown"] = {
        "heads": _union([language.unknown.heads for language in languages]),
        "tails": _union([language.unknown.tails for language in languages]),
    }
    return NumberWords.model_validate(merged)


def _union(parts: Sequence[object]) -> object:
    if all(isinstance(part, tuple) for part in parts):
        return tuple(chain.from_iterable(part for part in parts if isinstance(part, tuple)))
    union: dict[str, object] = {}
    for part in parts:
        if isinstance(part, dict):
            for key, item in part.items():
                union[key] = union[key] + item if isinstance(item, tuple) and key in union else item  # type: ignore[operator]
    return union


def _by_phrase(table: dict[Key, tuple[str, ...]]) -> Iterator[tuple[str, Key]]:
    return ((phrase, key) for key, phrases in table.items() for phrase in phrases)
