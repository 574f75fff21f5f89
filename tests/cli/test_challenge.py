"""`annotator challenge`, for people and for programs."""


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
