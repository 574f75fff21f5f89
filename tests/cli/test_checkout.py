"""`annotator checkout` and `annotator sync` as they are typed: without a network, from and to a store."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from annotator.store.articles import get_article
from annotator.store.engine import file_url
from annotator.store.log import decisions_on
from annotator.store.people import find_pseudonym
from annotator.store.workspace import open_workspace
from annotator.workflow.labelling import labelling
from annotator.workflow.mention_edits import confirm
from annotator.workflow.project import Project, open_project
from annotator.workflow.team import remove
from tests.team_store import Team


def decide(folder: Path, name: str, number: int = 2, article: str = "en-1") -> None:
    project = open_project(folder)
    try:
        with labelling(project, article, name) as session:
            for item in [one for one in session.in_order() if one.disposition is None][:number]:
                confirm(session, item)
    finally:
        project.close()


def decided(project: Project, name: str, article: str = "en-1") -> int:
    person = find_pseudonym(project.engine, name, "label") or ""
    text = get_article(project.engine, article).text_sha256
    return len(decisions_on(project.engine, person, article, text))


@pytest.fixture
def along(run, workspace) -> Path:
    """`en-1` and `ar-1`, assigned and checked out by noor."""
    run("assign", "--overlap", "1")
    came = run("checkout", "--as", "noor")
    assert came.status == 0
    return workspace.with_name("syria-offline")


def test_the_folder_lies_beside_the_workspace_and_says_what_it_is(run, workspace, along):
    assert run("status", at=along).out.splitlines()[-1] == f"Checked out of {checked_out_of(along)}: all is sent."
    again = run("checkout", "--as", "noor")
    assert again.status == 2
    assert "syria-offline exists and is not empty" in again.err
    elsewhere = run("checkout", "en-1", "--as", "noor", "--to", workspace.parent / "x", "--days", "14", "--json").json
    assert (elsewhere["days"], [one["article_id"] for one in elsewhere["articles"]]) == (14, ["en-1"])


def checked_out_of(folder: Path) -> str:
    return str(orjson.loads((folder / ".annotator" / "checkout.json").read_bytes())["server"])


def test_what_is_not_sent_is_told_and_sync_sends_it(run, workspace, along):
    decide(along, "noor")
    assert (
        run("status", at=along).out.splitlines()[-1].endswith("2 decisions on 1 article not sent yet (annotator sync).")
    )
    assert [one["unsent"] for one in run("status", "--json", at=along).json] == [0, 2]
    dry = run("sync", "--dry-run", at=along)
    assert (dry.status, dry.err) == (0, "annotator: 2 decisions would be sent; nothing was.\n")
    came = run("sync", "--json", at=along).json
    assert (came["sent"], came["kept"], came["dry_run"]) == (2, 0, False)
    assert [(one["article_id"], one["sent"], one["slot"]) for one in came["articles"]] == [
        ("ar-1", 0, "leased"),
        ("en-1", 2, "leased"),
    ]
    again = run("sync", at=along)
    assert (again.status, again.err) == (0, "annotator: 0 decisions sent.\n")
    assert again.out.startswith("ar-1  0 sent, yours until ")
    project = open_project(workspace)
    assert decided(project, "noor") == 2
    project.close()


def test_a_checkout_works_in_its_own_store_whatever_the_environment_says(run, workspace, along, monkeypatch):
    monkeypatch.setenv("ANNOTATOR_STORE", file_url(workspace / ".annotator" / "work.db"))
    decide(along, "noor")
    project = open_project(along)
    assert decided(project, "noor") == 2
    project.close()
    assert run("sync", at=along).status == 0


def test_conflicts_are_said_in_words_with_status_1(run, workspace, along):
    decide(along, "noor")
    project = open_project(workspace)
    with project.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM task WHERE article_id = 'en-1'")
    project.close()
    came = run("sync", at=along)
    assert came.status == 1
    assert "annotator: en-1: It is not assigned any more: your slot was taken back." in came.err
    assert came.err.endswith("[slot]\nannotator: 2 decisions sent.\n")


def test_no_store_is_status_3_and_all_is_kept(run, workspace, along, monkeypatch):
    decide(along, "noor")
    gone = workspace.rename(workspace.with_name("gone"))
    came = run("sync", at=along)
    assert came.status == 3
    assert "Sent so far: 0 decisions; kept here for the next time: 2." in came.err
    assert not workspace.exists()
    monkeypatch.setenv("ANNOTATOR_STORE", "postgresql://noor@127.0.0.1:9/syria")
    came = run("sync", at=along)
    assert (came.status, "next time: 2." in came.err) == (3, True)
    monkeypatch.setenv("ANNOTATOR_STORE", file_url(gone / ".annotator" / "work.db"))  # it moved
    assert run("sync", at=along).err.endswith("2 decisions sent.\n")


def test_another_store_gets_nothing(run, made_workspace, workspace, along, tmp_path, monkeypatch):
    decide(along, "noor")
    assert run("sync", at=along).status == 0
    decide(along, "noor")
    other = Path(shutil.copytree(made_workspace, tmp_path / "other"))
    monkeypatch.setenv("ANNOTATOR_STORE", open_workspace(other).store_url)
    refused = run("sync", at=along)
    assert (refused.status, "was not checked out of that store" in refused.err) == (3, True)
    decide(other, "noor")  # by the same name and pseudonym, and nobody's checkout
    refused = run("sync", at=along)
    assert (refused.status, "next time: 2." in refused.err) == (3, True)
    assert run("status", "--json", at=along).json[1]["unsent"] == 2


@pytest.mark.parametrize(
    "verb",
    [
        ["adjudicate", "en-1"],
        ["agree"],
        ["assign"],
        ["assign", "--take-back"],
        ["checkout"],
        ["import"],
        ["import", "--from", "decisions", "annotator.toml"],
        ["release"],
        ["challenge", "gold/1.0.0", "en-1", "0-4", "--reason", "no"],
        ["guidelines", "migrate"],
    ],
    ids=" ".join,
)
def test_what_makes_no_sense_in_a_checkout_is_refused(run, along, verb):
    refused = run(*verb, at=along)
    assert refused.status == 2
    assert "in a checkout" in refused.err
    assert "Do it in the workspace that it was taken from." in refused.err


def test_nobody_else_works_in_it(run, along):
    refused = run("label", "en-1", "--as", "sami", at=along)
    assert (refused.status, "checked out by 'noor'" in refused.err) == (3, True)


def test_only_a_checkout_is_synced(run, workspace):
    refused = run("sync")
    assert (refused.status, "was not checked out of a store" in refused.err) == (2, True)


def test_what_is_remembered_may_be_spoilt_and_nothing_is_sent(run, along):
    (along / ".annotator" / "checkout.json").write_text("{", encoding="utf-8")
    refused = run("sync", at=along)
    assert (refused.status, "checkout.json cannot be read" in refused.err) == (3, True)


@pytest.mark.parametrize("days", ["0", "3", "15", "x"])
def test_days_have_bounds(run, days):
    refused = run("checkout", "--days", days, "--as", "noor")
    assert (refused.status, "--days" in refused.err) == (2, True)


def test_more_than_there_is_comes_to_all_there_is(run, along, workspace, tmp_path):
    absurd = str(10**30)
    taken = run("checkout", "--articles", absurd, "--to", tmp_path / "all", "--as", "noor", "--json")
    assert (taken.status, [one["article_id"] for one in taken.json["articles"]]) == (0, ["ar-1", "en-1"])
    assert run("sync", "--more", absurd, at=along).status == 0


@pytest.fixture
def noor(team: Team, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An annotator of a team, connected."""
    team.add("noor", "annotator")
    monkeypatch.setenv("ANNOTATOR_STORE", team.url("noor"))
    yield team.name("noor")


