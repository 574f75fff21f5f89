"""Every time expression that can be made is read as the value it was made from, in both languages and all digits.

The expressions are written here by tables of their own, never by the lexicon that reads them.
"""

import datetime
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.notation import parse_time as typed
from annotator.model.notation import time_notation
from annotator.model.value import TimeValue
from annotator.workflow.parsing import parse_time

EN_MONTHS = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
]  # fmt: skip
EN_SHORT = ["Jan.", "Feb.", "Mar.", "Apr.", "May", "Jun.", "Jul.", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."]
LEVANT = [
    "كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني",
    "كانون الأول",
]  # fmt: skip
GULF = [
    "يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر",
]  # fmt: skip
MAGHREB = [
    "جانفي", "فيفري", "مارس", "أفريل", "ماي", "جوان", "جويلية", "أوت", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر",
]  # fmt: skip
EN_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
AR_DAYS = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"]
EN_PARTS = ["morning", "evening", "afternoon", "night"]
AR_DAY_SPELLINGS = [*AR_DAYS, "الإثنين", "الثلثاء", "الاربعاء", "الأحَد", "الاحد"]
AR_PARTS = ["صباح", "مساء", "فجر", "ليل", "ظهر", "عصر"]
DIGITS = ["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"]

dates = st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31))
published = st.dates(datetime.date(1990, 1, 1), datetime.date(2090, 12, 31))
scripts = st.sampled_from(DIGITS)


def in_script(text: str, digits: str) -> str:
    return text.translate(str.maketrans(DIGITS[0], digits))


def suffix(day: int) -> str:
    return "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


ENGLISH: list[Callable[[datetime.date], str]] = [
    lambda d: f"{d.day} {EN_MONTHS[d.month - 1]} {d.year}",
    lambda d: f"{EN_MONTHS[d.month - 1]} {d.day}, {d.year}",
    lambda d: f"{EN_MONTHS[d.month - 1]} {d.day}{suffix(d.day)}, {d.year}",
    lambda d: f"{d.day}{suffix(d.day)} of {EN_MONTHS[d.month - 1]} {d.year}",
    lambda d: f"{d.day}{suffix(d.day)} of {EN_MONTHS[d.month - 1]}, {d.year}",
    lambda d: f"{EN_SHORT[d.month - 1]} {d.day}, {d.year}",
    lambda d: f"{EN_DAYS[d.weekday()]}, {EN_MONTHS[d.month - 1]} {d.day}, {d.year}",
    lambda d: f"{EN_DAYS[d.weekday()]} ({d.day} {EN_MONTHS[d.month - 1]} {d.year})",
    lambda d: d.isoformat(),
    lambda d: f"{d.year}/{d.month}/{d.day}",
    lambda d: f"{d.day:02}.{d.month:02}.{d.year}",
]
ARABIC: list[Callable[[datetime.date], str]] = [
    lambda d: f"{d.day} {LEVANT[d.month - 1]} {d.year}",
    lambda d: f"{d.day} {GULF[d.month - 1]} {d.year}",
    lambda d: f"{d.day} {MAGHREB[d.month - 1]} {d.year}",
    lambda d: f"{d.day} {LEVANT[d.month - 1]}/{GULF[d.month - 1]} {d.year}",
    lambda d: f"{d.day} {GULF[d.month - 1]}/ {LEVANT[d.month - 1]} {d.year}",
    lambda d: f"{d.day} {GULF[d.month - 1]} ({LEVANT[d.month - 1]}) {d.year}",
    lambda d: f"{d.day} من {LEVANT[d.month - 1]} عام {d.year}",
    lambda d: f"{d.day} من شهر {LEVANT[d.month - 1]} من عام {d.year}",
    lambda d: f"{AR_DAYS[d.weekday()]} {d.day} {LEVANT[d.month - 1]} {d.year}",
    lambda d: f"{AR_DAYS[d.weekday()]}، {d.day} {GULF[d.month - 1]} {d.year}",
    lambda d: f"{d.day} {GULF[d.month - 1]}، {d.year}",
    lambda d: f"{AR_DAYS[d.weekday()]}، {d.day} {LEVANT[d.month - 1]}، {d.year}",
    lambda d: f"يوم {AR_DAYS[d.weekday()]} الموافق {d.day} {GULF[d.month - 1]} {d.year}",
    lambda d: f"بتاريخ {d.day}/{d.month}/{d.year}",
    lambda d: f"في {d.day}-{d.month}-{d.year}",
]


