"""Saying which events tell one happening: inside an article, and across the articles of one person."""

from collections.abc import Iterator
from typing import Any

import pytest

from annotator.errors import Refusal
from annotator.matching.hubs import hub_called
from annotator.model.decision import SetEvent
from annotator.model.event import Event
from annotator.store.articles import get_article
from annotator.store.log import decisions_on, standing_of
from annotator.workflow import linking, mention_edits
from annotator.workflow.checking import check_workspace
from annotator.workflow.event_edits import make_event, remove_event
from annotator.workflow.importing import import_corpus
from annotator.workflow.labelling import adjudicating, labelling
from annotator.workflow.linking import here, same_happening, tell_apart, tell_as_same
from annotator.workflow.project import Project
from annotator.workflow.releasing import plan_release
from annotator.workflow.session import Session
from annotator.workflow.tellings import Elsewhere, Telling


@pytest.fixture
def three(work: Any, session: Session) -> list[str]:
    return [make_event(session, work.find(session, "trigger", number)) for number in (2, 0, 1)]


def hubs(session: Session) -> list[str | None]:
    return [event.hub for event in session.annotation.live_events().values()]


def test_events_that_tell_the_same_share_a_hub_by_one_decision(session: Session, three: list[str]) -> None:
    first, second, third = session.annotation.live_events().values()
    count = len(session.history.effective)
    tell_as_same(session, second, here(session, first))
    assert len(session.history.effective) == count + 1
    assert hubs(session) == [hubs(session)[0]] * 2 + [None]
    assert hubs(session)[0] is not None
    session.undo()
    assert hubs(session) == [None, None, None]
    assert third.hub is None


def test_a_hub_is_called_the_same_whoever_links_in_whatever_order(session: Session, three: list[str]) -> None:
    names = set()
    for order in ((0, 1, 2), (2, 1, 0), (1, 2, 0)):
        for one, other in ((order[0], order[1]), (order[2], order[0])):
            events = list(session.annotation.live_events().values())
            tell_as_same(session, events[one], here(session, events[other]))
        names.add(tuple(hubs(session)))
        session.undo()
        session.undo()
    assert len(names) == 1
    assert len(set(names.pop())) == 1


def test_events_that_tell_the_same_already_are_not_linked_again(session: Session, three: list[str]) -> None:
    first, second, _ = session.annotation.live_events().values()
    tell_as_same(session, first, here(session, second))
    linked, other, _ = session.annotation.live_events().values()
    with pytest.raises(Refusal, match="the same already"):
        tell_as_same(session, linked, here(session, other))


def test_a_link_is_taken_away_from_one_and_the_others_keep_theirs(session: Session, three: list[str]) -> None:
    tell_as_same(session, events(session)[0], here(session, events(session)[1]))
    tell_as_same(session, events(session)[1], here(session, events(session)[2]))
    tell_apart(session, events(session)[0])
    assert hubs(session)[0] is None
    assert hubs(session)[1] == hubs(session)[2] is not None
    assert same_happening(session, events(session)[1]) == [events(session)[2]]
    tell_apart(session, events(session)[1])
    assert hubs(session) == [None, None, None], "a hub of one event says nothing"
    with pytest.raises(Refusal, match="linked to no other"):
        tell_apart(session, events(session)[1])


# Across articles


def events(session: Session) -> list[Event]:
    return list(session.annotation.live_events().values())


def elsewhere(session: Session) -> list[Telling]:
    found = Elsewhere(session)
    found.look()
    assert found.read_on(60)
    return found.likeliest_first(events(session)[0])


def hub_in(project: Project, article_id: str, name: str = "ann") -> list[str | None]:
    with labelling(project, article_id, name) as session:
        return hubs(session)


def log(project: Project, article_id: str, person: str = "a1") -> list[Any]:
    return decisions_on(project.engine, person, article_id, get_article(project.engine, article_id).text_sha256)


@pytest.fixture
def both(work: Any, project: Project) -> Iterator[Session]:
    """One event in the article that comes first by its id, and the second article open, with two events."""
    with labelling(project, "arabic", "ann") as session:
        make_event(session, work.find(session, "trigger"))
    with labelling(project, "english", "ann") as session:
        make_event(session, work.find(session, "trigger"))
        make_event(session, work.find(session, "trigger", 1))
        yield session


def test_a_link_across_articles_is_kept_in_both_under_the_name_of_the_first_telling(
    project: Project, both: Session
) -> None:
    (other,) = elsewhere(both)
    count = len(both.history.effective)
    decided = tell_as_same(both, events(both)[1], other)
    name = hub_called("arabic", other.trigger.span)
    assert (hubs(both), len(both.history.effective)) == ([None, name], count + 1)
    assert hub_in(project, "arabic") == [name]
    assert [(one.article_id, one.decision) for one in decided] == [("arabic", log(project, "arabic")[-1].id)]


