"""Where rules of the finders end: one case on each side of a limit, so that no limit moves unseen."""

import datetime

import pytest

from annotator.finders.names.actors_and_places import ActorAndPlaceFinder
from annotator.finders.numbers.number_finder import LOOKED_BACK, NumberFinder
from annotator.finders.sentences import Sentences
from annotator.finders.times.date_finder import DateFinder
from annotator.finders.times.resolving import AHEAD, Said, resolved
from annotator.finders.triggers.trigger_finder import TriggerFinder
from annotator.model.guidelines import Guidelines
from annotator.text.folding import fold

TODAY = datetime.date(2018, 5, 24)


@pytest.fixture(scope="module")
def numbers(guidelines: Guidelines) -> NumberFinder:
    return NumberFinder(guidelines.schema, guidelines.lexicon)


@pytest.fixture(scope="module")
def dates(guidelines: Guidelines, numbers: NumberFinder) -> DateFinder:
    return DateFinder(guidelines.lexicon, numbers)


def test_a_day_without_a_year_is_open_for_sixty_days_ahead() -> None:
    def value(days: int) -> str | None:
        day = TODAY + datetime.timedelta(days=days)
        return resolved(Said(month=day.month, day=day.day), TODAY).value

    assert AHEAD == 60
    assert value(60) == "--07-23"
    assert value(61) == "2017-07-24"


@pytest.mark.parametrize(("year", "is_year"), [("1899", False), ("1900", True), ("2099", True), ("2100", False)])
def test_years_are_those_of_two_centuries(dates: DateFinder, year: str, is_year: bool) -> None:
    said = dates.read(f"in {year}")
    assert (said is not None and said.value == year) is is_year


@pytest.mark.parametrize(("years", "value"), [(2017, "0001"), (2018, None), (5_000_000, None), (10**15, None)])
def test_a_year_before_the_first_stays_a_distance(years: int, value: str | None) -> None:
    assert resolved(Said(precision="year", anchor="publication", years=-years), TODAY).value == value
    month = resolved(Said(precision="month", anchor="publication", months=-12 * years), TODAY).value
    assert month == (value and f"{value}-05")


@pytest.mark.parametrize(("year", "count"), [("1299", 1), ("1300", 0), ("1440", 0), ("1499", 0), ("1500", 1)])
def test_islamic_years_are_those_of_two_centuries(
    dates: DateFinder, numbers: NumberFinder, year: str, count: int
) -> None:
    text = f"في رمضان {year} هـ"
    folded, sentences = fold(text), Sentences(text)
    times = [time.span for time in dates.find(folded, sentences, None)]
    assert len(list(numbers.find(text, folded, sentences, times))) == count


@pytest.mark.parametrize("night", ["ليل السبت - الأحد", "ليل الأحد - الاثنين", "ليل الاثنين - الثلاثاء"])
def test_the_night_between_two_days_is_one_time_also_where_the_week_turns(dates: DateFinder, night: str) -> None:
    text = f"قصفت القرية {night}"
    assert [time.span.of(text) for time in dates.find(fold(text), Sentences(text), None)] == [night]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("No one among the many people there was hurt", 0),
        ("No one among the many people who stood there was hurt", None),
    ],
)
def test_nobody_reaches_a_toll_six_words_behind(numbers: NumberFinder, text: str, value: int | None) -> None:
    said = numbers.read(text)
    assert (said and said.best) == value


def test_a_casualty_between_two_events_belongs_to_the_earlier(guidelines: Guidelines) -> None:
    text = "shelled killed  bombed"  # eight letters from the one, eight from the other
    finder = TriggerFinder(guidelines.schema, guidelines.lexicon)
    types = {one.span.of(text): one.event_type for one in finder.find(text, fold(text), Sentences(text))}
    assert types["shelled"] != types["bombed"]
    assert types["killed"] == types["shelled"]


@pytest.mark.parametrize(("name", "found"), [("XKCD", []), ("Xkcdy", [("place", "Xkcdy")])])
def test_the_short_form_of_a_name_is_no_place(guidelines: Guidelines, name: str, found: list[tuple[str, str]]) -> None:
    text = f"It was seen near {name} then"
    finder = ActorAndPlaceFinder(guidelines.registry, guidelines.lexicon)
    assert [(one.kind, one.span.of(text)) for one in finder.find(text, fold(text))] == found


def test_a_fraction_is_of_a_count_not_far_before_it(numbers: NumberFinder) -> None:
    def of(counts: int) -> str | None:
        told = "Of 557 soldiers" + ", 3 km" * counts + ", two thirds of them died."
        last = list(numbers.find(told, fold(told), Sentences(told), []))[-1]
        return last.value.of if last.value else None

    assert of(LOOKED_BACK - 1) == "number:3-6"
    assert of(LOOKED_BACK) is None
