"""`annotator compare` as it is called."""

import json


def systems(released):
    """Gold itself as one system, and one that leaves out all events and mentions."""
    gold = (released / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    empty = released.parents[1] / "empty.jsonl"
    empty.write_text("".join(json.dumps({"article_id": json.loads(line)["article_id"]}) + "\n" for line in gold))
    return released / "gold.jsonl", empty


def test_two_systems_are_compared_level_by_level(run, released):
    full, empty = systems(released)
    told = run("compare", "gold/1.0.0", full, empty, "--trials", "99", "--boot", "0")
    assert told.status == 0
    assert told.out.startswith("A is gold.jsonl, B is empty.jsonl.\n")
    assert "|a:gold.jsonl|b:empty.jsonl|" in told.out
    assert "|trials:99|boot:0|seed:13|" in told.out
    line = next(line for line in told.out.splitlines() if line.startswith("mentions-strict"))
    assert line.split()[1:4] == ["100.00", "0.00", "+100.00"]


def test_the_same_file_twice_has_p_1_everywhere_and_goes_by_its_path(run, released):
    full, _ = systems(released)
    told = run("compare", "gold/1.0.0", full, full, "--json")
    assert told.status == 0
    assert {level["p"] for level in told.json["levels"].values()} <= {1.0, None}
    assert told.json["levels"]["mentions-strict"]["p"] == 1.0
    assert told.json["signature_parts"]["a"] == str(full)


def test_a_level_that_is_named_names_its_articles(run, released):
    full, empty = systems(released)
    told = run("compare", "gold/1.0.0", full, empty, "--level", "mentions", "--trials", "9")
    rows = told.out.splitlines()
    head = next(number for number, row in enumerate(rows) if row.startswith("mentions-strict: most on"))
    assert rows[head + 1].split()[:2] == ["en-1", "+100.00"]


def test_another_level_is_refused(run, released):
    told = run("compare", "gold/1.0.0", *systems(released), "--level", "mention")
    assert (told.status, told.out) == (2, "")
    assert "mention" in told.err


def test_one_system_may_come_on_standard_input_and_not_both(run, released):
    full, _ = systems(released)
    told = run("compare", "gold/1.0.0", full, "-", "--json", given=full.read_text(encoding="utf-8"))
    assert told.status == 0
    assert told.json["signature_parts"]["b"] == "stdin"
    assert told.json["levels"]["mentions-strict"]["difference"] == 0
    told = run("compare", "gold/1.0.0", "-", "-")
    assert (told.status, told.out) == (2, "")


def test_what_is_wrong_in_a_file_is_told_by_line_and_nothing_is_compared(run, released):
    full, empty = systems(released)
    with empty.open("a", encoding="utf-8") as file:
        file.write('{"article_id": "unheard-of"}\n')
    told = run("compare", "gold/1.0.0", full, empty)
    assert (told.status, told.out) == (2, "")
    assert "empty.jsonl" in told.err
    assert "nothing was compared" in told.err
    told = run("compare", "gold/1.0.0", full, empty, "--allow", "extra-articles", "--trials", "9")
    assert told.status == 0
    assert "unheard-of" in told.err


def test_over_what_people_judged_both_are_compared_and_the_signature_says_so(run, released):
    told = run("compare", "gold/1.0.0", *systems(released), "--judged", "--trials", "9", "--json")
    assert told.status == 0
    assert told.json["signature_parts"]["over"] == "judged"
    full, empty = systems(released)
    assert run("compare", full, full, empty, "--judged").status == 2  # a plain file does not say what was judged


def with_ids_of_their_own(full):
    theirs = full.parents[2] / "theirs.jsonl"
    theirs.write_text(full.read_text(encoding="utf-8").replace('"article_id":"en-1"', '"article_id":"A7"'), "utf-8")
    ids = full.parents[2] / "ids.tsv"
    ids.write_text("A7\ten-1\n", encoding="utf-8")
    return theirs, ids


def test_one_map_of_ids_is_for_both_or_for_the_one_that_it_names(run, released):
    full, _ = systems(released)
    theirs, ids = with_ids_of_their_own(full)
    options = ("--trials", "9", "--boot", "0", "--json")
    for named in ((theirs, full, "--ids", f"a={ids}"), (theirs, theirs, "--ids", ids)):
        told = run("compare", "gold/1.0.0", *named, *options)
        assert told.status == 0, told.err
        assert told.json["levels"]["mentions-strict"]["a"]["f1"] == 1
        assert told.json["levels"]["mentions-strict"]["difference"] == 0
    refused = run("compare", "gold/1.0.0", theirs, full, "--ids", ids, *options)
    assert (refused.status, refused.out) == (2, "")  # the map is for both, and the other has our ids
    assert "gold.jsonl:1" in refused.err and "not in the map" in refused.err


def test_what_is_said_of_a_map_for_both_is_said_once_and_a_map_for_nobody_is_refused(run, released):
    full, _ = systems(released)
    theirs, ids = with_ids_of_their_own(full)
    with ids.open("a", encoding="utf-8") as file:
        file.write("B8\tunheard-of\n")
    told = run("compare", "gold/1.0.0", theirs, theirs, "--ids", ids, "--trials", "9", "--json")
    assert [one["where"] for one in told.json["warnings"] if one["rule"] == "ids.unknown"] == [f"{ids}:2"]
    for maps, said in (((f"c={ids}",), "for no system"), ((ids, ids), "two maps for all"), (("nowhere",), "nowhere")):
        refused = run("compare", "gold/1.0.0", full, full, *(part for one in maps for part in ("--ids", one)))
        assert (refused.status, refused.out) == (2, "")
        assert said in refused.err


def test_a_warning_about_all_of_one_systems_predictions_names_its_file(run, released):
    full, empty = systems(released)
    record = json.loads(full.read_text(encoding="utf-8"))
    refused = [{"kind": one["kind"], "start": one["start"], "end": one["end"]} for one in record["rejected"]]
    (empty.parent / "eager.jsonl").write_text(
        json.dumps({"article_id": record["article_id"], "mentions": refused}) + "\n", encoding="utf-8"
    )
    empty.write_text("", encoding="utf-8")
    told = run("compare", "gold/1.0.0", "eager.jsonl", empty, "--judged", "--trials", "9", "--json")
    assert {one["rule"]: one["where"] for one in told.json["warnings"]} == {
        "predictions.rejected": "eager.jsonl",
        "predictions.missing-article": "empty.jsonl",
    }


def test_a_file_whose_name_is_no_utf_8_is_compared_as_any(run, released):
    full, empty = systems(released)
    odd = released.parents[1] / "b\udcff.jsonl"
    odd.write_bytes(empty.read_bytes() + b'{"article_id": "unheard-of"}\n')
    told = run("compare", "gold/1.0.0", odd, full, "--allow", "extra-articles", "--trials", "9", "--json")
    assert told.status == 0, told.err
    assert told.json["signature_parts"]["a"] == "b?.jsonl"
    assert any("b?.jsonl" in one["where"] for one in told.json["warnings"])
