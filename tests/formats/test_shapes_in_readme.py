"""The README's two shapes of a line of predictions are taken as they stand, say the same, and have no unknown field."""

import re
from pathlib import Path

import orjson
import pytest

from annotator.formats.known import Known, Tally
from annotator.formats.predictions import stream
from annotator.formats.record_line import ARGUMENT_FIELDS, ARTICLE_FIELDS, EVENT_FIELDS, MENTION_FIELDS
from annotator.model.value import NumberValue, TimeValue

ROOT = Path(__file__).parents[2]
SECTION = (ROOT / "README.md").read_text(encoding="utf-8").split("\n## Predictions\n")[1].split("\n## ")[0]
SHORT, FULL = re.findall(r"```json\n(.*?)```", SECTION, re.DOTALL)


def document(written):
    """What is scored of an article, without who it says that it is of."""
    article = orjson.loads(written)
    (at,) = (ROOT / "seeds").rglob(f"*{article['article_id']}*.txt")
    known = Known(texts={article["article_id"]: at.read_text(encoding="utf-8")})
    problems, tally = [], Tally()
    (found,) = stream(orjson.dumps(article), "readme", problems, known=known, tally=tally)
    return found, problems, dict(tally.anchored)


def test_both_are_right_and_the_full_one_says_all_that_is_nested_in_the_short_one():
    full, problems, anchored = document(FULL)
    assert ([one.rule for one in problems], anchored) == (["predictions.anchored"], {"exact": 1})
    short, _, _ = document(SHORT)
    assert (full.events, len(full.mentions)) == (short.events, 3)
    assert {(one.kind, one.span, one.label, one.ref) for one in full.mentions} == {
        (kind, one.span, one.label, one.ref)
        for one, kind in zip(short.mentions, ("trigger", "number", "actor"), strict=True)
    }


def test_every_field_that_is_told_is_one():
    told = re.search(r"In either shape (.*?)\n\n", SECTION, re.DOTALL)
    of_values = NumberValue.model_fields.keys() | TimeValue.model_fields.keys()
    fields = ARTICLE_FIELDS | MENTION_FIELDS | EVENT_FIELDS | ARGUMENT_FIELDS | of_values | {"mentions"}
    named = set(re.findall(r"`(\w+)`", told[1]))
    assert len(named) > 10
    assert named <= fields


@pytest.mark.parametrize("fields", [ARTICLE_FIELDS, MENTION_FIELDS, EVENT_FIELDS, ARGUMENT_FIELDS])
def test_no_field_that_is_scored_goes_untold(fields):
    unscored = {"complete", "provenance", "regions", "rejected", "text", "person", "notes"}
    assert {one for one in fields - unscored if not re.search(rf"[`\"]{one}[`\"]", SECTION)} == set()
