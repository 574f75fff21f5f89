"""What `annotator agree` prints, for people and for programs."""

from pathlib import Path

from annotator.workflow import mention_edits
from annotator.workflow.labelling import labelling
from annotator.workflow.project import open_project


def label_all(workspace: Path, *names: str) -> None:
    project = open_project(workspace)
    for name in names:
        for article in ("en-1", "ar-1"):
            with labelling(project, article, name) as session:
                for item in session.in_order():
                    mention_edits.confirm(session, item)
                session.finish()
    project.close()


def test_without_an_audit_it_says_so_and_how_to_switch_it_on(run, workspace: Path):
    label_all(workspace, "miriam")
    outcome = run("agree")
    assert outcome.status == 0
    assert "there is nothing to compare (n/a)" in outcome.out
    assert "Nobody was audited" in outcome.err
    assert "[audit]" in outcome.err
    assert run("agree", "--json").json["audit"] == []


def test_a_line_for_each_annotator(run, workspace: Path):
    with (workspace / "annotator.toml").open("a", encoding="utf-8") as settings:
        settings.write("\n[audit]\nwithheld = 0.3\nplanted = 0.4\n")
    label_all(workspace, "miriam", "noor")
    found = run("agree", "--json").json["audit"]
    assert [one["person"] for one in found] == ["a1", "a2"]
    for one in found:
        planted, withheld = one["planted"], one["withheld"]
        assert one["articles"] == 2
        assert planted["shown"] == planted["settled"] == planted["accepted"] > 0
        assert planted["acceptance"] == 1
        assert planted["interval"][0] < 1
        assert withheld["total"] == withheld["right"] + withheld["wrong"] + withheld["not_judged"] > 0
    outcome = run("agree")
    heading, *lines = outcome.out.rpartition("\n\n")[2].splitlines()
    assert heading.split("  ")[0] == "annotator"
    assert [line.split()[0] for line in lines] == ["a1", "a2"]
    shown = found[0]["planted"]["shown"]
    assert f"{shown} of {shown}: 100%" in lines[0]
    assert "95% interval" in outcome.err
    assert max(map(len, outcome.out.splitlines())) <= 120


def test_how_far_two_agree_is_one_screen_and_one_page(run, workspace: Path, tmp_path: Path):
    label_all(workspace, "miriam", "noor")
    outcome = run("agree", "--html", tmp_path / "page.html")
    assert "2 annotators, 2 articles in common (ar 1, en 1)" in outcome.out
    assert "a1 a2" in outcome.out
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "a1" in page
    assert f"The page is in {tmp_path / 'page.html'}." in outcome.err
    assert run("agree", "--json").json["coverage"]["shared"] == 2


def test_no_folder_is_made_in_passing(run, workspace: Path, tmp_path: Path):
    outcome = run("agree", "--html", tmp_path / "nowhere" / "page.html")
    assert outcome.status == 3
    assert f"there is no folder {tmp_path / 'nowhere'}" in outcome.err
    assert not (tmp_path / "nowhere").exists()
