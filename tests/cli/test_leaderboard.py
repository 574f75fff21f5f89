"""`annotator leaderboard` as it is called."""

import csv
import gzip
import json
from pathlib import Path

import annotator
from tests.scoring.schema_validation import faults

README = Path(__file__).parents[2] / "README.md"


def made_up(number, found):
    """An article of four triggers, of which those are found that are named."""
    mentions = [{"kind": "trigger", "start": 10 * at, "end": 10 * at + 7, "label": "clash.armed"} for at in found]
    return {"article_id": f"{number:02}", "language": "en", "mentions": mentions}


def forty_articles(folder):
    """Gold, and three systems of which one has a version, as the README shows them."""
    (folder / "runs").mkdir()
    found = {
        "gold": lambda n: (0, 1, 2, 3),
        "runs/mine": lambda n: (0, 1, 2, *([3] if n % 3 else []), *([4] if n % 5 == 0 else [])),
        "runs/theirs": lambda n: (0, 1, *([2] if n % 8 else []), 3, *([4, 5] if n % 4 == 0 else [])),
        "runs/baseline": lambda n: (0, 1, *([2] if n % 2 else []), *([4] if n % 4 else [])),
    }
    for name, places in found.items():
        said = {"system": "mine 2.1"} if name == "runs/mine" else {}
        lines = [json.dumps(made_up(n, places(n)) | said) + "\n" for n in range(40)]
        (folder / f"{name}.jsonl").write_text("".join(lines), encoding="utf-8")


def test_the_readmes_example_is_what_is_printed(run, tmp_path):
    forty_articles(tmp_path)
    told = run("leaderboard", "gold.jsonl", "runs", "--level", "triggers", at=tmp_path)
    shown = README.read_text("utf-8").split("$ annotator leaderboard gold.jsonl runs/ --level triggers\n")[1]
    assert told.out.rpartition("\ngold:")[0] == shown.partition("```")[0]


def systems(released):
    """A folder of gold itself as a system, one that finds all but the events, and an empty one that says who it is."""
    runs = released.parents[1] / "runs"
    runs.mkdir()
    gold = (released / "gold.jsonl").read_text(encoding="utf-8")
    (runs / "full.jsonl").write_text(gold, encoding="utf-8")
    lines = [json.loads(line) for line in gold.splitlines()]
    flat = "".join(json.dumps({name: line[name] for name in ("article_id", "mentions")}) + "\n" for line in lines)
    (runs / "flat.jsonl.gz").write_bytes(gzip.compress(flat.encode()))
    empty = [{"article_id": line["article_id"], "system": "silent 1.0"} for line in lines]
    (runs / "empty.json").write_text(json.dumps(empty), encoding="utf-8")
    (runs / "notes.txt").write_text("not predictions")
    (runs / ".hidden.jsonl").write_text("not predictions")
    return runs


def test_a_folder_of_systems_is_ranked_and_each_has_its_name(run, released):
    systems(released)
    told = run("leaderboard", "gold/1.0.0", "runs", "--trials", "99", "--boot", "9")
    assert told.status == 0, told.err
    lines = told.out.splitlines()
    assert lines[0] == "argument-C"
    assert [line.split()[:2] for line in lines[2:5]] == [["1", "full"], ["2", "flat"], ["2", "silent"]]
    assert "mentions-strict" in lines
    assert "trigger-C" in lines
    assert "|systems:3|" in lines[-1]
    assert "|by:argument-C|" in lines[-1]
    assert "|correction:holm|trials:99|boot:9|seed:13|" in lines[-1]


def test_no_order_of_files_changes_a_byte_and_a_file_named_twice_counts_once(run, released):
    systems(released)
    one = run("leaderboard", "gold/1.0.0", "runs/full.jsonl", "runs/flat.jsonl.gz", "runs/empty.json", "--trials", "9")
    other = run("leaderboard", "gold/1.0.0", "runs/empty.json", "runs/full.jsonl", "runs", "--trials", "9")
    assert other.out == one.out


def test_json_is_what_the_schema_says_and_the_levels_are_those_asked_for(run, released):
    systems(released)
    options = ("--level", "entities", "--by", "article", "--trials", "9", "--boot", "9", "--json")
    told = run("leaderboard", "gold/1.0.0", "runs", *options)
    assert list(faults(told.json, annotator.json_schema("leaderboard"))) == []
    assert told.json["levels"] == ["article", "entities"]
    assert [one["file"] for one in told.json["systems"]] == ["runs/flat.jsonl.gz", "runs/full.jsonl", "runs/empty.json"]
    assert [one["rank"] for one in told.json["systems"]] == [1, 1, 3]


