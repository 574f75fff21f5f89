import re
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.errors import Refusal
from annotator.model.notation import (
    EXAMPLES,
    TIME_EXAMPLES,
    notation,
    number_notation,
    parse_number,
    parse_time,
    reworded,
    sentence,
    time_notation,
)
from annotator.model.value import NumberValue, TimeValue

UNITS = ("persons", "km", "days")


@given(st.data())
def test_a_number_that_is_written_and_read_again_is_the_same(made: Any, data: st.DataObject) -> None:
    value = data.draw(made.numbers(st.sampled_from(UNITS)))
    assert parse_number(number_notation(value), UNITS) == value
    assert notation(value) == number_notation(value)


@given(st.data())
@example(None)
def test_a_time_that_is_written_and_read_again_is_the_same(made: Any, data: st.DataObject | None) -> None:
    value = data.draw(made.times()) if data else TimeValue()
    assert parse_time(time_notation(value)) == value
    assert notation(value) == time_notation(value)


@pytest.mark.parametrize("written", EXAMPLES.split("   "))
def test_every_example_of_a_number_can_be_typed(written: str) -> None:
    assert number_notation(parse_number(written, UNITS)) == written


@pytest.mark.parametrize("written", TIME_EXAMPLES.split("   "))
def test_every_example_of_a_time_can_be_typed(written: str) -> None:
    assert time_notation(parse_time(written)) == written


@pytest.mark.parametrize(
    ("written", "fields"),
    [
        ("80", {"low": 80, "high": 80, "best": 80}),
        ("0", {"low": 0, "high": 0, "best": 0}),
        ("101+", {"low": 101, "qualifier": "at_least"}),
        ("101+ more_than", {"low": 101, "qualifier": "more_than"}),
        ("..13", {"high": 13, "qualifier": "at_most"}),
        ("20..99 vague persons", {"low": 20, "high": 99, "qualifier": "vague", "unit": "persons"}),
        ("20..99 ~50", {"low": 20, "high": 99, "best": 50, "qualifier": "range"}),
        ("~500 cumulative", {"best": 500, "qualifier": "about", "scope": "cumulative"}),
        ("?", {"qualifier": "unknown"}),
        ("2/3", {"num": 2, "den": 3, "qualifier": "about"}),
        ("2/3 of number:7-10 ~371", {"num": 2, "den": 3, "of": "number:7-10", "best": 371, "qualifier": "about"}),
        ("1/2 of m3 10..20 km", {"num": 1, "den": 2, "of": "m3", "low": 10, "high": 20, "qualifier": "about",
                                 "unit": "km"}),
        ("  80   new  persons ", {"low": 80, "high": 80, "best": 80, "scope": "new", "unit": "persons"}),
        ("٨٠", {"low": 80, "high": 80, "best": 80}),
    ],
)  # fmt: skip
def test_what_a_number_in_the_notation_means(written: str, fields: dict[str, Any]) -> None:
    assert parse_number(written, UNITS) == NumberValue(**fields)


@pytest.mark.parametrize(
    "written",
    ["", " ", "eighty", "-5", "8.5", "1,000", "80 people", "20..5", "5/0", "1/2 of", "80 persons km", "80 new new",
     "80 about vague", "80 ~75", "~500 ~400", "80 90", "? 80", "~²", "80 ~²", "²", "9007199254740992", "9" * 5000,
     "~" + "9" * 5000, "80 ~", "..", "+", "80 of m1", "1/2 1/3"],
)  # fmt: skip
def test_what_is_no_number_is_refused_in_words(written: str) -> None:
    with pytest.raises(Refusal) as raised:
        parse_number(written, UNITS)
    assert raised.value.code == "number.notation"


def test_an_unknown_unit_names_those_that_are_known() -> None:
    with pytest.raises(Refusal) as raised:
        parse_number("80 people", UNITS)
    assert raised.value.what == "'people' is no unit, qualifier or scope."
    assert raised.value.do == "Units: persons, km, days."