@pytest.mark.postgres
def test_an_annotator_of_a_team_takes_work_along_and_sends_it(run, team, noor, tmp_path, monkeypatch):
    monkeypatch.setenv("ANNOTATOR_STORE", team.keeper)
    assert run("assign", "--overlap", "1", at=team.root).status == 0
    monkeypatch.setenv("ANNOTATOR_STORE", team.url("noor"))
    assert run("checkout", "--to", tmp_path / "along", at=team.root).status == 0
    assert "horse" not in "".join(
        path.read_text(encoding="utf-8")
        for path in (tmp_path / "along").rglob("*.*")
        if path.suffix in (".json", ".toml")
    )
    monkeypatch.setenv("ANNOTATOR_STORE", "postgresql://nobody@127.0.0.1:9/none")
    decide(tmp_path / "along", noor)
    assert run("sync", at=tmp_path / "along").status == 3
    monkeypatch.setenv("ANNOTATOR_STORE", team.url("noor"))
    assert run("sync", "--json", at=tmp_path / "along").json["sent"] == 2
    with team.project("noor") as project:
        assert decided(project, noor) == 2


@pytest.mark.postgres
def test_who_was_put_out_of_the_team_keeps_the_work_and_is_told(run, team, noor, tmp_path):
    assert run("checkout", "en-1", "--to", tmp_path / "along", at=team.root).status == 0
    decide(tmp_path / "along", noor)
    with team.project(None) as project:
        remove(project.engine, noor)
    refused = run("sync", at=tmp_path / "along")
    assert (refused.status, "next time: 2." in refused.err) == (3, True)
    team.add("noor", "annotator")
    assert run("sync", at=tmp_path / "along").err.endswith("2 decisions sent.\n")


@pytest.mark.postgres
def test_another_s_login_sends_nothing(run, team, noor, tmp_path, monkeypatch):
    assert run("checkout", "en-1", "--to", tmp_path / "along", at=team.root).status == 0
    decide(tmp_path / "along", noor)
    team.add("sami", "annotator")
    monkeypatch.setenv("ANNOTATOR_STORE", team.url("sami"))
    refused = run("sync", at=tmp_path / "along")
    assert (refused.status, "this was checked out by" in refused.err) == (3, True)
