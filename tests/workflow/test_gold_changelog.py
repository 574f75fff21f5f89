"""Every release has its entry in the changelog; one that a killed program left without is mended by the next."""

from typing import Any

import pytest

from annotator.errors import Refusal
from annotator.store.workspace import open_workspace
from annotator.workflow import releasing
from annotator.workflow.checking import check_workspace
from annotator.workflow.gold_changelog import without_entry, write_missing_entries
from annotator.workflow.labelling import adjudicating
from annotator.workflow.project import Project
from annotator.workflow.releasing import cut_release, plan_release


@pytest.fixture
def adjudicated(work: Any, project: Project) -> Project:
    for name in ("ann", "bea"):
        work.label_all(project, name)
    with adjudicating(project, "english", "judge") as adjudication:
        adjudication.finish()
    return project


def with_limit(project: Project, limit: str) -> Project:
    written = f'corpus = "seeds"\n[release]\nlimits = ["{limit}"]\n'
    (project.workspace.root / "annotator.toml").write_text(written, encoding="utf-8")
    return Project(open_workspace(project.workspace.root), project.engine)


def headings(project: Project) -> list[str]:
    written = (project.workspace.gold / "CHANGELOG.md").read_text(encoding="utf-8")
    return [line for line in written.splitlines() if line.startswith("#") and not line.startswith("###")]


def warnings(project: Project) -> list[str]:
    return [problem.where for problem in check_workspace(project) if problem.rule == "gold.changelog"]


def killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_the_newest_release_stands_on_top(adjudicated: Project) -> None:
    cut_release(adjudicated, plan_release(adjudicated))
    assert headings(adjudicated) == ["# Changes of the gold", "## 1.0.0"]
    later = with_limit(adjudicated, "Few articles.")
    cut_release(later, plan_release(later))
    assert headings(later) == ["# Changes of the gold", "## 1.0.1", "## 1.0.0"]
    assert warnings(later) == []


def test_a_release_without_an_entry_is_told_and_mended_by_the_next(
    adjudicated: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(releasing, "write_missing_entries", killed)
        with pytest.raises(KeyboardInterrupt):
            cut_release(adjudicated, plan_release(adjudicated))
    assert [path.name for path in without_entry(adjudicated.workspace.gold)] == ["1.0.0"]
    assert warnings(adjudicated) == ["1.0.0"]
    later = with_limit(adjudicated, "Few articles.")
    cut_release(later, plan_release(later))
    assert headings(later) == ["# Changes of the gold", "## 1.0.1", "## 1.0.0"]


def test_what_stood_in_the_changelog_stays(adjudicated: Project) -> None:
    changelog = adjudicated.workspace.gold / "CHANGELOG.md"
    changelog.write_text("# Ours\n\nWords of our own.\n", encoding="utf-8")
    cut_release(adjudicated, plan_release(adjudicated))
    assert changelog.read_text(encoding="utf-8").startswith("# Ours\n\nWords of our own.\n\n## 1.0.0\n")


def test_a_changelog_that_cannot_be_written_is_told_with_the_release(adjudicated: Project) -> None:
    (adjudicated.workspace.gold / "CHANGELOG.md").write_bytes(b"\xff\xfe")
    with pytest.raises(Refusal, match=r"1\.0\.0 is released, but its entry in the changelog is not written"):
        cut_release(adjudicated, plan_release(adjudicated))
    assert (adjudicated.workspace.gold / "1.0.0" / "manifest.json").exists()


def test_no_entry_is_written_of_a_release_that_does_not_verify_nor_of_the_one_behind_it(adjudicated: Project) -> None:
    gold = adjudicated.workspace.gold
    for limit in ("Few.", "Very few.", "Hardly any."):
        project = with_limit(adjudicated, limit)
        cut_release(project, plan_release(project))
    (gold / "CHANGELOG.md").unlink()
    (gold / "1.0.0" / "gold.jsonl").chmod(0o644)
    (gold / "1.0.0" / "gold.jsonl").write_bytes(b"{}\n")
    write_missing_entries(adjudicated)
    assert headings(adjudicated) == ["# Changes of the gold", "## 1.0.2"]
    assert warnings(adjudicated) == ["1.0.0", "1.0.1"]
