"""What a number expression claims, and where its span lies: the table of bounds in both languages, and decoys."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.finders.numbers import NumberFinder
from annotator.finders.sentences import Sentences
from annotator.model.guidelines import Guidelines
from annotator.text.folding import fold


@pytest.fixture(scope="module")
def finder(guidelines: Guidelines) -> NumberFinder:
    return NumberFinder(guidelines.schema, guidelines.lexicon)


def found(finder: NumberFinder, text: str) -> list[tuple[str, dict[str, object]]]:
    """Quote and value of each number in `text`; bounds that are open are left out."""
    numbers = finder.find(text, fold(text), Sentences(text))
    return [(number.span.of(text), {} if number.value is None else bare(number.value.plain())) for number in numbers]


def bare(value: dict[str, object]) -> dict[str, object]:
    return {name: item for name, item in value.items() if item is not None}


def claim(qualifier: str, unit: str | None = None, **bounds: object) -> dict[str, object]:
    return bare({"qualifier": qualifier, "unit": unit, **bounds})


def exactly(value: int, unit: str | None = None) -> dict[str, object]:
    return claim("exact", unit, low=value, high=value, best=value)


TABLE = [
    ("80", "80", exactly(80)),
    ("٨٠", "٨٠", exactly(80)),
    ("۸۰ عنصرا", "۸۰", exactly(80, "persons")),
    ("خمسة", "خمسة", exactly(5)),
    ("1,500 fighters", "1,500", exactly(1500, "persons")),
    ("١٬٥٠٠ عنصر", "١٬٥٠٠", exactly(1500, "persons")),
    ("2.5 million people", "2.5 million", exactly(2_500_000, "persons")),
    ("more than 100 members", "more than 100", claim("more_than", "persons", low=101)),
    ("أكثر من 100 عنصر", "أكثر من 100", claim("more_than", "persons", low=101)),
    ("أكثر من خمس غارات", "أكثر من خمس", claim("more_than", "strikes", low=6)),
    ("more than 65 km away", "more than 65 km", claim("more_than", "km", low=65)),
    ("أكثر من 65 كم", "أكثر من 65 كم", claim("more_than", "km", low=65)),
    ("at least 4 members", "at least 4", claim("at_least", "persons", low=4)),
    ("ما لا يقل عن 4 عناصر", "ما لا يقل عن 4", claim("at_least", "persons", low=4)),
    ("6 members at least", "6 members at least", claim("at_least", "persons", low=6)),
    ("6 عناصر على الأقل", "6 عناصر على الأقل", claim("at_least", "persons", low=6)),
    ("557 at least", "557 at least", claim("at_least", low=557)),
    ("557 على الأقل", "557 على الأقل", claim("at_least", low=557)),
    ("about 500 elements", "about 500", claim("about", "persons", best=500)),
    ("نحو 500 عنصر", "نحو 500", claim("about", "persons", best=500)),
    ("less than two weeks", "less than two weeks", claim("less_than", "days", high=13)),
    ("أقل من أسبوعين", "أقل من أسبوعين", claim("less_than", "days", high=13)),
    ("up to 30 soldiers", "up to 30", claim("at_most", "persons", high=30)),
    ("fewer than 10 men", "fewer than 10", claim("less_than", "persons", high=9)),
    ("dozens of fighters", "dozens", claim("vague", "persons", low=20, high=99)),
    ("tens of others", "tens", claim("vague", "persons", low=20, high=99)),
    ("العشرات من العناصر", "العشرات", claim("vague", "persons", low=20, high=99)),
    ("عشرات القتلى", "عشرات", claim("vague", "persons", low=20, high=99)),
    ("several explosions", "several", claim("vague", "explosions", low=3)),
    ("عدة انفجارات", "عدة", claim("vague", "explosions", low=3)),
    ("a number of militiamen", "a number of", claim("vague", "persons", low=2)),
    ("عدد من العناصر", "عدد من", claim("vague", "persons", low=2)),
    ("عدداً من عناصر", "عدداً من", claim("vague", "persons", low=2)),
    ("منطقتين", "منطقتين", exactly(2, "areas")),
    ("قريتي", "قريتي", exactly(2, "villages")),
    ("يومين", "يومين", exactly(2, "days")),
    ("أسبوعين", "أسبوعين", exactly(14, "days")),
    ("no information about casualties", "no information about casualties", claim("unknown", "persons")),
    ("دون معرفة حجم الخسائر", "دون معرفة حجم الخسائر", claim("unknown", "persons")),
    ("between 10 and 15 men", "between 10 and 15", claim("range", "persons", low=10, high=15)),
    ("10-15 men", "10-15", claim("range", "persons", low=10, high=15)),
    ("بين 10 و15 عنصرا", "بين 10 و15", claim("range", "persons", low=10, high=15)),
    ("more than a dozen men", "more than a dozen", claim("more_than", "persons", low=13)),
    ("more than six thousand soldiers", "more than six thousand", claim("more_than", "persons", low=6001)),
    ("two simultaneous attacks", "two", exactly(2, "attacks")),
    ("in a week", "a week", exactly(7, "days")),
    ("for three consecutive days", "three consecutive days", exactly(3, "days")),
    ("fifteen hundred men", "fifteen hundred", exactly(1500, "persons")),
    ("ألفين وخمسمئة مقاتل", "ألفين وخمسمئة", exactly(2500, "persons")),
    ("zero casualties", "zero", exactly(0, "persons")),
    ("50 كلم غرب", "50 كلم", exactly(50, "km")),
    ("three rebels", "three", exactly(3, "persons")),
    ("5 آلاف متظاهر", "5 آلاف", exactly(5000, "persons")),
]


@pytest.mark.parametrize(("text", "quote", "value"), TABLE, ids=[row[0] for row in TABLE])
def test_each_kind_of_number_claims_its_bounds(
    finder: NumberFinder, text: str, quote: str, value: dict[str, object]
) -> None:
    assert found(finder, text) == [(quote, value)]


def test_a_fraction_is_taken_of_the_count_before_it(finder: NumberFinder) -> None:
    text = "it rose to 557 at least, the number of members, during 2 months, and about two thirds of them fell"
    assert found(finder, text)[-1] == (
        "about two thirds",
        claim("about", "persons", best=371, num=2, den=3, of="number:11-23"),
    )


def test_a_total_that_rose_is_cumulative(finder: NumberFinder) -> None:
    (_, value) = found(finder, "it rose to 924, the number of casualties")[0]
    assert (value["scope"], value["unit"]) == ("cumulative", "persons")


@pytest.mark.parametrize(
    "text",
    [
        "closed between two fires",
        "one of the bridges",
        "أحد الجسور القريبة",
        "the second attack",
        "the third in the region",
        "الهجوم الثاني",
        "near the Second Station “T2”",
        "towards the M4",
        "in 2016",
        "the 21st division",
        "on the one hand",
        "at 10:30",
        "an 81-mm mortar",
        "a 30-year-old farmer",
        "was seen at 0100",
        "3. We demand guarantees",
        "1" + "0" * 5000,
        "version 2.5",
        "يوم الاثنين الماضي",
        "a man",
        "the first one",
    ],
)
def test_what_counts_nothing_is_no_number(finder: NumberFinder, guidelines: Guidelines, text: str) -> None:
    from annotator.finders.dates import DateFinder

    times = DateFinder(guidelines.lexicon, finder).find(fold(text), Sentences(text), None)
    values = finder.find(text, fold(text), Sentences(text), [time.span for time in times])
    assert [number for number in values if number.value is not None] == []


def test_a_modifier_between_two_numbers_belongs_to_the_second(finder: NumberFinder) -> None:
    assert [quote for quote, _ in found(finder, "killed 6 members at least 4 soldiers")] == ["6", "at least 4"]


def test_arabic_letters_glued_in_front_are_not_part_of_the_span(finder: NumberFinder) -> None:
    assert found(finder, "لأكثر من عشرين عنصرا") == [("أكثر من عشرين", claim("more_than", "persons", low=21))]
    assert found(finder, "وخمسة عناصر") == [("خمسة", exactly(5, "persons"))]
    assert found(finder, "و15 عنصرا") == [("15", exactly(15, "persons"))]


def test_a_smaller_number_in_front_of_hundreds_is_another_number(finder: NumberFinder) -> None:
    assert [value["best"] for _, value in found(finder, "خمسة ومئتين")] == [5, 200]


# --- reading back what was written ---

EN_UNITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
EN_UNITS += ["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
EN_TENS = ["_", "_", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
AR_UNITS = ["صفر", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة"]
AR_TENS = ["_", "عشرة", "عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون"]
AR_HUNDREDS = ["_", "مئة", "مئتان", "ثلاثمئة", "أربعمئة", "خمسمئة", "ستمئة", "سبعمئة", "ثمانمئة", "تسعمئة"]


def english(number: int) -> str:
    if number < 20:
        return EN_UNITS[number]
    if number < 100:
        return EN_TENS[number // 10] + (f"-{EN_UNITS[number % 10]}" if number % 10 else "")
    if number < 1000:
        rest = f" and {english(number % 100)}" if number % 100 else ""
        return f"{EN_UNITS[number // 100]} hundred{rest}"
    rest = number % 1000
    joined = f" {'and ' if rest < 100 else ''}{english(rest)}" if rest else ""
    return f"{english(number // 1000)} thousand{joined}"


def arabic(number: int) -> str:
    if number < 10:
        return AR_UNITS[number]
    if 10 < number < 20:
        return {11: "أحد عشر", 12: "اثنا عشر"}.get(number, f"{AR_UNITS[number - 10]} عشر")
    if number < 100:
        return (f"{AR_UNITS[number % 10]} و" if number % 10 else "") + AR_TENS[number // 10]
    if number < 1000:
        return AR_HUNDREDS[number // 100] + (f" و{arabic(number % 100)}" if number % 100 else "")
    thousands, rest = divmod(number, 1000)
    word = {1: "ألف", 2: "ألفان"}.get(thousands, f"{arabic(thousands)} {'آلاف' if thousands <= 10 else 'ألفا'}")
    return word + (f" و{arabic(rest)}" if rest else "")


@given(number=st.integers(2, 999_999), language=st.sampled_from([english, arabic]))
def test_a_number_in_words_reads_back(finder: NumberFinder, number: int, language: object) -> None:
    assert callable(language)
    value = finder.read(language(number))
    assert value is not None
    assert (value.low, value.best, value.high) == (number, number, number)


@given(
    number=st.integers(0, 10**12),
    digits=st.sampled_from(["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"]),
    separator=st.sampled_from(["", ",", "٬"]),
)
def test_a_number_in_digits_reads_back(finder: NumberFinder, number: int, digits: str, separator: str) -> None:
    written = f"{number:,}".replace(",", separator).translate(str.maketrans("0123456789", digits))
    value = finder.read(f"{written} men")
    assert value is not None
    assert (value.best, value.unit) == (number, "persons")


@given(first=st.integers(2, 99), second=st.integers(2, 99))
def test_two_numbers_beside_each_other_stay_two(finder: NumberFinder, first: int, second: int) -> None:
    text = f"{english(first)} men, {english(second)} women"
    assert [value["best"] for _, value in found(finder, text)] == [first, second]