@pytest.mark.parametrize(
    ("written", "fields"),
    [
        ("2018-05-21", {"value": "2018-05-21", "precision": "day"}),
        ("2018-05", {"value": "2018-05", "precision": "month"}),
        ("2018", {"value": "2018", "precision": "year"}),
        ("--02-29", {"value": "--02-29", "precision": "day"}),
        ("--05", {"value": "--05", "precision": "month"}),
        ("-1 publication", {"offset": -1, "anchor": "publication", "precision": "day"}),
        ("+0 quoted_report", {"offset": 0, "anchor": "quoted_report", "precision": "day"}),
        ("publication part_of_day", {"anchor": "publication", "precision": "part_of_day"}),
        ("2018-05-23 -1 publication", {"value": "2018-05-23", "offset": -1, "anchor": "publication",
                                       "precision": "day"}),
        ("2018-05-23 week", {"value": "2018-05-23", "precision": "week"}),
        ("?", {}),
    ],
)  # fmt: skip
def test_what_a_time_in_the_notation_means(written: str, fields: dict[str, Any]) -> None:
    assert parse_time(written) == TimeValue(**fields)


@pytest.mark.parametrize(
    "written",
    ["", "yesterday", "2018-13", "2018-02-30", "0000", "--02-30", "--", "-", "2018-", "201805", "2018-5-1",
     "2018-05-21T10:00", "-1 -2", "2018 2019", "day week", "? day", "-1 tomorrow", "-" + "9" * 5000,
     "+9007199254740992", "٢٠١٨"],
)  # fmt: skip
def test_what_is_no_time_is_refused_in_words(written: str) -> None:
    with pytest.raises(Refusal) as raised:
        parse_time(written)
    assert raised.value.code == "number.notation"


def test_no_value_is_nothing_to_type() -> None:
    assert notation(None) == ""


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("80 persons new", "exactly 80 persons new"),
        ("101+ more_than", "more than the text's bound: at least 101"),
        ("..13 days", "at most 13 days"),
        ("20..99", "between 20 and 99"),
        ("20+ vague", "vague: 20 to open"),
        ("~500", "about 500"),
        ("?", "said to be unknown"),
        ("2/3 of number:7-10", "about 2/3 of number:7-10"),
        ("2/3", "about 2/3 of another number"),
        ("2/3 of n11 ~371 persons", "about 2/3 of n11 (~371) persons"),
        ("2/3 of n11 300..400 ~371", "about 2/3 of n11 (300..400 ~371)"),
        ("2/3 of n11 371", "about 2/3 of n11 (371)"),
        ("20..99 ~50 vague persons", "vague: 20 to 99 (~50) persons"),
        ("101+ about", "about open (101+)"),
    ],
)
def test_a_number_is_said_back_in_words(written: str, said: str) -> None:
    assert sentence(parse_number(written, UNITS)) == said


@given(st.data())
def test_no_figure_of_a_number_is_left_out_where_it_is_said(made: Any, data: st.DataObject) -> None:
    value = data.draw(made.numbers())
    figures = {str(one) for one in (value.low, value.high, value.best) if one is not None}
    assert figures <= set(re.findall(r"-?[0-9]+", sentence(value)))


def test_a_unit_or_scope_alone_keeps_the_rest_of_a_value() -> None:
    value = parse_number("20..99 persons new", UNITS)
    assert reworded(value, " additional ", UNITS) == parse_number("20..99 persons additional", UNITS)
    assert reworded(value, "days cumulative", UNITS) == parse_number("20..99 days cumulative", UNITS)
    assert [reworded(value, written, UNITS) for written in ("", "80 new", "exact", "many")] == [None] * 4
    with pytest.raises(Refusal, match="a second time"):
        reworded(value, "new cumulative", UNITS)


@given(st.data())
def test_every_number_can_be_said(made: Any, data: st.DataObject) -> None:
    value = data.draw(made.numbers())
    assert "None" not in sentence(value)
