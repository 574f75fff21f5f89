"""What the next release holds follows from what was adjudicated, not from what annotators did behind its back."""

import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import Refusal
from annotator.gold.prose import pages_sha256
from annotator.store.workspace import open_workspace
from annotator.text.span import span
from annotator.workflow import mention_edits
from annotator.workflow.challenging import file_challenge
from annotator.workflow.importing import import_corpus
from annotator.workflow.labelling import adjudicating, labelling
from annotator.workflow.project import Project, open_project
from annotator.workflow.releasing import cut_release, plan_release
from annotator.workflow.session import Session


@pytest.fixture
def adjudicated(work: Any, project: Project) -> Project:
    """Two people agree on everything in one article, and a third has ended its adjudication."""
    return agreed_on(project, work, "english")


def agreed_on(project: Project, work: Any, article: str) -> Project:
    for name in ("ann", "bea"):
        work.label_all(project, name, article)
    with adjudicating(project, article, "judge") as adjudication:
        adjudication.finish()
    return project


def reject_all(session: Session) -> None:
    for item in session.in_order():
        mention_edits.reject(session, item)


def outdated(project: Project) -> list[str]:
    plan = plan_release(project)
    found = [problem.message for problem in plan.errors if problem.rule == "adjudication.outdated"]
    if found:
        with pytest.raises(Refusal, match=r"adjudication\.outdated"):
            cut_release(project, plan)
    return found


def test_what_was_adjudicated_is_released_as_it_was(adjudicated: Project) -> None:
    plan = plan_release(adjudicated)
    assert not plan.errors
    (record,) = plan.release.records
    assert record.mentions
    assert record.complete
    assert record.provenance.annotators == ("a1", "a2")
    assert cut_release(adjudicated, plan).endswith("1.0.0")


def test_another_schema_is_a_release_of_its_own_and_nothing_new_is_none(adjudicated: Project) -> None:
    cut_release(adjudicated, plan_release(adjudicated))
    with pytest.raises(Refusal, match=r"Nothing changed since 1\.0\.0"):
        plan_release(adjudicated)
    schema = adjudicated.workspace.guidelines_folder / "schema.toml"
    written = schema.read_text(encoding="utf-8")
    major = int(adjudicated.guidelines.schema.version.partition(".")[0])
    schema.write_text(written.replace(f'version = "{major}.', f'version = "{major + 1}.', 1), encoding="utf-8")
    plan = plan_release(Project(adjudicated.workspace, adjudicated.engine))
    assert plan.release.manifest.version == "2.0.0"


def test_a_schema_that_goes_back_is_not_released(adjudicated: Project) -> None:
    cut_release(adjudicated, plan_release(adjudicated))
    schema = adjudicated.workspace.guidelines_folder / "schema.toml"
    written = schema.read_text(encoding="utf-8")
    schema.write_text(written.replace('version = "1.0.0"', 'version = "0.9.0"'), encoding="utf-8")
    with closing(open_project(adjudicated.workspace.root)) as again:
        assert "schema.version" in [problem.rule for problem in plan_release(again).errors]


def test_an_article_that_an_annotator_opened_again_is_not_released(adjudicated: Project) -> None:
    with labelling(adjudicated, "english", "ann") as session:
        session.reopen()
    (message,) = outdated(adjudicated)
    assert "1 of 2 finished it" in message


def test_what_an_annotator_changed_afterwards_is_adjudicated_before_it_is_released(adjudicated: Project) -> None:
    with labelling(adjudicated, "english", "ann") as session:
        session.reopen()
        reject_all(session)
        session.finish()
    (message,) = outdated(adjudicated)
    assert "new disagreements came up" in message
    with adjudicating(adjudicated, "english", "judge") as adjudication:
        adjudication.session.reopen()
        for one in adjudication.unsettled():
            adjudication.pick(one, one.answer_of("a2"))
        adjudication.finish()
    assert outdated(adjudicated) == []
    (record,) = plan_release(adjudicated).release.records
    assert record.mentions


def test_a_third_annotator_who_comes_late_empties_no_record(adjudicated: Project) -> None:
    with labelling(adjudicated, "english", "cy") as session:
        reject_all(session)
        session.finish()
    assert len(outdated(adjudicated)) == 1


@pytest.fixture
def opened_again(work: Any, adjudicated: Project) -> Project:
    """Two articles are released, and then one of them is opened again."""
    agreed_on(adjudicated, work, "arabic")
    cut_release(adjudicated, plan_release(adjudicated))
    with adjudicating(adjudicated, "arabic", "judge") as adjudication:
        adjudication.session.reopen()
    return adjudicated


