"""Of many warnings of one rule the first ten are told, and the rest counted: JSON has all."""

import json

import pytest

from annotator.cli.talk import warn
from annotator.model.problem import Problem

MORE = "and 3 more [predictions.unknown-article]; --json has all"


def doubt(rule, number):
    return Problem(rule=rule, level="warning", where=f"p.jsonl:{number}", message="Look at it.")


def test_ten_of_a_rule_are_told_in_their_order_and_the_rest_counted_by_rule(capsys):
    warn(
        [
            doubt(rule, number)
            for number in range(2001)
            for rule in ("often", "now-and-then")
            if rule == "often" or number < 10
        ]
    )
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 21
    assert told[:2] == [doubt("often", 0).line(), doubt("now-and-then", 0).line()]
    assert told[-1] == "and 1,991 more [often]; --json has all"


def test_nothing_is_said_of_nothing(capsys):
    warn([])
    assert capsys.readouterr().err == ""


@pytest.fixture
def predicted(released):
    """Predictions for gold's article, and for thirteen that it lacks."""
    ids = [json.loads((released / "gold.jsonl").read_text(encoding="utf-8"))["article_id"], *map(str, range(13))]
    found = released.parents[1] / "found.jsonl"
    found.write_text("".join(json.dumps({"article_id": one}) + "\n" for one in ids), encoding="utf-8")
    return found


@pytest.mark.parametrize(
    "verb",
    [("score", "--boot", "0"), ("errors",), ("leaderboard", "--boot", "0", "--trials", "9")],
    ids=lambda verb: verb[0],
)
def test_every_verb_that_scores_tells_ten_and_has_all_in_json(verb, run, predicted):
    told = run(verb[0], "gold/1.0.0", predicted, *verb[1:], "--allow", "extra-articles", "--json")
    assert told.status == 0, told.err
    assert told.err.count("is not in gold") == 10
    assert MORE in told.err.splitlines()
    assert sum("is not in gold" in one["message"] for one in told.json["warnings"]) == 13


def test_markdown_counts_all_and_says_where_they_are(run, predicted):
    told = run("score", "gold/1.0.0", predicted, "--boot", "0", "--allow", "extra-articles", "--markdown")
    assert "\n13 warning(s): see standard error, or --json for all.\n" in told.out


def test_compare_counts_the_warnings_of_both(run, predicted, released):
    told = run(
        "compare", "gold/1.0.0", predicted, released / "gold.jsonl",
        "--allow", "extra-articles", "--boot", "0", "--trials", "9", "--json",
    )  # fmt: skip
    assert (told.err.count("is not in gold"), MORE in told.err.splitlines()) == (10, True)
    assert sum("is not in gold" in one["message"] for one in told.json["warnings"]) == 13
