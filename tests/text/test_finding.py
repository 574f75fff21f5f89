import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.text import finding
from annotator.text.finding import Finder, sought
from annotator.text.folding import fold
from annotator.text.span import span

LETTERS = "abßİﬃΣςé\u0301أاىيئةهقُتِلّـ“’»–\u00a0 \n\u200f\u00ad💥한"
TEXTS = st.text(st.sampled_from(LETTERS), max_size=60)
QUERIES = st.text(st.sampled_from(LETTERS), max_size=4)


@pytest.fixture(autouse=True, scope="module")
def small_blocks():
    """Let a short text have many blocks: their seams are where offsets slip."""
    before, finding._BLOCK = finding._BLOCK, 3
    yield
    finding._BLOCK = before


def folded(text: str) -> str:
    return fold(text).text.replace("\n", " ")


def hits(text: str, query: str) -> list[str]:
    return [hit.of(text) for hit in Finder(text).find(query)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("قتل", ["قُتِلَـ", "قتل"]),
        ("قَتل", ["قُتِلَـ", "قتل"]),
        ("ادلب", ["إدلب"]),
        ("علي", ["على"]),
        ("القريه", ["القرية"]),
        ("في القرية", ["في\nالقرية"]),
        ("isis", ["ISIS"]),
        ("strasse", ["Straße"]),
        ("لا شيء", []),
    ],
)
def test_what_a_person_means_is_found_as_it_stands(query: str, found: list[str]) -> None:
    assert hits("قُتِلَـ وقتل ISIS على إدلب في\nالقرية Straße", query) == found


@pytest.mark.parametrize("query", ["", " ", "\u064f", "ـ", "\u200f"])
def test_nothing_to_look_for_finds_nothing(query: str) -> None:
    assert sought(query) == ""
    assert len(Finder("a \u064f ـ").find(query)) == 0


@given(TEXTS, QUERIES)
@example("aßb", "s")
@example("ق\u064f\u064f\u064f\u064fت", "قت")
def test_every_hit_reads_as_what_was_looked_for_and_none_is_missed(text: str, query: str) -> None:
    found = Finder(text).find(query)
    assert len(found) == (folded(text).count(sought(query)) if sought(query) else 0)
    for hit in found:
        assert sought(query) in folded(hit.of(text))
        assert 0 <= hit.start < hit.end <= len(text)
    starts = [hit.start for hit in found]
    assert starts == sorted(starts)


@given(TEXTS, QUERIES)
def test_a_hit_is_what_folding_the_whole_text_at_once_gives(text: str, query: str) -> None:
    whole = fold(text)
    wanted, at, brute = sought(query), -1, []
    while wanted and (at := folded(text).find(wanted, at + (len(wanted) if brute else 1))) >= 0:
        brute.append(whole.span(at, at + len(wanted)))
    assert list(Finder(text).find(query)) == brute


@given(TEXTS, QUERIES, st.integers(-2, 62), st.integers(1, 20))
def test_the_hits_in_a_stretch_and_the_first_behind_a_place_are_those_that_walking_gives(
    text: str, query: str, start: int, length: int
) -> None:
    found = Finder(text).find(query)
    stretch = span(max(0, min(start, len(text))), max(0, min(start + length, len(text))))
    assert found.within(stretch) == [hit for hit in found if hit.overlaps(stretch)]
    behind = [index for index, hit in enumerate(found) if hit.start >= start]
    if "ß" not in text and "ﬃ" not in text and "İ" not in text:
        assert found.at_or_after(start) == (behind[0] if behind else len(found))


@given(TEXTS, st.integers(1, 9))
def test_folding_in_steps_comes_to_the_same(text: str, size: int) -> None:
    finder = Finder(text)
    steps = 0
    while not finder.ready:
        finder.prepare(size)
        steps += 1
    assert steps >= len(text) // (size + 3)
    assert list(finder.find("a")) == list(Finder(text).find("a"))
