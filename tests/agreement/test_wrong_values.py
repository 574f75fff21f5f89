"""A wrong value has the form of the right one, is another, and breaks no rule that a right one obeys."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement.lots import Lots
from annotator.agreement.wrong_values import wrong_number, wrong_time
from annotator.model.value import NumberValue, TimeValue

LOTS = Lots(1, "a1", "001", "0" * 64)


@given(st.integers(0, 10**12), st.integers(0, 10**6), st.text("abc", max_size=5))
def test_a_wrong_number_has_the_form_of_the_right_one(low: int, more: int, about: str) -> None:
    for right in (
        NumberValue(low=low, high=low, best=low, unit="persons"),
        NumberValue(low=low, high=low + more, qualifier="range"),
        NumberValue(low=low, qualifier="at_least"),
        NumberValue(high=low, qualifier="at_most", scope="new"),
        NumberValue(best=low, qualifier="about"),
    ):
        wrong = wrong_number(right, LOTS, about)
        assert wrong is not None
        for name in ("low", "high", "best"):
            was, became = getattr(right, name), getattr(wrong, name)
            assert (became is None) == (was is None)
            assert was is None or 0 <= was < became
        assert (wrong.qualifier, wrong.unit, wrong.scope) == (right.qualifier, right.unit, right.scope)


def test_a_wrong_fraction_is_another_part() -> None:
    right = NumberValue(num=2, den=3, of="number:1-3")
    wrong = wrong_number(right, LOTS)
    assert wrong is not None
    assert (wrong.num, wrong.of) == (2, "number:1-3")
    assert wrong.den != 3


@pytest.mark.parametrize(
    "value", [NumberValue(qualifier="unknown"), NumberValue(low=20, high=99, qualifier="vague"), NumberValue()]
)
def test_what_has_no_plain_figure_is_left(value: NumberValue) -> None:
    assert wrong_number(value, LOTS) is None


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.text("abc", max_size=5))
def test_a_wrong_date_is_another_day_of_the_calendar_in_the_same_form(day: date, about: str) -> None:
    written = day.isoformat()
    for form in (written, written[:7], written[:4], f"--{written[5:]}", f"--{written[5:7]}"):
        wrong = wrong_time(TimeValue(value=form, precision="day"), LOTS, about)
        assert wrong is not None
        assert wrong.value is not None
        assert wrong.value != form
        assert len(wrong.value) == len(form)
        whole = {4: f"{wrong.value}-01-01", 7: f"{wrong.value}-01", 10: wrong.value}
        date.fromisoformat(
            wrong.value.replace("--", "2000-", 1) + ("-01" if len(form) == 4 else "")
            if form.startswith("--")
            else whole[len(form)]
        )


def test_a_wrong_distance_is_further_back() -> None:
    wrong = wrong_time(TimeValue(precision="day", anchor="publication", offset=-1), LOTS)
    assert wrong is not None
    assert wrong.offset is not None
    assert wrong.offset < -1


@pytest.mark.parametrize("value", [None, "2018-W21", "2018-05-21T10:00"])
def test_a_time_of_another_form_is_left(value: str | None) -> None:
    assert wrong_time(TimeValue(value=value, precision="week"), LOTS) is None