@given(day=dates, write=st.sampled_from(ENGLISH + ARABIC), digits=scripts)
def test_a_written_date_is_that_day(day: datetime.date, write: Callable[[datetime.date], str], digits: str) -> None:
    said = parse_time(in_script(write(day), digits))
    assert said == TimeValue(value=day.isoformat(), precision="day") or (
        said is not None and said.value == day.isoformat() and said.precision == "day"
    )


@given(
    day=dates,
    write=st.sampled_from(
        [
            lambda d: f"in {EN_MONTHS[d.month - 1]} {d.year}",
            lambda d: f"early {EN_MONTHS[d.month - 1]} {d.year}",
            lambda d: f"mid-{EN_MONTHS[d.month - 1]} {d.year}",
            lambda d: f"{LEVANT[d.month - 1]} {d.year}",
            lambda d: f"خلال شهر {GULF[d.month - 1]} {d.year}",
            lambda d: f"مطلع {LEVANT[d.month - 1]}/{GULF[d.month - 1]} {d.year}",
        ]
    ),
    digits=scripts,
)
def test_a_month_is_that_month(day: datetime.date, write: Callable[[datetime.date], str], digits: str) -> None:
    said = parse_time(in_script(write(day), digits))
    assert said == TimeValue(value=f"{day:%Y-%m}".zfill(7), precision="month")


@given(
    year=st.integers(1900, 2099),
    frame=st.sampled_from(["in {}", "early {}", "عام {}", "مطلع عام {}", "{}"]),
    digits=scripts,
)
def test_a_year_is_that_year(year: int, frame: str, digits: str) -> None:
    assert parse_time(in_script(frame.format(year), digits)) == TimeValue(value=str(year), precision="year")


@given(
    month=st.integers(1, 12),
    day=st.integers(29, 31),
    year=st.integers(1900, 2099),
    write=st.sampled_from(
        [
            lambda y, m, d: f"{d} {LEVANT[m - 1]} {y}",
            lambda y, m, d: f"{d}/{m}/{y}",
            lambda y, m, d: f"{y}-{m:02}-{d:02}",
            lambda y, m, d: f"{EN_MONTHS[m - 1]} {d}, {y}",
        ]
    ),
)
def test_no_date_is_given_that_no_calendar_has(
    month: int, day: int, year: int, write: Callable[[int, int, int], str]
) -> None:
    said = parse_time(write(year, month, day))
    if said is not None and said.value is not None and said.precision == "day":
        assert said.value == datetime.date(year, month, day).isoformat()


@given(text=st.text("0123456789-/. مايوشباطMayfeb", max_size=24), today=published)
def test_whatever_is_read_can_be_typed(text: str, today: datetime.date) -> None:
    said = parse_time(text, today)
    if said is not None:
        assert typed(time_notation(said)) == said


# --- days that count from publication ---


@given(
    today=published,
    weekday=st.integers(0, 6),
    part=st.sampled_from(["", *EN_PARTS]),
    other=st.sampled_from(["", *AR_PARTS]),
)
def test_a_weekday_is_the_last_such_day(today: datetime.date, weekday: int, part: str, other: str) -> None:
    for text, split in ((f"on {EN_DAYS[weekday]} {part}", part), (f"{other} {AR_DAYS[weekday]}", other)):
        said = parse_time(text.strip(), today)
        assert said is not None
        assert said.value is not None
        day = datetime.date.fromisoformat(said.value)
        assert day.weekday() == weekday
        assert 0 <= (today - day).days < 7
        assert said.precision == ("part_of_day" if split else "day")


@given(today=published, weekday=st.integers(0, 6))
def test_last_and_next_leave_the_day_of_publication_out(today: datetime.date, weekday: int) -> None:
    for text, low, high in (
        (f"last {EN_DAYS[weekday]}", -7, -1),
        (f"{AR_DAYS[weekday]} الماضي", -7, -1),
        (f"next {EN_DAYS[weekday]}", 1, 7),
        (f"{AR_DAYS[weekday]} المقبل", 1, 7),
    ):
        said = parse_time(text, today)
        assert said is not None
        assert said.value is not None
        day = datetime.date.fromisoformat(said.value)
        assert day.weekday() == weekday
        assert low <= (day - today).days <= high


