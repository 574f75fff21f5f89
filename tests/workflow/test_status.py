from typing import Any

import pytest

from annotator.errors import Refusal
from annotator.workflow import mention_edits
from annotator.workflow.labelling import adjudicating, labelling
from annotator.workflow.project import Project
from annotator.workflow.status import ArticleStatus, statuses


def english(project: Project) -> ArticleStatus:
    return next(one for one in statuses(project) if one.article.article_id == "english")


def test_an_article_goes_from_new_to_adjudicated(work: Any, project: Project) -> None:
    states = [english(project).state]
    with labelling(project, "english", "ann") as session:
        session.cursor = 5
    states.append(english(project).state)
    with labelling(project, "english", "ann") as session:
        mention_edits.confirm(session, session.in_order()[0])
    states.append(english(project).state)
    work.label_all(project, "ann")
    states.append(english(project).state)
    work.label_all(project, "bea")
    states.append(english(project).state)
    with adjudicating(project, "english", "judge") as adjudication:
        adjudication.finish()
        adjudication.session.reopen()
    states.append(english(project).state)
    with adjudicating(project, "english", "judge") as adjudication:
        adjudication.finish()
    states.append(english(project).state)
    assert states == [
        "new", "new", "labelled by 0 of 2", "labelled by 1 of 2", "to adjudicate", "in adjudication", "adjudicated",
    ]  # fmt: skip
    assert [one.state for one in statuses(project)] == ["new", "adjudicated"]


def test_how_far_each_is_can_be_asked(work: Any, project: Project) -> None:
    work.label_all(project, "ann")
    with labelling(project, "english", "bea") as session:
        mention_edits.confirm(session, session.in_order()[0])
    now = english(project)
    ann, bea = now.of("a1"), now.of("a2")
    assert ann is not None
    assert bea is not None
    assert (ann.finished, ann.untouched) == (True, 0)
    assert (bea.finished, bea.untouched, bea.decisions) == (False, now.article.candidates - 1, 1)
    assert (now.of("a3"), now.of(None), now.ready) == (None, None, False)


def test_one_window_of_a_person_on_an_article_at_a_time(project: Project) -> None:
    with labelling(project, "english", "ann"):
        with pytest.raises(Refusal) as raised, labelling(project, "english", "ann"):
            pass
        assert raised.value.code == "label.open-elsewhere"
        with labelling(project, "english", "bea"), labelling(project, "arabic", "ann"):
            pass
    with labelling(project, "english", "ann"):
        pass
