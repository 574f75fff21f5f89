"""Scores of labelled spans in memory: the same rules as those of mentions, and none of the peers' defects."""

import random
import subprocess
import sys
from collections import Counter
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import annotator
from annotator.scoring.articles import score_documents
from annotator.scoring.document import Document, ScoredMention
from annotator.scoring.spans import WAYS
from annotator.text.span import span
from annotator.version import __version__

SPAN = st.tuples(st.integers(0, 9), st.integers(1, 5), st.sampled_from("AB")).map(
    lambda drawn: (drawn[0], drawn[0] + drawn[1], drawn[2])
)
ARTICLES = st.lists(st.lists(SPAN, max_size=4, unique=True), max_size=3)
PAIRS = st.lists(st.tuples(st.lists(SPAN, max_size=4, unique=True), st.lists(SPAN, max_size=4)), min_size=1, max_size=3)


def sides(pairs):
    return [gold for gold, _ in pairs], [pred for _, pred in pairs]


def scored(pairs):
    return annotator.score_spans(*sides(pairs))


@given(PAIRS)
def test_it_is_the_score_of_mentions(pairs):
    def documents(side):
        return [
            Document(str(number), "en", tuple(ScoredMention("actor", span(s, e), label) for s, e, label in spans))
            for number, spans in enumerate(side)
        ]

    gold, pred = map(documents, sides(pairs))
    report = score_documents(gold, pred)
    for way in WAYS:
        assert getattr(scored(pairs), way) == report[f"mentions-{way}"]


def share(one, other):
    ours, theirs = set(range(*one[:2])), set(range(*other[:2]))
    return Fraction(len(ours & theirs), len(ours | theirs)) if one[2] == other[2] else Fraction()


WORTH = {
    "strict": lambda one, other: Fraction(one == other),
    "exact": lambda one, other: Fraction(one[:2] == other[:2]),
    "overlap": lambda one, other: Fraction(share(one, other) > 0),
    "half": lambda one, other: Fraction(one == other) or Fraction(share(one, other) > 0, 2),
    "iou": share,
}


@pytest.mark.parametrize("way", WAYS)
@given(st.lists(SPAN, max_size=4, unique=True), st.lists(SPAN, max_size=4))
def test_no_pairing_is_worth_more(way, gold, pred):
    padded = [*gold, *[None] * len(pred)]
    best = max(
        sum(WORTH[way](one, other) for one, other in zip(chosen, pred, strict=True) if one is not None)
        for chosen in permutations(padded, len(pred))
    )
    assert getattr(annotator.score_spans([gold], [pred]), way) == (best, len(pred), len(gold))


@given(PAIRS, st.randoms())
def test_no_order_changes_a_byte(pairs, random):
    mixed = [(random.sample(gold, len(gold)), random.sample(pred, len(pred))) for gold, pred in pairs]
    assert scored(random.sample(mixed, len(mixed))).to_json() == scored(pairs).to_json()


