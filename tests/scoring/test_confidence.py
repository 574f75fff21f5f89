"""Precision and recall by confidence: what is kept at a threshold is counted as the level counts it."""

import random

from hypothesis import given
from hypothesis import strategies as st

from annotator.matching.events import ResolvedArgument, ResolvedEvent
from annotator.scoring.articles import score_documents
from annotator.scoring.confidence import MOST, Confidences, Curve, Curves
from annotator.scoring.document import Document, ScoredMention
from annotator.scoring.score import Score
from annotator.text.span import Span, span
from tests.scoring.test_properties import corpora


def mention(start: int, label: str | None = None, kind: str = "actor") -> ScoredMention:
    return ScoredMention(kind, span(start, start + 5), label)


def curve_of(level: str, gold: Document, predicted: Document, confidences: Confidences) -> Curve:
    curves = Curves()
    curves.add(gold, predicted, confidences)
    return curves.curves()[level]


def test_a_mention_counts_from_its_own_confidence_downwards():
    gold = Document("x", "en", (mention(0), mention(10)))
    predicted = Document("x", "en", (mention(0), mention(20), mention(10)))
    sure = Confidences()
    for one, confidence in zip(predicted.mentions, (0.9, 0.7, 0.4), strict=True):
        sure.of_mention(one, confidence)
    curve = curve_of("mentions-strict", gold, predicted, sure)
    assert [tuple(point) for point in curve.points] == [
        (0.9, Score(1, 1, 2)),
        (0.7, Score(1, 2, 2)),
        (0.4, Score(2, 3, 2)),
    ]
    assert curve.best.threshold == 0.4
    assert curve.without == 0


def test_of_thresholds_with_the_same_f1_the_highest_is_best():
    gold = Document("x", "en", (mention(0), mention(10)))
    predicted = Document("x", "en", (mention(0), mention(20), mention(30), mention(10)))
    sure = Confidences()
    for one, confidence in zip(predicted.mentions, (0.9, 0.7, 0.7, 0.4), strict=True):
        sure.of_mention(one, confidence)
    curve = curve_of("mentions-strict", gold, predicted, sure)
    assert [point.score.f1 for point in curve.points] == [2 / 3, 2 / 5, 2 / 3]
    assert curve.best.threshold == 0.9


def test_what_has_no_confidence_is_never_left_out():
    gold = Document("x", "en", (mention(0),))
    predicted = Document("x", "en", (mention(0), mention(9)))
    sure = Confidences()
    sure.of_mention(mention(0), 0.2)
    curve = curve_of("mentions-strict", gold, predicted, sure)
    assert [tuple(point) for point in curve.points] == [(1.0, Score(0, 1, 1)), (0.2, Score(1, 2, 1))]
    assert curve.without == 1


def test_levels_without_any_confidence_say_nothing():
    document = Document("x", "en", (mention(0),))
    curves = Curves()
    curves.add(document, document, Confidences())
    curves.add(document, document)
    assert curves.curves() == {}


def test_an_article_that_was_not_predicted_takes_recall():
    curves = Curves()
    sure = Confidences()
    sure.of_mention(mention(0), 0.5)
    found = Document("x", "en", (mention(0),))
    curves.add(found, found, sure)
    curves.add(Document("y", "en", (mention(0),)), Document("y", "en"))
    assert curves.curves()["mentions-strict"].points[-1].score == Score(1, 1, 2)


def test_of_two_that_say_the_same_the_surer_one_counts_first():
    gold = Document("x", "en", (mention(0),))
    predicted = Document("x", "en", (mention(0), mention(0)))
    sure = Confidences()
    sure.of_mention(mention(0), 0.3)
    sure.of_mention(mention(0), 0.8)
    points = curve_of("mentions-strict", gold, predicted, sure).points
    assert [tuple(point) for point in points] == [(0.8, Score(1, 1, 1)), (0.3, Score(1, 2, 1))]


TRIGGER, OTHER, WHO = span(0, 5), span(20, 25), span(7, 9)


def events(*roles: str, trigger: Span = TRIGGER) -> tuple[ResolvedEvent, ...]:
    return (ResolvedEvent("clash", (trigger,), tuple(ResolvedArgument(role, WHO) for role in sorted(roles))),)


