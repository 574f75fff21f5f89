"""What is said twice, and which of several spans of events becomes the mention."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from annotator.formats.repeats import one_of_each, repeats
from annotator.scoring.document import UNKNOWN, ScoredMention
from annotator.text.span import span

HERE, THERE = span(0, 4), span(9, 14)
ACTOR = ScoredMention("actor", HERE)


def test_each_repetition_is_told_with_how_often_it_stands_there() -> None:
    assert list(repeats("abcab")) == [(3, 2), (4, 2)]
    assert list(repeats("abab" + "a")) == [(2, 3), (3, 2), (4, 3)]
    assert list(repeats("abc")) == []


@given(st.lists(st.integers(0, 3)))
def test_what_is_no_repetition_is_each_thing_once(items: list[int]) -> None:
    again = {index for index, _ in repeats(items)}
    assert [item for index, item in enumerate(items) if index not in again] == list(dict.fromkeys(items))


def test_a_span_that_is_listed_as_a_mention_is_none_of_its_own() -> None:
    labelled = ACTOR._replace(label="armed_group")
    assert one_of_each([ACTOR, labelled], [ACTOR._replace(ref="isis")]) == []
    assert one_of_each([ACTOR], [ACTOR._replace(kind="place")]) == [ACTOR]
    assert one_of_each([ACTOR], [ACTOR._replace(span=THERE)]) == [ACTOR]


def test_of_spans_that_several_events_name_the_one_that_says_most_stays_in_any_order() -> None:
    said = [ACTOR, ACTOR._replace(label="armed_group"), ACTOR._replace(label="armed_group", ref="isis")]
    assert {tuple(one_of_each(order, [])) for order in permutations(said)} == {(said[-1],)}


def test_a_span_of_unknown_kind_is_the_mention_that_stands_there() -> None:
    unknown = ACTOR._replace(kind=UNKNOWN)
    assert one_of_each([unknown, ACTOR], []) == one_of_each([ACTOR, unknown], []) == [ACTOR]
    assert one_of_each([unknown], [ACTOR]) == []
    assert one_of_each([unknown], [ACTOR._replace(span=THERE)]) == [unknown]
    assert one_of_each([unknown, unknown], []) == [unknown]
