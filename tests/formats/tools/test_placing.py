"""An offset is believed when its quote stands there; else it is told, with both values where one is set right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.formats.tools.placing import Said, placed
from annotator.formats.tools.units import UNITS, InsideCharacter, Ruler, Unit
from annotator.model.problem import Problem
from annotator.text.intake import lines_at_lf
from annotator.text.span import Span
from tests.formats.tools.documents import raws, spans, texts

TEXT = "🔥 قُتِلَ ٢٣ مدنيًّا في غارة 👨‍👩‍👧 على إدلب.\nPolice killed 5 people."


HUGE = 10**5000
"""More digits than Python writes."""


def repr_of_short(value: object) -> str:
    return "huge" if value is HUGE else repr(value)


def place(
    *said: tuple[object, object, str | None],
    raw: str = TEXT,
    text: str | None = None,
    default: Unit = "code_point",
    unit: Unit | None = None,
) -> tuple[list[Span | None], list[Problem]]:
    problems: list[Problem] = []
    found = placed(
        [Said(f"a.ann:{number}", *one) for number, one in enumerate(said, 1)],
        file="a.ann",
        raw=raw,
        text=text if text is not None else lines_at_lf(raw.removeprefix("\ufeff")),
        problems=problems,
        default=default,
        unit=unit,
    )
    return found, problems


def test_what_its_quote_confirms_needs_no_word() -> None:
    assert place((2, 8, "قُتِلَ"), (51, 57, "killed")) == ([(2, 8), (51, 57)], [])


def test_a_word_without_what_arabic_glues_on_has_a_place() -> None:
    assert place((1, 4, "قتل"), raw="وقتل") == ([(1, 4)], [])


def test_another_unit_that_explains_the_quotes_is_told_once() -> None:
    found, (problem,) = place((3, 9, "قُتِلَ"), (55, 61, "killed"))
    assert found == [(2, 8), (51, 57)]
    assert (problem.rule, problem.level, problem.where) == ("format.unit", "warning", "a.ann")
    assert "2 of 2 quotes stand where they should only if offsets count UTF-16 units" in problem.message


def test_the_unit_that_the_user_says_holds() -> None:
    assert place((5, 17, None), unit="utf8") == ([(2, 8)], [])
    found, (problem,) = place((3, 9, "قُتِلَ"), unit="code_point")
    assert found == [(2, 8)]
    assert problem.rule == "format.quote-moved"


def test_without_quotes_the_unit_is_doubted_only_where_it_matters() -> None:
    assert place((0, 2, None), raw="plain") == ([(0, 2)], [])
    found, (problem,) = place((0, 1, None))
    assert found == [(0, 1)]
    assert (problem.rule, problem.level) == ("format.unit", "warning")
    assert "--unit" in problem.message


def test_an_offset_inside_a_character_is_an_error() -> None:
    found, (problem,) = place((1, 9, None), unit="utf16")
    assert found == [None]
    assert (problem.rule, problem.level) == ("format.inside-character", "error")
    assert problem.where == "a.ann:1"
    assert "1-9" in problem.message


@pytest.mark.parametrize(
    ("start", "end"),
    [(0, 75), (-1, 4), (4, 4), (8, 2), (True, 4), (1.0, 2), ("0", 4), (None, 4), (0, HUGE), ([1], {})],
    ids=repr_of_short,
)
def test_an_offset_that_none_can_be_is_an_error(start: object, end: object) -> None:
    found, (problem,) = place((start, end, "killed"))
    assert found == [None]
    assert (problem.rule, problem.level) == ("format.out-of-range", "error")


def test_a_slipped_offset_is_set_right_by_its_quote_and_told_with_both_values() -> None:
    found, (problem,) = place((51, 57, "killed"), (56, 57, "5"))
    assert found == [(51, 57), (58, 59)]
    assert (problem.rule, problem.level, problem.where) == ("format.quote-moved", "warning", "a.ann:2")
    assert "'d' at 56-57" in problem.message
    assert "it stands at 58-59" in problem.message


@pytest.mark.parametrize("quote", ["wounded", "", " ", "Killed"])
def test_a_quote_that_is_nowhere_is_an_error(quote: str) -> None:
    found, (problem,) = place((51, 57, quote))
    assert found == [None]
    assert (problem.rule, problem.level) == ("format.quote-differs", "error")
    assert "'killed' at 51-57" in problem.message


def test_a_quote_that_stands_as_near_on_both_sides_is_an_error() -> None:
    found, (problem,) = place((2, 3, "a"), raw="a b a")
    assert found == [None]
    assert problem.rule == "format.quote-differs"


def test_a_quote_moves_to_the_nearest_place_though_it_is_part_of_a_word() -> None:
    found, _ = place((0, 3, "قتل"), raw="وقتلوا ثم قتل")
    assert found == [(1, 4)]


@pytest.mark.parametrize(("start", "end"), [(3, 4), (2, 3)])
def test_a_line_end_of_two_characters_counts_as_two_or_one_as_quotes_tell(start: int, end: int) -> None:
    assert place((start, end, "b"), raw="a\r\nb") == ([(2, 3)], [])


def test_a_quote_may_have_the_line_end_of_its_file() -> None:
    assert place((0, 4, "a\r\nb"), raw="a\r\nb") == ([(0, 3)], [])


@given(st.data(), st.sampled_from(UNITS), st.booleans())
def test_whatever_a_tool_counts_in_its_quotes_lead_to_the_place(data: st.DataObject, unit: Unit, said: bool) -> None:
    """Where quotes are told, spans come back from every unit: what is said of it may be a warning, and no more."""
    text = data.draw(texts())
    raw = data.draw(raws(text))
    wanted = data.draw(st.lists(spans(text), min_size=1, max_size=4))
    ruler = Ruler(raw, unit)
    try:
        offsets = [(ruler.offset(one.start), ruler.offset(one.end), one.of(text)) for one in wanted]
    except InsideCharacter:
        return
    found, problems = place(*offsets, raw=raw, text=text, unit=unit if said else None)
    if said:
        assert (found, problems) == (wanted, [])
    for one, right in zip(found, wanted, strict=True):
        assert one is None or one.of(text) == right.of(text)
