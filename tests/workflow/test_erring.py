"""Errors of a file of predictions: read as a score reads it, and told with what it takes to challenge gold."""

from pathlib import Path

import orjson
import pytest

import annotator
from annotator.errors import Refusal
from annotator.scoring.errors import Reading, ScoringError
from annotator.text.span import span
from annotator.workflow.erring import Erring
from annotator.workflow.error_export import json_line
from annotator.workflow.evaluating import load_gold

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "gold" / "1.0.0"


def line(article, *mentions):
    return orjson.dumps(
        {
            "article_id": article,
            "mentions": [{"kind": kind, "start": start, "end": end} for kind, start, end in mentions],
        }
    )


@pytest.fixture
def files(tmp_path):
    """Gold of two articles, and predictions for one of them."""
    gold, found = tmp_path / "gold.jsonl", tmp_path / "found.jsonl"
    gold.write_bytes(b"\n".join([line("a", ("actor", 0, 5), ("place", 7, 9)), line("b", ("actor", 0, 4))]))
    found.write_bytes(line("a", ("actor", 0, 6), ("actor", 20, 24)))
    return gold, found


def test_errors_are_found_article_by_article_and_grouped_commonest_first(files):
    errors = annotator.find_errors(*files)
    assert errors.groups() == {
        "actor: ends too late": 1, "actor: missed": 1, "actor: spurious": 1, "place: missed": 1
    }  # fmt: skip
    assert [one.article_id for one in errors.errors] == ["a", "a", "a", "b"]
    assert "|n:2|" in str(errors.signature)
    assert "|task:errors|" in str(errors.signature)
    assert [problem.rule for problem in errors.warnings] == ["predictions.missing-article"]


def test_what_is_wrong_with_a_file_is_refused_and_nothing_is_told(files):
    gold, found = files
    found.write_bytes(line("c", ("actor", 0, 6)))
    with pytest.raises(Refusal, match="nothing was compared"):
        annotator.find_errors(gold, found)
    assert len(annotator.find_errors(gold, found, allow=["extra-articles"]).errors) == 3


def test_their_article_ids_and_what_was_judged_are_as_in_a_score(files, tmp_path):
    gold, found = files
    (tmp_path / "map.tsv").write_text("theirs\ta\n")
    found.write_bytes(line("theirs", ("actor", 0, 5)))
    assert len(annotator.find_errors(gold, found, ids=tmp_path / "map.tsv").errors) == 2
    with pytest.raises(Refusal, match="does not say what was judged"):
        annotator.find_errors(gold, found, judged=True)


def test_quotes_are_cut_from_texts_at_hand_and_every_line_says_where_gold_can_be_challenged():
    gold = load_gold(GOLD)
    some = next(record for record in gold.records if record.mentions)
    erring = Erring(str(GOLD), ROOT / "gold" / "1.0.0" / "gold.jsonl")
    assert [error for article in erring.articles() for error in article.errors] == []
    assert some.mentions[0].span.of(erring.texts[some.article_id]) == some.mentions[0].quote


def test_a_line_holds_both_readings_and_the_place_as_a_challenge_takes_it(files):
    errors = annotator.find_errors(*files)
    first = orjson.loads(json_line(errors.errors[0], errors.gold, "Jets hit Idlib."))
    assert first["place"] == "0-5"
    assert first["against"] == str(files[0])
    assert (first["gold"]["quote"], first["predicted"]["quote"]) == ("Jets ", "Jets h")
    assert errors.plain()["errors"][0] == first | {
        "gold": first["gold"] | {"quote": ""}, "predicted": first["predicted"] | {"quote": ""}
    }  # fmt: skip


def test_words_that_the_text_does_not_hold_have_no_place():
    erring = Erring(GOLD, "x")
    article = next(iter(erring.texts))
    nowhere = Reading(span(-1, -1), "clash.armed", trigger=span(-2, -2))
    lost = ScoringError(article, "en", "unknown", "trigger", "spurious", None, nowhere, "trigger: clash.armed spurious")
    said = orjson.loads(json_line(lost, erring.gold, erring.texts[article]))
    assert said["place"] == ""
    assert said["predicted"] | {"start": None, "end": None, "quote": "", "trigger": None} == said["predicted"]
    bare = lost._replace(part="event", kind="value", gold=Reading(None, "clash.armed"))
    assert bare._replace(predicted=Reading(span(3, 5), "clash.armed")).place == span(3, 5), "where a challenge goes"


def test_articles_come_before_the_next_is_read_so_that_none_is_kept(files):
    gold, found = files
    found.write_bytes(line("a", ("actor", 0, 6)) + b"\n" + b"{}\n")
    coming = Erring(gold, found).articles()
    assert [error.group for error in next(coming).errors] == ["actor: ends too late", "place: missed"]
    with pytest.raises(Refusal, match=r"found\.jsonl:2"):
        list(coming)
