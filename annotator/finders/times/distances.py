"""Distances in time: "two days ago", "قبل ثلاثة أيام", "a day after", "بعد يوم من", "the past 24 hours".

A distance counts from publication ("ago") or from an event ("later"). It has an offset where it is a number of days;
"more than a week ago" has none. Full days written in hours count as days.
"""

from collections.abc import Sequence

from annotator.finders.edges import ARTICLE
from annotator.finders.numbers.duals import Duals
from annotator.finders.numbers.number_finder import NumberFinder, Reading
from annotator.finders.numbers.numerals import NumeralReader
from annotator.finders.times.days import Expression
from annotator.finders.times.resolving import Said
from annotator.finders.words import PhraseTable, Word, forms, phrase_table, single_words
from annotator.model.lexicon import NumberWords, TimeWords
from annotator.model.value import Anchor, NumberValue, Precision

_UNITS: dict[str, Precision] = {
    "minutes": "minute", "hours": "hour", "days": "day", "months": "month", "years": "year"
}  # fmt: skip


class DistanceReader:
    """Reads distances with the number and time words of all languages."""

    def __init__(self, times: TimeWords, counting: NumberWords, numbers: NumberFinder) -> None:
        self._numbers = numbers
        self._numerals = NumeralReader(counting)
        self._ago_before, self._ago_after = phrase_table(times.ago_before), phrase_table(times.ago_after)
        self._later_before, self._later_after = phrase_table(times.later_before), phrase_table(times.later_after)
        self._earlier_after = phrase_table(times.earlier_after)
        self._past_before, self._past_after = phrase_table(times.past_before), phrase_table(times.past_after)
        self._links = single_words(times.event_links)
        self._modifiers = PhraseTable(
            (phrase, qualifier) for qualifier, phrases in counting.before.items() for phrase in phrases
        )
        self._duals = Duals(counting)
        self._weekdays = phrase_table(times.weekdays)
        self._plurals = single_words(times.plurals)
        self._measures = single_words(
            noun for unit, nouns in counting.nouns.items() if unit in _UNITS for noun in nouns
        )
        tables = (self._ago_before, self._later_before, self._past_before)
        self.begins = numbers.begins.union(self._measures, {ARTICLE}, *(table.openings for table in tables))
        """The words that a distance may begin with, other than digits."""

    def at(self, text: Sequence[Word], index: int) -> Expression | None:
        """Give the longest distance that begins at the word `index`, or None."""
        reading = self._duration(text, index)
        readings = (self._ahead(text, index), self._behind(text, index, reading), self._past(text, index, reading))
        return max((found for found in readings if found), key=lambda found: found.until, default=None)

    # --- from a point in time ---

    def _ahead(self, text: Sequence[Word], index: int) -> Expression | None:
        """Read "قبل ثلاثة أيام", "بعد يوم من", "قبل يومين من"."""
        ago, later = self._ago_before.at(text, index), self._later_before.at(text, index)
        opening = ago or later
        reading = None if opening is None else self._duration(text, opening.until)
        if opening is None or reading is None:
            return None
        linked = reading.until < len(text) and text[reading.until].text in self._links
        multiple = self._multiple(text, reading)
        said = _said(reading, multiple, -1 if ago else 1, "event" if linked or ago is None else "publication")
        if said is None or (ago is None and said.precision in ("hour", "minute")):
            # "بعد خمس ساعات من القتال" is how long it lasted.
            return None
        return Expression(opening.start, text[reading.until - 1].end, index, reading.until, said)

    def _behind(self, text: Sequence[Word], index: int, reading: Reading | None) -> Expression | None:
        """Read "two days ago", "a day after", "three weeks earlier"."""
        if reading is None:
            return None
        turns: tuple[tuple[PhraseTable[None], int, Anchor], ...] = (
            (self._ago_after, -1, "publication"), (self._later_after, 1, "event"), (self._earlier_after, -1, "event"),
        )  # fmt: skip
        for table, sign, anchor in turns:
            found = table.at(text, reading.until)
            said = None if found is None else _said(reading, self._multiple(text, reading), sign, anchor)
            if found is not None and said is not None:
                return Expression(reading.start, text[found.until - 1].end, index, found.until, said)
        return None

    def _duration(self, text: Sequence[Word], index: int) -> Reading | None:
        """Read a number of days or the like; Arabic leaves out the one ("بعد يوم")."""
        if index >= len(text):
            return None
        reading = self._numbers.reading_at(text, index) or self._one(text, index)
        return reading if reading is not None and reading.value and reading.value.unit in _UNITS else None

    def _one(self, text: Sequence[Word], index: int) -> Reading | None:
        """Read the one that Arabic leaves out: "يوم", "أكثر من أسبوع"."""
        modifier = self._modifiers.at(text, index)
        place = modifier.until if modifier else index
        single = self._numbers.counted.at(text, place)
        if single is None or not single.measure or text[place].text.isascii() or text[place].text in self._plurals:
            return None
        weekday = self._weekdays.at(text, single.until)
        if weekday is not None or (single.until < len(text) and text[single.until].is_number):
            return None
        value = NumberValue(best=single.multiple, qualifier=modifier.item if modifier else "exact", unit=single.unit)
        start = modifier.start if modifier else text[index].start
        return Reading(start, text[single.until - 1].end, index, single.until, value, counted=single)

    # --- a stretch that ends now ---

    def _past(self, text: Sequence[Word], index: int, reading: Reading | None) -> Expression | None:
        """Read "past 24 hours", "الـ24 ساعة الماضية", "الأيام الثلاثة الماضية", "اليومين الماضيين"."""
        opening = self._past_before.at(text, index)
        if opening is not None:
            found = self._amount(text, opening.until, self._duration(text, opening.until))
            return found and self._stretch(text, opening.start, index, *found)
        for found in (self._amount(text, index, reading), self._noun_first(text, index)):
            closing = None if found is None else self._past_after.at(text, found[0])
            if found is not None and closing is not None:
                return self._stretch(text, text[index].start, index, closing.until, *found[1:])
        return None

    def _stretch(
        self, text: Sequence[Word], start: int, index: int, until: int, unit: str, amount: int, multiple: int
    ) -> Expression:
        days = {"days": amount * multiple, "hours": 0 if amount % 24 else amount // 24}.get(unit)
        precision: Precision = "week" if multiple == 7 else "day" if days else _UNITS[unit]
        said = Said(precision, "publication", days=-days if days else None)
        return Expression(start, text[until - 1].end, index, until, said)

    def _amount(self, text: Sequence[Word], index: int, reading: Reading | None) -> tuple[int, str, int, int] | None:
        """Give the index behind "24 hours", its unit, how many, and how many of the unit each is."""
        place = index + (index < len(text) and text[index].text == ARTICLE)
        if place > index and place < len(text) and text[place].is_number:
            value = int(text[place].text) if text[place].text.isdecimal() and len(text[place].text) < 5 else None
            counted = self._numbers.counted.at(text, place + 1)
            if value is None or counted is None or counted.unit not in _UNITS:
                return None
            return counted.until, counted.unit, value, counted.multiple
        if reading is None or reading.value is None or reading.value.best is None or reading.value.unit is None:
            return None
        multiple = self._multiple(text, reading)
        return reading.until, reading.value.unit, reading.value.best // multiple, multiple

    def _multiple(self, text: Sequence[Word], reading: Reading) -> int:
        """Give how many of the unit the noun stands for: 7 days a week, in the dual as well."""
        if reading.counted is not None:
            return reading.counted.multiple
        word = text[reading.until - 1].text
        nouns = (dual.noun for form in forms(word) if (dual := self._duals.get(form.text)) is not None)
        return self._numbers.counted.multiple(next(nouns, word))

    def _noun_first(self, text: Sequence[Word], index: int) -> tuple[int, str, int, int] | None:
        counted = None if text[index].text.isascii() else self._numbers.counted.at(text, index)
        if counted is None or counted.unit not in _UNITS:
            return None
        place = counted.until + (counted.until < len(text) and text[counted.until].text == ARTICLE)
        if place > counted.until and place < len(text) and text[place].text.isdecimal():
            return place + 1, counted.unit, int(text[place].text[:5]), counted.multiple
        numeral = self._numerals.at(text, place)
        # "يوم الأحد الماضي" is last Sunday: weekdays are written as numbers are.
        if numeral is None or numeral.value is None or self._weekdays.at(text, place) is not None:
            return None
        return numeral.until, counted.unit, numeral.value, counted.multiple


def _said(reading: Reading, multiple: int, sign: int, anchor: Anchor) -> Said | None:
    """Give what a duration says as a distance, or None where it is no stretch of time."""
    value = reading.value
    if value is None or value.unit not in _UNITS:
        return None
    precision: Precision = "week" if multiple == 7 else _UNITS[value.unit]
    amount = value.best if value.qualifier in ("exact", "about") else None
    if amount is None:
        return Said(precision, anchor)
    amount *= sign
    match value.unit:
        case "days":
            return Said(precision, anchor, days=amount)
        case "hours" if amount and amount % 24 == 0:
            return Said("day", anchor, days=amount // 24)
        case "months" if anchor == "publication":
            return Said(precision, anchor, months=amount)
        case "years" if anchor == "publication":
            return Said(precision, anchor, years=amount)
        case _:
            return Said(precision, anchor)