def test_a_released_article_that_is_open_again_does_not_go_unasked(opened_again: Project) -> None:
    plan = plan_release(opened_again)
    (error,) = plan.errors
    assert (error.rule, error.where) == ("release.removed", "arabic")
    with pytest.raises(Refusal, match=r"arabic.*--remove arabic"):
        cut_release(opened_again, plan)
    with adjudicating(opened_again, "arabic", "judge") as adjudication:
        adjudication.finish()
    assert plan_release(opened_again).release.manifest.version == "1.0.1"


def test_a_released_article_goes_on_purpose(opened_again: Project) -> None:
    plan = plan_release(opened_again, ["arabic"])
    assert not plan.errors
    assert plan.release.manifest.changes.removed == ("arabic",)
    assert cut_release(opened_again, plan).endswith("2.0.0")


def test_what_came_of_a_challenge_is_told_where_its_article_goes_by_it(opened_again: Project) -> None:
    gold = str(opened_again.workspace.gold / "1.0.0")
    filed = file_challenge(opened_again, gold, "arabic", span(0, 4), "It is no news.", "reader")
    with adjudicating(opened_again, "arabic", "judge") as adjudication:
        adjudication.answer(filed, "accepted", "True, so it goes.")
    manifest = plan_release(opened_again, ["arabic"]).release.manifest
    assert manifest.changes.removed == ("arabic",)
    assert [(one.id, one.outcome) for one in manifest.challenges] == [(filed.id, "accepted")]


@pytest.mark.parametrize("named", ["english", "nothing", ""])
def test_only_what_would_go_can_be_removed(named: str, opened_again: Project) -> None:
    with pytest.raises(Refusal, match="would not be removed") as refusal:
        plan_release(opened_again, ["arabic", named])
    assert refusal.value.code == "usage"


def test_a_released_article_whose_text_is_not_here_goes_with_a_warning(
    work: Any, opened_again: Project, tmp_path: Path, new_workspace: Any
) -> None:
    new_workspace(tmp_path / "other", work.write_corpus(tmp_path / "fewer", english=work.english))
    shutil.copytree(opened_again.workspace.gold, tmp_path / "other" / "gold", dirs_exist_ok=True)
    with closing(open_project(tmp_path / "other")) as other:
        import_corpus(other)
        plan = plan_release(agreed_on(other, work, "english"))
    assert not plan.errors
    assert [one.where for one in plan.problems if one.rule == "release.removed"] == ["arabic"]


def settled_with(project: Project, written: str) -> Project:
    """Give the project as it is opened with other settings."""
    (project.workspace.root / "annotator.toml").write_text(f'corpus = "seeds"\n{written}', encoding="utf-8")
    return Project(open_workspace(project.workspace.root), project.engine)


def test_the_manifest_says_how_the_release_was_made(adjudicated: Project) -> None:
    pages = adjudicated.workspace.guidelines_folder
    (pages / "CHANGELOG.md").write_text("# Changes\n\n## 1.3.0\n", encoding="utf-8")
    told = settled_with(adjudicated, '[release]\nmade_by = "By its maintainers."\nlimits = ["Few articles."]\n')
    manifest = plan_release(told).release.manifest
    assert (manifest.made_by, manifest.limits) == ("By its maintainers.", ("Few articles.",))
    assert manifest.guidelines_version == "1.3.0"
    assert manifest.pages_sha256 == pages_sha256({path.name: path.read_bytes() for path in pages.glob("*.md")})
    assert manifest.agreement is not None
    assert manifest.agreement.pairs[0].trigger_exact.value == 10_000


def test_another_limit_is_a_release_of_its_own_and_a_corrected_page_is_none(adjudicated: Project) -> None:
    cut_release(adjudicated, plan_release(adjudicated))
    (adjudicated.workspace.guidelines_folder / "numbers.md").write_text("# Numbers\n", encoding="utf-8")
    with pytest.raises(Refusal, match=r"Nothing changed since 1\.0\.0"):
        plan_release(adjudicated)
    told = settled_with(adjudicated, '[release]\nlimits = ["Few articles."]\n')
    manifest = plan_release(told).release.manifest
    assert manifest.version == "1.0.1"
    assert manifest.previous is not None
    assert manifest.previous.version == "1.0.0"


@pytest.mark.parametrize("written", ['[release]\nmadeby = "x"', "[release]\nmade_by = 1", '[release]\nlimits = "x"'])
def test_a_slip_in_what_a_release_says_is_refused_with_its_field(written: str, adjudicated: Project) -> None:
    with pytest.raises(Refusal, match=r"annotator\.toml.*release") as refusal:
        settled_with(adjudicated, written)
    assert refusal.value.code == "workspace.settings"
