"""An event is not asked about once its mentions are settled so that all answers come to the same."""

from collections.abc import Iterator
from typing import Any

import pytest

from annotator.workflow import event_edits, mention_edits
from annotator.workflow.adjudicating import Adjudication
from annotator.workflow.labelling import adjudicating, labelling
from annotator.workflow.project import Project
from annotator.workflow.releasing import plan_release
from annotator.workflow.session import Session


@pytest.fixture
def differing(work: Any, project: Project) -> Project:
    """One of two people has a number in an event that the other rejected; another number both value differently."""

    def first(session: Session) -> None:
        event_edits.attach(session, work.event_of(session), "killed", work.find(session, "number"))

    def second(session: Session) -> None:
        mention_edits.reject(session, work.find(session, "number"))

    work.label_all(project, "ann", then=first)
    work.label_all(project, "bea", then=second)
    return project


@pytest.fixture
def adjudication(differing: Project) -> Iterator[Adjudication]:
    with adjudicating(differing, "english", "judge") as adjudication:
        yield adjudication


def parts(adjudication: Adjudication) -> tuple[Any, Any]:
    number, event = adjudication.disagreements
    assert (number.what, event.what) == ("mention", "event")
    return number, event


def test_an_event_follows_when_what_it_differs_in_stands_no_longer(adjudication: Adjudication) -> None:
    number, event = parts(adjudication)
    adjudication.pick(number, number.answer_of("a2"))
    assert adjudication.unsettled() == []
    assert adjudication.ruling_on(event).follows
    assert adjudication.ruling_on(number).follows is None
    assert adjudication.state(event) == "settled"
    held = adjudication.session.annotation.live_events()[event.id]
    assert [argument.role for argument in held.arguments] == []
    adjudication.finish()


def test_it_is_asked_where_the_difference_stands(adjudication: Adjudication) -> None:
    number, event = parts(adjudication)
    adjudication.pick(number, number.answer_of("a1"))
    assert adjudication.unsettled() == [event]
    assert adjudication.ruling_on(event) is None


def test_both_are_undone_in_one_step(adjudication: Adjudication) -> None:
    number, event = parts(adjudication)
    before = adjudication.session.annotation
    adjudication.none(number)
    assert adjudication.is_settled(event)
    adjudication.session.undo()
    assert adjudication.session.annotation == before
    assert adjudication.unsettled() == [number, event]


def test_it_is_asked_again_when_the_mention_is_settled_otherwise(adjudication: Adjudication) -> None:
    number, event = parts(adjudication)
    adjudication.pick(number, number.answer_of("a2"))
    adjudication.pick(number, number.answer_of("a1"))
    assert adjudication.unsettled() == [event]
    (slot,) = event.slots
    adjudication.pick_slot(event, slot, slot.answers[0])
    assert adjudication.unsettled() == []


def test_it_is_not_released_unasked_once_an_annotator_makes_it_differ(work: Any, differing: Project) -> None:
    with adjudicating(differing, "english", "judge") as first:
        number, event = parts(first)
        first.pick(number, number.answer_of("a2"))
        first.finish()
    assert not plan_release(differing).errors
    with labelling(differing, "english", "ann") as session:
        session.reopen()
        event_edits.toggle_background(session, work.event_of(session))
        session.finish()
    (error,) = plan_release(differing).errors
    assert error.rule == "adjudication.outdated"
    assert "1 new disagreement" in error.message
    with adjudicating(differing, "english", "judge") as again:
        assert [one.id for one in again.unsettled()] == [event.id]


def test_an_answer_that_somebody_chose_never_comes_undone(adjudication: Adjudication) -> None:
    number, event = parts(adjudication)
    adjudication.pick(event, event.answer_of("a1"))
    adjudication.pick(number, number.answer_of("a2"))
    adjudication.pick(number, number.answer_of("a1"))
    assert adjudication.ruling_on(event).follows is None
    assert adjudication.unsettled() == []


def test_an_event_without_a_trigger_left_is_gone_for_everybody(work: Any, project: Project) -> None:
    def second(session: Session) -> None:
        event_edits.remove_event(session, work.event_of(session))
        mention_edits.reject(session, work.find(session, "trigger"))

    work.label_all(project, "ann")
    work.label_all(project, "bea", then=second)
    with adjudicating(project, "english", "judge") as adjudication:
        trigger, event = parts(adjudication)
        adjudication.pick(trigger, trigger.answer_of("a2"))
        assert adjudication.is_settled(event)
        assert event.id not in adjudication.session.annotation.live_events()


def test_whoever_wants_to_be_asked_all_is_asked(differing: Project) -> None:
    settings = differing.workspace.root / "annotator.toml"
    settings.write_text(settings.read_text("utf-8") + "[adjudication]\nunanimous = false\n", encoding="utf-8")
    from annotator.workflow.project import open_project

    project = open_project(differing.workspace.root)
    with adjudicating(project, "english", "judge") as adjudication:
        number = next(one for one in adjudication.disagreements if "missing" in one.differences)
        adjudication.pick(number, number.answer_of("a2"))
        event = next(one for one in adjudication.disagreements if one.what == "event")
        assert event in adjudication.unsettled()
    project.close()