@pytest.fixture
def left(project: Project, work: Any) -> None:
    """One event in each article, and none of them open."""
    for article_id in ("arabic", "english"):
        with labelling(project, article_id, "ann") as session:
            make_event(session, work.find(session, "trigger"))


def test_it_is_called_so_from_whichever_article_it_was_linked(project: Project, left: None) -> None:
    with labelling(project, "arabic", "ann") as session:
        place = here(session, events(session)[0]).trigger.span
        (first,) = elsewhere(session)
        tell_as_same(session, events(session)[0], first)
        assert hubs(session) == [hub_called("arabic", place)]


def test_what_was_linked_to_either_comes_along_and_keeps_its_link_when_one_goes(
    project: Project, both: Session
) -> None:
    own = hub_called("english", here(both, events(both)[0]).trigger.span)
    tell_as_same(both, events(both)[0], here(both, events(both)[1]))
    assert hubs(both) == [own, own]
    (other,) = elsewhere(both)
    tell_as_same(both, events(both)[1], other)
    name = hub_called("arabic", other.trigger.span)
    assert [*hubs(both), *hub_in(project, "arabic")] == [name] * 3
    with pytest.raises(Refusal, match="the same already"):
        tell_as_same(both, events(both)[0], elsewhere(both)[0])
    tell_apart(both, events(both)[0])
    assert [*hubs(both), *hub_in(project, "arabic")] == [None, name, name]
    tell_apart(both, events(both)[1])
    assert [*hubs(both), *hub_in(project, "arabic")] == [None] * 3, "a hub of one event says nothing"


def test_when_the_first_telling_goes_the_others_are_called_after_the_next(
    work: Any, project: Project, left: None
) -> None:
    with labelling(project, "english", "ann") as session:
        make_event(session, work.find(session, "trigger", 1))
        for number in (0, 1):
            tell_as_same(session, events(session)[number], elsewhere(session)[0])
        own = hub_called("english", here(session, events(session)[0]).trigger.span)
    with labelling(project, "arabic", "ann") as session:
        remove_event(session, events(session)[0])
    assert hub_in(project, "english") == [own, own]


def test_a_linked_event_that_is_removed_leaves_no_hub_of_one(project: Project, both: Session) -> None:
    tell_as_same(both, events(both)[0], elsewhere(both)[0])
    remove_event(both, events(both)[0])
    assert [*hubs(both), *hub_in(project, "arabic")] == [None, None]


def test_an_article_that_is_done_takes_the_link_and_stays_done(work: Any, project: Project) -> None:
    work.label_all(project, "ann", "arabic")
    with labelling(project, "english", "ann") as session:
        make_event(session, work.find(session, "trigger"))
        tell_as_same(session, events(session)[0], elsewhere(session)[0])
    article = get_article(project.engine, "arabic")
    standing = standing_of(project.engine, "a1", "arabic", article.text_sha256)
    assert standing is not None
    assert standing.finished
    assert hub_in(project, "arabic") == hub_in(project, "english") != [None]


def test_an_article_that_is_open_elsewhere_refuses_and_nothing_changes(project: Project, both: Session) -> None:
    (other,) = elsewhere(both)
    count = len(both.history.effective)
    with labelling(project, "arabic", "ann"), pytest.raises(Refusal, match="arabic is already open"):
        tell_as_same(both, events(both)[0], other)
    assert (hubs(both), len(both.history.effective)) == ([None, None], count)
    assert hub_in(project, "arabic") == [None]


def test_an_article_that_is_done_is_not_linked_from(work: Any, project: Project, both: Session) -> None:
    for item in both.in_order():
        mention_edits.confirm(both, item)
    both.finish()
    with pytest.raises(Refusal, match="marked done"):
        tell_as_same(both, events(both)[0], elsewhere(both)[0])
    assert hub_in(project, "arabic") == [None]


def test_undo_and_redo_reach_the_other_article_unless_it_was_worked_on_since(
    work: Any, project: Project, both: Session
) -> None:
    decided = tell_as_same(both, events(both)[0], elsewhere(both)[0])
    linked = hubs(both)[:1]
    linking.undo_elsewhere(both, decided)
    assert hub_in(project, "arabic") == [None]
    linking.undo_elsewhere(both, decided, redo=True)
    assert hub_in(project, "arabic") == linked
    with labelling(project, "arabic", "ann") as session:
        mention_edits.confirm(session, work.find(session, "place"))
    with pytest.raises(Refusal, match="worked on since"):
        linking.undo_elsewhere(both, decided)
    assert hub_in(project, "arabic") == linked


