"""What a new schema splits is asked of the person from whose hand gold comes, and blocks a release until it is said."""

from collections.abc import Callable
from typing import Any

import pytest

from annotator.errors import Refusal
from annotator.model.migration import read_migrations
from annotator.workflow.answering import Asked, Waiting
from annotator.workflow.checking import check_workspace
from annotator.workflow.labelling import adjudicating, labelling
from annotator.workflow.mention_edits import reject, relabel
from annotator.workflow.migrating import migrate
from annotator.workflow.project import Project
from annotator.workflow.releasing import cut_release, plan_release
from annotator.workflow.status import statuses
from tests.new_schema import SPLIT, split_names


def split(project: Project) -> Project:
    """Give the workspace a schema in which names are split; give it as it is opened then."""
    split_names(project.workspace.guidelines_folder)
    return Project(project.workspace, project.engine)


def label(work: Any, project: Project, name: str) -> None:
    def struck(session: Any) -> None:
        event = work.event_of(session)
        relabel(session, session.items[event.triggers[0]], "strike.air")
        work.attach(session, work.event_of(session), "target", work.find(session, "actor"))
        reject(session, work.find(session, "place"), "generic")

    work.label_all(project, name, then=struck)


@pytest.fixture
def labelled(work: Any, project: Project) -> Project:
    label(work, project, "ann")
    label(work, project, "bea")
    return project


def answer_all(session: Any, choose: Callable[[Any], str]) -> list[str]:
    """Answer all that is asked, and give what it was."""
    asked, said = Asked(session), []
    while asked.left:
        question = asked.left[0]
        said.append(f"{question.sort} {question.old}")
        asked.answer(question, choose(question))
    return said


def first(question: Any) -> str:
    return next(iter(question.split.answers.values()))


def test_each_label_is_asked_about_once_in_reading_order_and_the_article_stays_done(labelled):
    finer = split(labelled)
    moved, _ = migrate(finer)
    assert {(one.person, one.questions > 0) for one in moved} == {("a1", True), ("a2", True)}
    with labelling(finer, "english", "ann") as session:
        said = answer_all(session, first)
        assert set(said) == {"types strike.air", "roles target", "units persons", "rejection_reasons generic"}
        assert session.annotation.finished
        (event,) = session.annotation.live_events().values()
        assert event.type == "strike.manned"
        assert session.annotation.settled[event.triggers[0]].mention.label == "strike.manned"
        assert [held.role for held in event.arguments] == ["target_hit"]
        assert "other" in {item.reason for item in session.annotation.settled.values()}
    assert {person for _, person in Waiting(finer).count(statuses(finer))} == {"a2"}


def test_an_answer_is_a_decision_of_its_own_and_undone_as_such(labelled):
    finer = split(labelled)
    migrate(finer)
    with labelling(finer, "english", "ann") as session:
        asked = Asked(session)
        before = list(asked.left)
        asked.answer(before[0], first(before[0]))
        assert len(asked.left) == len(before) - 1
        assert session.history.effective[-1].migration is None
        assert session.undo()
        assert asked.left == before


def test_what_the_adjudicator_began_the_adjudicator_answers_and_a_release_waits_for_it(labelled):
    with adjudicating(labelled, "english", "judge") as judged:
        judged.finish()
    cut_release(labelled, plan_release(labelled))
    finer = split(labelled)
    migrate(finer)
    assert {person for _, person in Waiting(finer).count(statuses(finer))} == {"j1"}
    with labelling(finer, "english", "ann") as session:
        assert Asked(session).left == []
    plan = plan_release(finer)
    (waiting,) = [problem for problem in plan.errors if problem.rule == "migration.unanswered"]
    assert waiting.where == "english"
    assert "question" in waiting.message
    with pytest.raises(Refusal, match=r"migration\.unanswered"):
        cut_release(finer, plan)
    assert "migration.unanswered" in {problem.rule for problem in check_workspace(finer)}
    with adjudicating(finer, "english", "judge") as judged:
        answer_all(judged.session, lambda question: list(question.split.answers.values())[-1])
    plan = plan_release(finer)
    assert not plan.errors
    (record,) = plan.release.records
    assert [event.type for event in record.events] == ["strike.drone"]
    assert {held.role for event in record.events for held in event.arguments} == {"target_aimed_at"}
    assert plan.release.manifest.version == "2.0.0"
    assert Waiting(finer).count(statuses(finer)) == {}


def test_a_rejected_trigger_loses_the_type_that_was_split_and_nobody_is_asked(work, project):
    def refused(session: Any) -> None:
        reject(session, next(item for item in session.in_order() if item.mention.label == "strike.air"))

    for name in ("ann", "bea"):
        work.label_all(project, name, then=refused)
    finer = split(project)
    migrate(finer)
    with labelling(finer, "english", "ann") as session:
        rejected = [item.mention for item in session.annotation.settled.values() if item.disposition == "rejected"]
        assert [mention.label for mention in rejected if mention.kind == "trigger"] == [None]


def test_a_later_migration_goes_on_from_an_answer():
    later = 'from = "2.0.0"\nto = "3.0.0"\nwhy = "."\n[rename.types]\n"strike.manned" = "strike.piloted"\n'
    files = {"migrations/a.toml": later.encode(), "migrations/b.toml": SPLIT.encode()}
    names = [migration.name for migration, _ in read_migrations(files)]
    assert names == ["b", "a"], "by their versions, not by their names"


def test_what_was_counted_is_counted_again_once_somebody_answers(labelled):
    finer = split(labelled)
    migrate(finer)
    waiting = Waiting(finer)
    before = waiting.count(statuses(finer))
    assert waiting.count(statuses(finer)) == before
    with labelling(finer, "english", "ann") as session:
        asked = Asked(session)
        asked.answer(asked.left[0], first(asked.left[0]))
    after = waiting.count(statuses(finer))
    assert after["english", "a1"] == before["english", "a1"] - 1
    assert after["english", "a2"] == before["english", "a2"]
