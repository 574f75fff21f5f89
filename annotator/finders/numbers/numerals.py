"""Exact numbers in words or digits: "six thousand", "253", "خمسة وعشرين", "3 آلاف و500". No modifiers, no units."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from annotator.finders.edges import ARTICLE, CONTRACTED_ARTICLE, is_arabic, is_proclitic
from annotator.finders.words import Match, PhraseTable, Word, single_words, split
from annotator.model.lexicon import NumberWords

_GROUPED = re.compile(r"\d{1,3}(?:([,٬،])\d{3})(?:\1\d{3})*")
_DOTTED = re.compile(r"(?![0٠۰])\d{1,3}(?:\.\d{3})+")
_DECIMAL = re.compile(r"(\d+)[.,٫،](\d+)")
_SEPARATORS = str.maketrans("", "", ",٬،.")


LARGEST = 10**15
"""No news counts higher; and what is made of a number stays within the integers that every JSON reader keeps."""

MOST_DIGITS = 32
"""What is longer is no number, and is not read to its end."""


class Numeral(NamedTuple):
    """An exact number that stands in a text."""

    value: int | None
    """None when it is written with decimals that leave no whole number, or is beyond `LARGEST`."""
    start: int
    """Where its span begins, in the folded text."""
    until: int
    """Index one past its last word."""
    in_words: bool
    scale: int = 1
    """What its last word multiplied by: in "two to three thousand" it holds for the two as well."""
    dotted: bool = False
    """Whether it is written like 12.500, which is a count only where a count is due."""
    decimal: tuple[int, int] | None = None
    """Numerator and denominator, where decimals leave no whole number."""
    definite: bool = False
    """Whether the article is glued in front: الـ14 may be an ordinal."""


@dataclass(frozen=True, slots=True)
class _Sum:
    """A number while it is read: finished groups of thousands, and the slots of the group that is open."""

    total: int = 0
    scale: int | None = None
    hundreds: int = 0
    tens: int = 0
    units: int = 0

    @property
    def group(self) -> int:
        return self.hundreds * 100 + self.tens + self.units

    @property
    def value(self) -> int:
        return self.total + self.group

    @property
    def empty(self) -> bool:
        return self.scale is None and not self.group


class _Part(NamedTuple):
    """A word of a number: how much it says, whether it multiplies, and how it hangs on the word before."""

    value: int
    scales: bool
    joined: bool
    arabic: bool
    hyphened: bool = False
    digits: bool = False


class NumeralReader:
    """Reads exact numbers with the number words of all languages."""

    def __init__(self, numbers: NumberWords) -> None:
        cardinals = [(word, (value, False)) for word, value in numbers.cardinals.items()]
        scales = [(word, (value, True)) for word, value in numbers.scales.items()]
        self._parts: PhraseTable[tuple[int, bool]] = PhraseTable([*cardinals, *scales])
        self._scales = PhraseTable(numbers.scales)
        self._fixed = PhraseTable(numbers.fixed)
        self._halves = PhraseTable(numbers.halves)
        self._one = frozenset(numbers.one)
        self._joiners = single_words(numbers.joiners)
        self._dependent = frozenset(split(phrase) for phrase in numbers.dependent)

    @property
    def begins(self) -> frozenset[str]:
        """The words that a number may begin with."""
        return self._parts.openings | self._fixed.openings | self._one

    def at(self, text: Sequence[Word], index: int) -> Numeral | None:
        """Give the longest number that begins at the word `index`, or None."""
        if index >= len(text):
            return None
        if text[index].is_number:
            return self._digits(text, index)
        fixed = self._fixed.at(text, index)
        spelled = self._spelled(text, index)
        if fixed is not None and (spelled is None or fixed.until > spelled.until):
            return Numeral(fixed.item, fixed.start, fixed.until, True)
        return spelled

    def scale_at(self, text: Sequence[Word], index: int) -> Match[int] | None:
        """Give the scale word at `index` ("million"), when nothing is glued in front of it."""
        found = self._scales.at(text, index)
        return found if found is not None and found.start == text[index].start else None

    def _digits(self, text: Sequence[Word], index: int) -> Numeral | None:
        word = text[index]
        definite = False
        if index and text[index - 1].end == word.start:
            if _names(text, index):
                return None
            definite = text[index - 1].text.endswith(ARTICLE)
        digits, until = _spaced(text, index)
        factor = 1
        while (scale := self.scale_at(text, until)) is not None and factor < LARGEST:
            factor, until = factor * scale.item, scale.until
        value, decimal = _whole(digits, factor)
        dotted = value is not None and "." in digits and factor == 1
        found = Numeral(value, word.start, until, False, factor, dotted, decimal, definite)
        if value is None or value > LARGEST:
            return found._replace(value=None)
        if factor > 1:
            found = self._grown(text, found, _Sum(value, factor))
        return self._with_half(text, found)

    def _spelled(self, text: Sequence[Word], index: int) -> Numeral | None:
        first = self._parts.at(text, index)
        if first is None:
            return self._one_of_scale(text, index)
        so_far = _add(_Sum(), self._part(text, index, first))
        if so_far is None:
            return None
        opened = Numeral(so_far.value, first.start, first.until, True, first.item[0] if first.item[1] else 1)
        found = self._grown(text, opened, so_far)
        alone = tuple(word.text for word in text[index : first.until])
        if found.until == first.until and alone in self._dependent:
            return None
        return self._with_half(text, found)

    def _grown(self, text: Sequence[Word], found: Numeral, so_far: _Sum) -> Numeral:
        """Give a number with all words that follow and belong to it."""
        while (step := self._next(text, found.until)) is not None:
            until, part = step
            grown = _add(so_far, part)
            if grown is None or grown.value > LARGEST:
                break
            so_far = grown
            found = found._replace(value=so_far.value, until=until, scale=part.value if part.scales else 1)
        return found

    def _one_of_scale(self, text: Sequence[Word], index: int) -> Numeral | None:
        """Read "a hundred" and what follows it."""
        if text[index].text not in self._one or self.scale_at(text, index + 1) is None:
            return None
        found = self._grown(text, Numeral(1, text[index].start, index + 1, True), _Sum(units=1))
        return self._with_half(text, found)

    def _next(self, text: Sequence[Word], index: int) -> tuple[int, _Part] | None:
        """Give the part of a number at `index`, a joiner before it included, and the index one past it."""
        if index >= len(text):
            return None
        hyphened = text[index].text == "-"
        linked = text[index].text in self._joiners
        following = index + 1 if linked or hyphened else index
        found = self._parts.at(text, following)
        if found is not None:
            return found.until, self._part(text, following, found, linked, hyphened)
        if linked and following < len(text) and text[following].text.isdecimal() and len(text[following].text) <= 3:
            return following + 1, _Part(
                int(text[following].text), False, True, is_arabic(text[index].text[0]), digits=True
            )
        return None

    def _part(
        self,
        text: Sequence[Word],
        index: int,
        found: Match[tuple[int, bool]],
        linked: bool = False,
        hyphened: bool = False,
    ) -> _Part:
        value, scales = found.item
        return _Part(value, scales, linked or found.joined, is_arabic(text[index].text[0]), hyphened)

    def _with_half(self, text: Sequence[Word], found: Numeral) -> Numeral:
        """Read "two and a half million" and مليون ونصف; without a scale the half belongs to a measure, and is left."""
        half = self._halves.at(text, found.until)
        if half is None or found.value is None or (is_arabic(text[found.until].text[0]) and not half.joined):
            return found
        num, den = half.item
        if found.scale > 1:
            again = self._scales.at(text, half.until)
            until = again.until if again is not None and again.item == found.scale else half.until
            return found._replace(value=found.value + found.scale * num // den, until=until)
        scale = self.scale_at(text, half.until)
        if scale is None:
            return found
        return found._replace(value=(found.value * den + num) * scale.item // den, until=scale.until, scale=scale.item)


def _names(text: Sequence[Word], index: int) -> bool:
    """Tell whether digits are glued to letters before them, as in a name: F-16, إس-300, but not و15 or الـ15."""
    before = text[index - 1]
    if before.is_letters:
        return not is_proclitic(before.text.removesuffix(ARTICLE)) and not before.text.endswith(CONTRACTED_ARTICLE)
    if before.text != "-" or index < 2:
        return False
    return text[index - 2].is_letters and text[index - 2].end == before.start


def _spaced(text: Sequence[Word], index: int) -> tuple[str, int]:
    """Give the digits at `index` and one past them: 12 000 is one number where round thousands follow."""
    digits, until = text[index].text, index + 1
    if len(digits) > 3 or not digits.isdecimal() or digits[0] in "0٠۰":
        return digits, until
    # A row of a table has thousands of such groups; each word of it would read all that follow.
    while len(digits) < MOST_DIGITS and until < len(text) and len(group := text[until].text) == 3 and group.isdecimal():
        if text[until].start != text[until - 1].end + 1 or int(group) % 100 != 0:
            break
        digits, until = digits + group, until + 1
    return digits, until


def _add(so_far: _Sum, part: _Part) -> _Sum | None:
    """Give the number with one more word, or None when the word begins another number."""
    if part.digits:
        return _with_digits(so_far, part)
    # Arabic joins by و and only multiplies without it; English needs neither, and "and" only after a hundred.
    if part.arabic and not so_far.empty and not part.joined:
        return _multiplied(so_far, part) if part.scales else _teen(so_far, part)
    if not part.arabic and part.joined and not (so_far.hundreds or so_far.scale):
        return None
    if part.hyphened and not (part.scales or so_far.tens >= 20):
        return None
    if part.scales:
        return _multiplied(so_far, part)
    if part.value >= 1000:
        return _several_thousand(so_far, part)
    if part.value >= 100:
        return None if so_far.group else replace(so_far, hundreds=part.value // 100)
    if part.value >= 10 or part.value == 0:
        return _with_tens(so_far, part)
    return None if so_far.units or 0 < so_far.tens < 20 else _with_units(so_far, part)


def _with_digits(so_far: _Sum, part: _Part) -> _Sum | None:
    """Read the digits of ألف و200 or مئة و20."""
    room = so_far.scale is not None and not so_far.group
    if not part.arabic or not (room or (so_far.hundreds and so_far.group % 100 == 0 and part.value < 100)):
        return None
    hundreds, rest = divmod(part.value, 100)
    return replace(so_far, hundreds=so_far.hundreds + hundreds, tens=rest // 10 * 10, units=rest % 10)


def _multiplied(so_far: _Sum, part: _Part) -> _Sum | None:
    if part.value == 100:
        if so_far.hundreds or (so_far.group and part.joined) or (so_far.tens and part.arabic):
            return None
        if not so_far.group and not part.arabic:
            return None
        # "fifteen hundred" leaves fifteen of them in the slot.
        return _Sum(so_far.total, so_far.scale, hundreds=so_far.group or 1)
    if so_far.scale is not None and part.value >= so_far.scale:
        return None
    if (so_far.group and part.joined) or (not so_far.group and not part.arabic):
        return None
    return _Sum(so_far.total + (so_far.group or 1) * part.value, part.value)


def _several_thousand(so_far: _Sum, part: _Part) -> _Sum | None:
    """Read ألفين, which is a scale and its two at once."""
    if so_far.group or (so_far.scale is not None and part.value >= so_far.scale):
        return None
    return _Sum(so_far.total + part.value, 1000 if part.value < 1_000_000 else 1_000_000)


def _teen(so_far: _Sum, part: _Part) -> _Sum | None:
    """Read خمسة عشر: ten right behind a unit."""
    return replace(so_far, tens=10) if part.value == 10 and so_far.units and not so_far.tens else None


def _with_tens(so_far: _Sum, part: _Part) -> _Sum | None:
    if so_far.tens or (part.value == 0 and not so_far.empty):
        return None
    if so_far.units and not (part.arabic and part.value >= 20):
        return None
    return replace(so_far, tens=part.value)


def _with_units(so_far: _Sum, part: _Part) -> _Sum | None:
    return None if part.arabic and so_far.tens else replace(so_far, units=part.value)


def _whole(digits: str, factor: int) -> tuple[int | None, tuple[int, int] | None]:
    """Give digits of any script times a scale as a whole number, or else as numerator and denominator.

    1,500 is grouped, and 12.500 may be; 2.5 is whole only times a scale.
    """
    if len(digits) > MOST_DIGITS:
        return None, None
    if _GROUPED.fullmatch(digits) or (_DOTTED.fullmatch(digits) and factor == 1):
        return int(digits.translate(_SEPARATORS)) * factor, None
    if decimal := _DECIMAL.fullmatch(digits):
        num, den = int(decimal[1] + decimal[2]) * factor, 10 ** len(decimal[2])
        return (None, (num, den)) if num % den else (num // den, None)
    return (int(digits) * factor, None) if digits.isdecimal() else (None, None)
