"""Triggers: the longest phrase wins, and a casualty takes the type of the violent event beside it."""

import pytest

from annotator.finders.sentences import Sentences
from annotator.finders.triggers import TriggerFinder
from annotator.model.guidelines import Guidelines
from annotator.text.folding import fold


@pytest.fixture(scope="module")
def finder(guidelines: Guidelines) -> TriggerFinder:
    return TriggerFinder(guidelines.schema, guidelines.lexicon)


def found(finder: TriggerFinder, text: str) -> list[tuple[str, str, str]]:
    triggers = finder.find(text, fold(text), Sentences(text))
    return [(trigger.span.of(text), trigger.event_type, trigger.trigger_class) for trigger in triggers]


@pytest.mark.parametrize(
    ("text", "quote", "event_type"),
    [
        ("after air strikes by", "air strikes", "strike.air"),
        ("artillery shelling on the area", "artillery shelling", "strike.artillery"),
        ("بغارات جوية", "غارات جوية", "strike.air"),
        ("وباستهدافهم", "استهدافهم"[:-2], "strike.artillery"),
        ("violent clashes", "violent clashes", "clash.armed"),
        ("leaders were captured", "were captured", "detain.capture"),
        ("تحليق مكثف", "تحليق مكثف", "move.overflight"),
    ],
)
def test_an_event_word_proposes_its_type(finder: TriggerFinder, text: str, quote: str, event_type: str) -> None:
    assert [trigger for trigger in found(finder, text) if trigger[2] == "event"] == [(quote, event_type, "event")]


def test_a_casualty_takes_the_nearest_violent_event_of_its_sentence(finder: TriggerFinder) -> None:
    text = "Shelling went on. Two men were killed in clashes far from the bombing."
    assert ("killed", "clash.armed", "casualty") in found(finder, text)


def test_a_casualty_alone_is_proposed_as_a_toll(finder: TriggerFinder) -> None:
    assert found(finder, "The shelling ended.\nTwo were killed.")[-1] == ("killed", "toll.aggregate", "casualty")


def test_a_total_is_not_what_killed(finder: TriggerFinder) -> None:
    assert ("killed", "clash.armed", "casualty") in found(finder, "It rose to 924 killed in two months of clashes.")


def test_a_move_is_no_reason_for_a_casualty(finder: TriggerFinder) -> None:
    assert ("killed", "toll.aggregate", "casualty") in found(finder, "Two who crossed the river were killed.")


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("It took place today.On the night", "On the night"),
        ("حصل اليوم. يذكر بأن", " يذكر بأن"),
        ("It fell 2.5 km away. Then", " Then"),
        ("Title\nBody", "Body"),
    ],
)
def test_a_sentence_ends_even_when_the_next_is_glued_to_it(text: str, second: str) -> None:
    assert Sentences(text).around(len(text) - 1).of(text) == second