def test_in_markdown_a_name_is_no_markup_and_every_row_has_all_cells(run, released):
    runs = systems(released)
    told = run("leaderboard", "gold/1.0.0", f"a|<b>*={runs / 'full.jsonl'}", "runs/empty.json", "--markdown")
    assert told.status == 0, told.err
    table = [line for line in told.out.splitlines() if line.startswith("|")]
    assert table[2].startswith(r"| 1 | a\|\<b\>\* | ")
    assert {line.replace(r"\|", "").count("|") for line in table} == {12}
    assert told.out.rstrip().splitlines()[-1].startswith("`gold:1.0.0|")
    assert run("leaderboard", "gold/1.0.0", "runs", "--markdown", "--json").status == 2


def test_systems_of_one_name_are_told_apart_by_file(run, released):
    runs = systems(released)
    (released.parents[1] / "more").mkdir()
    (released.parents[1] / "more" / "full.jsonl").write_bytes((runs / "full.jsonl").read_bytes())
    told = run("leaderboard", "gold/1.0.0", "runs/full.jsonl", "more", "--trials", "9", "--json")
    assert [(one["system"], one["rank"]) for one in told.json["systems"]] == [
        ("full (more/full.jsonl)", 1),
        ("full (runs/full.jsonl)", 1),
    ]


def test_one_system_alone_and_on_standard_input(run, released):
    given = (systems(released) / "full.jsonl").read_text(encoding="utf-8")
    told = run("leaderboard", "gold/1.0.0", "-", "--json", "--level", "mentions", given=given)
    assert [(one["system"], one["rank"]) for one in told.json["systems"]] == [("stdin", 1)]
    assert run("leaderboard", "gold/1.0.0", "-", "again=-", given=given).status == 2


def test_the_markdown_of_one_system_alone_has_no_mark_and_that_of_two_says_what_it_means(run, released):
    systems(released)
    asked = ("--level", "mentions", "--trials", "9", "--markdown")
    alone = run("leaderboard", "gold/1.0.0", "runs/full.jsonl", *asked).out
    (row,) = [line for line in alone.splitlines() if line.startswith("| 1 ")]
    assert row.endswith("| 100.00 |")
    both = run("leaderboard", "gold/1.0.0", "runs/full.jsonl", "runs/empty.json", *asked).out
    assert "| 100.00 = |" in both
    assert ["the best of the level" in told for told in (alone, both)] == [False, True]


def test_over_what_people_judged_and_with_ids_of_their_own(run, released):
    runs = systems(released)
    theirs = runs / "theirs.jsonl"
    theirs.write_text(json.dumps({"article_id": "A7", "system": "A"}) + "\n", "utf-8")
    (released.parents[1] / "ids.tsv").write_text("A7\ten-1\n", encoding="utf-8")
    options = ("--judged", "--trials", "9", "--json")
    told = run(
        "leaderboard", "gold/1.0.0", "mine=runs/theirs.jsonl", "runs/full.jsonl", "--ids", "mine=ids.tsv", *options
    )
    assert told.status == 0, told.err
    assert told.json["signature_parts"]["over"] == "judged"
    assert {one["system"] for one in told.json["systems"]} == {"mine", "full"}
    wrong = run("leaderboard", "gold/1.0.0", "mine=runs/theirs.jsonl", "--ids", "yours=ids.tsv")
    assert (wrong.status, wrong.out) == (2, "")
    assert "The systems are mine." in wrong.err


