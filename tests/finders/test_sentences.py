"""Where sentences end: at their stops, and not at those of abbreviations, numbers and addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.finders.sentences import Sentences


def sentences(text: str) -> list[str]:
    found, position = [], 0
    while position < len(text):
        where = Sentences(text).around(position)
        found.append(where.of(text).strip())
        position = where.end
    return [sentence for sentence in found if sentence]


@pytest.mark.parametrize(
    "text",
    [
        "Gen. Qassem Soleimani was killed on Friday.",
        "Brig. Gen. Turki al-Maliki spoke of 2.5 tonnes of explosives.",
        "U.S. forces and U.S. Army units left at 5 a.m. on Monday.",
        "Dr. Ahmad and Mr. J. Marsh fled on Oct. 9 by road No. 5.",
        "The group wrote on example.org that it had left.",
    ],
)
def test_an_abbreviation_ends_no_sentence(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It fell today.On Monday it rose.", ["It fell today.", "On Monday it rose."]),
        ("هل سقط الجسر؟ نعم۔ سقط.", ["هل سقط الجسر؟", "نعم۔", "سقط."]),
        ("سقط الجسر.وقتل اثنان.", ["سقط الجسر.", "وقتل اثنان."]),
        ("It left the U.S. The army stayed.", ["It left the U.S.", "The army stayed."]),
        ("He said no. The army left Homs. Two died.", ["He said no.", "The army left Homs.", "Two died."]),
        ("It was in 2016. 5 died.", ["It was in 2016.", "5 died."]),
        ("“We fled.” They left.", ["“We fled.", "” They left."]),
        ("A title\nA line", ["A title", "A line"]),
    ],
)
def test_a_sentence_ends_at_its_stop(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(text=st.text("ab.U S!؟\n2", max_size=60))
def test_sentences_lie_side_by_side_over_the_whole_text(text: str) -> None:
    cut, ends, position = Sentences(text), [], 0
    while position < len(text):
        where = cut.around(position)
        assert where.start == position < where.end
        ends.append(where.end)
        position = where.end
    assert not text or ends[-1] == len(text)
