"""Numbers that count nothing: names, labels, ordinals, years, ages, clock times, telephone and list numbers.

Idioms are phrases of the lexicon and seen to by `numbers`; what is part of a date is seen to by `dates`.
"""

from collections.abc import Sequence

from annotator.finders.edges import AND, is_arabic
from annotator.finders.numbers.counted import Counted
from annotator.finders.numbers.quantity import Quantity
from annotator.finders.times.figures import YEARS
from annotator.finders.words import Word, forms, phrase_table, single_words
from annotator.model.lexicon import NumberWords, TimeWords

PHONE_DIGITS = 7
"""As many digits as this without a separator are no count, unless a noun says so."""
BRACKET_REACH = 12
ROW_REACH = 6
"""How many numbers of a row may stand between a number and the label of them all."""

_COMMAS = frozenset({",", "،"})


class Labels:
    """Tells which numbers are none, with the words of all languages."""

    def __init__(self, numbers: NumberWords, times: TimeWords) -> None:
        self._before = phrase_table(numbers.labels)
        self._rows = phrase_table(numbers.row_labels)
        self._joiners = single_words((*numbers.joiners, *numbers.upto))
        self._loose = phrase_table(numbers.loose_labels)
        self._behind = phrase_table(numbers.labelled)
        self._tolls = phrase_table(numbers.tolls)
        self._ordinals = single_words(numbers.ordinals)
        self._one = frozenset(numbers.one)
        dated = (*times.years, *times.months)
        self._dated = phrase_table(dated)

    def holds(self, text: Sequence[Word], core: Quantity, first: int, counted: Counted | None) -> bool:
        """Tell whether a number whose own first word is `first` is only a name, a label or a place in a row."""
        if self._behind_label(text, core, first, counted) or self._is_marked(text, core.until):
            return True
        if core.in_words:
            return self._is_ordinal(text, core, first) or (counted is None and _is_hyphened(text, core.until))
        return core.high is None and self._digits_hold(text, core, first, counted)

    def _behind_label(self, text: Sequence[Word], core: Quantity, first: int, counted: Counted | None) -> bool:
        if first == 0 or core.vague or core.fraction or core.dual:
            return False
        if core.in_words and counted is not None:
            return False
        before = text[first - 1]
        letter = (
            len(before.text) == 1 and before.text.isascii() and before.text.isalpha() and before.text not in self._one
        )
        if (letter and not core.in_words) or self._before.before(text, first) is not None:
            return True
        if counted is not None and counted.first == core.until:
            return False
        in_row = not core.in_words and self._is_labelled_row(text, first)
        return in_row or self._loose.before(text, first) is not None

    def _is_labelled_row(self, text: Sequence[Word], first: int) -> bool:
        """Tell whether digits go on with a row that a label opens: "aged 5, 7 and 9"."""
        place = first
        for _ in range(ROW_REACH):
            before = place
            while before and (text[before - 1].text in _COMMAS or text[before - 1].text in self._joiners):
                before -= 1
            if before == place or not before or not text[before - 1].is_number:
                return False
            place = before - 1
            if self._rows.before(text, place) is not None:
                return True
        return False

    def _is_marked(self, text: Sequence[Word], until: int) -> bool:
        """Tell whether what follows makes it no count: mm, p.m., -year-old."""
        hyphened = until < len(text) and text[until].text == "-"
        return self._behind.at(text, until + 1 if hyphened else until) is not None

    def _is_ordinal(self, text: Sequence[Word], core: Quantity, first: int) -> bool:
        if core.vague or core.fraction or core.dual:
            return False
        behind = core.until
        if behind < len(text) and text[behind].text == "-":
            behind += 1
        tens = core.exact is not None and core.exact >= 20
        if (behind > core.until or tens) and behind < len(text) and text[behind].text in self._ordinals:
            return True
        return bool(first) and is_arabic(text[first].text[0]) and self._follows_ordinal(text, core, first)

    def _follows_ordinal(self, text: Sequence[Word], core: Quantity, first: int) -> bool:
        """Tell whether an Arabic number goes on with an ordinal: الثالث عشر, الخامس والعشرين."""
        ordinal = any(form.text in self._ordinals for form in forms(text[first - 1].text))
        joined = text[first].text.startswith(AND)
        return ordinal and (core.exact == 10 or (joined and core.exact is not None and core.exact % 10 == 0))

    def _digits_hold(self, text: Sequence[Word], core: Quantity, first: int, counted: Counted | None) -> bool:
        digits = text[first].text
        # Arabic "the 14" is mostly a place in a row: it counts where its noun stands right behind.
        if core.definite and (counted is None or counted.first != core.until):
            return True
        if self._is_phone(text, first, counted) or self._is_heading(text, first, core.until):
            return True
        if self._is_glued(text, first, core.until, counted):
            return True
        if len(digits) > 1 and digits.isdecimal() and digits[0] in "0٠۰":
            return True
        return counted is None and self._is_aside(text, first, core.until)

    def _is_glued(self, text: Sequence[Word], first: int, until: int, counted: Counted | None) -> bool:
        """Tell whether digits are part of something: 21st, 10:30, 5/6, 81-mm, 3-1; 25km and 72-hour are numbers."""
        before = text[first - 1] if first else None
        if before is not None and before.end == text[first].start:
            inside = before.text in (":", "/", ".", "-") and _ends_number(text, first - 1)
            if inside or before.text in ("#", "°"):
                return True
        behind = text[until] if until < len(text) else None
        if behind is None or behind.start != text[until - 1].end:
            return False
        if behind.is_letters:
            return counted is None or counted.first != until
        follows = text[until + 1] if until + 1 < len(text) and text[until + 1].start == behind.end else None
        if behind.text == "-":
            return follows is not None and (follows.is_number or counted is None)
        return behind.text == "°" or (behind.text in (":", "/") and follows is not None and follows.is_number)

    def _is_heading(self, text: Sequence[Word], first: int, until: int) -> bool:
        """Tell whether digits stand alone in front of a line or before a lone bracket, as in a list: "1.", "2)"."""
        if until >= len(text) or text[until].text not in (".", ")", "-", ":"):
            return False
        opens_line = first == 0 or text[first - 1].text.startswith("\n")
        if opens_line and text[until].text == "-":
            behind = text[until + 1] if until + 1 < len(text) else None
            return behind is not None and (behind.start > text[until].end or is_arabic(behind.text[0]))
        if opens_line:
            return until + 1 < len(text) and text[until].start == text[until - 1].end
        if text[until].text != ")" or text[until].start != text[until - 1].end:
            return False
        return all(word.text != "(" for word in text[max(0, first - BRACKET_REACH) : first])

    def _is_aside(self, text: Sequence[Word], first: int, until: int) -> bool:
        """Tell whether digits stand alone between brackets or commas, as an age does: "Ahmed, 12, was"."""
        if first < 2 or until != first + 1 or until >= len(text) or not text[first - 2].is_letters:
            return False
        if text[first - 1].text != "(" and len(text[first].text) > len("99"):
            return False
        between = text[first - 1].text + text[until].text
        return between in ("()", ",,", "،،") and self._tolls.before(text, first - 1) is None

    def _is_phone(self, text: Sequence[Word], first: int, counted: Counted | None) -> bool:
        digits = text[first].text
        if digits.isdecimal() and len(digits) >= PHONE_DIGITS:
            return counted is None or counted.first > first + 1
        series = [first]
        for step in (-1, 1):
            place = first
            while (further := _beside(text, place, step)) is not None and len(series) < 8:
                place = further
                series.append(place)
        start = min(series)
        if start and text[start - 1].text == "+" and text[start - 1].end == text[start].start:
            return True
        return len(series) > 2 or (len(series) == 2 and text[start].text[0] in "0٠۰")

    def is_year(self, text: Sequence[Word], core: Quantity, first: int, counted: Counted | None) -> bool:
        """Tell whether plain digits are a year, or a range of years."""
        plain = any(len(word.text) == 4 and word.text.isdecimal() for word in text[first : core.until])
        if not plain or core.exact not in YEARS:
            return False
        if core.high is not None:
            return core.high in YEARS
        return counted is None or self._dated.before(text, first) is not None


def _is_hyphened(text: Sequence[Word], until: int) -> bool:
    """Tell whether a number in words goes on with a hyphen to what it does not count: "three-pronged"."""
    if until + 1 >= len(text) or text[until].text != "-":
        return False
    return text[until - 1].end == text[until].start and text[until].end == text[until + 1].start


def _ends_number(text: Sequence[Word], index: int) -> bool:
    """Tell whether digits are glued in front of the mark at `index`."""
    return index > 0 and text[index - 1].is_number and text[index - 1].end == text[index].start


def _beside(text: Sequence[Word], place: int, step: int) -> int | None:
    """Give the index of plain digits right beside those at `place`, with a blank or a hyphen between."""
    near = place + step
    if 0 <= near < len(text) and text[near].text == "-":
        near += step
    if not 0 <= near < len(text) or not text[near].text.isdecimal():
        return None
    first, second = sorted((place, near))
    return near if text[second].start - text[first].end <= 1 else None
