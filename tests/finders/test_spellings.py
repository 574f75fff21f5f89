"""Which spellings are of one name, and which are not."""

import pytest

from annotator.finders.names.actors_and_places import ActorAndPlaceFinder
from annotator.finders.names.spellings import Spellings, skeleton
from annotator.model.guidelines import Guidelines
from annotator.text.folding import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Deir ez-Zor", "Dayr al-Zour"),
        ("al-Bokamal", "Al-Bukamal"),
        ("Saraqib", "Saraqeb"),
        ("Khan Shaykhun", "Khan Sheikhoun"),
        ("Ma'arat", "Maarat"),
        ("Jaysh al-Izza", "Jaish al Izzah"),
        ("Muhaimida", "Muhaymidah"),
        ("al-Qa'im", "Qaim"),
    ],
)
def test_spellings_of_one_name_are_alike(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(("one", "other"), [("Raqqa", "Rafah"), ("Homs", "Hama"), ("Idlib", "Irbil"), ("Taiz", "Taza")])
def test_different_names_are_not(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)


def test_of_a_spelling_that_two_share_and_of_a_short_one_nothing_is_known() -> None:
    spellings = Spellings([("Saraqib", "a"), ("Tell Qarah", "b"), ("Tel Kara", "c"), ("Ibb", "d"), ("IS", "e")])
    assert [spellings.ref(name) for name in ("Saraqeb", "Tal Qara", "Tell Qara", "Ib", "IS")] == [
        "a", None, None, None, None,
    ]  # fmt: skip


def test_an_unlisted_spelling_leads_to_the_registry(guidelines: Guidelines) -> None:
    finder = ActorAndPlaceFinder(guidelines.registry, guidelines.lexicon)
    text = "Fighting raged in Dayr al-Zur, and Hayat Tahreer ash-Shaam denied it."
    assert [(item.span.of(text), item.said.ref) for item in finder.find(text, fold(text))] == [
        ("Hayat Tahreer ash-Shaam", "hts"),
        ("Dayr al-Zur", "deir_ezzor"),
    ]


@pytest.mark.parametrize("text", ["Make Here Read", "Here it is", "Read this", "Same here"])
def test_a_short_common_word_that_is_spelt_like_a_place_is_none(guidelines: Guidelines, text: str) -> None:
    finder = ActorAndPlaceFinder(guidelines.registry, guidelines.lexicon)
    assert list(finder.find(text, fold(text))) == []
