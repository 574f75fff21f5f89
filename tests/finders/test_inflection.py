"""The forms of the rows of a lexicon: an analyst writes one, and the finders look for all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.finders.phrases import Phrases
from annotator.finders.triggers.arabic import COMING, JOINED
from annotator.finders.triggers.inflection import compound_forms, noun_forms, verb_forms
from annotator.model.event_words import Compound
from annotator.text.folding import fold


@pytest.mark.parametrize(
    ("row", "forms"),
    [
        ("bomb", "bomb bombs bombed bombing"),
        ("raid", "raid raids raided raiding"),
        ("seize", "seize seizes seized seizing"),
        ("flee / fled", "flee flees fled fleeing"),
        ("die", "die dies died dying"),
        ("rob", "rob robs robbed robbing"),
        ("occupy", "occupy occupies occupied occupying"),
        ("deploy", "deploy deploys deployed deploying"),
        ("ambush", "ambush ambushes ambushed ambushing"),
        ("strike / struck", "strike strikes struck striking"),
        ("take / took / taken", "take takes took taken taking"),
        ("kidnap / kidnapped / kidnapping", "kidnap kidnaps kidnaping kidnapped kidnapping"),
    ],
)
def test_an_english_verb_in_all_its_forms(row: str, forms: str) -> None:
    assert set(verb_forms(row)) == set(forms.split())


def test_only_the_first_word_of_a_verb_phrase_is_inflected() -> None:
    assert set(verb_forms("open fire on")) == {f"{verb} fire on" for verb in ("open", "opens", "opened", "opening")}
    assert "took control of" in set(verb_forms("take control of / took / taken"))


@pytest.mark.parametrize(
    ("row", "forms"),
    [
        ("clash", {"clash", "clashes"}),
        ("casualty", {"casualty", "casualties"}),
        ("car bomb", {"car bomb", "car bombs"}),
        ("exchange of fire / exchanges of fire", {"exchange of fire", "exchange of exchanges of fire"}),
    ],
)
def test_the_last_word_of_an_english_noun_has_a_plural(row: str, forms: set[str]) -> None:
    assert set(noun_forms(row)) == forms


def seen(forms: object, text: str) -> list[str]:
    """Give what is found of the forms in a text."""
    phrases = Phrases((form, None) for form in forms)  # type: ignore[attr-defined]
    return [found.span.of(text) for found in phrases.find(text, fold(text))]


@pytest.mark.parametrize(
    "text",
    ["قصف", "قصفت", "قصفوا", "يقصف", "تقصف", "نقصف", "يقصفون", "قصفنا", "قُصِفت", "قصفتا", "يقصفوا", "تقصفان", "يقصفن"],
)
def test_an_arabic_verb_in_all_its_persons(text: str) -> None:
    assert seen(verb_forms("قصف / يقصف"), text) != []


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("قصفوهم", "قصفو"),
        ("قصفتها", "قصفت"),
        ("وقصفها", "قصف"),
        ("سيقصفون", "يقصفون"),
        ("وسنقصفهم", "نقصف"),
        ("فقصف", "قصف"),
    ],
)
def test_what_is_glued_to_an_arabic_verb_stays_outside(text: str, quote: str) -> None:
    assert quote in seen(verb_forms("قصف / يقصف"), text)


@pytest.mark.parametrize("text", ["قصفو", "مقصف", "قصفي", "يتقصف", "سقصف"])
def test_what_only_looks_like_a_form_is_none(text: str) -> None:
    assert seen(verb_forms("قصف / يقصف"), text) == []


def test_a_weak_last_letter_is_dropped_or_turned() -> None:
    forms = set(verb_forms("ألقى القبض / يلقي"))
    assert {"ألقت القبض", "ألقوا القبض", "ألقينا القبض", "يلقون القبض", "يلقيان القبض"} <= forms
    assert f"أخلا{JOINED}" in set(verb_forms("أخلى / يخلي"))
    assert "يستول" in set(verb_forms("استولى / يستولي"))


@pytest.mark.parametrize(
    ("row", "text", "quote"),
    [
        ("هجوم / هجمات", "الهجمات", "الهجمات"),
        ("هجوم / هجمات", "هجوماً", "هجوماً"),
        ("هجوم / هجمات", "بهجومين", "هجومين"),
        ("هجوم / هجمات", "لهجومهم", "هجوم"),
        ("غارة", "غارات", "غارات"),
        ("غارة", "غارتين", "غارتين"),
        ("غارة", "غارتهم", "غارت"),
        ("غارة", "للغارة", "غارة"),
        ("سيارة مفخخة / سيارات", "سيارات مفخخة", "سيارات مفخخة"),
    ],
)
def test_an_arabic_noun_in_all_its_numbers(row: str, text: str, quote: str) -> None:
    assert quote in seen(noun_forms(row), text)


def test_a_construct_form_needs_its_pronoun() -> None:
    assert seen(noun_forms("غارة"), "غارت") == []


@pytest.mark.parametrize(
    "text", ["غارة جوية", "الغارات الجوية", "غارتان جويتان", "غارتين جويتين", "قصف جوي", "القصف الجوي", "قصفاً جوياً"]
)
def test_an_adjective_agrees_with_its_arabic_noun(text: str) -> None:
    row = Compound(type="strike.air", nouns=("غارة / غارات", "قصف"), beside=("جوي",))
    assert text in seen(compound_forms(row), text)


def test_english_compounds_have_the_word_in_front_with_a_space_or_a_hyphen() -> None:
    row = Compound(type="strike.air", nouns=("strike",), beside=("air",))
    assert set(compound_forms(row)) == {"air strike", "air-strike", "air strikes", "air-strikes"}


ARABIC = st.text("بتثجحخدذرزسشصضطظعغفقكلمنهويىةاأإء", min_size=2, max_size=6)


@given(past=ARABIC, present=ARABIC)
def test_any_row_has_forms_that_are_written(past: str, present: str) -> None:
    for form in (*verb_forms(f"{past} / ي{present}"), *noun_forms(past)):
        bare = form.removeprefix(COMING).removesuffix(JOINED)
        assert bare
        assert JOINED not in bare


@given(word=st.text("abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=9))
def test_every_form_of_an_english_word_begins_like_it(word: str) -> None:
    forms = (*verb_forms(word), *noun_forms(word))
    assert word in forms
    assert all(form.startswith(word[: max(1, len(word) - 2)]) for form in forms)
