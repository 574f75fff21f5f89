"""What the words around a trigger make of it: the company that gives the type, and the cues that it did not happen."""

from typing import Any

import pytest

from annotator.finders.sentences import Sentences
from annotator.finders.triggers.trigger_finder import Trigger, TriggerFinder
from annotator.model.event_words import EventWords
from annotator.model.guidelines import Guidelines
from annotator.model.lexicon import Lexicon, Words
from annotator.text.folding import fold


def triggers(finder: TriggerFinder, text: str) -> list[Trigger]:
    return list(finder.find(text, fold(text), Sentences(text)))


@pytest.fixture(scope="module")
def shipped(guidelines: Guidelines) -> TriggerFinder:
    return TriggerFinder(guidelines.schema, guidelines.lexicon)


@pytest.fixture
def finder(guidelines: Guidelines) -> Any:
    """A finder over a lexicon of a test's own."""

    def of(**rows: Any) -> TriggerFinder:
        lexicon = Lexicon(languages={"en": Words(events=EventWords.model_validate(rows))})
        return TriggerFinder(guidelines.schema, lexicon)

    return of


COMPANY = {"jets": ["jet", "jets"], "rockets": ["rocket", "rockets"], "none": ["jet lag"]}


def sense(*readings: dict[str, Any], otherwise: str | None = None) -> dict[str, Any]:
    return {
        "company": COMPANY,
        "senses": [{"verbs": ["hit / hit"], "readings": list(readings), "otherwise": otherwise}],
    }


AIR, GROUND = {"near": ["jets"], "type": "strike.air"}, {"near": ["rockets"], "type": "strike.artillery"}


@pytest.mark.parametrize(
    ("text", "event_type"),
    [
        ("Jets hit a camp", "strike.air"),
        ("Rockets hit a camp", "strike.artillery"),
        ("Rockets fell, and jets hit a camp", "strike.air"),
        ("They hit a camp, said the pilots of the jets", "strike.air"),
        ("Jets hit rockets", "strike.air"),
        ("They hit a camp. Jets left", "attack.ground"),
        ("With jet lag they hit a camp", "attack.ground"),
    ],
)
def test_company_in_the_clause_and_else_in_the_sentence_gives_the_type(finder, text: str, event_type: str) -> None:
    of = finder(**sense(AIR, GROUND, otherwise="attack.ground"))
    assert [one.event_type for one in triggers(of, text)] == [event_type]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Jets hit a camp", True),
        ("It hit jets", False),
        ("Jets of one army hit it", False),
        ("Jets left, hit by rain", False),
        ("The rain hit a camp", False),
    ],
)
def test_a_word_that_wants_company_on_one_side_is_nothing_without_it(finder, text: str, found: bool) -> None:
    of = finder(**sense(AIR | {"where": "before", "within": 2}))
    assert bool(triggers(of, text)) == found


def test_a_reading_without_a_type_hides_the_word(finder) -> None:
    of = finder(**sense({"near": ["rockets"]}, otherwise="attack.ground"), verbs={"strike.air": ["hit / hit"]})
    assert triggers(of, "Rockets hit a camp") == []
    assert [one.event_type for one in triggers(of, "They hit a camp")] == ["attack.ground"]


def test_a_reading_may_say_that_it_is_an_idiom(finder) -> None:
    of = finder(**sense(AIR | {"mark": "idiom"}))
    assert [one.marks for one in triggers(of, "jets hit the shops")] == [("idiom",)]


def test_a_casualty_may_hang_on_company_too(finder) -> None:
    of = finder(**sense({"near": ["jets"], "type": "casualty"}))
    assert [(one.event_type, one.trigger_class) for one in triggers(of, "jets hit it")] == [
        ("toll.aggregate", "casualty")
    ]


def test_a_word_inside_a_name_is_no_trigger(finder) -> None:
    of = finder(verbs={"attack.ground": ["storm"]})
    text = "Operation Storm began and they stormed it"
    name = next(one.span for one in triggers(of, text))
    assert [one.span.of(text) for one in of.find(text, fold(text), Sentences(text), [name])] == ["stormed"]


def test_a_word_inside_a_decoy_is_no_trigger(finder) -> None:
    of = finder(verbs={"attack.ground": ["raid"]}, decoys=["raid shelter"])
    assert [one.span.start for one in triggers(of, "the raid shelter was raided")] == [21]


