"""Every number expression reads back as the value that it was made from, in both languages.

What is made here follows the grammars of the languages and knows nothing of how the reader works. Only the words of
modifiers, nouns and fractions come from the lexicon, so that a new row is tried as soon as it is there.
"""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.finders.numbers.number_finder import NumberFinder
from annotator.finders.sentences import Sentences
from annotator.model.guidelines import Guidelines
from annotator.model.value import NumberValue
from annotator.text.folding import fold

# --- English ---

TEENS = ["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
ONES = ["_", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", *TEENS]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


@st.composite
def english(draw: st.DrawFn, most: int = 999_999_999) -> tuple[str, int]:
    """A number in English words, with and without "and", hyphens and the "a" of "a hundred"."""
    number = draw(st.one_of(st.integers(2, min(most, 130)), st.integers(2, min(most, 9999)), st.integers(2, most)))
    linked, hyphen, article = draw(st.booleans()), draw(st.sampled_from("- ")), draw(st.booleans())
    if 1100 <= number < 10_000 and number % 1000 >= 100 and draw(st.booleans()):
        return f"{english_below_100(number // 100, hyphen)} hundred{english_rest(number % 100, linked, hyphen)}", number
    said = english_words(number, linked, hyphen)
    return (f"a {said[4:]}" if article and said.startswith("one ") else said), number


def english_words(number: int, linked: bool, hyphen: str) -> str:
    for scale, word in ((1_000_000, "million"), (1000, "thousand")):
        if number >= scale:
            front, rest = divmod(number, scale)
            tail = english_rest(rest, linked, hyphen) if rest < 100 else f" {english_words(rest, linked, hyphen)}"
            return f"{english_words(front, linked, hyphen)} {word}{tail}"
    if number >= 100:
        return f"{ONES[number // 100]} hundred{english_rest(number % 100, linked, hyphen)}"
    return english_below_100(number, hyphen)


def english_rest(rest: int, linked: bool, hyphen: str) -> str:
    return "" if not rest else f"{' and' if linked else ''} {english_below_100(rest, hyphen)}"


def english_below_100(number: int, hyphen: str) -> str:
    if number < 20:
        return ONES[number]
    return TENS[number // 10 - 2] + (hyphen + ONES[number % 10] if number % 10 else "")


# --- Arabic: what is counted decides the gender, and three to ten take the other one ---

MASCULINE_FORM = ["_", "واحد", "اثنان", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثماني", "تسع", "عشر"]
FEMININE_FORM = ["_", "واحدة", "اثنتان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة"]
ARABIC_TENS = ["_", "_", "عشر", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع"]
HUNDREDS = ["_", "_", "_", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع"]


class Style:
    """How one writer writes: gender of what is counted, case, and the spelling of a hundred."""

    def __init__(self, feminine: bool, nominative: bool, hundred: str, parted: bool, tanween: bool) -> None:
        self.feminine, self.nominative, self.hundred = feminine, nominative, hundred
        self.parted, self.tanween = parted, tanween

    def counting(self, feminine: bool) -> "Style":
        return Style(feminine, self.nominative, self.hundred, self.parted, self.tanween)


STYLES = st.builds(Style, st.booleans(), st.booleans(), st.sampled_from(["مئة", "مائة"]), st.booleans(), st.booleans())


@st.composite
def arabic(draw: st.DrawFn, most: int = 999_999_999) -> tuple[str, int]:
    """A number in Arabic words, in either gender and any case."""
    number = draw(st.one_of(st.integers(3, min(most, 130)), st.integers(3, min(most, 9999)), st.integers(3, most)))
    for scale in (1000, 1_000_000):
        if number // scale % 1000 > 100 and number // scale % 100 in (1, 2):
            number += 3 * scale  # "a hundred and two thousand" is written in more than one way
    return arabic_words(number, draw(STYLES)), number


def arabic_words(number: int, style: Style) -> str:
    parts = []
    for scale, one, few, many in ((1_000_000, "مليون", "ملايين", "مليون"), (1000, "ألف", "آلاف", "ألف")):
        front, number = divmod(number, scale)
        if front:
            parts.append(arabic_scaled(front, one, few, many, style))
    if number:
        parts.append(arabic_below_1000(number, style))
    return " و".join(parts)


def arabic_scaled(front: int, one: str, few: str, many: str, style: Style) -> str:
    if front == 1:
        return one
    if front == 2:
        return one + ("ان" if style.nominative else "ين")
    counted = few if 3 <= front % 100 <= 10 else many
    if 11 <= front % 100 <= 99:
        counted += "اً" if style.tanween else "ا"
    return f"{arabic_below_1000(front, style.counting(feminine=False))} {counted}"


def arabic_below_1000(number: int, style: Style) -> str:
    hundreds, rest = divmod(number, 100)
    parts = []
    if hundreds:
        parts.append(arabic_hundreds(hundreds, style))
    if rest:
        parts.append(arabic_below_100(rest, style))
    return " و".join(parts)


def arabic_hundreds(hundreds: int, style: Style) -> str:
    if hundreds == 1:
        return style.hundred
    if hundreds == 2:
        return style.hundred[:-1] + ("تان" if style.nominative else "تين")
    return HUNDREDS[hundreds] + (" " if style.parted and hundreds != 8 else "") + style.hundred


def arabic_below_100(number: int, style: Style) -> str:
    units = MASCULINE_FORM if style.feminine else FEMININE_FORM
    if number <= 2:
        return arabic_one_or_two(number, style)
    if number <= 10:
        return units[number]
    if number < 20:
        return arabic_teen(number, units, style)
    tens = ARABIC_TENS[number // 10] + ("ون" if style.nominative else "ين")
    if number % 10 == 0:
        return tens
    unit = {1: "إحدى" if style.feminine else "واحد"}.get(number % 10)
    unit = unit or (arabic_one_or_two(2, style) if number % 10 == 2 else units[number % 10])
    if style.tanween and not style.nominative and unit in ("واحد", "ثلاث", "أربع", "خمس", "ست", "سبع", "تسع"):
        unit += "اً"
    return f"{unit} و{tens}"


def arabic_one_or_two(number: int, style: Style) -> str:
    if number == 1:
        return "واحدة" if style.feminine else "واحد"
    return ("اثنت" if style.feminine else "اثن") + ("ان" if style.nominative else "ين")


def arabic_teen(number: int, units: list[str], style: Style) -> str:
    ten = "عشرة" if style.feminine else "عشر"
    if number == 11:
        return f"{'إحدى' if style.feminine else 'أحد'} {ten}"
    if number == 12:
        return ("اثنت" if style.feminine else "اثن") + ("ا" if style.nominative else "ي") + f" {ten}"
    return f"{units[number - 10]} {ten}"


# --- what is read ---

SCRIPTS = ("0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")
DIGITS = st.tuples(st.integers(0, 10**12), st.sampled_from(SCRIPTS), st.sampled_from(["", ",", "٬", "،", "."]))


def in_digits(number: int, script: str, separator: str) -> str:
    return f"{number:,}".replace(",", separator).translate(str.maketrans(SCRIPTS[0], script))


@pytest.fixture(scope="module")
def finder(guidelines: Guidelines) -> NumberFinder:
    return NumberFinder(guidelines.schema, guidelines.lexicon)


def only(finder: NumberFinder, text: str) -> tuple[str, NumberValue]:
    """Quote and value of the one number that `text` holds."""
    found = finder.find(text, fold(text), Sentences(text))
    assert len(found) == 1, [number.span.of(text) for number in found]
    assert found[0].value is not None
    return found[0].span.of(text), found[0].value


def bounds(value: NumberValue) -> tuple[int | None, int | None, int | None]:
    return value.low, value.high, value.best


NOUNS = {english: "fighters", arabic: "مقاتل"}
LANGUAGES = st.sampled_from([english, arabic])


@given(data=st.data(), language=LANGUAGES)
def test_words_read_back(finder: NumberFinder, data: st.DataObject, language: object) -> None:
    written, number = data.draw(language())  # type: ignore[operator]
    quote, value = only(finder, f"{written} {NOUNS[language]}")  # type: ignore[index]
    assert (quote, bounds(value), value.unit) == (written, (number,) * 3, "persons")


@given(digits=DIGITS, noun=st.sampled_from(["fighters", "مقاتل"]))
def test_digits_read_back_in_every_script_and_with_every_separator(
    finder: NumberFinder, digits: tuple[int, str, str], noun: str
) -> None:
    written = in_digits(*digits)
    quote, value = only(finder, f"{written} {noun}")
    assert (quote, value.best, value.unit) == (written, digits[0], "persons")


@given(first=st.integers(2, 99), second=st.integers(2, 99))
def test_two_numbers_beside_each_other_stay_two(finder: NumberFinder, first: int, second: int) -> None:
    text = f"{english_below_100(first, '-')} men, {english_below_100(second, ' ')} women"
    found = finder.find(text, fold(text), Sentences(text))
    assert [number.value and number.value.best for number in found] == [first, second]


@given(tenths=st.integers(1, 999), scale=st.sampled_from([("million", 10**6), ("مليون", 10**6), ("ألف", 1000)]))
def test_decimals_of_a_scale_are_whole(finder: NumberFinder, tenths: int, scale: tuple[str, int]) -> None:
    written = f"{tenths // 10}.{tenths % 10} {scale[0]}"
    assert only(finder, written)[1].best == tenths * scale[1] // 10


def expected(qualifier: str, number: int) -> tuple[int | None, int | None, int | None]:
    """What a modifier makes of a count of persons."""
    return {
        "more_than": (number + 1, None, None),
        "at_least": (number, None, None),
        "at_most": (None, number, None),
        "less_than": (None, number - 1, None),
        "about": (None, None, number),
    }[qualifier]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("side", ["before", "after"])
@given(number=st.integers(2, 1899), data=st.data())
def test_modifiers_move_the_bounds_and_belong_to_the_span(
    finder: NumberFinder, guidelines: Guidelines, language: str, side: str, number: int, data: st.DataObject
) -> None:
    table = getattr(guidelines.lexicon.languages[language].numbers, side)
    qualifier, phrase = data.draw(st.sampled_from([(name, phrase) for name in table for phrase in table[name]]))
    noun = "fighters" if language == "en" else "مقاتل"
    glue = "" if phrase.startswith(("-", "+")) else " "
    written = f"{phrase} {number}" if side == "before" else f"{number}{glue}{phrase}"
    quote, value = only(finder, f"{written} {noun}")
    assert (quote, bounds(value), value.qualifier) == (written, expected(qualifier, number), qualifier)


@given(number=st.integers(2, 1899), first=st.sampled_from(["at least", "up to", "more than", "fewer than"]))
def test_of_two_modifiers_the_bound_counts(finder: NumberFinder, number: int, first: str) -> None:
    alone, stacked = only(finder, f"{first} {number} men")[1], only(finder, f"{first} some {number} men")
    assert stacked == (f"{first} some {number}", alone)


RANGES = {
    english: ["{} to {} men", "from {} to {} men", "between {} and {} men", "{} or {} men"],
    arabic: ["من {} إلى {} مقاتل", "بين {} و{} مقاتل", "ما بين {} إلى {} مقاتل", "{} أو {} مقاتل", "{} إلى {} مقاتل"],
}


@given(data=st.data(), language=LANGUAGES, digits=st.booleans())
def test_ranges_have_both_ends(finder: NumberFinder, data: st.DataObject, language: object, digits: bool) -> None:
    shape = data.draw(st.sampled_from(RANGES[language]))  # type: ignore[index]
    low, high = data.draw(st.integers(2, 19)), data.draw(st.integers(20, 99))
    if digits:
        ends = [str(low), str(high)]
    elif language is english:
        ends = [english_below_100(low, "-"), english_below_100(high, "-")]
    else:
        style = data.draw(STYLES)
        ends = [arabic_below_100(low, style), arabic_below_100(high - high % 10, style)]
        high -= high % 10
    written = shape.format(*ends)
    quote, value = only(finder, written)
    assert (value.low, value.high, value.qualifier) == (low, high, "range")
    assert quote == written.rsplit(" ", 1)[0]


def nouns_of(guidelines: Guidelines, language: str) -> list[tuple[str, str]]:
    table = guidelines.lexicon.languages[language].numbers.nouns
    return [(unit, noun) for unit, nouns in table.items() for noun in nouns]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_noun_is_counted_in_its_unit(finder: NumberFinder, guidelines: Guidelines, language: str) -> None:
    wrong = []
    for unit, noun in nouns_of(guidelines, language):
        found = finder.read(f"7 {noun}")
        if found is None or found.unit != unit:
            wrong.append((unit, noun, found and found.unit))
    assert wrong == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_noun_has_two_units(guidelines: Guidelines, language: str) -> None:
    numbers = guidelines.lexicon.languages[language].numbers
    nouns = [noun for _, noun in nouns_of(guidelines, language)] + list(numbers.things)
    assert sorted({noun for noun in nouns if nouns.count(noun) > 1}) == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_fraction_is_one_of_what_stands_before_it(
    finder: NumberFinder, guidelines: Guidelines, language: str
) -> None:
    behind = {"en": "of the fighters", "ar": "المقاتلين"}[language]
    for phrase, share in guidelines.lexicon.languages[language].numbers.fractions.items():
        value = finder.read(f"{phrase} {behind}")
        assert value is not None, phrase
        assert (value.num, value.den) == share, phrase


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_vague_word_has_its_bounds(finder: NumberFinder, guidelines: Guidelines, language: str) -> None:
    noun = {"en": "fighters", "ar": "مقاتلين"}[language]
    for phrase, limits in guidelines.lexicon.languages[language].numbers.vague.items():
        value = finder.read(f"{phrase} {noun}")
        assert value is not None, phrase
        assert (value.low, value.high) == (limits[0], limits[1] if len(limits) > 1 else None), phrase


@pytest.mark.parametrize("language", ["en", "ar"])
def test_behind_every_label_a_number_counts_nothing(
    finder: NumberFinder, guidelines: Guidelines, language: str
) -> None:
    numbers = guidelines.lexicon.languages[language].numbers
    counted = [label for label in (*numbers.labels, *numbers.loose_labels) if finder.read(f"{label} 47") is not None]
    assert counted == []
    assert [mark for mark in numbers.labelled if finder.read(f"47 {mark}") is not None] == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_decoy_counts_nothing(finder: NumberFinder, guidelines: Guidelines, language: str) -> None:
    numbers = guidelines.lexicon.languages[language].numbers
    assert [decoy for decoy in numbers.decoys if finder.read(decoy) is not None] == []


ENGLISH_PIECES = [
    "at least",
    "some",
    "12",
    "five",
    "half",
    "a",
    "of",
    "km",
    "1.500",
    "no",
    "casualties",
    "one",
    "or more",
]
ARABIC_PIECES = [
    "خمسة",
    "و",
    "وعشرين",
    "ألف",
    "من",
    "إلى",
    "بين",
    "ثلثاهم",
    "طفليها",
    "قريتي",
    "عدة",
    "مواقع",
    "واحد",
    "الـ",
]
MARKS = [
    "-",
    "(",
    ")",
    ",",
    ".",
    "%",
    "+",
    "ـ",
    "\u0651",
    "\n",
    "2016",
    "m",
    "and a half",
    "ونصف",
    "لم ترد",
    "خسائر",
    "men",
]
PIECES = st.sampled_from([*ENGLISH_PIECES, *ARABIC_PIECES, *MARKS])


@given(pieces=st.lists(PIECES, max_size=25), glue=st.sampled_from([" ", ""]))
def test_spans_stay_inside_the_text_in_order_and_apart(finder: NumberFinder, pieces: list[str], glue: str) -> None:
    text = glue.join(pieces)
    spans = [number.span for number in finder.find(text, fold(text), Sentences(text))]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(first.end <= second.start for first, second in pairwise(spans))
