"""Agreement over a workspace: what counts is what people finished, in the text that is current."""

from typing import Any

from annotator.workflow.agreement_of import agreement_of, labelled
from annotator.workflow.labelling import adjudicating, labelling
from annotator.workflow.project import Project


def test_nobody_finished_anything(project: Project) -> None:
    assert agreement_of(project).people == ()


def test_what_two_finished_alike_is_agreed_and_what_is_not_finished_is_nowhere(work: Any, project: Project) -> None:
    work.label_all(project, "ann")
    work.label_all(project, "bea")
    work.label_all(project, "ann", "arabic")
    with labelling(project, "arabic", "bea"):
        pass
    found = agreement_of(project)
    assert found.people == ("a1", "a2")
    assert found.coverage.by_annotators == {1: 1, 2: 1}
    assert found.pairs[0].articles == 1
    assert found.pairs[0].exact.value == 1.0
    assert found.conflicts == 0


def test_an_article_says_when_each_finished_it_and_what_was_settled(work: Any, project: Project) -> None:
    work.label_all(project, "ann")
    work.label_all(project, "bea")
    (before,) = labelled(project)
    assert before.adjudicated is None
    with adjudicating(project, "english", "judge") as adjudication:
        adjudication.finish()
    (after,) = labelled(project)
    assert after.adjudicated is not None
    assert after.language == "en"
    assert 0 < after.finished_at["a1"] <= after.finished_at["a2"]
    (against, _) = agreement_of(project).against_settled
    assert {measure.figure.value for measure in against.figures} <= {1.0, None}


def test_an_article_opened_again_counts_no_more(work: Any, project: Project) -> None:
    work.label_all(project, "ann")
    work.label_all(project, "bea")
    with labelling(project, "english", "ann") as session:
        session.reopen()
    assert agreement_of(project).coverage.shared == 0
