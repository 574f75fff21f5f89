"""Alpha beside its peer in the same run, beside all pairs enumerated, and at the edges where formulas give 0/0."""

from itertools import permutations

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.statistics.alpha import Level, alpha

LEVELS: list[Level] = ["nominal", "ordinal", "interval", "ratio"]
NAN = float("nan")

answers = st.integers(2, 5).flatmap(
    lambda people: st.lists(
        st.lists(st.one_of(st.just(NAN), st.integers(0, 4).map(float), st.just(2.5)), min_size=people, max_size=people),
        min_size=1,
        max_size=8,
    ).map(lambda units: np.array(units).T)
)


def by_all_pairs(said: np.ndarray, level: Level) -> float | None:
    """Alpha by its definition: the mean distance within units over the mean distance of all answers."""
    units = [[value for value in unit if not np.isnan(value)] for unit in said.T]
    units = [unit for unit in units if len(unit) > 1]
    every = [value for unit in units for value in unit]

    def far(one: float, other: float) -> float:
        match level:
            case "nominal":
                return float(one != other)
            case "interval":
                return (one - other) ** 2
            case "ratio":
                return ((one - other) / (one + other)) ** 2 if one + other else 0.0
            case "ordinal":
                low, high = sorted((one, other))
                return (sum(low <= value <= high for value in every) - (every.count(low) + every.count(high)) / 2) ** 2

    if not every:
        return None
    within = sum(far(*pair) / (len(unit) - 1) for unit in units for pair in permutations(unit, 2)) / len(every)
    overall = sum(far(*pair) for pair in permutations(every, 2)) / (len(every) * (len(every) - 1))
    return 1 - within / overall if overall else 1.0


@pytest.mark.parametrize("level", LEVELS)
@given(answers)
def test_all_pairs_enumerated_give_the_same(level, said):
    expected = by_all_pairs(said, level)
    found = alpha(said, level).value
    assert found == (None if expected is None else pytest.approx(expected, abs=1e-9))


@pytest.mark.parametrize("level", LEVELS)
@given(answers)
def test_the_peer_gives_the_same_where_it_gives_anything(level, said):
    met = said[:, (~np.isnan(said)).sum(axis=0) > 1]
    if len(np.unique(met[~np.isnan(met)])) > 1:
        peer = krippendorff.alpha(said, level_of_measurement=level)
        assert alpha(said, level).value == pytest.approx(peer, abs=1e-9)


@pytest.mark.parametrize("level", LEVELS)
def test_the_peer_gives_the_same_on_many_units_and_people(level):
    draw = np.random.RandomState(3)
    true = draw.randint(0, 40, 5000)
    said = np.where(draw.random_sample((6, 5000)) < 0.4, draw.randint(0, 40, (6, 5000)), true).astype(float)
    said[draw.random_sample(said.shape) < 0.2] = NAN
    assert alpha(said, level).value == pytest.approx(krippendorff.alpha(said, level_of_measurement=level), abs=1e-12)


@pytest.mark.parametrize("level", LEVELS)
@given(answers, st.data())
def test_no_order_of_people_or_units_changes_a_digit(level, said, data):
    people = data.draw(st.permutations(range(said.shape[0])))
    units = data.draw(st.permutations(range(said.shape[1])))
    assert alpha(said[people][:, units], level) == alpha(said, level)


def test_units_counted_in_many_pieces_give_the_same(monkeypatch):
    draw = np.random.RandomState(4)
    said = draw.randint(0, 7, (3, 1000)).astype(float)
    said[draw.random_sample(said.shape) < 0.3] = NAN
    whole = alpha(said, "ordinal")
    monkeypatch.setattr("annotator.statistics.alpha._CELLS_AT_ONCE", 50)
    assert alpha(said, "ordinal") == whole


@given(st.lists(st.permutations([0.0, 1.0, 2.0]), min_size=1, max_size=6))
def test_where_everyone_disagrees_there_is_no_agreement(units):
    for level in LEVELS:
        value = alpha(np.array(units).T, level).value
        assert value is not None
        assert value <= 0


def test_one_category_is_a_perfect_agreement_with_a_note():
    assert alpha([[3, 3, NAN], [3, 3, 3]]) == (1.0, True)
    assert alpha([[0, 0], [0, 0]], "ratio") == (1.0, True)


def test_a_perfect_agreement_on_several_has_no_note():
    assert alpha([[1, 2, 7.5], [1, 2, 7.5]], "ratio") == (1.0, False)


@pytest.mark.parametrize("said", [[[], []], [[NAN, NAN], [NAN, NAN]], [[1, NAN], [NAN, 2]], [[1, 2]]])
def test_where_nobody_answers_the_same_unit_there_is_no_figure(said):
    assert alpha(said).value is None


def test_whole_numbers_of_any_type_are_taken():
    said = [[0, 1, 2, 2], [0, 1, 2, 1]]
    assert alpha(np.array(said, dtype=np.int8)) == alpha(np.array(said, dtype=np.int64)) == alpha(said)


def test_values_far_apart_need_no_room_between_them():
    said = [[1.0, 5e9, 7], [1.0, 5e9, 8]]
    assert alpha(said, "ratio").value == pytest.approx(krippendorff.alpha(said, level_of_measurement="ratio"))


def test_one_outlier_wrecks_the_interval_level_and_not_the_ratio():
    said = [[1, 2, 3, 4, 5, 6, 100], [1, 2, 3, 4, 5, 6, 1000]]
    assert (alpha(said, "interval").value or 0) < 0.3 < 0.7 < (alpha(said, "ratio").value or 0)
