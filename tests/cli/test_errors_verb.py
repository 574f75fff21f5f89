"""`annotator errors` as it is called."""

import csv
import io
import json

import pytest

import annotator
from annotator.cli import errors_verb
from annotator.formats.csv_table import unmarked
from tests.scoring.schema_validation import faults

PLACE = "Idlib"


@pytest.fixture
def predicted(released):
    """Gold as a prediction, but for one actor that is gone, and one place that ends too late."""
    record = json.loads((released / "gold.jsonl").read_text(encoding="utf-8"))
    events = record.pop("events")
    used = {one["mention"] for event in events for one in event["arguments"]}
    actor = next(one for one in record["mentions"] if one["kind"] == "actor" and one["id"] not in used)
    place = next(one for one in record["mentions"] if one["kind"] == "place" and one["quote"] == PLACE)
    record["mentions"].remove(actor)
    place["end"] += 1
    del place["quote"]
    found = released.parents[1] / "found.jsonl"
    found.write_text(json.dumps(record | {"events": events}) + "\n", encoding="utf-8")
    return found


def test_errors_are_listed_with_what_both_sides_say_and_how_gold_is_challenged(run, predicted):
    told = run("errors", "gold/1.0.0", predicted)
    assert told.status == 0
    missed, longer = sorted(told.out.splitlines(), key=lambda line: "boundary" in line)
    assert missed.startswith("en-1 ")
    assert "  actor  missed  actor: missed  “" in missed
    assert missed.endswith(" → nothing")
    assert "  place  boundary  place: ends too late  “Idlib”" in longer
    assert told.err.splitlines()[-2].startswith("2 errors. gold:1.0.0|")
    assert told.err.splitlines()[-1].endswith('annotator challenge gold/1.0.0 ARTICLE START-END --reason "…"')


def test_on_a_terminal_the_screen_opens_with_the_errors_that_are_asked_for(run, predicted, monkeypatch):
    opened = []
    monkeypatch.setattr(errors_verb, "can_browse", lambda: True)
    monkeypatch.setattr(errors_verb, "browse", lambda *told: opened.append(told))
    assert run("errors", "gold/1.0.0", predicted, "--kind", "missed").out == ""
    ((errors, texts, gold, found),) = opened
    assert [error.group for error in errors] == ["actor: missed"]
    assert (list(texts), gold, found) == (["en-1"], "gold/1.0.0", str(predicted))
    for way in ("--list", "--group", "--json"):
        assert run("errors", "gold/1.0.0", predicted, way).out
    assert len(opened) == 1


def test_a_listed_place_can_be_challenged_as_it_is_written(run, predicted):
    article, place = run("errors", "gold/1.0.0", predicted).out.split()[:2]
    assert run("challenge", "gold/1.0.0", article, place, "--reason", "Look again.", "--as", "noor").status == 0


def test_groups_come_commonest_first_with_the_signature(run, predicted):
    assert run("errors", "gold/1.0.0", predicted, "--group").out.splitlines()[:2] == [
        "1  actor: missed", "1  place: ends too late",
    ]  # fmt: skip
    told = run("errors", "gold/1.0.0", predicted, "--group", "--json")
    assert told.json["groups"] == [
        {"errors": 1, "group": "actor: missed"}, {"errors": 1, "group": "place: ends too late"},
    ]  # fmt: skip
    assert "errors" not in told.json
    assert list(faults(told.json, annotator.json_schema("errors"))) == []


def test_groups_may_be_asked_for_as_lines_and_as_json(run, predicted):
    told = run("errors", "gold/1.0.0", predicted, "--group", "--list")
    assert (told.status, told.out) == (0, run("errors", "gold/1.0.0", predicted, "--group").out)


@pytest.mark.parametrize("way", ["--list", "--group", "--json", "--jsonl"])
@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        (("--in", "nope"), "No error is in the group 'nope'. There are: 'actor: missed', 'place: ends too late'."),
        (("--language", "fr"), "Gold has no article in the language 'fr'. There are: 'en'."),
        (("--source", "nobody"), "Gold has no article of the outlet 'nobody'. There are: "),
    ],
)
def test_who_asks_for_what_is_nowhere_is_told_what_there_is(way, asked, hint, run, predicted):
    told = run("errors", "gold/1.0.0", predicted, *asked, *((way, "-") if way == "--jsonl" else (way,)))
    assert told.status == 0
    assert told.err.splitlines()[-1].startswith(hint)


def test_what_is_there_needs_no_hint_also_where_another_filter_leaves_none_of_it(run, predicted):
    told = run("errors", "gold/1.0.0", predicted, "--in", "actor: missed", "--part", "place", "--language", "en")
    assert (told.out, "There are" in told.err) == ("", False)


def test_a_hint_names_a_few_groups_commonest_first_and_counts_the_rest(run, released):
    record = json.loads((released / "gold.jsonl").read_text(encoding="utf-8"))
    (released.parents[1] / "none.jsonl").write_text(json.dumps({"article_id": record["article_id"]}), encoding="utf-8")
    groups = run("errors", "gold/1.0.0", "none.jsonl", "--group", "--json").json["groups"]
    named = ", ".join(repr(one["group"]) for one in groups[:5])
    hint = run("errors", "gold/1.0.0", "none.jsonl", "--in", "nope").err.splitlines()[-1]
    assert hint.endswith(f"There are: {named}, and {len(groups) - 5} more.")


def test_json_is_what_the_schema_says_and_what_python_gives(run, predicted, workspace, monkeypatch):
    told = run("errors", "gold/1.0.0", predicted, "--json")
    assert list(faults(told.json, annotator.json_schema("errors"))) == []
    assert told.out.encode() == annotator.find_errors("gold/1.0.0", predicted).to_json()


