import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.text.folding import Folded, fold, fold_character

LETTERS = "abßİıŉﬃΣςée\u0301أإآٱاىيیئؤةهكکقُتِلّـ“”‘’«»–—\u00a0\u202f \t\u200f\u00ad💥한2٢"
TEXTS = st.text(st.sampled_from(LETTERS)) | st.text()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("قُتِلَ", "قتل"),
        ("مُحَمَّدًا", "محمدا"),
        ("كتـــاب", "كتاب"),
        ("أحمد", "احمد"),
        ("إدلب", "ادلب"),
        ("القرية", "القريه"),
        ("على", "علي"),
        ("مسؤول", "مسوول"),
        ("ا\u0654حمد", "أحمد"),
        ("“killed”", '"killed"'),
        ("«قتل»", '"قتل"'),
        ("al‑Bokamal", "al-Bokamal"),
        ("Deir\u00a0Ezzor", "deir ezzor"),
        ("STRASSE", "straße"),
        ("İstanbul", "istanbul"),
        ("Erdo\u011fan", "Erdog\u0306an"),
        ("Erdoğan", "erdogan"),
        ("Σίσυφος", "σισυφοσ"),
        ("soft\u00adhyphen\u200f", "softhyphen"),
    ],
)
def test_words_that_a_reader_takes_for_one_fold_alike(one: str, other: str) -> None:
    assert fold(one).text == fold(other).text


@pytest.mark.parametrize(("one", "other"), [("قتل", "قاتل"), ("12", "13"), ("٢", "2"), ("ء", ""), ("x²", "x2")])
def test_words_that_differ_stay_apart(one: str, other: str) -> None:
    assert fold(one).text != fold(other).text


def test_a_stretch_leads_back_with_its_last_marks() -> None:
    text = "في قُتِلَـ أحمد"
    start = fold(text).text.index("قتل")
    assert fold(text).span(start, start + 3).of(text) == "قُتِلَـ"


@pytest.mark.parametrize("start", [0, 1])
def test_a_letter_that_folds_to_several_is_given_whole(start: int) -> None:
    assert fold("ßa").text == "ssa"
    assert fold("ßa").span(start, start + 1).of("ßa") == "ß"


def test_an_empty_stretch_stays_empty_where_it_is() -> None:
    assert fold("aßb").span(3, 3) == (2, 2)
    assert fold("aß").span(3, 3) == (2, 2)


@given(TEXTS, st.data())
@example("ß", None)
def test_every_stretch_covers_exactly_the_letters_that_it_came_from(text: str, data: st.DataObject | None) -> None:
    folded = fold(text)
    size = len(folded.text)
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, size)] * 2))) if data else (0, 1)
    came_from = {folded.origin[index] for index in range(start, end)}
    span = folded.span(start, end)
    letters = {index for index, character in enumerate(text) if fold(character).text}
    assert letters & set(range(span.start, span.end)) == came_from
    # The copy of the stretch is what was asked for, apart from the rest of a letter that folds to several.
    assert folded.text[start:end] in fold(span.of(text)).text


@given(TEXTS)
def test_the_map_leads_back_in_order_and_is_as_long_as_the_copy(text: str) -> None:
    folded = fold(text)
    assert len(folded.origin) == len(folded.text) + 1
    assert list(folded.origin) == sorted(folded.origin)
    assert folded.origin[-1] == len(text)
    for letter, origin in zip(folded.text, folded.origin, strict=False):
        assert letter in fold(text[origin]).text


@given(TEXTS)
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text).text).text == fold(text).text


@given(TEXTS)
def test_composed_and_decomposed_texts_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)).text == fold(text).text


@given(TEXTS, TEXTS)
def test_folding_goes_letter_by_letter(one: str, other: str) -> None:
    assert fold(one + other).text == fold(one).text + fold(other).text


@given(
    text=st.text(
        st.one_of(st.characters(max_codepoint=0x7F), st.characters(), st.sampled_from("ßأـّﷺİ\t“")), max_size=40
    )
)
def test_a_text_folds_as_its_characters_do_one_by_one(text: str) -> None:
    letters = [(letter, position) for position, character in enumerate(text) for letter in fold_character(character)]
    folded = fold(text)
    assert folded.text == "".join(letter for letter, _ in letters)
    assert list(folded.origin) == [*(position for _, position in letters), len(text)]
    plain = Folded(folded.text, tuple(folded.origin))
    for start in range(len(folded.text)):
        for end in range(start, len(folded.text) + 1):
            assert folded.span(start, end) == plain.span(start, end)
