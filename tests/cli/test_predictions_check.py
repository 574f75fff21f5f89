"""`annotator predictions check` as it is called: what a score would say, before one is asked for."""

import gzip
import json

import pytest


@pytest.fixture
def quoting(workspace):
    """Writes predictions of quotes for `en-1`, as one trigger each."""

    def write(*quotes, article_id="en-1", packed=False):
        mentions = [{"kind": "trigger", "quote": quote} for quote in quotes]
        written = json.dumps([{"article_id": article_id, "mentions": mentions}]).encode()
        (workspace / "ours.json").write_bytes(gzip.compress(written) if packed else written)
        return "ours.json"

    return write


@pytest.fixture
def text(workspace):
    return (workspace / "seeds" / "en-1.txt").read_text("utf-8")


def test_how_each_quote_was_placed_is_told(run, quoting, text):
    assert text.count("shelled") == 1
    told = run("predictions", "check", quoting("shelled", "SHELLED", "e", "xyzzy"), "--json")
    assert told.status == 1
    start = text.index("shelled")
    found = [(one["how"], one["span"], one["field"]) for one in told.json["placed"]]
    assert found == [
        ("exact", [start, start + 7], "mentions[0].quote"),
        ("folded", [start, start + 7], "mentions[1].quote"),
        ("ambiguous", None, "mentions[2].quote"),
        ("nowhere", None, "mentions[3].quote"),
    ]
    assert told.json["quotes"] == {"exact": 1, "folded": 1, "nearest": 0, "ambiguous": 1, "nowhere": 1}
    assert (told.json["errors"], told.json["rules"]["predictions.anchor"]) == (2, 2)
    assert told.json["placed"][2]["places"] > 1


def test_people_read_the_same(run, quoting):
    told = run("predictions", "check", quoting("SHELLED", "xyzzy", packed=True))
    assert told.status == 1
    assert "error: ours.json:1 (item 1): mentions[1].quote 'xyzzy'" in told.out
    assert "folded: ours.json:1 (item 1): mentions[0].quote 'SHELLED' is at " in told.out
    assert "quotes without offsets: 1 folded, 1 nowhere" in told.out
    assert told.out.endswith("1 error, 1 warning\n")


def test_what_can_be_scored_leaves_with_nought(run, quoting):
    told = run("predictions", "check", quoting("shelled"))
    assert told.status == 0
    assert "1 article, 1 mention, 0 events, held against the workspace's articles" in told.out


def test_it_says_what_a_score_says(run, released, quoting, workspace):
    file = quoting("xyzzy", article_id="theirs")
    (workspace / "ids.tsv").write_text("theirs\ten-1\nx\tnope\n", encoding="utf-8")
    options = ("--ids", "ids.tsv")
    checked = run("predictions", "check", file, "--gold", "gold/1.0.0", *options)
    scored = run("score", "gold/1.0.0", file, *options)
    assert (checked.status, scored.status) == (1, 2)
    (error,) = [line for line in checked.out.splitlines() if line.startswith("error:")]
    assert error in scored.err
    allowed = (*options, "--allow", "anchor")
    checked = run("predictions", "check", file, "--gold", "gold/1.0.0", *allowed)
    scored = run("score", "gold/1.0.0", file, *allowed)
    assert (checked.status, scored.status) == (0, 0)
    warnings = [line for line in checked.out.splitlines() if line.startswith("warning:")]
    assert warnings == scored.err.splitlines()
    assert "ids.tsv:2: 1 id(s)" in warnings[0]


def test_a_map_with_faults_lets_nothing_be_scored(run, released, quoting, workspace):
    (workspace / "ids.csv").write_text("theirs,en-1\ntheirs,en-1\n", encoding="utf-8")
    told = run("score", "gold/1.0.0", quoting("shelled", article_id="theirs"), "--ids", "ids.csv")
    assert (told.status, told.out) == (2, "")
    assert "ids.csv:2: Their id 'theirs' stands in line 1 already" in told.err


def test_gold_articles_without_a_prediction_are_told(run, released, workspace):
    (workspace / "none.jsonl").write_text("", encoding="utf-8")
    told = run("predictions", "check", "none.jsonl", "--gold", "gold/1.0.0")
    assert told.status == 0
    assert "1 gold article(s) have no prediction and count as empty: en-1." in told.out


def test_outside_a_workspace_it_says_that_nothing_is_known(run, tmp_path):
    (tmp_path / "p.jsonl").write_text('{"article_id": "\\u001b[31m"}\n{"article_id": 3}\n', encoding="utf-8")
    told = run("predictions", "check", "p.jsonl", at=tmp_path)
    assert told.status == 1
    assert "held against nothing" in told.out
    assert "p.jsonl:2: article_id must be a text" in told.out
    assert "\x1b" not in told.out


def test_standard_input_is_checked_too(run):
    told = run("predictions", "check", "-", given='{"article_id": "nope"}\n')
    assert told.status == 1
    assert "-:1: The article 'nope' is not in the workspace." in told.out


def test_a_folder_is_one_systems_output_as_a_score_takes_it(run, released, workspace):
    parts = workspace / "parts"
    parts.mkdir()
    (parts / "a.jsonl").write_text('{"article_id": "en-1"}\n', encoding="utf-8")
    (parts / "b.jsonl.gz").write_bytes(gzip.compress(b'{"article_id": "en-1"}\n{"article_id": 3}\n'))
    (parts / "notes.txt").write_text("no part of it", encoding="utf-8")
    told = run("predictions", "check", "parts", "--gold", "gold/1.0.0", "--json")
    assert told.status == 1
    assert (told.json["file"], told.json["articles"]) == ("parts", 1)
    assert told.json["rules"] == {
        "predictions.duplicate-article": 1, "predictions.field": 1, "predictions.passed-over": 1,
    }  # fmt: skip
    scored = run("score", "gold/1.0.0", "parts")
    errors = [one for one in told.json["problems"] if one["level"] == "error"]
    assert [one["where"] for one in errors] == ["parts/b.jsonl.gz:1", "parts/b.jsonl.gz:2"]
    assert all(one["message"] in scored.err for one in errors)


def test_a_folder_without_predictions_is_refused_in_words(run, workspace):
    (workspace / "empty").mkdir()
    told = run("predictions", "check", "empty")
    assert (told.status, told.out) == (2, "")
    assert "empty holds no *.jsonl and no *.json." in told.err


def test_a_file_whose_name_is_no_utf_8_is_told_where_its_quotes_were_placed(run, quoting, workspace):
    odd = workspace / "p\udcff.json"
    (workspace / quoting("shelled")).rename(odd)
    told = run("predictions", "check", odd, "--json")
    assert told.status == 0, told.err
    assert told.json["placed"][0]["where"].endswith("p?.json:1 (item 1)")
