"""How far a score may be off, by drawing articles."""

from fractions import Fraction

import numpy as np
import pytest

from annotator.scoring.articles import score_documents
from annotator.scoring.document import Document, ScoredMention
from annotator.scoring.levels import LEVELS
from annotator.statistics.bootstrap import Fraction as Parts
from annotator.statistics.bootstrap import Resampling
from annotator.text.span import span


def article(number, *spans, kind="actor"):
    mentions = tuple(ScoredMention(kind, span(*where)) for where in spans)
    return Document(f"{number:03}", ("en", "ar")[number % 2], mentions)


def corpus(articles):
    """Gold and predictions; of every third article nothing is found, and of others something too much."""
    gold = [article(n, (0, 5), (9, 12 + n)) for n in range(articles)]
    predicted = [article(n, *([] if n % 3 == 0 else [(0, 5), (9, 12), (30, 33)])) for n in range(articles)]
    return gold, predicted


def test_intervals_are_those_of_drawing_articles_one_by_one():
    gold, predicted = corpus(30)
    report = score_documents(gold, predicted, boot=1000)
    # Written out again: each trial draws thirty articles, and figures are of the sums over those.
    generator = np.random.RandomState(13)
    each = np.array([score_documents([one], [other])["mentions"] for one, other in zip(gold, predicted, strict=True)])
    sums = np.array(
        [each[(generator.random_sample(30) * 30).astype(int)].sum(axis=0) for _ in range(1000)], dtype=float
    )
    right, theirs, ours = sums.T
    found = report.intervals("mentions")
    assert found.precision == pytest.approx(np.percentile(right / theirs, [2.5, 97.5]))
    assert found.recall == pytest.approx(np.percentile(right / ours, [2.5, 97.5]))
    assert found.f1 == pytest.approx(np.percentile(2 * right / (theirs + ours), [2.5, 97.5]))


def test_the_draws_are_those_of_figures_of_agreement():
    gold, predicted = corpus(30)
    each = [score_documents([one], [other])["mentions"] for one, other in zip(gold, predicted, strict=True)]
    agreement = Resampling(30).of_fraction([Parts(one.tp, one.gold) for one in each])
    assert score_documents(gold, predicted, boot=1000).intervals("mentions").recall == pytest.approx(agreement)


def test_neither_the_order_of_articles_nor_how_many_are_drawn_at_a_time_changes_a_digit(monkeypatch):
    gold, predicted = corpus(20)
    report = score_documents(gold, predicted, boot=50)
    shuffled = score_documents(gold[::-1], predicted[7:] + predicted[:7], boot=50)
    assert shuffled.to_json() == report.to_json()
    assert shuffled.table() == report.table()
    monkeypatch.setattr("annotator.statistics.bootstrap._CELLS_AT_ONCE", 60)
    assert score_documents(gold, predicted, boot=50).to_json() == report.to_json()


def test_another_seed_draws_others_and_stands_in_the_signature():
    gold, predicted = corpus(20)
    one, other = (score_documents(gold, predicted, boot=200, seed=seed) for seed in (13, 14))
    assert one.intervals("mentions-iou") != other.intervals("mentions-iou")
    assert "|boot:200|seed:14|v:" in str(other.signature)


def test_what_is_broken_down_has_intervals_too_and_all_of_it_has_those_of_the_whole():
    gold, predicted = corpus(20)
    report = score_documents(gold, predicted, boot=100)
    assert report.intervals_by("mentions", "kind") == {"actor": report.intervals("mentions")}
    assert report.intervals_by("mentions", "language")["ar"] != report.intervals("mentions")


def test_partial_credit_spreads_as_well():
    gold, predicted = corpus(20)
    report = score_documents(gold, predicted, boot=100)
    assert isinstance(report["mentions-iou"].tp, Fraction)
    low, high = report.intervals("mentions-iou").f1
    assert low < report["mentions-iou"].f1 < high


def test_one_article_has_no_spread_and_without_draws_there_is_none():
    assert score_documents(*corpus(1), boot=100).intervals("mentions") == (None, None, None)
    assert score_documents(*corpus(5)).intervals("mentions") is None
    assert score_documents(*corpus(5)).intervals_by("mentions", "kind") is None
    assert score_documents([], [], boot=100).intervals("mentions") == (None, None, None)


def test_the_table_and_json_show_intervals():
    report = score_documents(*corpus(20), boot=100)
    (row,) = [line for line in report.table().splitlines() if line.startswith("mentions-strict")]
    low, high = report.intervals("mentions").f1
    assert row.endswith(f"{100 * low:.2f} to {100 * high:.2f}")
    assert report.plain()["levels"]["mentions-strict"]["intervals"]["f1"] == [round(low, 6), round(high, 6)]


def test_a_level_asked_for_alone_has_the_intervals_that_it_has_among_all():
    gold, predicted = corpus(20)
    among_all = score_documents(gold, predicted, boot=100)
    for level in LEVELS:
        alone = score_documents(gold, predicted, boot=100, levels=[level.name])
        assert alone[level.name] == among_all[level.name]
        for mine, theirs in zip(alone.intervals(level.name), among_all.intervals(level.name), strict=True):
            assert mine == (None if theirs is None else pytest.approx(theirs, abs=1e-12))
