import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import iter_graphemes, wcwidth

from annotator.text.clusters import (
    MARKS,
    NARROW,
    cluster_at,
    clusters,
    next_cluster,
    next_word,
    previous_cluster,
    previous_word,
    word_at,
)

SEEDS = Path(__file__).parents[2] / "seeds"
TEXT = st.text(
    st.sampled_from(
        "ab ل\u064e\u0651اe\u0301👩\u200d💻🇸🇾漢\u200e\u200b\ufeff1\ufe0f\u20e3\x07\tक\u094dष\u0903\u0600-'\n"
    )
)


def test_marks_stay_with_their_letter() -> None:
    assert [(c.start, c.end, c.width) for c in clusters("مُّe\u0301", 0, 5)] == [(0, 3, 1), (3, 5, 1)]


def test_a_family_is_one_cluster_two_cells_wide() -> None:
    assert [(c.start, c.end, c.width) for c in clusters("👩\u200d👩\u200d👧🇸🇾", 0, 7)] == [(0, 5, 2), (5, 7, 2)]


def test_an_invisible_character_belongs_to_what_stands_before_it_unless_revealed() -> None:
    assert [(c.start, c.end, c.glyph) for c in clusters("a\u200eb", 0, 3)] == [(0, 2, "a"), (2, 3, "b")]
    assert [c.glyph for c in clusters("a\u200eb", 0, 3, reveal=True)] == ["a", "→", "b"]


def test_a_mark_with_nothing_before_it_is_shown_on_a_circle() -> None:
    assert [(c.glyph, c.width) for c in clusters("\u064eب", 0, 2)] == [("◌\u064e", 1), ("ب", 1)]


def test_each_narrow_character_is_one_cell_and_a_cluster_of_its_own() -> None:
    narrow = [chr(code) for code in range(0x3000) if re.fullmatch(f"[{NARROW}]", chr(code))]
    assert len(narrow) > 1000
    assert [c for c in narrow if wcwidth(c) != 1] == []
    assert len(list(iter_graphemes("".join(narrow)))) == len(narrow)


def test_each_mark_has_no_width_and_belongs_to_what_stands_before_it() -> None:
    marks = [chr(code) for code in range(0x1000) if re.fullmatch(f"[{MARKS}]", chr(code))]
    assert len(marks) > 100
    assert [c for c in marks if wcwidth(c) != 0 or len(list(iter_graphemes("a" + c))) != 1] == []


@given(TEXT, st.booleans())
def test_clusters_leave_no_gap(text: str, reveal: bool) -> None:
    found = list(clusters(text, 0, len(text), reveal=reveal))
    assert "".join(text[c.start : c.end] for c in found) == text
    assert all(left.end == right.start for left, right in pairwise(found))


@given(TEXT)
def test_stepping_forth_and_back_visits_the_same_places(text: str) -> None:
    forth = [0]
    while forth[-1] < len(text):
        forth.append(next_cluster(text, forth[-1]))
    back = [len(text)]
    while back[-1] > 0:
        back.append(previous_cluster(text, back[-1]))
    assert forth == back[::-1]


@given(TEXT, st.integers(0, 40))
def test_a_code_point_lies_in_its_cluster(text: str, offset: int) -> None:
    found = cluster_at(text, offset)
    assert found.start <= min(offset, len(text)) <= found.end
    assert offset >= len(text) or offset < found.end


def test_a_line_end_is_a_step_of_its_own() -> None:
    assert cluster_at("a\n\u064eb", 1) == (1, 2)
    assert cluster_at("a\n\u064eb", 2) == (2, 3)


def test_words_are_stepped_over_with_their_marks() -> None:
    text = "قُتِلَ 12 (Assad's) men"
    assert [text[slice(*word_at(text, offset))] for offset in (0, 3, 8, 12, 18)] == ["قُتِلَ", "قُتِلَ", "12", "Assad's", ")"]
    starts = [0]
    while starts[-1] < len(text):
        starts.append(next_word(text, starts[-1]))
    assert starts == [0, 7, 11, 20, len(text)]
    assert [previous_word(text, offset) for offset in (23, 20, 12, 11, 5, 0)] == [20, 11, 11, 7, 0, 0]


@given(TEXT, st.integers(0, 40))
def test_words_forth_and_back(text: str, offset: int) -> None:
    offset = min(offset, len(text))
    assert previous_word(text, offset) <= offset <= next_word(text, offset)
    following = next_word(text, offset)
    if following < len(text):
        assert word_at(text, following).start == following


def test_a_word_longer_than_any_window_is_found_back() -> None:
    assert previous_word("a " + "x" * 5000, 5002) == 2


@pytest.mark.parametrize("seed", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.stem[:3])
def test_every_cluster_of_the_seeds_is_shown(seed: Path) -> None:
    for line in seed.read_text("utf-8").splitlines():
        assert all(cluster.width == 1 and cluster.glyph for cluster in clusters(line, 0, len(line)))


@pytest.mark.parametrize("text", ["\u0600 \u094d", "\u0600 \u0300", "a \u0600 \u064e"])
def test_a_sign_that_takes_the_blank_behind_it_is_one_step_both_ways(text: str) -> None:
    forth, offset = [0], 0
    while offset < len(text):
        offset = next_cluster(text, offset)
        forth.append(offset)
    back = [offset]
    while offset > 0:
        offset = previous_cluster(text, offset)
        back.append(offset)
    assert forth == back[::-1]
