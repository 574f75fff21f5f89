"""MUC-4's test documents and what the GTT model filled in: the published figures. Skipped without them."""

import pytest

import annotator
from tests.outside.repository import DATA

MUC4 = DATA / "muc4"
GOLD, OUTPUT = MUC4 / "test.json", MUC4 / "preds_gtt.out"

pytestmark = pytest.mark.skipif(not OUTPUT.exists(), reason="MUC-4's documents and GTT's output are not at hand")


def test_the_published_figures_of_gtt_are_printed_to_the_digit() -> None:
    report = annotator.score_templates(GOLD, OUTPUT)
    assert report.total == (343, 556, 344, 812)
    precision, recall, f1 = report.table().splitlines()[1].split()[1:4]
    assert (f1, precision, recall) == ("50.23", "61.69", "42.36")
    assert report.warnings == ()
    assert report.intervals is not None
    low, high = report.intervals.f1 or (0, 0)
    assert 0.44 < low < 0.46 < 0.55 < high < 0.56


def test_our_own_levels_stand_beside_them() -> None:
    beside = annotator.score_templates(GOLD, OUTPUT).beside
    # As many slots as templates hold entities and types: nothing was lost on the way to spans.
    assert tuple(beside["events-without-triggers"])[1:] == (556, 812)
    figures = {name: f"{100 * (score.f1 or 0):.2f}" for name, score in beside.items()}
    assert figures["events-without-triggers"] == "48.39"
    assert figures["entities"] == "43.95"
    assert figures["argument-C"] == "37.11"
    assert figures["article"] == "75.57"


def test_an_answer_that_is_gold_itself_is_all_right() -> None:
    from annotator.formats.gtt import read_gold
    from annotator.scoring.templates import count_templates

    articles, problems = read_gold(GOLD.read_bytes())
    assert problems == ()
    for article in articles:
        same = tuple(dict.fromkeys(article.templates))
        for score in count_templates(article.templates, same).values():
            assert score.right == score.pred == score.found == score.gold
