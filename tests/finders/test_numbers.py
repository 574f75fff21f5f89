"""What a number expression claims, and where its span lies: the table of bounds in both languages, and decoys.

What is generated and read back stands in `test_numbers_generated.py`.
"""

import pytest

from annotator.finders.numbers.number_finder import NumberFinder
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
    ("tens of others", "tens", {**claim("vague", "persons", low=20, high=99), "scope": "additional"}),
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
    # Tolls as monitors write them.
    ("At least some 40 militants", "At least some 40", claim("at_least", "persons", low=40)),
    ("up to about 30 soldiers", "up to about 30", claim("at_most", "persons", high=30)),
    ("killing 12", "12", exactly(12, "persons")),
    ("five were wounded", "five", exactly(5, "persons")),
    ("killing one", "one", exactly(1, "persons")),
    ("مقتل 12 في", "12", exactly(12, "persons")),
    ("100+ fighters", "100+", claim("at_least", "persons", low=100)),
    ("100-odd rebels", "100-odd", claim("about", "persons", best=100)),
    ("no fewer than 17 airstrikes", "no fewer than 17", claim("at_least", "strikes", low=17)),
    ("as many as 30 jihadists", "as many as 30", claim("at_most", "persons", high=30)),
    ("لا أقل من سبعة مصابين", "لا أقل من سبعة", claim("at_least", "persons", low=7)),
    ("لا يتجاوز عددهم 10", "لا يتجاوز عددهم 10", claim("at_most", high=10)),
    ("100 فأكثر", "100 فأكثر", claim("at_least", low=100)),
    ("one hundred and five men", "one hundred and five", exactly(105, "persons")),
    ("a hundred twenty-six million people", "a hundred twenty-six million", exactly(126_000_000, "persons")),
    ("2.5m people", "2.5m", exactly(2_500_000, "persons")),
    ("10k refugees", "10k", exactly(10_000, "persons")),
    ("12 000 people", "12 000", exactly(12_000, "persons")),
    ("12.500 عائلة", "12.500", exactly(12_500, "persons")),
    ("4.800 بين قتيل وجريح", "4.800", exactly(4800, "persons")),
    ("1،500 مقاتل", "1،500", exactly(1500, "persons")),
    ("3 آلاف و500 مقاتل", "3 آلاف و500", exactly(3500, "persons")),
    ("مليون و200 ألف نازح", "مليون و200 ألف", exactly(1_200_000, "persons")),
    ("مليونا لاجئ", "مليونا", exactly(2_000_000, "persons")),
    ("مليون ونصف المليون لاجئ", "مليون ونصف المليون", exactly(1_500_000, "persons")),
    ("two and a half million people", "two and a half million", exactly(2_500_000, "persons")),
    ("half a million people", "half a million", exactly(500_000, "persons")),
    ("نصف مليون شخص", "نصف مليون", exactly(500_000, "persons")),
    ("two to three thousand men", "two to three thousand", claim("range", "persons", low=2000, high=3000)),
    ("بين 5 و6 آلاف مقاتل", "بين 5 و6 آلاف", claim("range", "persons", low=5000, high=6000)),
    ("بين خمسة وعشرين مقاتلا", "بين خمسة وعشرين", claim("range", "persons", low=5, high=20)),
    ("several hundred worshippers", "several hundred", claim("vague", "persons", low=300, high=999)),
    ("a couple of tanks", "a couple of", claim("vague", "vehicles", low=2)),
    ("بضعة آلاف من المقاتلين", "بضعة آلاف", claim("vague", "persons", low=3000, high=9999)),
    ("مواقع عدة", "عدة", claim("vague", "sites", low=3)),
    ("يوم واحد", "واحد", exactly(1, "days")),
    ("راع واحد", "واحد", exactly(1, "persons")),
    ("الجنود الخمسة", "الخمسة", exactly(5, "persons")),
    ("جنديين اثنين", "جنديين اثنين", exactly(2, "persons")),
    ("طفليها", "طفلي", exactly(2, "persons")),
    ("ضابطان", "ضابطان", exactly(2, "persons")),
    ("عمليتان انتحاريتان", "عمليتان", exactly(2, "attacks")),
    ("مدمرتين", "مدمرتين", exactly(2)),
    # Zero is not unknown.
    ("No casualties were reported", "No", exactly(0, "persons")),
    ("no Turkish soldier was hurt", "no", exactly(0, "persons")),
    ("No one was hurt", "No one", exactly(0, "persons")),
    ("none of them were killed", "none of them", exactly(0, "persons")),
    ("no immediate word on casualties", "no immediate word on casualties", claim("unknown", "persons")),
    ("an unknown number of fighters", "an unknown number of", claim("unknown", "persons")),
    ("the death toll is not known", "death toll is not known", claim("unknown", "persons")),
    ("عدد غير معروف من العناصر", "عدد غير معروف من", claim("unknown", "persons")),
    ("حصيلة القتلى غير معروفة", "حصيلة القتلى غير معروفة", claim("unknown", "persons")),
    # Measures, in whole units.
    ("the 72-hour truce", "72-hour", exactly(72, "hours")),
    ("a two-week offensive", "two-week", exactly(14, "days")),
    ("25km north", "25km", exactly(25, "km")),
    ("2.5 km", "2.5 km", exactly(2500, "metres")),
    ("half an hour", "half an hour", exactly(30, "minutes")),
    ("an hour and a half", "an hour and a half", exactly(90, "minutes")),
    ("نصف ساعة", "نصف ساعة", exactly(30, "minutes")),
    ("45 per cent", "45 per cent", exactly(45, "percent")),
    ("٤٥٪", "٤٥٪", exactly(45, "percent")),
    ("%30", "30", exactly(30, "percent")),
    # What is counted is the head of its nouns, behind names with digits too.
    ("three rebel positions", "three", exactly(3, "sites")),
    ("eight T-72 tanks", "eight", exactly(8, "vehicles")),
    ("twelve 122-mm rockets", "twelve", exactly(12, "shells")),
    ("12 more civilians", "12", {**exactly(12, "persons"), "scope": "additional"}),
    ("خمسة جنود آخرين", "خمسة", {**exactly(5, "persons"), "scope": "additional"}),
    ("has so far lost 80 militiamen", "80", {**exactly(80, "persons"), "scope": "cumulative"}),
    ("So far the army advanced. It lost 80 militiamen", "80", exactly(80, "persons")),
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


