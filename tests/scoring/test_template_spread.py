"""Intervals of templates: those of any other score where both sides have one count, and the same in any order."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.scoring.template_spread import spread_of
from annotator.scoring.templates import TemplateScore, total_of
from annotator.statistics.bootstrap import intervals_of

COUNTS = st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 4)).map(
    lambda counts: TemplateScore(counts[0], counts[0] + counts[1], counts[0], counts[0] + counts[2])
)
ARTICLES = st.lists(COUNTS, min_size=1, max_size=6).map(lambda scores: {f"a{n}": one for n, one in enumerate(scores)})


@given(ARTICLES)
def test_where_what_is_right_is_what_is_found_they_are_those_of_any_score(articles):
    rows = np.array(list(articles.values()), dtype=float)
    right, predicted, gold = rows[:, [0]], rows[:, [1]], rows[:, [3]]
    parts, wholes = np.hstack([right, right, 2 * right]), np.hstack([predicted, gold, predicted + gold])
    for mine, theirs in zip(spread_of(articles, 40, 5), intervals_of(parts, wholes, 40, 5), strict=True):
        assert mine == (None if theirs is None else pytest.approx(theirs))


@given(ARTICLES, st.randoms())
def test_no_order_of_articles_changes_a_digit(articles, chance):
    mixed = dict(chance.sample(list(articles.items()), len(articles)))
    assert spread_of(mixed, 40, 5) == spread_of(articles, 40, 5)


def test_both_sides_count_by_themselves():
    one = TemplateScore(right=3, pred=4, found=2, gold=4)
    spread = spread_of({"a": one, "b": one, "c": one}, 40, 5)
    assert spread.precision == (0.75, 0.75)
    assert spread.recall == (0.5, 0.5)
    assert spread.f1 == pytest.approx((0.6, 0.6))
    assert total_of([one, one]).f1 == pytest.approx(0.6)


def test_one_article_has_no_interval_nor_has_none():
    assert spread_of({"a": TemplateScore(1, 1, 1, 1)}, 40, 5) == (None, None, None)
    assert spread_of({}, 40, 5) == (None, None, None)
