"""Time expressions: what they say, where their spans lie, and what is left unresolved."""

import pytest

from annotator.finders.numbers.number_finder import NumberFinder
from annotator.finders.sentences import Sentences
from annotator.finders.times.date_finder import DateFinder
from annotator.model.guidelines import Guidelines
from annotator.model.notation import parse_time
from annotator.text.folding import fold

THURSDAY = "2018-05-24"


@pytest.fixture(scope="module")
def finder(guidelines: Guidelines) -> DateFinder:
    return DateFinder(guidelines.lexicon, NumberFinder(guidelines.schema, guidelines.lexicon))


def found(finder: DateFinder, text: str, published: str | None = None) -> list[tuple[str, dict[str, object]]]:
    times = finder.find(fold(text), Sentences(text), published)
    return [(time.span.of(text), time.value.plain()) for time in times]


TABLE = [
    ("the 21st of May 2016", "21st of May 2016", {"value": "2016-05-21", "precision": "day"}),
    ("13th of March 2018", "13th of March 2018", {"value": "2018-03-13", "precision": "day"}),
    ("on March 13, 2018", "March 13, 2018", {"value": "2018-03-13", "precision": "day"}),
    ("on 2018-05-21", "2018-05-21", {"value": "2018-05-21", "precision": "day"}),
    ("on 21/5/2018", "21/5/2018", {"value": "2018-05-21", "precision": "day"}),
    ("on 5/6/2018", "5/6/2018", {"precision": "day"}),
    ("in March 2018", "March 2018", {"value": "2018-03", "precision": "month"}),
    ("since 2014", "2014", {"value": "2014", "precision": "year"}),
    ("منذ عام 2014", "2014", {"value": "2014", "precision": "year"}),
    ("On the night of February 7, the", "night of February 7", {"value": "--02-07", "precision": "part_of_day"}),
    (
        "في ساعات ليل 7 فبراير/ شباط الماضي، المواجهة",
        "ليل 7 فبراير/ شباط الماضي",
        {"value": "--02-07", "precision": "part_of_day"},
    ),
    ("في ٧ شباط ٢٠١٨", "٧ شباط ٢٠١٨", {"value": "2018-02-07", "precision": "day"}),
    ("on Thursday in", "Thursday", {"precision": "day", "anchor": "publication"}),
    ("on Tuesday evening,", "Tuesday evening", {"precision": "part_of_day", "anchor": "publication"}),
    ("today.On", "today", {"precision": "day", "anchor": "publication", "offset": 0}),
    ("two days ago were", "two days ago", {"precision": "day", "anchor": "publication", "offset": -2}),
    ("just a week ago,", "a week ago", {"precision": "week", "anchor": "publication", "offset": -7}),
    ("a day after the attack", "a day after", {"precision": "day", "anchor": "event", "offset": 1}),
    ("بعد يوم من الهجوم", "بعد يوم", {"precision": "day", "anchor": "event", "offset": 1}),
    ("قبل يومين، كان", "قبل يومين", {"precision": "day", "anchor": "publication", "offset": -2}),
    ("قبل ثلاثة أيام", "قبل ثلاثة أيام", {"precision": "day", "anchor": "publication", "offset": -3}),
    ("أمس الأول الثلاثاء،", "أمس الأول الثلاثاء", {"precision": "day", "anchor": "publication", "offset": -2}),
    ("اليوم الخميس في", "اليوم الخميس", {"precision": "day", "anchor": "publication", "offset": 0}),
    ("a few hours ago", "a few hours ago", {"precision": "hour", "anchor": "publication"}),
    ("before midnight that", "before midnight", {"precision": "part_of_day", "anchor": "publication"}),
]


@pytest.mark.parametrize("text", ["at the time they fled", "حينها هربوا"])
def test_what_only_points_back_is_no_time(finder: DateFinder, text: str) -> None:
    assert found(finder, text) == []


@pytest.mark.parametrize(("text", "quote", "value"), TABLE, ids=[row[0] for row in TABLE])
def test_each_kind_of_time_says_what_it_says(
    finder: DateFinder, text: str, quote: str, value: dict[str, object]
) -> None:
    assert found(finder, text) == [(quote, value)]


@pytest.mark.parametrize("text", ["they may march on", "the last eleven", "يومي", "32 May 2018 x", "night fell"])
def test_words_that_only_look_like_times_are_none(finder: DateFinder, text: str) -> None:
    assert [value.get("value") for _, value in found(finder, text) if value["precision"] != "month"] == []


def test_a_day_that_is_sure_is_resolved_against_publication(finder: DateFinder) -> None:
    assert found(finder, "yesterday morning, Wednesday", THURSDAY)[0][1]["value"] == "2018-05-23"
    assert found(finder, "two days ago", THURSDAY)[0][1]["value"] == "2018-05-22"
    assert found(finder, "اليوم الخميس", THURSDAY)[0][1]["value"] == THURSDAY


def test_a_weekday_that_contradicts_the_day_resolves_nothing(finder: DateFinder) -> None:
    assert "value" not in found(finder, "yesterday, Friday", THURSDAY)[0][1]


@pytest.mark.parametrize("text", ["after midnight of yesterday", "in recent days", "a day after it", "next week"])
def test_what_is_not_sure_stays_unresolved(finder: DateFinder, text: str) -> None:
    assert "value" not in found(finder, text, THURSDAY)[0][1]


