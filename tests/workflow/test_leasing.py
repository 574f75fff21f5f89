"""Assigned articles open for whoever has a slot of them, and for nobody else."""

import pytest
from sqlalchemy import text

from annotator.errors import Refusal
from annotator.store.engine import writing
from annotator.store.people import names
from annotator.store.tasks import tasks
from annotator.workflow.adjudicating import adjudicate
from annotator.workflow.assigning import Wish, carry_out, plan
from annotator.workflow.labelling import adjudicating, labelling
from annotator.workflow.leasing import next_article
from annotator.workflow.mention_edits import confirm
from annotator.workflow.project import open_project
from annotator.workflow.status import statuses


@pytest.fixture
def project(workspace):
    opened = open_project(workspace)
    yield opened
    opened.close()


def label(project, name, article_id="en-1"):
    with labelling(project, article_id, name) as session:
        for item in session.in_order():
            confirm(session, item)
        session.finish()
        return session.surplus


def held(project):
    return [(task.article_id, task.owner, task.state) for task in tasks(project.engine) if task.owner]


def run_out(project):
    with writing(project.engine) as connection:
        connection.execute(text("UPDATE task SET lease_until = 1 WHERE state = 'leased'"))


def assign(project, **wish):
    carry_out(project, plan(project, Wish(**wish)))


def test_without_assignments_everybody_opens_everything(project):
    assert not any(label(project, name) for name in ("noor", "miriam", "sami"))


def test_what_is_opened_is_leased_and_what_is_done_is_done(project):
    assign(project, overlap=1)
    with labelling(project, "en-1", "noor") as session:
        confirm(session, session.in_order()[0])
        assert held(project) == [("en-1", "a1", "leased")]
    assert held(project) == [("en-1", "a1", "leased")]
    label(project, "noor")
    assert held(project) == [("en-1", "a1", "done")]


def test_what_was_only_looked_at_is_free_again(project):
    assign(project, overlap=1)
    with labelling(project, "en-1", "noor"):
        assert held(project)
    assert held(project) == []
    assert names(project.engine) == {}


def test_an_article_that_others_have_is_refused(project):
    assign(project, overlap=1)
    label(project, "noor")
    with pytest.raises(Refusal, match="others have all of them") as refusal, labelling(project, "en-1", "miriam"):
        pass
    assert refusal.value.code == "label.not-assigned"
    assert names(project.engine) == {"a1": "noor"}


def test_an_article_that_is_kept_for_somebody_is_refused(project):
    assign(project, overlap=1, people=("noor",))
    with pytest.raises(Refusal, match="waits for somebody else"), labelling(project, "en-1", "miriam"):
        pass
    assert not label(project, "noor")


def test_work_under_a_lost_lease_is_kept_told_and_counts_for_nothing(project):
    assign(project, overlap=1, adjudicated=0)
    with labelling(project, "en-1", "noor") as session:
        confirm(session, session.in_order()[0])
    run_out(project)
    label(project, "miriam")
    assert label(project, "noor") is True
    [status] = [one for one in statuses(project) if one.article.article_id == "en-1"]
    assert (status.finished, status.overlap.wanted, status.ready) == (1, 1, True)
    assert [standing.finished for standing in status.labelling] == [True, True]
    assert [task.owner for task in tasks(project.engine, article_id="en-1")] == ["a2"]


def test_an_article_that_three_are_to_label_waits_for_the_third(project):
    assign(project, overlap=3)
    for name in ("noor", "miriam"):
        label(project, name)
    with pytest.raises(Refusal, match="finished by 2 of the 3 annotators"):
        adjudicate(project, "en-1", "lead")
    label(project, "sami")
    with adjudicating(project, "en-1", "lead"):
        pass


def test_a_lease_is_kept_up_while_keys_come(project, monkeypatch):
    from annotator.workflow import leasing

    monkeypatch.setattr(leasing, "_RENEWED", -1)
    assign(project, overlap=1)
    with labelling(project, "en-1", "noor") as session:
        run_out(project)
        confirm(session, session.in_order()[0])
        assert session.close()
        [task] = tasks(project.engine, owner="a1")
        assert task.lease_until is not None
        assert task.lease_until > 1


def test_the_next_article_is_leased_and_no_annotator_adjudicates_the_own(project):
    assign(project, overlap=1)
    first = next_article(project, "noor", "label")
    assert held(project) == [(first, "a1", "leased")]
    label(project, "noor", first)
    assert next_article(project, "noor", "adjudicate") is None
    assert next_article(project, "lead", "adjudicate") == first
