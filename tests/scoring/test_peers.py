"""Beside the packages that people score with: the same figures where the definitions coincide, and where they part.

Each peer has a test on data on which its rules and ours say the same, and one that shows where it goes wrong, with our
answer on the same data.
"""

import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.matching.assignment import assign
from annotator.matching.events import ResolvedEvent, pair_events
from annotator.scoring.articles import score_documents
from annotator.scoring.document import Document, ScoredMention
from annotator.text.span import span

CELL = 10
"""One entity of a side at most stands in each stretch of so many code points, and none reaches its end."""

CELLS = st.dictionaries(st.integers(0, 9), st.tuples(st.integers(0, 3), st.integers(4, 8), st.sampled_from("AB")))
"""By cell, where in it an entity begins and ends, and its label. Two in one cell always share text."""


def entities(cells):
    return [(CELL * cell + start, CELL * cell + end, label) for cell, (start, end, label) in cells.items()]


ARTICLES = st.lists(st.tuples(CELLS.map(entities), CELLS.map(entities)), min_size=1, max_size=4)
"""Gold and predictions of articles, as (start, end, label)."""


def ours(articles):
    """Our report on gold and predictions given as (start, end, label)."""

    def documents(side):
        for number, article in enumerate(articles):
            mentions = (ScoredMention("actor", span(start, end), label) for start, end, label in article[side])
            yield Document(str(number), "en", tuple(mentions))

    return score_documents(documents(0), documents(1))


def counts(report, level):
    return tuple(report[level])


# nervaluate


def nervaluate(articles, tags="AB"):
    from nervaluate import Evaluator

    gold, predicted = (
        [[{"start": start, "end": end, "label": label} for start, end, label in one[side]] for one in articles]
        for side in (0, 1)
    )
    return Evaluator(gold, predicted, tags=list(tags), loader="dict").evaluate()["overall"]


@given(ARTICLES)
def test_nervaluate_counts_the_same_where_no_order_can_matter(articles):
    theirs, report = nervaluate(articles), ours(articles)
    for level, scheme in (("mentions-strict", "strict"), ("mentions-overlap", "ent_type")):
        peer = theirs[scheme]
        assert counts(report, level) == (peer.correct, peer.actual, peer.possible)


@given(ARTICLES)
def test_nervaluate_gives_the_same_half_credit_where_there_is_one_label(articles):
    one_label = [tuple([(start, end, "A") for start, end, _ in side] for side in article) for article in articles]
    peer = nervaluate(one_label)["partial"]
    right = peer.correct + 0.5 * peer.partial
    assert counts(ours(one_label), "mentions-half") == (right, peer.actual, peer.possible)


GOLD = [(0, 5, "A"), (6, 9, "A")]


def test_nervaluate_scores_by_the_order_of_the_list_and_ours_does_not():
    whole_first, whole_last = [(0, 9, "A"), *GOLD], [*GOLD, (0, 9, "A")]
    assert nervaluate([(GOLD, whole_first)])["strict"].f1 == pytest.approx(0.4)
    assert nervaluate([(GOLD, whole_last)])["strict"].f1 == pytest.approx(0.8)
    for predicted in (whole_first, whole_last):
        assert ours([(GOLD, predicted)])["mentions-strict"].f1 == pytest.approx(0.8)
    assert ours([(GOLD, whole_first)]).to_json() == ours([(GOLD, whole_last)]).to_json()


def test_nervaluate_lets_spans_that_touch_match_and_ours_does_not():
    touching = [([(0, 5, "A")], [(5, 9, "A")])]
    assert nervaluate(touching)["ent_type"].f1 == 1
    assert ours(touching)["mentions-overlap"].f1 == 0


def test_nervaluate_forgets_predictions_with_labels_that_it_was_not_told_and_ours_counts_them():
    unknown = [([(0, 5, "A")], [(0, 5, "A"), (20, 25, "C")])]
    assert nervaluate(unknown)["strict"].precision == 1
    assert ours(unknown)["mentions-strict"].precision == 0.5


# seqeval


def tags(article):
    """An article as tags, one a code point, as seqeval wants tokens."""
    written = ["O"] * (10 * CELL)
    for start, end, label in article:
        written[start:end] = [f"B-{label}", *[f"I-{label}"] * (end - start - 1)]
    return written


def seqeval(articles, **how):
    pytest.importorskip("seqeval", reason="seqeval is not installed")
    from seqeval.metrics.v1 import precision_recall_fscore_support
    from seqeval.scheme import IOB2

    gold, predicted = ([tags(article[side]) for article in articles] for side in (0, 1))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of 0/0, and gives 0
        return precision_recall_fscore_support(gold, predicted, scheme=IOB2, **how)


