"""Why gold says what it says is found in the log again, and only in the part of it that the record was made of."""

from typing import Any

import pytest

from annotator.adjudication.record import decisions_sha256
from annotator.gold.change import PlacedReason
from annotator.gold.release import Release
from annotator.store.log import decisions_on
from annotator.workflow import mention_edits
from annotator.workflow.adjudicating import Adjudication
from annotator.workflow.labelling import adjudicating, labelling
from annotator.workflow.project import Project
from annotator.workflow.reasons import reasons_of
from annotator.workflow.releasing import cut_release, plan_release


@pytest.fixture
def disputed(work: Any, project: Project) -> Project:
    """Two people who differ in one number."""
    work.label_all(project, "ann")
    with labelling(project, "english", "bea") as session:
        number = work.find(session, "number").mention.id
        for item in session.in_order():
            (mention_edits.reject if item.mention.id == number else mention_edits.confirm)(session, item)
        session.finish()
    return project


def settle(project: Project, why: Any, note: str) -> Release:
    """Settle the first of the disagreements with a reason, the others without, and release."""
    with adjudicating(project, "english", "judge") as adjudication:
        if adjudication.session.annotation.finished:
            adjudication.session.reopen()
        for one in adjudication.disagreements:
            adjudication.pick(one, one.answers[0])
        adjudication.explain(number_in(adjudication), why, 3, note)
        adjudication.finish()
    plan = plan_release(project)
    assert not plan.errors
    cut_release(project, plan)
    return plan.release


def number_in(adjudication: Adjudication) -> Any:
    return next(one for one in adjudication.disagreements if one.about.kind == "number")


def test_a_reason_is_told_where_it_was_given(disputed: Project) -> None:
    released = settle(disputed, "slip", "it counts the dead")
    (number, *_) = [one for one in released.records[0].mentions if one.kind == "number"]
    told = PlacedReason("number", number.span, "a slip (certain): it counts the dead")
    assert reasons_of(disputed, released.records) == {"english": (told,)}


def test_a_later_reason_is_none_of_an_earlier_record(disputed: Project) -> None:
    first = settle(disputed, "slip", "the first")
    with adjudicating(disputed, "english", "judge") as adjudication:
        adjudication.session.reopen()
        adjudication.explain(number_in(adjudication), "ambiguous", 1, "the second")
    assert [one.told for one in reasons_of(disputed, first.records)["english"]] == ["a slip (certain): the first"]
    person = first.records[0].provenance.adjudicator
    later = decisions_on(disputed.engine, person, "english", first.records[0].text_sha256)
    assert decisions_sha256(later) != first.records[0].provenance.decisions_sha256


def test_a_record_of_another_workspace_has_no_reasons_here(disputed: Project) -> None:
    released = settle(disputed, "slip", "the first")
    made = released.records[0].provenance.model_copy(update={"decisions_sha256": "0" * 64})
    elsewhere = released.records[0].model_copy(update={"provenance": made})
    assert reasons_of(disputed, [elsewhere]) == {}
