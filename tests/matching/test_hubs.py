import pytest

from annotator.matching.hubs import Hub, best_over, common_names, hub_called, place_of
from annotator.text.span import span


def hub(name: str, *events: int, here: bool = False) -> Hub:
    return Hub(name, frozenset(events), here)


@pytest.mark.parametrize("article_id", ["000", "a.b-c", "1:2-3"])
def test_a_hub_says_which_telling_it_is_called_after(article_id: str) -> None:
    name = hub_called(article_id, span(12, 19))
    assert place_of(name) == place_of(f"{name}#2") == (article_id, (12, 19))


@pytest.mark.parametrize("name", ["h1", "000:5", "000:5-x", ":5-6", "000:6-5", "000:5-5", "000:5-6#", "000:٥-٦"])
def test_a_name_of_another_form_says_nothing(name: str) -> None:
    assert place_of(name) is None


@pytest.mark.parametrize(
    ("mine", "theirs", "one"),
    [
        (hub("h1", 0), hub("h1", 1), True),
        (hub("000:5-9", 0), hub("000:5-10", 0), True),
        (hub("000:5-9", 0), hub("001:5-10", 0), False),
        (hub("000:5-9", 0), hub("000:9-12", 0), False),
        (hub("000:5-9", 0, 1, here=True), hub("000:20-22", 0, 1, here=True), True),
        (hub("000:5-9", 0, 1, here=True), hub("000:20-22", 1, 2, here=True), False),
        (hub("000:5-9", 0, 1, here=True), hub("000:20-22", 0, 1), False),
    ],
    ids=["name", "edge", "article", "touching", "links", "one-link", "elsewhere"],
)
def test_hubs_of_two_people_are_one_by_name_place_or_what_they_link(mine: Hub, theirs: Hub, one: bool) -> None:
    names = common_names({"a1": [mine], "a2": [theirs]})
    assert (names["a1", mine.name] == names["a2", theirs.name]) is one


def test_a_hub_is_called_as_most_call_it() -> None:
    names = common_names({who: [hub(name, 0)] for who, name in (("a", "x:5-9"), ("b", "x:5-10"), ("c", "x:5-10"))})
    assert set(names.values()) == {"x:5-10"}


def test_two_hubs_of_one_person_stay_two() -> None:
    names = common_names({"a": [hub("x:5-9", 0), hub("x:10-14", 1)], "b": [hub("x:5-14", 0), hub("x:10-14", 1)]})
    assert names["a", "x:5-9"] == names["b", "x:5-14"] != names["a", "x:10-14"] == names["b", "x:10-14"]


def test_the_best_over_a_place_has_its_edges_or_else_most_of_its_text() -> None:
    triggers = [span(0, 9), span(5, 9), span(4, 12), span(20, 30)]
    assert best_over(span(5, 9), triggers) == [1]
    assert best_over(span(5, 12), triggers) == [2]
    assert best_over(span(5, 8), triggers) == [0, 1, 2]
    assert best_over(span(30, 31), triggers) == []