def test_only_the_own_events_are_offered_the_likeliest_first(work: Any, project: Project, both: Session) -> None:
    work.label_all(project, "bea", "arabic")
    (other,) = elsewhere(both)
    assert other.article_id == "arabic"
    assert other.trigger.quote in other.context
    with labelling(project, "english", "bea") as session:
        make_event(session, work.find(session, "trigger"))
        assert [one.event.id for one in elsewhere(session)] != [other.event.id]


def test_what_was_read_is_kept_and_what_changed_is_read_again(project: Project, both: Session) -> None:
    found = Elsewhere(both)
    assert (found.look(), found.progress) == (1, (0, 1))
    assert found.read_on(0)
    before = found.likeliest_first(events(both)[0])
    for again in (found, Elsewhere(both)):
        again.look()
        assert again.progress == (1, 1)
        assert again.likeliest_first(events(both)[0]) == before
    tell_as_same(both, events(both)[0], before[0])
    found.look()
    assert found.progress == (0, 1)


def test_of_an_article_whose_text_changed_only_what_was_made_on_the_new_one_is_told(
    work: Any, project: Project, both: Session
) -> None:
    file = project.workspace.corpus / "arabic.txt"
    file.write_bytes("جديد: ".encode() + file.read_bytes())
    assert import_corpus(project).of("changed") == ["arabic"]
    with labelling(project, "arabic", "ann") as session:
        made = make_event(session, work.find(session, "trigger"))
    assert [one.event.id for one in elsewhere(both)] == [made]


def test_two_happenings_that_begin_with_one_trigger_are_called_differently(
    work: Any, project: Project, left: None
) -> None:
    with labelling(project, "english", "ann") as session:
        make_event(session, work.find(session, "trigger", 1))
    with labelling(project, "arabic", "ann") as session:
        make_event(session, work.find(session, "trigger"))
        one, other = events(session)
        first, second = elsewhere(session)
        tell_as_same(session, one, first)
        tell_as_same(session, other, second)
        name = hub_called("arabic", here(session, one).trigger.span)
        assert sorted(map(str, hubs(session))) == [name, f"{name}#2"]
    assert sorted(map(str, hub_in(project, "english"))) == [name, f"{name}#2"]


def test_the_gold_records_of_both_articles_carry_the_same_hub(work: Any, project: Project) -> None:
    for name in ("ann", "bea"):
        work.label_all(project, name, "arabic")
        work.label_all(project, name, "english", lambda s: tell_as_same(s, events(s)[0], elsewhere(s)[0]))
    with adjudicating(project, "english", "judge") as adjudication:
        adjudication.finish()
    plan = plan_release(project)
    assert [event.hub for record in plan.release.records for event in record.events] == [None]
    assert "hub.alone" in [problem.rule for problem in plan.problems]
    with adjudicating(project, "arabic", "judge") as adjudication:
        adjudication.finish()
    plan = plan_release(project)
    assert [[event.hub for event in record.events] for record in plan.release.records] == [["h1"], ["h1"]]
    assert "hub.alone" not in [problem.rule for problem in plan.problems]


def test_an_adjudicator_links_what_stands_in_the_own_adjudications(work: Any, project: Project) -> None:
    for name in ("ann", "bea"):
        for article_id in ("arabic", "english"):
            work.label_all(project, name, article_id)
    with adjudicating(project, "arabic", "judge") as adjudication:
        adjudication.finish()
    with adjudicating(project, "english", "judge") as adjudication:
        (other,) = elsewhere(adjudication.session)
        tell_as_same(adjudication.session, events(adjudication.session)[0], other)
        adjudication.finish()
    plan = plan_release(project)
    assert [[event.hub for event in record.events] for record in plan.release.records] == [["h1"], ["h1"]]
    assert hub_in(project, "arabic") == [None], "annotators said nothing of it"


def test_a_check_finds_the_link_that_one_article_says_alone_once_the_other_is_done(work: Any, project: Project) -> None:
    def found() -> list[str]:
        return [problem.where for problem in check_workspace(project) if problem.rule == "hub.alone"]

    work.label_all(project, "ann", "arabic")
    work.label_all(project, "ann", "english", lambda s: tell_as_same(s, events(s)[0], elsewhere(s)[0]))
    assert found() == []
    with labelling(project, "arabic", "ann") as session:
        session.reopen()
        session.amend(SetEvent(event=events(session)[0].model_copy(update={"hub": None})))
    assert found() == [], "one that is still at work may link it again"
    with labelling(project, "arabic", "ann") as session:
        session.finish()
    assert found() == ["english (a1)"]
