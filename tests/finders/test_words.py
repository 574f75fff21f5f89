"""Words and tables of phrases, against plain looking; and which readers a word opens something for."""

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from annotator.finders.openings import DIGITS, Openings
from annotator.finders.words import PhraseTable, Word, in_forms, phrase_table, words

PHRASES = ("at least", "at", "least of all", "no fewer than", "than", "ما لا يقل عن", "عن", "نحو", "أكثر من")
vocabulary = st.sampled_from(
    ["at", "least", "of", "all", "no", "fewer", "than", "ما", "لا", "يقل", "عن", "وعن", "ونحو", "7"]
)


def looked_for(table: PhraseTable[None], text: Sequence[Word], index: int) -> int | None:
    """Give where the longest phrase begins that ends right before a word, asking at every word in front of it."""
    ends = (first for first in range(index) if (found := table.at(text, first)) and found.until == index)
    return next(ends, None)


@given(picked=st.lists(vocabulary, max_size=12))
def test_a_phrase_in_front_is_found_as_plain_looking_does(picked: list[str]) -> None:
    table, text = phrase_table(PHRASES), words(" ".join(picked))
    for index in range(len(text) + 1):
        found = table.before(text, index)
        assert (None if found is None else found[0]) == looked_for(table, text, index)
        assert found is None or found[1].until == index


def test_a_word_opens_what_its_readings_open() -> None:
    readers = Openings(("days", {"يوم", "day"}), ("numbers", {"عشره", DIGITS}), ("both", {"day", "عشره"}))
    assert readers.of("وعشره") == ("numbers", "both")
    assert readers.of("اليوم") == ("days",)
    assert readers.of("day") == ("days", "both")
    assert readers.of("12") == readers.of("١٢") == ("numbers",)
    assert readers.of("night") == ()
    assert readers.words == {"يوم", "day", "عشره", DIGITS}


def test_a_word_is_known_with_letters_glued_in_front() -> None:
    is_known = in_forms(frozenset({"نشر", "said"}))
    assert [is_known(word) for word in ("نشر", "ونشر", "said", "says", "منشر")] == [True, True, True, False, False]


@given(text=st.text("ab1٢و، \n-.'", max_size=40))
def test_words_stand_where_they_say(text: str) -> None:
    found = words(text)
    assert all(text[word.start : word.end] == word.text for word in found)
    assert all(first.end <= second.start for first, second in pairwise(found))