MARKS = {
    "negated": {"before": {"not": 3, "denied": 9}, "behind": {"was foiled": 2}, "neutral": ["not only"]},
    "hypothetical": {"before": {"may": 3, "threatened to": 3}},
}


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("They did not raid it", ("negated",)),
        ("They may raid it", ("hypothetical",)),
        ("They may not raid it", ("hypothetical", "negated")),
        ("The raid was foiled", ("negated",)),
        ("Not only did they raid it", ()),
        ("It was not one of those many raids", ()),
        ("They did not come, they raid it", ()),
        ("He denied that his own men had ever gone to raid it", ("negated",)),
        ("In May they raid it", ()),
        ("It did not snow. Raids went on", ()),
        ("They threatened to raid it but it never came to a raid", ("hypothetical",)),
    ],
)
def test_a_cue_reaches_so_many_words_inside_its_clause(finder, text: str, marks: tuple[str, ...]) -> None:
    of = finder(verbs={"attack.ground": ["raid"]}, marks=MARKS, breaks=["but"])
    assert triggers(of, text)[0].marks == marks


def test_what_one_clause_denies_another_may_tell(finder) -> None:
    of = finder(verbs={"attack.ground": ["raid"]}, marks=MARKS, breaks=["but"])
    assert [one.marks for one in triggers(of, "They did not raid it but they raid us")] == [("negated",), ()]


def test_a_trigger_inside_an_idiom_is_proposed_with_the_mark(finder) -> None:
    of = finder(verbs={"attack.ground": ["storm"]}, idioms=["stormed out of"])
    assert [(one.span.start, one.marks) for one in triggers(of, "He stormed out of it and stormed it")] == [
        (3, ("idiom",)),
        (25, ()),
    ]


@pytest.mark.parametrize(
    ("text", "quote", "event_type", "marks"),
    [
        ("The army denied that it had shelled the camp.", "shelled", "strike.artillery", ("negated",)),
        ("Militants threatened to attack the base.", "attack", "attack.ground", ("hypothetical",)),
        ("Militants tried to attack the base.", "attack", "attack.ground", ("attempted",)),
        ("If they withdraw, talks begin.", "withdraw", "control.withdraw", ("hypothetical",)),
        ("She lost her battle with cancer.", "battle", "clash.armed", ("idiom",)),
        ("The rebels captured two soldiers.", "captured", "detain.capture", ()),
        ("The rebels captured the town.", "captured", "control.gain", ()),
        ("Turkish jets pounded the hills.", "pounded", "strike.air", ()),
        ("A suicide bomber attacked a bus.", "attacked", "strike.suicide", ()),
        ("قصفت طائرات حربية البلدة", "قصفت", "strike.air", ()),
        ("قصفت قوات النظام البلدة", "قصفت", "strike.artillery", ()),
        ("لم تقصف القوات البلدة", "تقصف", "strike.artillery", ("negated",)),
        ("سنستعيد البلدة", "نستعيد", "control.gain", ("hypothetical",)),
        ("حاول التنظيم اقتحام القاعدة", "اقتحام", "attack.ground", ("attempted",)),
        ("هدد التنظيم باقتحام القاعدة", "اقتحام", "attack.ground", ("hypothetical",)),
        ("انتهت المعركة الانتخابية", "المعركة", "clash.armed", ("idiom",)),
        ("أطلق مسلحون صواريخ على القاعدة", "أطلق", "strike.artillery", ()),
    ],
)
def test_the_shipped_words(
    shipped: TriggerFinder, text: str, quote: str, event_type: str, marks: tuple[str, ...]
) -> None:
    assert (quote, event_type, marks) in [
        (one.span.of(text), one.event_type, one.marks) for one in triggers(shipped, text)
    ]


@pytest.mark.parametrize(
    "text", ["وقف إطلاق النار", "أسرة كبيرة", "هيئة تحرير الشام", "The building of the bank.", "A cease-fire held."]
)
def test_the_shipped_words_leave_out(shipped: TriggerFinder, text: str) -> None:
    assert triggers(shipped, text) == []


def test_a_company_that_nobody_named_is_told() -> None:
    with pytest.raises(ValueError, match="company of 'jets'"):
        EventWords.model_validate({"senses": [{"verbs": ["hit"], "readings": [AIR]}]})
