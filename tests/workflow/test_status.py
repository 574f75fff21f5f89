from collections.abc import Sequence
from typing import Any

import pytest

from annotator.errors import Refusal
from annotator.model.article import Metadata
from annotator.store.articles import StoredArticle
from annotator.store.log import Standing, count_finished
from annotator.workflow import mention_edits
from annotator.workflow.labelling import adjudicating, labelling
from annotator.workflow.project import Project
from annotator.workflow.status import ArticleStatus, next_for, statuses


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


Work = Sequence[Standing]


def begun(person: str, **said: Any) -> Standing:
    return Standing(person, "", "", **({"decisions": 1, "untouched": 3, "finished": False, "cursor": 0} | said))


def done(person: str) -> Standing:
    return begun(person, finished=True)


def article(
    article_id: str, labelling: Sequence[Standing] = (), adjudicating: Sequence[Standing] = ()
) -> ArticleStatus:
    stored = StoredArticle(article_id, "", 1, Metadata(language="en"), "", 5)
    return ArticleStatus(stored, tuple(labelling), tuple(adjudicating), ())


@pytest.mark.parametrize(
    ("labelling", "adjudicating", "waits"),
    [
        ((), (), True),
        ((begun("a1"),), (), True),
        ((done("a1"),), (), False),
        ((begun("a1", skipped=True),), (), False),
        ((done("a2"),), (), True),
        ((done("a2"), done("a3")), (), False),
        ((begun("a1"), done("a2"), done("a3")), (), True),
        ((done("a2"), begun("a3", skipped=True)), (), True),
        ((done("a2"),), (begun("j1"),), False),
    ],
)
def test_what_waits_for_an_annotator_is_begun_or_wanted(labelling: Any, adjudicating: Any, waits: bool) -> None:
    found = [article("b", labelling, adjudicating)]
    assert next_for(found, "a1", "a") == ("b" if waits else None)


def test_the_next_article_is_the_one_behind_and_then_from_the_beginning() -> None:
    found = [article(name) for name in "abcd"]
    assert [next_for(found, "a1", after) for after in "abcd"] == ["b", "c", "d", "a"]
    assert next_for([article("a"), article("b", [done("a1")])], "a1", "a") is None


def test_progress_counts_what_a_person_marked_done(work: Any, project: Project) -> None:
    work.label_all(project, "ann")
    with labelling(project, "arabic", "ann") as session:
        mention_edits.confirm(session, session.in_order()[0])
        assert count_finished(project.engine, session.person) == 1
    assert count_finished(project.engine, "a9") == 0