def test_a_date_without_a_year_that_lies_behind_gets_the_last_one(finder: DateFinder) -> None:
    text = "ليل 7 فبراير/ شباط الماضي"
    assert found(finder, text, "2018-01-10")[0][1]["value"] == "2017-02-07"
    assert found(finder, "on 7 February", THURSDAY)[0][1]["value"] == "2018-02-07"
    assert found(finder, "on 7 February")[0][1]["value"] == "--02-07"


def test_a_date_without_a_year_that_may_be_ahead_keeps_none(finder: DateFinder) -> None:
    assert found(finder, "on 9 June", THURSDAY)[0][1]["value"] == "--06-09"
    assert found(finder, "on 9 June last year", THURSDAY)[0][1]["value"] == "2017-06-09"


def test_times_inside_a_dated_report_count_from_that_report(finder: DateFinder) -> None:
    text = "It published yesterday morning, Wednesday, that explosions were heard after midnight of yesterday."
    (own, _), (inside, value) = found(finder, text, THURSDAY)
    assert (own, inside) == ("yesterday morning, Wednesday", "after midnight of yesterday")
    assert (value["anchor"], value["offset"]) == ("quoted_report", -1)


def test_the_time_of_a_second_report_is_its_own(finder: DateFinder) -> None:
    text = "It published yesterday that shells fell today, and published before midnight that a bridge fell."
    anchors = [value["anchor"] for _, value in found(finder, text)]
    assert anchors == ["publication", "quoted_report", "publication"]


PUBLISHED = [
    ("overnight", "overnight", "publication part_of_day"),
    ("late on Wednesday", "late on Wednesday", "2018-05-23 publication part_of_day"),
    ("in the early hours of Sunday", "early hours of Sunday", "2018-05-20 publication part_of_day"),
    ("Earlier this month", "Earlier this month", "2018-05 publication"),
    ("this week's floods", "this week", "publication week"),
    ("last week", "last week", "-7 publication week"),
    ("Tuesday last week", "Tuesday last week", "publication day"),
    ("in the past 24 hours", "past 24 hours", "2018-05-23 -1 publication"),
    ("two months ago", "two months ago", "2018-03 publication"),
    ("freed the next day", "next day", "+1 event"),
    ("March last year", "March last year", "2017-03 publication"),
    ("since mid-March", "mid-March", "2018-03 publication"),
    ("the summer of 2014", "summer of 2014", "2014"),
    ("Friday, Jan. 12", "Friday, Jan. 12", "2018-01-12 publication"),
    ("on 12 and 13 May 2017", "12", "2017-05-12"),
    ("night of 12-13 August 2013", "night of 12-13 August 2013", "2013-08-12 part_of_day"),
    ("on the night of Friday to Saturday", "night of Friday to Saturday", "2018-05-18 publication part_of_day"),
    ("ليل السبت - الأحد", "ليل السبت - الأحد", "2018-05-19 publication part_of_day"),
    ("السابعة من مساء 12 أيلول/سبتمبر 2016", "السابعة من مساء 12 أيلول/سبتمبر 2016", "2016-09-12 hour"),
    ("خلال الـ24 ساعة الماضية", "الـ24 ساعة الماضية", "2018-05-23 -1 publication"),
    ("الأيام الثلاثة الماضية", "الأيام الثلاثة الماضية", "2018-05-21 -3 publication"),
    ("منذ أسبوعين", "منذ أسبوعين", "-14 publication week"),
    ("منذ أكثر من أسبوع", "منذ أكثر من أسبوع", "publication week"),
    ("في اليوم التالي", "اليوم التالي", "+1 event"),
    ("الخامس من الشهر الجاري", "الخامس من الشهر الجاري", "2018-05-05 publication"),
    ("في 15 أيلول الجاري", "15 أيلول الجاري", "2018-09-15 publication"),
    ("خلال شهر أيار", "شهر أيار", "2018-05 publication"),
    ("العام الماضي", "العام الماضي", "2017 publication"),
    ("الجمعة الموافق 12 يناير 2018", "الجمعة الموافق 12 يناير 2018", "2018-01-12"),
    ("في ٧/٤/٢٠١٧ قصفت", "٧/٤/٢٠١٧", "2017-04-07"),
    ("15 رمضان 1439 هـ", "15 رمضان 1439 هـ", "day"),
    ("15 رمضان 1439 الموافق 31 أيار 2018", "15 رمضان 1439 الموافق 31 أيار 2018", "2018-05-31"),
    ("في جويلية 2015", "جويلية 2015", "2015-07"),
]


@pytest.mark.parametrize(("text", "quote", "said"), PUBLISHED, ids=[row[0] for row in PUBLISHED])
def test_what_is_meant_on_the_day_of_publication(finder: DateFinder, text: str, quote: str, said: str) -> None:
    time = finder.find(fold(text), Sentences(text), THURSDAY)[0]
    assert time.span.of(text) == quote
    assert time.value == parse_time(said)


@pytest.mark.parametrize(
    "text",
    [
        "ما زال الصيادون الأحد عشر", "في اليوم الثالث من المعارك", "بعد أيام", "بعد خمس ساعات من القتال", "كل يوم خميس",
        "on Bloody Sunday", "Russia Today said", "five killed in 2000 villages of 3000", "in the 1980s", "every Friday",
        "for three days", "they may attack", "killing of 2000 fighters", "24/7", "موقع روسيا اليوم",
    ],
)  # fmt: skip
def test_what_only_sounds_like_a_time_is_none(finder: DateFinder, text: str) -> None:
    assert [quote for quote, _ in found(finder, text) if quote != "2000"] == []
