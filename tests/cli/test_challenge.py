"""`annotator challenge`, for people and for programs."""

import re


def test_what_is_filed_is_listed_with_its_state(run, released):
    filed = run("challenge", "gold/1.0.0", "en-1", "0-10", "--reason", "No \x1b[31mstrike.", "--as", "reader")
    assert filed.status == 0, filed.err
    assert "c on the adjudication screen" in filed.err
    (one,) = run("challenge", "--json").json
    assert (one["id"], one["start"], one["end"], one["quote"]) == (filed.out.strip(), 0, 10, "Airstrikes")
    assert (one["filed_by"], one["answer"]) == ("c1", None)
    listed = run("challenge")
    assert "en-1 0-10  waits  gold 1.0.0: Airstrikes" in listed.out
    assert "\x1b" not in listed.out
    assert "reader" not in listed.out
    assert "challenged" in run("status").out


def test_a_place_that_is_none_is_refused(run, released):
    for place in ("10-0", "ten", "5-5", "-3-5", "0-999999"):
        outcome = run("challenge", "gold/1.0.0", "en-1", place, "--reason", "x", "--as", "reader")
        assert (outcome.status, outcome.out) == (2, ""), place
    assert run("challenge", "gold/1.0.0", "en-1").status == 2
    assert run("challenge", "gold/9.9.9", "en-1", "0-3", "--reason", "x", "--as", "reader").status == 2
    assert run("challenge").out == ""


def test_half_a_challenge_is_refused_and_not_taken_for_a_list(run, released):
    for half in (("--reason", "x"), ("--kind", "number"), ("gold/1.0.0", "en-1", "0-3")):
        outcome = run("challenge", *half, "--as", "reader")
        assert (outcome.status, outcome.out) == (2, ""), half
        assert "names GOLD, ARTICLE, START-END and --reason" in outcome.err


def test_on_filing_one_is_told_what_gold_has_there_and_what_may_be_a_slip(run, released):
    text = (released.parents[1] / "seeds" / "en-1.txt").read_text(encoding="utf-8")
    at = text.index("Regime forces")
    filed = run("challenge", "gold/1.0.0", "en-1", f"{at}-{at + 13}", "--reason", "Not they.", "--as", "reader")
    assert filed.status == 0, filed.err
    assert f"“Regime forces” {at}-{at + 13}; attacker in e1 " in filed.err
    assert "Note:" not in filed.err
    assert len(filed.out.split()) == 1
    cut = run("challenge", "gold/1.0.0", "en-1", f"{at + 2}-{at + 13}", "--reason", "x", "--as", "reader", "--json")
    assert cut.json["odd"] == ["The stretch cuts a word."]
    assert "attacker in e1 " in cut.json["there"][0]


def test_an_event_as_a_whole_can_be_challenged_and_the_list_says_so(run, released):
    text = (released.parents[1] / "seeds" / "en-1.txt").read_text(encoding="utf-8")
    at = text.index("shelled")
    place = f"{at}-{at + 7}"
    filed = run("challenge", "gold/1.0.0", "en-1", place, "--kind", "event", "--reason", "x", "--as", "reader")
    assert "; trigger of e1 " in filed.err
    assert f"en-1 {place}  event  waits  gold 1.0.0: shelled" in run("challenge").out


def test_the_same_challenge_again_is_refused_with_the_first_and_its_state(run, released):
    ask = ("challenge", "gold/1.0.0", "en-1", "0-10", "--as", "reader", "--reason")
    first = run(*ask, "No strike.").out.strip()
    again = run(*ask, " No  strike. ")
    assert (again.status, again.out) == (2, "")
    assert f"c1 challenged that already, for the same reason: {first}, waits." in again.err
    assert run(*ask, "Nobody says so.").status == 0
    reasons = [one["reason"] for one in run("challenge", "--json").json]
    assert reasons == ["No strike.", "Nobody says so."]


def test_an_ambiguous_beginning_of_an_id_is_said_to_be_that(run, released):
    (line,) = (released / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    plain = released.parents[1] / "plain.jsonl"
    plain.write_text(f"{line}\n{line.replace('en-1', 'en-2')}\n", encoding="utf-8")
    refused = run("gold", "show", plain, "en")
    assert refused.status == 2
    assert "'en' is ambiguous: 2 articles of " in refused.err
    assert "Write more of one: en-1, en-2." in refused.err


def test_one_takes_back_ones_own_as_long_as_nobody_answered_and_it_stays_on_record(run, released):
    ask = ("challenge", "gold/1.0.0", "en-1", "0-10", "--reason", "No strike.", "--as", "reader")
    name = run(*ask).out.strip()
    assert name in run("challenge").out
    run("challenge", "gold/1.0.0", "en-1", "0-10", "--reason", "x", "--as", "other")
    for wrong, who, said in (
        (name, "other", "c1 filed"),
        ("zz", "reader", "There is no challenge 'zz'."),
        ("", "reader", "There is no challenge ''."),
    ):
        refused = run("challenge", "--withdraw", wrong, "--as", who)
        assert (refused.status, refused.out) == (2, "")
        assert said in refused.err
    assert run("challenge", "--withdraw", name, "--reason", "x", "--as", "reader").status == 2
    withdrawn = run("challenge", "--withdraw", name[:12], "--as", "reader")
    assert withdrawn.status == 0, withdrawn.err
    assert "en-1 0-10  withdrawn  gold 1.0.0: Airstrikes" in run("challenge").out
    again = run("challenge", "--withdraw", name, "--as", "reader")
    assert f"{name} does not wait any more: withdrawn." in again.err
    assert run(*ask).status == 0


def test_of_a_long_stretch_its_ends_are_told(run, released):
    text = (released.parents[1] / "seeds" / "en-1.txt").read_text(encoding="utf-8").rstrip()
    ask = ("challenge", "gold/1.0.0", "en-1", f"0-{len(text)}", "--reason", "All of it.", "--as", "reader")
    filed = run(*ask)
    assert filed.err.startswith(f"“{text[:30]}")
    assert f"{text[-30:]}” in en-1 waits" in filed.err
    assert len(re.findall(r"^  m\d+ ", filed.err, re.MULTILINE)) == 12
    assert re.search(r"^  and \d+ more$", filed.err, re.MULTILINE)
    assert max(map(len, run("challenge").out.splitlines())) < 140
    assert run("challenge", "--json").json[0]["quote"] == text
