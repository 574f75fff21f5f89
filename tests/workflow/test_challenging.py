"""Challenging released gold: filed with a reason, answered on the record, told by the next release."""

import pytest

from annotator.errors import Refusal
from annotator.model.challenge import Challenge
from annotator.text.span import span
from annotator.workflow import mention_edits
from annotator.workflow.adjudicating import Adjudication
from annotator.workflow.challenging import challenged, file_challenge, withdraw
from annotator.workflow.labelling import adjudicating, labelling
from annotator.workflow.log_exchange import export_decisions
from annotator.workflow.project import Project
from annotator.workflow.releasing import cut_release, plan_release
from annotator.workflow.status import statuses

REASON = "Nobody was killed there."


@pytest.fixture
def released(project: Project) -> str:
    """A release of `english`, on which two people agreed."""
    for name in ("ann", "bob"):
        with labelling(project, "english", name) as session:
            for item in session.in_order():
                mention_edits.confirm(session, item)
            session.finish()
    with adjudicating(project, "english", "judge") as adjudication:
        adjudication.finish()
    return cut_release(project, plan_release(project))


@pytest.fixture
def filed(project: Project, released: str) -> Challenge:
    return file_challenge(project, released, "eng", span(0, 4), f" {REASON}\n", "reader")


def reject_first(adjudication: Adjudication) -> None:
    mention_edits.reject(adjudication.session, adjudication.session.in_order()[0])


def test_it_says_which_release_which_words_and_why_under_a_pseudonym(project: Project, filed: Challenge) -> None:
    assert (filed.gold, filed.article_id, filed.reason, filed.filed_by) == ("1.0.0", "english", REASON, "c1")
    (waiting,) = challenged(project)
    assert (waiting.challenge, waiting.answer) == (filed, None)
    assert {one.article.article_id: one.state for one in statuses(project)}["english"] == "challenged"


@pytest.mark.parametrize(
    ("article", "place", "reason", "said"),
    [
        ("nothing", (0, 4), REASON, "has no article 'nothing'"),
        ("english", (0, 99_999), REASON, "There is no stretch 0-99999"),
        ("english", (4, 4), REASON, "There is no stretch 4-4"),
        ("english", (0, 4), "  ", "says what is wrong"),
    ],
)
def test_what_cannot_be_challenged_is_refused_in_words(
    project: Project, released: str, article: str, place: tuple[int, int], reason: str, said: str
) -> None:
    with pytest.raises(Refusal, match=said):
        file_challenge(project, released, article, span(*place), reason, "reader")
    assert challenged(project) == []


def test_a_declined_one_leaves_gold_as_it_is_and_the_next_release_says_why(project: Project, filed: Challenge) -> None:
    with adjudicating(project, "english", "judge") as adjudication:
        (waiting,) = adjudication.challenges()
        adjudication.answer(waiting, "declined", "The title says so.")
        assert adjudication.session.annotation.finished
        assert adjudication.challenges() == []
    assert challenged(project)[0].answered_by == "j1"
    manifest = plan_release(project).release.manifest
    (told,) = manifest.challenges
    assert (told.id, told.outcome, told.reason, told.why) == (filed.id, "declined", REASON, "The title says so.")
    assert manifest.version == "1.0.1"


def test_an_accepted_one_opens_the_article_and_its_outcome_is_told_once(project: Project, filed: Challenge) -> None:
    with adjudicating(project, "english", "judge") as adjudication:
        adjudication.answer(filed, "accepted", "True.")
        assert not adjudication.session.annotation.finished
        reject_first(adjudication)
        adjudication.finish()
    plan = plan_release(project)
    assert (plan.release.manifest.version, plan.release.manifest.challenges[0].outcome) == ("2.0.0", "accepted")
    cut_release(project, plan)
    with adjudicating(project, "english", "judge") as adjudication:
        adjudication.session.reopen()
        reject_first(adjudication)
        adjudication.finish()
    assert plan_release(project).release.manifest.challenges == ()


def test_one_that_waits_is_a_warning_at_the_next_release(project: Project, filed: Challenge) -> None:
    with adjudicating(project, "english", "judge") as adjudication:
        adjudication.session.reopen()
        reject_first(adjudication)
        adjudication.finish()
    plan = plan_release(project)
    assert "adjudication.challenged" in [one.rule for one in plan.problems if one.level == "warning"]
    assert plan.release.manifest.challenges == ()


def test_an_answer_is_taken_back_by_one_undo_and_when_the_program_ended_before_anything_was_mended(
    project: Project, filed: Challenge
) -> None:
    with adjudicating(project, "english", "judge") as adjudication:
        adjudication.answer(filed, "accepted", "True.")
        adjudication.session.undo()
        assert adjudication.session.annotation.finished
        assert adjudication.challenges() == [filed]
        adjudication.answer(filed, "accepted", "True.")
    with adjudicating(project, "english", "judge") as adjudication:
        assert adjudication.session.annotation.finished
        assert adjudication.challenges() == [filed]


def test_a_withdrawn_one_asks_nobody_for_anything(project: Project, filed: Challenge) -> None:
    assert withdraw(project, filed.id[:8], "reader").withdrawn_at is not None
    assert [one.state for one in challenged(project)] == ["withdrawn"]
    assert {one.article.article_id: one.state for one in statuses(project)}["english"] != "challenged"
    with adjudicating(project, "english", "judge") as adjudication:
        assert adjudication.challenges() == []
    assert export_decisions(project).losses == ()


def test_one_that_was_answered_is_not_withdrawn(project: Project, filed: Challenge) -> None:
    with adjudicating(project, "english", "judge") as adjudication:
        adjudication.answer(filed, "declined", "It is said.")
    with pytest.raises(Refusal, match=f"{filed.id} does not wait any more: declined"):
        withdraw(project, filed.id, "reader")
