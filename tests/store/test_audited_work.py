"""Two annotators at two machines, audited over one store: on a server as in a file."""

from pathlib import Path

import pytest

from annotator.store.articles import get_article
from annotator.store.audits import audits_of
from annotator.workflow import mention_edits
from annotator.workflow.agreeing import audit_of_annotators
from annotator.workflow.importing import import_corpus
from annotator.workflow.labelling import adjudicating, labelling
from annotator.workflow.project import open_project
from annotator.workflow.releasing import plan_release


def test_two_annotators_are_audited_and_gold_is_clean(
    url: str, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANNOTATOR_STORE", url)
    (workspace / "annotator.toml").write_text("[audit]\nwithheld = 0.3\nplanted = 0.4\n", encoding="utf-8")
    for name in ("miriam", "noor"):
        machine = open_project(workspace)
        import_corpus(machine)
        with labelling(machine, "en-1", name) as session:
            shown = list(session.suggestions.candidates)
            for item in session.in_order()[:3]:
                mention_edits.confirm(session, item)
        with labelling(machine, "en-1", name) as session:
            assert list(session.suggestions.candidates) == shown
            for item in session.in_order()[3:]:
                mention_edits.confirm(session, item)
            session.finish()
        machine.close()
    project = open_project(workspace)
    audits = audits_of(project.engine, get_article(project.engine, "en-1"))
    assert sorted(audits) == ["a1", "a2"]
    assert audits["a1"] != audits["a2"]
    rows = audit_of_annotators(project)
    assert [(row.person, row.accepted.hits) for row in rows] == [
        (who, len(audit.planted)) for who, audit in audits.items()
    ]
    with adjudicating(project, "en-1", "lead") as adjudication:
        for one in adjudication.disagreements:
            adjudication.none(one)
        for one in adjudication.unexplained():
            adjudication.explain(one, "slip", 3)
        adjudication.finish()
    planted = {one.id for audit in audits.values() for one in audit.planted}
    (record,) = plan_release(project).release.records
    assert not planted & {f"{one.kind}:{one.start}-{one.end}" for one in record.mentions}
    project.close()