@pytest.mark.parametrize(
    "text",
    [
        "قتل اثنان بهجوم مسلح", "أصيب ثلاثة بانفجار لغم", "مقتل أربعة بقصف على إدلب", "قتل سبعة بغارة جوية",
        "جرح 9 بالغارات", "قتل خمسة للجنود في هجوم",
    ],
)  # fmt: skip
def test_what_a_preposition_is_written_onto_is_not_counted(finder: NumberFinder, text: str) -> None:
    [(_, value)] = found(finder, text)
    assert value["unit"] == "persons"


def test_ages_in_a_row_are_ages(finder: NumberFinder) -> None:
    assert found(finder, "Three children aged 5, 7 and 9 were killed") == [("Three", exactly(3, "persons"))]
    assert found(finder, "Boys aged 10 or 12 and four men")[-1] == ("four", exactly(4, "persons"))
    assert [quote for quote, _ in found(finder, "A boy aged 5 and 12 soldiers died")] == ["12"]
    assert [quote for quote, _ in found(finder, "Clashes killed 5, 7 and 9 soldiers")] == ["5", "7", "9"]


def test_a_noun_that_begins_like_a_preposition_is_counted(finder: NumberFinder) -> None:
    assert found(finder, "سيطر على ثلاث بلدات")[0][1] == exactly(3, "towns")


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
        "F-16 and Su-24 jets, an RPG-7, T-72 tanks",
        "إف-16 وسو 24 وتي-72 وآر بي جي 7",
        "Resolution 2254 and Article 51, item 7, page 3",
        "القرار 2254 والمادة 5 والبند 7",
        "Brigade 47, Division 17, Route 5, Highway 80",
        "اللواء 47 والفوج 111 والفرقة 17",
        "a 107mm rocket, of calibre 122",
        "عيار 107 و122 ملم",
        "call 0932 447 118 or +963 11 555 0142",
        "على الرقم 0944112233 أو +963 11 5551234",
        "at 5 p.m. and 3 o'clock",
        "aged 34, or 34 years old",
        "Ahmed, 12, was there",
        "البالغ من العمر 34 عاما",
        "the twenty-first day, a third attack",
        "اليوم الرابع عشر والقرن الحادي والعشرين",
        "لليوم الـ15",
        "won 3-1",
        "36.2° N",
        "2) second",
        "1- قصف المدينة",
        "2014-2018",
        "a three-pronged plan",
        "No one claimed responsibility",
        "No group has claimed it",
        "nobody attacked it",
        "في آن واحد من جهة واحدة",
        "كمين لحركة طالبان",
        "مقاتلين من قسد، عاملين في الإغاثة",
        "صاروخي وهجومي ومدفعي",
        "هجومية",
    ],
)
def test_what_counts_nothing_is_no_number(finder: NumberFinder, guidelines: Guidelines, text: str) -> None:
    from annotator.finders.times.date_finder import DateFinder

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


def test_a_rate_is_no_second_number(finder: NumberFinder) -> None:
    assert [quote for quote, _ in found(finder, "ten strikes a day")] == ["ten"]


def test_in_an_area_twelve_men_are_men(finder: NumberFinder) -> None:
    assert found(finder, "in the area 12 men fell") == [("12", exactly(12, "persons"))]


def test_the_pronoun_of_a_share_is_not_part_of_the_span(finder: NumberFinder) -> None:
    (_, (quote, value)) = found(finder, "ستة ملايين شخص، ثلثاهم أطفال")
    assert (quote, value["num"], value["den"], value["best"]) == ("ثلثا", 2, 3, 4_000_000)
