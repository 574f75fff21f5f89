"""What two sides have that is one thing, also where it differs: as well as can be, and whatever the order."""

from collections import Counter
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from annotator.matching.leftovers import Marked, pair_marked
from annotator.text.span import span

MARKED = st.builds(
    lambda start, length, label, said: Marked(span(start, start + length), label, said),
    st.sampled_from([0, 1, 3, 10]),
    st.integers(1, 4),
    st.sampled_from("xy"),
    st.sampled_from(["", "6", "7"]),
)


def marked(start, end, label="x", said=""):
    return Marked(span(start, end), label, said)


def kinds(a, b):
    """How many pairs are equal, of one span, of one label, of neither."""
    return Counter((a[i].span == b[j].span, a[i].label == b[j].label) for i, j in pair_marked(a, b))


def worth(a, b, pairs):
    """What a pairing is worth, as its rules say it."""
    both = [(a[i], b[j]) for i, j in pairs]
    rest = [(one, other) for one, other in both if one[:2] != other[:2]]
    return (
        len(both) - len(rest),
        sum(one.span == other.span for one, other in rest),
        len(rest),
        sum(one.label == other.label for one, other in rest),
        sum(one.span.overlap(other.span) for one, other in rest),
    )


@given(st.lists(MARKED, max_size=4), st.lists(MARKED, max_size=4))
def test_no_other_pairing_is_worth_more(a, b):
    chosen = pair_marked(a, b)
    assert len({i for i, _ in chosen}) == len({j for _, j in chosen}) == len(chosen)
    assert all(a[i].span.overlaps(b[j].span) for i, j in chosen)
    few, many = sorted((range(len(a)), range(len(b))), key=len)
    turned = len(a) > len(b)
    best = max(
        worth(a, b, [(i, j) for i, j in pairs if a[i].span.overlaps(b[j].span)])
        for order in permutations(many, len(few))
        for pairs in [[(j, i) if turned else (i, j) for i, j in zip(few, order, strict=True)]]
    )
    assert worth(a, b, chosen) == best


@given(st.lists(MARKED, max_size=6), st.lists(MARKED, max_size=6), st.randoms())
def test_neither_an_order_nor_which_side_is_first_changes_who_is_paired(a, b, random):
    def what(ours, theirs):
        return Counter((ours[i], theirs[j]) for i, j in pair_marked(ours, theirs))

    expected = what(a, b)
    assert what(random.sample(a, len(a)), random.sample(b, len(b))) == expected
    assert Counter((one, other) for other, one in what(b, a).elements()) == expected


def test_equal_ones_are_paired_before_longer_overlaps():
    assert pair_marked([marked(0, 9), marked(2, 4)], [marked(2, 4)]) == [(1, 0)]


def test_the_same_span_counts_more_than_the_same_label():
    assert pair_marked([marked(0, 9)], [marked(0, 8), marked(0, 9, "y")]) == [(0, 1)]


def test_pairing_one_with_its_neighbour_may_leave_room_for_another():
    gold, found = [marked(0, 10), marked(10, 20)], [marked(5, 15), marked(12, 20)]
    assert pair_marked(gold, found) == [(0, 0), (1, 1)]


def test_of_equal_ones_those_that_say_the_same_are_one():
    assert pair_marked([marked(0, 3, said="6"), marked(0, 3, said="7")], [marked(0, 3, said="7")]) == [(1, 0)]


def test_what_only_touches_is_not_one_thing():
    assert pair_marked([marked(0, 3)], [marked(3, 6)]) == []


def test_a_long_run_of_stretches_is_paired_as_well():
    gold, found = [marked(n, n + 5) for n in range(100)], [marked(n, n + 6, "y") for n in range(100)]
    assert kinds(gold, found) == {(False, False): 100}


def test_the_same_span_counts_more_than_another_pair():
    gold, found = [marked(3, 7), marked(6, 10)], [marked(3, 7, "y"), marked(1, 4)]
    assert pair_marked(gold, found) == [(0, 0)]


def test_a_tie_is_not_broken_by_which_side_is_first():
    gold, found = [marked(2, 3), marked(0, 5, "z"), marked(3, 6)], [marked(2, 5), marked(4, 7, "y")]
    assert {(j, i) for i, j in pair_marked(gold, found)} == set(pair_marked(found, gold))
