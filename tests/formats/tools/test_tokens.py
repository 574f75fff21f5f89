"""Tokens of a text and of files: whole characters, nothing but blanks between, clitics widened and said."""

import pytest
from hypothesis import given

from annotator.formats.tools.tokens import Tokens, TokenSpan, aligned, tokens_of
from annotator.text.span import span
from tests.formats.tools.documents import texts


def test_words_have_their_marks_and_other_characters_stand_alone():
    text = "قُتِلَ ٢٣ مدنيًّا 👨‍👩‍👧 (8 men).\u200f"
    assert tokens_of(text).words == ["قُتِلَ", "٢٣", "مدنيًّا", "👨‍👩‍👧", "(", "8", "men", ")", ".\u200f"]


@given(texts())
def test_tokens_hold_all_but_blanks_and_are_found_again(text: str):
    tokens = tokens_of(text)
    assert "".join(tokens.words) == "".join(text.split())
    found = aligned(tokens.words, text)
    assert isinstance(found, Tokens)
    assert found.spans == tokens.spans
    sentences = tokens.sentences()
    assert [at for one in sentences for at in range(one.start, one.end)] == list(range(len(tokens)))


def test_a_span_within_a_word_is_covered_by_the_word():
    tokens = tokens_of("وقتل 5 men")
    assert tokens.covering(span(1, 4)) == TokenSpan(0, 1)
    assert tokens.covering(span(5, 10)) == TokenSpan(1, 3)
    assert tokens.covering(span(4, 5)) is None, "a blank is no token"


def test_no_sentence_ends_within_what_is_to_stay_whole():
    tokens = tokens_of("One. Two. Three.")
    assert [one.end - one.start for one in tokens.sentences()] == [2, 2, 2]
    assert tokens.sentences([TokenSpan(1, 3)]) == [TokenSpan(0, 4), TokenSpan(4, 6)]


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        (["-LRB-", "a", "-RRB-"], "(a)", ["(", "a", ")"]),
        (["``", "a", "''"], '"a"', ['"', "a", '"']),
        (["a", "b"], "a \n\u00a0 b", ["a", "b"]),
    ],
)
def test_tokens_of_treebanks_are_found_in_the_text(words: list[str], text: str, found: list[str]):
    tokens = aligned(words, text)
    assert isinstance(tokens, Tokens)
    assert tokens.words == found


def test_the_first_token_that_does_not_follow_is_told():
    assert aligned(["a", "c"], "a b c") == 1
    assert aligned(["a", "a"], "a") == 1
    assert aligned([""], "a") == 0
