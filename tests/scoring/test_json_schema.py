"""What scores write as JSON is what the schemas that ship say."""

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import annotator
from annotator.scoring.articles import score_documents
from annotator.scoring.levels import LEVELS
from tests.scoring.schema_validation import faults
from tests.scoring.test_properties import corpora
from tests.scoring.test_spans import ARTICLES


def written(report):
    return json.loads(report.to_json())


@given(corpora(), corpora(), st.sampled_from([0, 5]), st.sampled_from([(), ("entities", "events")]))
def test_every_report_is_valid(gold, predicted, boot, levels):
    report = written(score_documents(gold, predicted[1:], boot=boot, levels=levels))
    assert list(faults(report, annotator.json_schema())) == []


@given(ARTICLES, ARTICLES)
def test_every_score_of_spans_is_valid(gold, pred):
    scores = written(annotator.score_spans(gold, [*pred, *[[]] * 3][: len(gold)]))
    assert list(faults(scores, annotator.json_schema("spans"))) == []


def test_a_report_without_articles_is_valid():
    assert list(faults(written(score_documents([], [])), annotator.json_schema())) == []


def test_the_schema_knows_the_levels_and_their_facets_and_no_others():
    schema = annotator.json_schema()
    assert list(schema["properties"]["levels"]["properties"]) == [level.name for level in LEVELS]
    facets = {facet for level in LEVELS for facet in level.facets} | {"language", "source"}
    assert schema["$defs"]["level"]["properties"]["by"]["properties"].keys() == facets


def test_what_has_a_schema_is_told_where_another_is_asked_for():
    with pytest.raises(annotator.Refusal, match=r"'score' has no .* report, spans, comparison, leaderboard, errors\."):
        annotator.json_schema("score")


LEVEL = ("levels", "mentions-iou")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("signature",), None),
        (("signature_parts", "sha"), "3F9C1A2B"),
        (("signature_parts", "over"), "some"),
        ((*LEVEL, "f1"), float("inf")),
        ((*LEVEL, "f1"), True),
        ((*LEVEL, "tp"), -1),
        ((*LEVEL, "pred"), 1.5),
        ((*LEVEL, "spread"), {}),
        ((*LEVEL, "by", "colour"), {}),
        ((*LEVEL, "by", "kind", "actor"), {}),
        ((*LEVEL, "intervals"), {}),
        ((*LEVEL, "intervals"), {"precision": None, "recall": [0.5], "f1": None}),
        ((*LEVEL, "macro", "labels"), None),
        (("warnings",), [{}]),
        (("levels", "mentions-lenient"), {}),
    ],
)
def test_another_shape_is_not(path, value):
    report = copy.deepcopy(written(score_documents([], [])))
    at = report
    for name in path[:-1]:
        at = at[name]
    at[path[-1]] = value
    assert list(faults(report, annotator.json_schema()))
