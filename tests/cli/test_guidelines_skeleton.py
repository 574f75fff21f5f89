"""`annotator guidelines skeleton`: a first schema of a team that comes from brat."""

import pytest

from annotator.gold.release import read_schema

CONF = (
    "[entities]\nPerson\n[relations]\n[events]\nDie Victim+:Person, Cause:<EVENT>\n[attributes]\nNegation Arg:<EVENT>\n"
)


@pytest.fixture
def conf(tmp_path):
    (tmp_path / "annotation.conf").write_text(CONF)
    return tmp_path / "annotation.conf"


def test_it_goes_to_standard_output_and_says_what_it_leaves_out(run, conf):
    conf.with_name("visual.conf").write_text("[labels]\nDie | Death\n")
    outcome = run("guidelines", "skeleton", conf)
    schema = read_schema(outcome.out.encode())
    assert (schema.types["Die"].title, schema.roles_of("Die")["Victim"].arity) == ("Death", "+")
    assert "annotation.conf:5" in outcome.err
    assert "'Cause'" in outcome.err
    assert outcome.status == 0


def test_it_is_written_to_a_file_but_never_over_one(run, conf, tmp_path):
    out = tmp_path / "schema.toml"
    assert run("guidelines", "skeleton", conf, "--out", out).status == 0
    assert "Die" in read_schema(out.read_bytes()).types
    outcome = run("guidelines", "skeleton", conf, "--out", out)
    assert outcome.status == 2
    assert "is there already" in outcome.err


@pytest.mark.parametrize(("data", "told"), [(b"[entities]\nA\n", "no type of event"), (b"[events]\n\xff", "no UTF-8")])
def test_what_is_no_configuration_of_events_is_refused(run, conf, data, told):
    conf.write_bytes(data)
    outcome = run("guidelines", "skeleton", conf)
    assert outcome.status == 2
    assert told in outcome.err