@given(ARTICLES)
def test_seqeval_gives_the_same_where_no_spans_of_one_side_overlap(articles):
    precision, recall, f1, _ = seqeval(articles, average="micro")
    score = ours(articles)["mentions-strict"]
    assert (precision, recall, f1) == pytest.approx((score.precision or 0, score.recall or 0, score.f1 or 0))


@given(ARTICLES)
def test_seqeval_gives_the_same_by_label(articles):
    labels = sorted({label for article in articles for side in article for *_, label in side})
    by_label = ours(articles).by("mentions-strict", "label")
    assert list(by_label) == labels
    if labels:
        _, _, f1s, support = seqeval(articles, average=None)
        assert [by_label[label].f1 or 0 for label in labels] == pytest.approx(list(f1s))
        assert [by_label[label].gold for label in labels] == list(support)


def test_seqeval_cannot_be_told_of_an_entity_inside_another_and_ours_counts_it():
    nested = [([(0, 9, "A"), (3, 6, "B")], [(3, 6, "B"), (0, 9, "A")])]
    half_found = [([(0, 9, "A"), (3, 6, "B")], [(3, 6, "B")])]
    # Whichever of the two is written last, one is lost: a perfect prediction is not perfect.
    assert seqeval(nested, average="micro")[2] < 1
    assert ours(nested)["mentions-strict"].f1 == 1
    assert counts(ours(half_found), "mentions-strict") == (1, 1, 2)


# scikit-learn


def by_cell(articles):
    """Labels of gold and predictions, cell by cell; the span is the cell, so that only labels differ."""
    labels = ([], [])
    for article in articles:
        for side in (0, 1):
            at = {start // CELL: label for start, _, label in article[side]}
            labels[side].extend(at.get(cell, "O") for cell in range(10))
    return labels


def whole_cells(articles):
    return [
        tuple([(start // CELL * CELL, start // CELL * CELL + 8, label) for start, _, label in side] for side in article)
        for article in articles
    ]


@given(ARTICLES)
def test_scikit_learn_gives_the_same_where_all_agree_on_what_could_be_an_entity(articles):
    from sklearn.metrics import precision_recall_fscore_support

    report = ours(whole_cells(articles))
    gold, predicted = by_cell(articles)
    told = precision_recall_fscore_support(gold, predicted, labels=["A", "B"], average="micro", zero_division=0)
    score = report["mentions-strict"]
    assert told[:3] == pytest.approx((score.precision or 0, score.recall or 0, score.f1 or 0))
    by_label = report.by("mentions-strict", "label")
    f1s = precision_recall_fscore_support(gold, predicted, labels=sorted(by_label) or ["A"], zero_division=0)[2]
    assert [score.f1 or 0 for score in by_label.values()] == pytest.approx(list(f1s) if by_label else [])


def test_scikit_learn_gives_nothing_predicted_a_precision_of_0_and_ours_says_that_there_is_none():
    from sklearn.exceptions import UndefinedMetricWarning
    from sklearn.metrics import precision_score

    with pytest.warns(UndefinedMetricWarning):
        assert precision_score(["A"], ["O"], labels=["A"], average="micro") == 0
    assert ours([([(0, 5, "A")], [])])["mentions-strict"].precision is None


# scipy

WEIGHTS = st.integers(1, 6).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 9), min_size=width, max_size=width), min_size=1, max_size=6)
)


@given(WEIGHTS)
def test_scipy_finds_assignments_of_the_same_weight(weights):
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(weights, maximize=True)
    best = sum(weights[row][column] for row, column in zip(rows, columns, strict=True))
    mine = assign({(row, column): weight for row, line in enumerate(weights) for column, weight in enumerate(line)})
    assert sum(weights[row][column] for row, column in mine) == best


def test_scipy_settles_a_tie_by_the_order_of_the_list_and_ours_by_what_the_events_say():
    from scipy.optimize import linear_sum_assignment

    gold = [ResolvedEvent("raid", (span(0, 10),))]
    first, second = ResolvedEvent("raid", (span(0, 6),)), ResolvedEvent("raid", (span(4, 10),))

    def by_scipy(predicted):
        shared = [[one.triggers[0].overlap(other.triggers[0]) for other in predicted] for one in gold]
        return predicted[linear_sum_assignment(shared, maximize=True)[1][0]]

    def by_us(predicted):
        return predicted[pair_events(gold, predicted)[0][1]]

    assert by_scipy([first, second]) != by_scipy([second, first])
    assert by_us([first, second]) == by_us([second, first])
