"""Triggers: the longest phrase wins, and a casualty takes the type of the violent event beside it."""

import pytest

from annotator.finders.sentences import Sentences
from annotator.finders.triggers.trigger_finder import TriggerFinder
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
        ("violent clashes", "clashes", "clash.armed"),
        ("leaders were captured", "captured", "detain.capture"),
        ("تحليق مكثف", "تحليق", "move.overflight"),
    ],
)
def test_an_event_word_proposes_its_type(finder: TriggerFinder, text: str, quote: str, event_type: str) -> None:
    assert [trigger for trigger in found(finder, text) if trigger[2] == "event"] == [(quote, event_type, "event")]


def test_a_casualty_takes_the_nearest_violent_event_of_its_sentence(finder: TriggerFinder) -> None:
    text = "Shelling went on. Two men were killed in clashes far from the bombing."
    assert ("killed", "clash.armed", "casualty") in found(finder, text)


def test_a_casualty_without_an_event_in_its_sentence_takes_the_last_one_before_it(finder: TriggerFinder) -> None:
    assert found(finder, "The shelling ended.\nTwo were killed.")[-1] == ("killed", "strike.artillery", "casualty")


def test_a_casualty_alone_is_proposed_as_a_toll(finder: TriggerFinder) -> None:
    assert found(finder, "Two were killed.")[-1] == ("killed", "toll.aggregate", "casualty")
    since = "The shelling ended.\nSome 900 were killed since then."
    assert ("killed", "toll.aggregate", "casualty") in found(finder, since)


@pytest.mark.parametrize(
    ("text", "event_type"),
    [
        ("It rose to 924, the number of men who were killed in two months of clashes.", "toll.aggregate"),
        ("It rose to 924, and in the attack of that day ten were killed.", "attack.ground"),
        ("In the attack two died, then four were killed, followed by clashes.", "attack.ground"),
    ],
)
def test_what_a_total_sums_is_no_event_of_its_own(finder: TriggerFinder, text: str, event_type: str) -> None:
    assert ("killed", event_type, "casualty") in found(finder, text)


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("The army launched raids and then tried to move on.", ["raids", "move"]),
        ("The town fell to the rebels after a surprise attack.", ["fell", "attack"]),
        ("The pilots conducted precision air strikes.", ["air strikes"]),
        ("نفذت المجموعة عملية اغتيال", ["اغتيال"]),
        ("اشتباكات عنيفة", ["اشتباكات"]),
        ("الاشتباكات المسلحة", ["الاشتباكات"]),
        ("سيطرت على البلدة", ["سيطرت"]),
    ],
)
def test_what_does_not_say_the_type_stays_outside(finder: TriggerFinder, text: str, quotes: list[str]) -> None:
    assert [trigger[0] for trigger in found(finder, text)] == quotes


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


@pytest.mark.parametrize(
    ("text", "quote", "event_type"),
    [
        ("A bomb targeted a police patrol.", "targeted", "strike.explosion"),
        ("A roadside bomb struck an army vehicle.", "struck", "strike.explosion"),
        ("An IED hit a convoy of the army.", "hit", "strike.explosion"),
        ("A car bomb hit a checkpoint.", "car bomb", "strike.explosion"),
        ("A blast struck a market.", "blast", "strike.explosion"),
        ("A suicide bomber targeted a mosque.", "targeted", "strike.suicide"),
        ("A suicide bomber struck a market.", "struck", "strike.suicide"),
        ("A roadside bomb exploded in Mosul.", "exploded", "strike.explosion"),
        ("Two were killed by a roadside bomb.", "roadside bomb", "strike.explosion"),
        ("Two were wounded by an IED.", "IED", "strike.explosion"),
    ],
)
def test_the_doer_says_what_kind_of_strike_it_was(
    finder: TriggerFinder, text: str, quote: str, event_type: str
) -> None:
    assert [trigger for trigger in found(finder, text) if trigger[2] == "event"] == [(quote, event_type, "event")]


@pytest.mark.parametrize(
    ("text", "casualty", "event_type"),
    [
        ("In clashes with the army of Sudan ten men died; shelling went on.", "died", "clash.armed"),
        ("An airstrike hit Raqqa, and police arrested two and killed four.", "killed", "strike.air"),
        ("Police arrested two men and killed one.", "killed", "detain.capture"),
        ("In clashes with the army, which had shelled the town, ten died.", "died", "strike.artillery"),
    ],
)
def test_a_casualty_looks_in_its_clause_first_and_at_captures_last(
    finder: TriggerFinder, text: str, casualty: str, event_type: str
) -> None:
    assert (casualty, event_type, "casualty") in found(finder, text)


def test_land_that_is_called_occupied_is_not_being_taken(finder: TriggerFinder) -> None:
    assert found(finder, "in Russian-occupied Donetsk") == []
    assert found(finder, "The army occupied Donetsk") == [("occupied", "control.gain", "event")]
