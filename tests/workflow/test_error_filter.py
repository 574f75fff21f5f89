"""What errors are narrowed down to: choices add up, nothing is lost between them, and no spelling hides a word."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.scoring.errors import ERROR_KINDS, Reading, ScoringError
from annotator.text.span import span
from annotator.workflow.error_filter import SIDES, ErrorFilter, grouped, saying

TEXTS = {"one": "The Syrian regime shelled Idlib.", "two": "قَصَفَ النظام إدلب"}
SAID = saying(TEXTS)


def error(article: str, part: str, kind: str, group: str, start: int, end: int, *, right: bool) -> ScoringError:
    reading = Reading(span(min(start, end), max(start, end) + 1), part, "6+ persons" if part == "number" else "")
    sides = (reading, None) if right else (None, reading)
    return ScoringError(article, "en" if article == "one" else "ar", "unknown", part, kind, *sides, f"{part}: {group}")


ERRORS = st.lists(
    st.builds(
        error,
        st.sampled_from(["one", "two"]),
        st.sampled_from(["number", "trigger", "argument"]),
        st.sampled_from(ERROR_KINDS),
        st.sampled_from(["missed", "ends too late"]),
        st.integers(0, 15),
        st.integers(0, 15),
        right=st.booleans(),
    ),
    max_size=20,
)
SIDE = st.sampled_from(list(SIDES))


@given(ERRORS)
def test_groups_part_the_errors_and_come_commonest_first(errors):
    groups = grouped(errors)
    sizes = [len(found) for found in groups.values()]
    assert sizes == sorted(sizes, reverse=True)
    assert sum(sizes) == len(errors)
    assert all(found == [one for one in errors if one.group == name] for name, found in groups.items())


@given(ERRORS, SIDE)
def test_the_values_of_a_side_count_every_error_once(errors, side):
    values = ErrorFilter().values(side, errors, SAID)
    assert sum(values.values()) == len(errors)
    for value, count in values.items():
        assert len(ErrorFilter().choosing(side, value).of(errors, SAID)) == count


@given(ERRORS, SIDE, SIDE, st.sampled_from(["", "idlib", "ends", "number 6+", "nowhere"]))
def test_each_choice_more_leaves_no_more_and_taking_it_back_gives_all_back(errors, first, second, words):
    some = ErrorFilter().typing(words)
    for side in (first, second):
        for value in some.values(side, errors, SAID):
            narrower = some.choosing(side, value)
            left = narrower.of(errors, SAID)
            assert [one for one in some.of(errors, SAID) if one in left] == left
            assert narrower.choosing(side, None) == some.choosing(side, None)


def test_a_value_is_chosen_among_what_the_other_sides_leave():
    errors = [
        error("one", "number", "value", "x", 0, 3, right=True),
        error("two", "trigger", "missed", "y", 0, 3, right=True),
    ]
    arabic = ErrorFilter().choosing("language", "ar")
    assert arabic.values("part", errors, SAID) == {"trigger": 1}
    assert arabic.values("language", errors, SAID) == {"ar": 1, "en": 1}


def test_all_words_must_stand_in_it_in_any_spelling_and_on_either_side():
    shelled = error("one", "trigger", "spurious", "missed", 18, 24, right=False)
    arabic = error("two", "trigger", "missed", "missed", 0, 5, right=True)
    errors = [shelled, arabic]
    assert ErrorFilter().typing("SHELLED trigger").of(errors, SAID) == [shelled]
    assert ErrorFilter().typing("قصف").of(errors, SAID) == [arabic], "without the marks on its letters"
    assert ErrorFilter().typing("shelled قصف").of(errors, SAID) == []
    assert ErrorFilter().typing("shelled").of(errors, saying({})) == [], "no text, no words"
    assert ErrorFilter().typing("   ").of(errors, SAID) == errors


def test_what_is_said_of_an_error_is_made_once_however_many_letters_are_typed():
    class Counted(dict):
        asked = 0

        def get(self, name):
            self.asked += 1
            return super().get(name)

    texts, one = Counted(TEXTS), error("one", "trigger", "missed", "missed", 0, 5, right=True)
    said = saying(texts)
    for words in ("s", "sy", "syr", "syria", "nowhere"):
        ErrorFilter().typing(words).of([one], said)
    assert texts.asked == 1


def test_it_tells_what_it_asks_for():
    assert ErrorFilter().told() == ""
    assert ErrorFilter().choosing("kind", "missed").typing(" a  b ").told() == "kind missed, “a b”"