def test_a_trigger_counts_as_the_event_says_and_its_mention_is_no_second_one():
    trigger = ScoredMention("trigger", TRIGGER, "clash")
    document = Document("x", "en", (trigger,), events())
    sure = Confidences()
    sure.of_trigger("clash", TRIGGER, 0.6)
    points = curve_of("trigger-C", document, document, sure).points
    assert [tuple(point) for point in points] == [(0.6, Score(1, 1, 1))]


def test_an_argument_must_hang_on_the_right_trigger_at_every_threshold():
    gold = Document("x", "en", (), (*events("side_a", "side_b"), *events("side_a", trigger=OTHER)))
    predicted = Document("x", "en", (), events("side_a", "side_b"))
    sure = Confidences()
    sure.of_argument("clash", [TRIGGER], "side_a", WHO, 0.9)
    sure.of_argument("clash", [TRIGGER], "side_b", WHO, 0.1)
    points = curve_of("argument-C", gold, predicted, sure).points
    assert [tuple(point) for point in points] == [(0.9, Score(1, 1, 3)), (0.1, Score(2, 2, 3))]


def test_a_curve_of_many_thresholds_is_thinned_but_keeps_its_ends_and_its_best():
    mentions = tuple(mention(10 * at) for at in range(1000))
    sure = Confidences()
    for at, one in enumerate(mentions):
        sure.of_mention(one, 1 - at / 1000)
    gold = Document("x", "en", mentions[:337])
    curve = curve_of("mentions-strict", gold, Document("x", "en", mentions), sure)
    assert len(curve.points) <= MOST
    assert curve.best == (1 - 336 / 1000, Score(337, 337, 337))
    assert curve.best in curve.points
    assert (curve.points[0].score.pred, curve.points[-1].score.pred) == (1, 1000)
    assert [point.threshold for point in curve.points] == sorted((p.threshold for p in curve.points), reverse=True)


@given(corpora(), st.lists(st.sampled_from([0.2, 0.6, None]), min_size=40, max_size=40), st.randoms())
def test_with_all_kept_every_curve_ends_where_the_score_is(documents, confidences, chance):
    """Gold of one corpus and predictions that lost some of it and repeat some."""
    gold = [document._replace(article_id=f"{number}") for number, document in enumerate(documents)]
    predicted = [
        document._replace(
            mentions=tuple(chance.choices(document.mentions, k=3)) if document.mentions else (),
            events=tuple(chance.choices(document.events, k=2)) if document.events else (),
        )
        for document in gold
    ]
    curves, sure = Curves(), iter(confidences * 50)
    for ours, theirs in zip(gold, predicted, strict=True):
        said = Confidences()
        for one in theirs.mentions:
            said.of_mention(one, next(sure))
        for event in theirs.events:
            for trigger in event.triggers:
                said.of_trigger(event.type, trigger, next(sure))
            for argument in event.arguments:
                said.of_argument(event.type, event.triggers, argument.role, argument.span, next(sure))
        curves.add(ours, theirs, said)
    report = score_documents(gold, predicted)
    for level, curve in curves.curves().items():
        assert curve.points[-1].score == report[level]
        recalled = [point.score.tp for point in curve.points]
        assert recalled == sorted(recalled)


_PLACES = st.lists(st.tuples(st.integers(0, 6), st.sampled_from(["a", "b", None])), max_size=8)


@given(_PLACES, _PLACES, st.lists(st.sampled_from([0.1, 0.5, 0.9, None]), min_size=8, max_size=8), st.randoms())
def test_every_point_is_the_score_of_what_is_kept_whatever_the_order(gold, predicted, confidences, chance):
    ours = Document("x", "en", tuple(mention(at, label) for at, label in gold))
    said = [(mention(at, label), sure) for (at, label), sure in zip(predicted, confidences, strict=False)]
    sure, shuffled = Confidences(), random.Random(chance.random()).sample(said, len(said))
    for one, confidence in said:
        sure.of_mention(one, confidence)
    curves = Curves()
    curves.add(ours, Document("x", "en", tuple(one for one, _ in shuffled)), sure)
    for curve in curves.curves().values():
        for threshold, score in curve.points:
            kept = tuple(one for one, confidence in said if confidence is None or confidence >= threshold)
            report = score_documents([ours], [Document("x", "en", kept)], levels=["mentions-strict"])
            assert report["mentions-strict"] == score