@given(
    today=published,
    name=st.sampled_from(AR_DAY_SPELLINGS),
    day=st.sampled_from(["يوم ", "في يوم ", "منذ يوم ", "مساء يوم "]),
)
def test_a_weekday_behind_the_word_for_day_is_no_number_of_days(today: datetime.date, name: str, day: str) -> None:
    assert parse_time(f"{day}{name} الماضي", today) == parse_time(f"{day.removesuffix('يوم ')}{name} الماضي", today)
    last = parse_time(f"{day}{name} الماضي", today)
    assert last is not None
    assert last.offset is None


RELATIVE = {
    "today": 0, "yesterday": -1, "the day before yesterday": -2, "tomorrow": 1, "this morning": 0, "tonight": 0,
    "last night": -1, "yesterday evening": -1, "اليوم": 0, "أمس": -1, "أول من أمس": -2, "أمس الأول": -2, "غدا": 1,
    "يوم غد": 1,
    "فجر اليوم": 0, "صباح أمس": -1, "الليلة الماضية": -1, "مساء أمس": -1, "past 24 hours": -1, "الـ48 ساعة الماضية": -2,
    "الأيام الثلاثة الماضية": -3,
}  # fmt: skip


@given(today=published, text=st.sampled_from(sorted(RELATIVE)))
def test_a_relative_day_is_that_far_from_publication(today: datetime.date, text: str) -> None:
    said = parse_time(text, today)
    assert said is not None
    assert said.offset == RELATIVE[text]
    assert said.value == (today + datetime.timedelta(days=RELATIVE[text])).isoformat()


AR_COUNTS = [
    "",
    "يوم",
    "يومين",
    "ثلاثة أيام",
    "أربعة أيام",
    "خمسة أيام",
    "ستة أيام",
    "سبعة أيام",
    "ثمانية أيام",
    "تسعة أيام",
    "عشرة أيام",
]
EN_COUNTS = ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]


@given(today=published, days=st.integers(1, 10), digits=scripts)
def test_days_ago_are_that_many_days(today: datetime.date, days: int, digits: str) -> None:
    plural = "day" if days == 1 else "days"
    texts = [
        f"{days} {plural} ago",
        f"{EN_COUNTS[days]} {plural} ago",
        f"قبل {AR_COUNTS[days]}",
        f"منذ {AR_COUNTS[days]}",
    ]
    if days > 2:
        texts.append(f"قبل {in_script(str(days), digits)} أيام")
    for text in texts:
        said = parse_time(text, today)
        assert said is not None, text
        assert (said.offset, said.value) == (-days, (today - datetime.timedelta(days=days)).isoformat()), text


@given(today=published, days=st.integers(2, 10))
def test_days_later_count_from_the_event(today: datetime.date, days: int) -> None:
    for text in (f"{EN_COUNTS[days]} days later", f"بعد {AR_COUNTS[days]}"):
        assert parse_time(text, today) == TimeValue(precision="day", anchor="event", offset=days)


@given(today=published, day=dates, write=st.sampled_from([ENGLISH[0], ARABIC[0], ARABIC[3]]))
def test_a_date_without_a_year_is_the_last_one_or_none(
    today: datetime.date, day: datetime.date, write: Callable[[datetime.date], str]
) -> None:
    said = parse_time(write(day).removesuffix(f" {day.year}"), today)
    assert said is not None
    assert said.value is not None
    if said.value.startswith("--"):
        assert said.value == f"--{day:%m-%d}"
    else:
        resolved = datetime.date.fromisoformat(said.value)
        assert (resolved.month, resolved.day) == (day.month, day.day)
        assert resolved <= today


@pytest.mark.parametrize(
    "text", ["", "the M4", "T2", "1439", "خمسة مقاتلين", "march on Damascus", "أحد عشر", "every Friday"]
)
def test_what_is_no_time_says_none(text: str) -> None:
    assert parse_time(text) is None


def test_a_day_of_publication_may_be_typed(today: str = "2018-05-24") -> None:
    assert parse_time("on Thursday", today) == parse_time("on Thursday", datetime.date.fromisoformat(today))
    with pytest.raises(ValueError, match="Invalid isoformat"):
        parse_time("on Thursday", "24 May")
