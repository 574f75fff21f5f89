"""Exact numbers in words or digits: "six thousand", "253", "خمسة وعشرين", "ثلاثة آلاف". No modifiers, no units."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from annotator.finders.edges import is_arabic, is_proclitic
from annotator.finders.words import Match, PhraseTable, Word, split
from annotator.model.lexicon import NumberWords

_GROUPED = re.compile(r"\d{1,3}(?:[,٬]\d{3})+")
_DECIMAL = re.compile(r"(\d+)[.٫](\d+)")


LARGEST = 10**15
"""No news counts higher; and what is made of a number stays within the integers that every JSON reader keeps."""


class Numeral(NamedTuple):
    """An exact number that stands in a text."""

    value: int | None
    """None when it is written with decimals that leave no whole number, or is beyond `LARGEST`."""
    start: int
    """Where its span begins, in the folded text."""
    until: int
    """Index one past its last word."""
    in_words: bool


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


class NumeralReader:
    """Reads exact numbers with the number words of all languages."""

    def __init__(self, numbers: NumberWords) -> None:
        cardinals = [(word, (value, False)) for word, value in numbers.cardinals.items()]
        scales = [(word, (value, True)) for word, value in numbers.scales.items()]
        self._parts: PhraseTable[tuple[int, bool]] = PhraseTable([*cardinals, *scales])
        self._scales = PhraseTable(numbers.scales)
        self._fixed = PhraseTable(numbers.fixed)
        self._one = frozenset(numbers.one)
        self._joiners = frozenset(joiner for phrase in numbers.joiners for joiner in split(phrase))

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

    def _digits(self, text: Sequence[Word], index: int) -> Numeral | None:
        word = text[index]
        before = text[index - 1] if index else None
        if before is not None and before.end == word.start and before.is_letters and not is_proclitic(before.text):
            return None
        scale = self._scales.at(text, index + 1)
        factor, until = (scale.item, scale.until) if scale is not None else (1, index + 1)
        value = _whole(word.text, factor)
        return Numeral(value if value is None or value <= LARGEST else None, word.start, until, False)

    def _spelled(self, text: Sequence[Word], index: int) -> Numeral | None:
        first = self._parts.at(text, index)
        if first is None:
            return self._one_of_scale(text, index)
        so_far = _add(_Sum(), self._part(text, index, first, joined=False))
        if so_far is None:
            return None
        until = first.until
        while (step := self._next(text, until)) is not None:
            following, found, linked = step
            grown = _add(so_far, self._part(text, following, found, joined=linked or found.joined))
            if grown is None:
                break
            so_far, until = grown, found.until
        return Numeral(so_far.value, first.start, until, True)

    def _one_of_scale(self, text: Sequence[Word], index: int) -> Numeral | None:
        """Read "a hundred" and what follows it."""
        if text[index].text not in self._one or self._scales.at(text, index + 1) is None:
            return None
        one = Word("one", text[index].start, text[index].end)
        rest = self._spelled([one, *text[index + 1 : index + 12]], 0)
        return rest and Numeral(rest.value, rest.start, rest.until + index, True)

    def _next(self, text: Sequence[Word], index: int) -> tuple[int, Match[tuple[int, bool]], bool] | None:
        linked = index < len(text) and (text[index].text in self._joiners or text[index].text == "-")
        following = index + 1 if linked else index
        found = self._parts.at(text, following)
        return None if found is None else (following, found, linked)

    def _part(self, text: Sequence[Word], index: int, found: Match[tuple[int, bool]], joined: bool) -> _Part:
        value, scales = found.item
        return _Part(value, scales, joined, is_arabic(text[index].text[0]))


def _add(so_far: _Sum, part: _Part) -> _Sum | None:
    """Give the number with one more word, or None when the word begins another number."""
    # Arabic joins by و and only multiplies without it; English needs neither, and "and" only after a hundred.
    if part.arabic and not so_far.empty and not part.joined:
        return _multiplied(so_far, part) if part.scales else _teen(so_far, part)
    if not part.arabic and part.joined and not (so_far.hundreds or so_far.scale or so_far.tens >= 20):
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


def _whole(digits: str, factor: int) -> int | None:
    """Give digits of any script as a whole number, or None: 1,500 is grouped, 2.5 is whole only times a scale."""
    if len(digits) > len(str(LARGEST)) * 2:
        return None
    if _GROUPED.fullmatch(digits):
        return int(digits.replace(",", "").replace("٬", "")) * factor
    if decimal := _DECIMAL.fullmatch(digits):
        value, rest = divmod(int(decimal[1] + decimal[2]) * factor, 10 ** len(decimal[2]))
        return value if not rest else None
    return int(digits) * factor if digits.isdecimal() else None
