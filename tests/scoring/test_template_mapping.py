"""The mapping of templates with the best micro F1, against all mappings that there are."""

from itertools import combinations, permutations

from hypothesis import given
from hypothesis import strategies as st

from annotator.matching.assignment import assign
from annotator.scoring.template_mapping import NOTHING, Amounts, best_mapping, f1

AMOUNTS = st.builds(Amounts, st.integers(1, 6), st.integers(1, 6))
GAINS = st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 4)), AMOUNTS, max_size=14)


def reached(pairs, gains):
    return Amounts(sum(gains[pair].predicted for pair in pairs), sum(gains[pair].gold for pair in pairs))


def all_mappings(gains):
    """Every way to map some templates one-to-one."""
    most = min(len({i for i, _ in gains}), len({j for _, j in gains}))
    for size in range(most + 1):
        for lines in combinations(sorted({i for i, _ in gains}), size):
            for columns in permutations(sorted({j for _, j in gains}), size):
                pairs = tuple(zip(lines, columns, strict=True))
                if all(pair in gains for pair in pairs):
                    yield pairs


@given(GAINS, st.integers(0, 12), st.integers(0, 12))
def test_no_mapping_is_better_and_of_those_as_good_none_has_more_right(gains, unmapped, missed):
    held = Amounts(30 + unmapped, 30 + missed)

    def worth(pairs):
        matched = reached(pairs, gains)
        return f1(matched, held), matched.predicted

    found = best_mapping(gains, held)
    assert worth(found) == max(map(worth, all_mappings(gains)))
    assert len({i for i, _ in found}) == len({j for _, j in found}) == len(found)


@given(GAINS, st.randoms())
def test_the_order_in_which_pairs_come_changes_nothing(gains, chance):
    held = Amounts(40, 40)
    shuffled = list(gains.items())
    chance.shuffle(shuffled)
    assert best_mapping(dict(shuffled), held) == best_mapping(gains, held)


# Mapping A gives (8, 1), B gives (1, 8), C gives (4, 4); of one predicted and three gold templates one can be mapped.
BETWEEN = {(0, 0): Amounts(8, 1), (0, 1): Amounts(1, 8), (0, 2): Amounts(4, 4)}


def test_the_best_mapping_may_be_the_best_by_no_weighing_of_the_two_numbers():
    # 4 lies below the middle of 8 and 1: whatever either number is worth, an assignment takes A or B, never C.
    for of_predicted in range(1, 50):
        for of_gold in range(1, 50):
            weights = {pair: of_predicted * gain.predicted + of_gold * gain.gold for pair, gain in BETWEEN.items()}
            assert assign(weights) != ((0, 2),)
    held = Amounts(10, 10)
    assert best_mapping(BETWEEN, held) == ((0, 2),)
    assert f1(Amounts(4, 4), held) > f1(Amounts(8, 1), held)


def test_many_templates_that_pull_apart_are_mapped_in_bearable_time():
    # Without the bound these are 15! mappings, and more that leave some out.
    gains = {(i, j): Amounts(1 + (7 * i + 3 * j) % 5, 1 + (5 * i + 11 * j) % 7) for i in range(15) for j in range(15)}
    found = best_mapping(gains, Amounts(80, 100))
    assert len(found) == 15


def test_nothing_to_map_is_no_mapping():
    assert best_mapping({}, Amounts(3, 4)) == ()
    assert best_mapping({}, NOTHING) == ()
    assert f1(NOTHING, NOTHING) == 0