@given(ARTICLES, st.randoms())
def test_swapping_the_sides_swaps_precision_and_recall(articles, random):
    gold, pred = articles, [random.sample(one, len(one) // 2) for one in articles[::-1]]
    one, other = annotator.score_spans(gold, pred), annotator.score_spans(pred, gold)
    for way in WAYS:
        there, back = getattr(one, way), getattr(other, way)
        assert (there.precision, there.recall, there.f1) == (back.recall, back.precision, back.f1)


@given(ARTICLES)
def test_what_is_scored_against_itself_is_all_right_or_undefined(gold):
    for way in WAYS:
        score = getattr(annotator.score_spans(gold, gold), way)
        assert {score.precision, score.recall, score.f1} in ({1.0}, {None})


@given(PAIRS)
def test_one_more_wrong_prediction_lowers_precision_and_a_stricter_way_finds_no_more(pairs):
    before, after = scored(pairs), scored([(pairs[0][0], [*pairs[0][1], (900, 905, "A")]), *pairs[1:]])
    for way in WAYS:
        one, other = getattr(before, way), getattr(after, way)
        assert other.precision < one.precision if one.precision else other.precision == 0
    assert before.strict.tp <= min(before.exact.tp, before.half.tp, before.iou.tp)
    assert max(before.half.tp, before.iou.tp) <= before.overlap.tp


def test_spans_that_touch_share_nothing_and_labels_must_be_the_same():
    scores = annotator.score_spans([[(0, 3, "A"), (9, 12, "A")]], [[(3, 6, "A"), (9, 12, "B")]])
    assert [getattr(scores, way).tp for way in WAYS] == [0, 1, 0, 0, 0]


def test_a_prediction_given_twice_is_right_once_and_wrong_once():
    assert annotator.score_spans([[(0, 3, "A")]], [[(0, 3, "A"), (0, 3, "A")]]).strict == (1, 2, 1)


def test_a_prediction_given_twice_may_be_right_once_for_each_of_two_in_gold():
    other_labels = annotator.score_spans([[(0, 3, "A"), (0, 3, "C")]], [[(0, 3, "B"), (0, 3, "B")]])
    assert (other_labels.strict.tp, other_labels.exact.tp) == (0, 2)
    other_edges = annotator.score_spans([[(0, 3, "A"), (2, 5, "A")]], [[(0, 3, "A"), (0, 3, "A")]])
    assert (other_edges.strict.tp, other_edges.overlap.tp, other_edges.half.tp) == (1, 2, Fraction(3, 2))


def test_a_false_positive_counts_where_gold_is_empty():
    assert annotator.score_spans([[], []], [[], [(0, 3, "A")]]).overlap == (0, 1, 0)


def test_spans_out_of_json_and_out_of_generators_are_as_good():
    scores = annotator.score_spans(iter([[[0, 3, "A"]]]), iter([iter([[0, 3, "A"]])]))
    assert scores.strict == (1, 1, 1)


def test_the_signature_says_what_was_scored():
    assert str(annotator.score_spans([[]], [[]]).signature) == (
        "gold:unreleased|sha:none|n:1|lang:none|task:spans|match:strict+exact+overlap+half+iou|attached:none|over:all"
        f"|undef:null|boot:0|seed:none|v:{__version__}"
    )


@pytest.mark.parametrize(
    ("gold", "pred", "said"),
    [
        ([[(3, 3, "A")]], [[]], "gold, article 1: the span (3, 3, 'A') covers nothing"),
        ([[], []], [[], [(-1, 3, "A")]], "pred, article 2: the span (-1, 3, 'A') covers nothing"),
        ([[(0, 3, "A"), (0, 3, "A")]], [[]], "gold, article 1: the span (0, 3, 'A') stands there twice"),
        ([[], []], [[]], "gold has more articles than the other side"),
        ([[]], [[], []], "pred has more articles than the other side"),
    ],
)
def test_what_cannot_be_scored_is_refused_with_its_place(gold, pred, said):
    with pytest.raises(ValueError, match="^" + said.replace("(", r"\(").replace(")", r"\)") + "$"):
        annotator.score_spans(gold, pred)


def test_nervaluates_figures_hang_on_the_order_of_the_list_and_ours_do_not():
    from nervaluate import Evaluator

    drawn = random.Random(7)
    gold, pred = [], []
    for _ in range(20):
        gold.append([(start, start + drawn.randint(2, 8), "A") for start in range(0, 60, 6)])
        pred.append([(s + drawn.randint(-1, 1) + 1, e + drawn.randint(0, 6) + 2, "A") for s, e, _ in gold[-1]])
        pred[-1] += gold[-1][::3]
    orders = [
        lambda spans: sorted(spans),
        lambda spans: sorted(spans, reverse=True),
        lambda spans: sorted(spans, key=hash),
    ]
    theirs, ours = set(), set()
    for order in orders:
        mixed = [order(spans) for spans in pred]
        listed = [
            [[{"label": label, "start": s, "end": e - 1} for s, e, label in spans] for spans in side]
            for side in (gold, mixed)
        ]
        theirs.add(Evaluator(*listed, tags=["A"], loader="dict").evaluate()["overall"]["strict"].f1)
        ours.add(annotator.score_spans(gold, mixed).strict.f1)
    assert len(theirs) > 1
    assert len(ours) == 1
    right = sum((Counter(one) & Counter(other)).total() for one, other in zip(gold, pred, strict=True))
    assert ours == {2 * right / (sum(map(len, gold)) + sum(map(len, pred)))}


def test_scoring_spans_loads_neither_models_nor_numbers():
    code = (
        "import sys, annotator\n"
        "annotator.score_spans([[(0, 3, 'A')]], [[(1, 3, 'A')]]).to_json()\n"
        "print(*sorted({'pydantic', 'numpy', 'scipy', 'textual', 'sqlalchemy'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


IN_BLOCKS = st.lists(
    st.tuples(
        st.none() | st.tuples(st.integers(0, 2), st.integers(4, 8), st.sampled_from("AB")),
        st.none() | st.tuples(st.integers(0, 3), st.integers(4, 8), st.sampled_from("AB")),
    ),
    min_size=1,
    max_size=6,
)
"""Of each ten code points what gold and what an extractor marks in them: whatever overlaps, overlaps one other."""


@given(IN_BLOCKS, st.booleans())
def test_where_nothing_is_to_be_chosen_nervaluate_counts_the_same(blocks, one_label):
    from nervaluate import Evaluator

    gold, pred = (
        [
            (10 * number + one[0], 10 * number + one[1], "A" if one_label else one[2])
            for number, both in enumerate(blocks)
            if (one := both[side]) is not None
        ]
        for side in (0, 1)
    )
    listed = [[[{"label": label, "start": s, "end": e - 1} for s, e, label in spans]] for spans in (gold, pred)]
    theirs = Evaluator(*listed, tags=["A", "B"], loader="dict").evaluate()["overall"]
    ours = annotator.score_spans([gold], [pred])
    assert theirs["strict"].correct == ours.strict.tp
    assert theirs["exact"].correct == ours.exact.tp
    assert theirs["ent_type"].correct == ours.overlap.tp
    if one_label:
        assert theirs["partial"].correct + Fraction(theirs["partial"].partial, 2) == ours.half.tp
