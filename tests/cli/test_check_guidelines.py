"""`annotator check` lists every mistake in the guidelines with its line, and holds the schema to the last release."""

from pathlib import Path

import pytest

from tests.new_schema import split_names


@pytest.fixture
def schema(workspace: Path) -> Path:
    return workspace / "guidelines" / "schema.toml"


def edit(path: Path, old: str, new: str) -> int:
    """Replace what stands in a file once, and give the line that it stood on."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text.partition(old)[0].count("\n") + 1


def test_all_mistakes_are_listed_with_file_and_line(run, schema):
    key = edit(schema, 'key = "a"', "kye = 1")
    unit = edit(schema, "measure = true", "measure = nan")
    outcome = run("check")
    assert outcome.status == 1
    assert outcome.out.splitlines() == [
        f"error: guidelines/schema.toml, line {key}, field types.strike.air.kye: It is not known."
        " Did you mean 'key'? [guidelines.unknown]",
        f"error: guidelines/schema.toml, line {unit}, field units.km.measure: It must be true or false."
        " [guidelines.content]",
    ]
    assert [one["rule"] for one in run("check", "--json").json] == ["guidelines.unknown", "guidelines.content"]


def test_what_can_be_read_but_nobody_wants_has_its_line_too(run, schema):
    line = edit(
        schema,
        '[groups.setting]\nplace = "place*"',
        '[groups.mood]\nmood = "actor*"\n\n[groups.setting]\nplace = "place*"',
    )
    found = [one for one in run("check", "--json").json if one["rule"] == "schema.group-unused"]
    assert [one["where"] for one in found] == [f"guidelines/schema.toml, line {line}, field groups.mood"]


def test_a_schema_that_allows_less_or_more_than_the_latest_release_needs_a_version(run, released, schema):
    def found() -> list[str]:
        return [one["message"] for one in run("check", "--json").json if one["rule"] == "schema.version"]

    assert found() == []
    edit(
        schema,
        'km = { title = "kilometres", measure = true }',
        'km = { title = "kilometres", measure = true }\nmiles = { title = "miles" }',
    )
    assert found() == [
        "The latest release has 1.0.0, and since then the unit 'miles' is new: the version must be 1.1.0, not 1.0.0."
    ]
    edit(schema, 'version = "1.0.0"', 'version = "1.1.0"')
    assert found() == []
    edit(schema, 'g = "generic"\n', "")
    (message,) = found()
    assert "the rejection reason 'generic' is gone" in message
    assert message.endswith(": the version must be 2.0.0, not 1.1.0.")
    edit(schema, 'version = "1.1.0"', 'version = "2.0.0"')
    assert found() == []


def test_a_schema_with_a_version_before_that_of_the_latest_release_is_told_that_none_goes_back(run, released, schema):
    edit(schema, 'version = "1.0.0"', 'version = "0.9.0"')
    assert [one["message"] for one in run("check", "--json").json if one["rule"] == "schema.version"] == [
        "The latest release has 1.0.0, and versions never go back: the version must be 1.0.0, not 0.9.0."
    ]


def test_a_schema_that_was_edited_under_its_old_version_does_not_stand_for_what_it_was(run, released, schema):
    folder = schema.parent / "migrations"
    folder.mkdir()
    steps = 'from = "1.0.0"\nto = "2.0.0"\nwhy = "."\n[rename.rejection_reasons]\ngeneric = "vague"\n'
    (folder / "reasons.toml").write_text(steps, encoding="utf-8")
    edit(schema, 'g = "generic"', 'g = "vague"')
    found = {one["rule"]: one["message"] for one in run("check", "--json").json if one["level"] == "error"}
    assert found.keys() >= {"schema.version", "migration.versions"}
    assert "migration.old-name" not in found
    edit(schema, 'version = "1.0.0"', 'version = "2.0.0"')
    assert not [one for one in run("check", "--json").json if one["rule"].startswith(("schema", "migration"))]


def test_labels_that_wait_for_an_answer_are_told_as_questions_and_not_as_mistakes(run, released, schema):
    split_names(schema.parent)
    outcome = run("guidelines", "migrate", "--json")
    assert outcome.status == 0, outcome.err
    assert [one["person"] for one in outcome.json if one["questions"]] == ["j1"]
    found = [one for one in run("check", "--json").json if one["level"] == "error"]
    assert {one["where"] for one in found if one["rule"] == "migration.unanswered"} == {"en-1 (j1)"}
    assert not [one for one in found if one["rule"].startswith(("event", "mention", "number", "argument", "rejected"))]
    told = run("guidelines", "migrate")
    assert "to answer" in told.out
    assert "Moved 0 labels" in told.err


def test_without_a_migration_it_says_so(run, workspace):
    told = run("guidelines", "migrate")
    assert (told.status, told.out) == (0, "")
    assert "There is no migration" in told.err