def test_what_is_wrong_in_one_file_is_told_by_line_and_nothing_is_ranked(run, released):
    runs = systems(released)
    with (runs / "full.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"article_id": "unheard-of"}\n')
    told = run("leaderboard", "gold/1.0.0", "runs")
    assert (told.status, told.out) == (2, "")
    assert "runs/full.jsonl:2" in told.err
    assert "nothing was ranked" in told.err
    told = run("leaderboard", "gold/1.0.0", "runs", "--allow", "extra-articles", "--trials", "9")
    assert told.status == 0
    assert "unheard-of" in told.err


def test_a_warning_names_the_file_that_it_is_about(run, released):
    runs = systems(released)
    (runs / "none.jsonl").write_text("", encoding="utf-8")
    told = run("leaderboard", "gold/1.0.0", "runs", "--trials", "9", "--json")
    missing = [one["where"] for one in told.json["warnings"] if one["rule"] == "predictions.missing-article"]
    assert missing == ["runs/none.jsonl"]


def test_a_folder_that_is_named_is_one_system_in_parts(run, released):
    lines = (systems(released) / "full.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    parts = released.parents[1] / "parts"
    parts.mkdir()
    for number, line in enumerate(lines):
        (parts / f"{number}.jsonl").write_text(line, encoding="utf-8")
    told = run("leaderboard", "gold/1.0.0", "whole=runs/full.jsonl", "parted=parts", "--trials", "9", "--json")
    assert [(one["system"], one["rank"]) for one in told.json["systems"]] == [("parted", 1), ("whole", 1)]
    assert told.json["warnings"] == []


def test_what_else_lies_in_a_folder_of_systems_is_said(run, released):
    runs = systems(released)
    (runs / "in-parts").mkdir()
    told = run("leaderboard", "gold/1.0.0", "runs", "runs/", "--trials", "9", "--json")
    said = [one for one in told.json["warnings"] if one["rule"] == "predictions.passed-over"]
    assert [one["where"] for one in said] == ["runs"]
    assert "in-parts, notes.txt" in said[0]["message"]
    assert told.json["signature_parts"]["systems"] == 3


def test_what_cannot_be_ranked_is_refused_in_words(run, released):
    systems(released)
    (released.parents[1] / "hollow").mkdir()
    for arguments, said in (
        (("runs", "--by", "argments"), "no level"),
        (("runs", "--level", "mention"), "no level"),
        (("hollow",), "hollow holds no *.jsonl and no *.json"),
        (("nowhere.jsonl",), "nowhere.jsonl"),
        (("name=",), "NAME=FILE"),
        (("runs", "--trials", "0"), "trials"),
        ((), "PREDICTIONS"),
    ):
        told = run("leaderboard", "gold/1.0.0", *arguments)
        assert (told.status, told.out) == (2, "")
        assert said in told.err
    plain = released / "gold.jsonl"
    assert run("leaderboard", plain, "runs", "--judged").status == 2  # a plain file does not say what was judged


def test_as_csv_it_has_a_row_a_system_and_level_and_no_formula(run, released):
    runs = systems(released)
    named = f"=1+1={runs / 'full.jsonl'}"
    refused = run("leaderboard", "gold/1.0.0", named, "--csv")
    assert refused.status == 2  # nothing stands before the first =
    (runs / "empty.json").write_text(json.dumps([{"article_id": "en-1", "system": "=1+1"}]), "utf-8")
    told = run("leaderboard", "gold/1.0.0", "runs", "--csv", "--boot", "0", "--trials", "9")
    assert told.status == 0, told.err
    rows = list(csv.DictReader(told.out.removeprefix("\ufeff").splitlines()))
    assert len(rows) == 9
    assert {row["system"] for row in rows} == {"full", "flat", "'=1+1"}
    assert (rows[0]["rank"], rows[0]["level"], rows[0]["f1"], rows[0]["f1_low"]) == ("1", "argument-C", "1.0", "")
    assert (rows[0]["p"], rows[0]["among_best"]) == ("", "1")


def test_a_file_of_several_systems_goes_by_its_own_name(run, tmp_path):
    (tmp_path / "gold.jsonl").write_text("".join(json.dumps(made_up(n, (0,))) + "\n" for n in range(3)))
    for name, said in (
        ("one", ["A", "A", "A"]),
        ("two", ["A", "B", "A"]),
        ("some", ["A", None, "A"]),
        ("odd", [1, 1, 1]),
    ):
        lines = [json.dumps(made_up(n, (0,)) | {"system": system}) + "\n" for n, system in enumerate(said)]
        (tmp_path / f"{name}.jsonl").write_text("".join(lines))
    files = ("one.jsonl", "two.jsonl", "some.jsonl", "odd.jsonl")
    told = run("leaderboard", "gold.jsonl", *files, "--json", "--boot", "0", "--trials", "9", at=tmp_path)
    assert [one["system"] for one in told.json["systems"]] == ["A", "odd", "some", "two"]


def test_a_file_whose_name_is_no_utf_8_is_ranked_as_any(run, released):
    runs = systems(released)
    (runs / "full.jsonl").rename(runs / "b\udcff.jsonl")
    for form in ("--json", "--csv", "--markdown"):
        told = run("leaderboard", "gold/1.0.0", "runs", "--trials", "9", form)
        assert told.status == 0, told.err
        assert "b?" in told.out