@pytest.mark.parametrize(
    ("filters", "groups"),
    [
        (("--part", "place"), ["place: ends too late"]),
        (("--part", "place", "--part", "actor"), ["actor: missed", "place: ends too late"]),
        (("--kind", "missed"), ["actor: missed"]),
        (("--kind", "missed", "--part", "place"), []),
        (("--article", "en"), ["actor: missed", "place: ends too late"]),
        (("--language", "en"), ["actor: missed", "place: ends too late"]),
        (("--language", "ar"), []),
        (("--source", "nobody"), []),
        (("--find", "IDLÍB"), ["place: ends too late"]),
        (("--find", "too late", "--find", "idlib"), ["place: ends too late"]),
        (("--find", "too late", "--find", "missed"), []),
        (("--in", "actor: missed"), ["actor: missed"]),
    ],
)
def test_filters_hold_for_every_way_to_see_errors(filters, groups, run, predicted):
    listed = run("errors", "gold/1.0.0", predicted, *filters)
    assert len(listed.out.splitlines()) == len(groups)
    assert all(group in listed.out for group in groups)
    grouped = run("errors", "gold/1.0.0", predicted, "--group", "--json", *filters).json["groups"]
    assert [one["group"] for one in grouped] == groups
    lines = run("errors", "gold/1.0.0", predicted, "--jsonl", "-", *filters).out.splitlines()
    assert sorted(json.loads(line)["group"] for line in lines) == groups
    assert len(run("errors", "gold/1.0.0", predicted, "--json", *filters).json["errors"]) == len(groups)


def test_exports_say_the_same_and_are_whole(run, predicted, tmp_path):
    lines, table = tmp_path / "errors.jsonl", tmp_path / "errors.csv"
    told = run("errors", "gold/1.0.0", predicted, "--jsonl", lines, "--csv", table)
    assert (told.status, told.out) == (0, "")
    errors = [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()]
    assert errors == run("errors", "gold/1.0.0", predicted, "--json").json["errors"]
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["group"], int(row["start"]), row["gold_quote"]) for row in rows] == [
        (one["group"], one["gold"]["start"], one["gold"]["quote"]) for one in errors
    ]
    assert {(row["against"], row["article_id"]) for row in rows} == {("gold/1.0.0", "en-1")}


def test_a_table_can_go_through_a_pipe(run, predicted):
    told = run("errors", "gold/1.0.0", predicted, "--csv", "-", "--kind", "boundary")
    head, row = csv.reader(io.StringIO(told.out.removeprefix("\ufeff"), newline=""))
    assert unmarked(row[head.index("group")]) == "place: ends too late"


def test_of_predictions_that_are_refused_nothing_is_written(run, predicted, tmp_path):
    predicted.write_text(predicted.read_text(encoding="utf-8") + '{"article_id": "xx"}\n', encoding="utf-8")
    (tmp_path / "errors.jsonl").write_text("old")
    for way in (
        ("--jsonl", tmp_path / "errors.jsonl"),
        ("--csv", tmp_path / "errors.csv"),
        ("--jsonl", "-"),
        (),
        ("--group",),
    ):
        told = run("errors", "gold/1.0.0", predicted, *way)
        assert (told.status, told.out) == (2, "")
        assert "found.jsonl:2" in told.err
    assert (tmp_path / "errors.jsonl").read_text() == "old"
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith("errors")] == ["errors.jsonl"]
    assert run("errors", "gold/1.0.0", predicted, "--allow", "extra-articles").status == 0


@pytest.mark.parametrize(
    "mixed",
    [("--list", "--json"), ("--list", "--group", "--json"), ("--group", "--csv", "-"), ("--jsonl", "-", "--csv", "-")],
)
def test_what_cannot_be_done_at_once_is_refused(mixed, run, predicted):
    told = run("errors", "gold/1.0.0", predicted, *mixed)
    assert (told.status, told.out) == (2, "")


def test_an_article_that_gold_lacks_is_refused(run, predicted):
    told = run("errors", "gold/1.0.0", predicted, "--article", "fr")
    assert (told.status, told.out) == (2, "")
    assert "'fr'" in told.err


def test_plain_gold_has_no_texts_and_cannot_be_challenged(run, predicted, released):
    told = run("errors", released / "gold.jsonl", predicted)
    assert len(told.out.splitlines()) == 2
    assert "“" not in told.out
    assert "challenge" not in told.err


def test_what_an_article_says_steers_no_terminal(run, tmp_path):
    gold, found = tmp_path / "gold.jsonl", tmp_path / "found.jsonl"
    gold.write_text(
        '{"article_id": "a", "mentions": [{"kind": "trigger", "start": 0, "end": 4, "label": "\\u001b[31m"}]}'
    )
    found.write_text('{"article_id": "a"}')
    told = run("errors", gold, found)
    assert "\x1b" not in told.out
    assert "\x1b" not in run("errors", gold, found, "--group").out


def test_gold_whose_name_is_no_utf_8_is_named_in_what_is_written(run, released, predicted):
    odd = released.parents[1] / "g\udcff.jsonl"
    odd.write_bytes((released / "gold.jsonl").read_bytes())
    told = run("errors", odd, predicted, "--json")
    assert told.status == 0, told.err
    named = str(odd).replace("\udcff", "?")
    assert told.json["against"] == named
    for way in (("--group", "--json"), ("--jsonl", "-"), ("--csv", "-")):
        written = run("errors", odd, predicted, *way)
        assert (written.status, named in written.out) == (0, True), written.err
    assert run("errors", odd, predicted, "--list").status == 0
    assert run("predictions", "check", predicted, "--gold", odd, "--json").json["against"] == named
