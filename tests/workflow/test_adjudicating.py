from collections.abc import Iterator
from typing import Any

import pytest

from annotator.errors import Refusal
from annotator.model.annotation import Annotation
from annotator.model.value import NumberValue
from annotator.store.log import decisions_on
from annotator.workflow import event_edits, mention_edits
from annotator.workflow.adjudicating import Adjudication, adjudicate
from annotator.workflow.labelling import adjudicating, labelling
from annotator.workflow.project import Project
from annotator.workflow.session import Session


@pytest.fixture
def differing(work: Any, project: Project) -> Project:
    """Two people differ on a number's value, on whether a place is one, and on an event's background."""

    def second(session: Session) -> None:
        mention_edits.revalue(session, work.find(session, "number"), NumberValue(low=7))
        mention_edits.reject(session, work.find(session, "place"), "name")
        event_edits.toggle_background(session, work.event_of(session))

    work.label_all(project, "ann")
    work.label_all(project, "bea", then=second)
    return project


@pytest.fixture
def adjudication(differing: Project) -> Iterator[Adjudication]:
    with adjudicating(differing, "english", "judge") as adjudication:
        yield adjudication


def by_kind(adjudication: Adjudication) -> dict[str, Any]:
    return {found.id.split(":")[0]: found for found in adjudication.disagreements}


def logs(project: Project) -> list[Any]:
    article = adjudicate(project, "english", "judge").session.article
    return [decisions_on(project.engine, person, "english", article.text_sha256) for person in ("a1", "a2")]


def test_an_article_needs_two_who_finished_it(work: Any, project: Project) -> None:
    def refused() -> Refusal:
        with pytest.raises(Refusal) as raised, adjudicating(project, "english", "judge"):
            pass
        return raised.value

    assert "finished by 0 of the 2" in refused().what
    work.label_all(project, "ann")
    with labelling(project, "english", "bea") as session:
        mention_edits.confirm(session, work.find(session, "actor"))
    assert refused().code == "adjudicate.not-ready"
    assert "finished by 1 of the 2" in refused().what


def test_only_what_they_differ_on_is_asked_and_the_rest_stands(adjudication: Adjudication) -> None:
    assert sorted(by_kind(adjudication)) == ["event", "number", "place"]
    asked = {by_kind(adjudication)[kind].id for kind in ("number", "place")}
    assert adjudication.session.annotation.live_mentions().keys() == adjudication.merge.mentions.keys() - asked
    assert adjudication.session.untouched == 0
    assert adjudication.unsettled() == list(adjudication.disagreements)


def test_picking_makes_an_answer_hold(adjudication: Adjudication) -> None:
    number = by_kind(adjudication)["number"]
    adjudication.pick(number, number.answers[1])
    assert adjudication.session.annotation.live_mentions()[number.id].value == NumberValue(low=7)
    ruling = adjudication.ruling_on(number)
    assert (ruling.choice, ruling.annotator) == ("pick", "a2")
    assert number not in adjudication.unsettled()


def test_picking_that_there_is_nothing_rejects_it(adjudication: Adjudication) -> None:
    place = by_kind(adjudication)["place"]
    adjudication.pick(place, place.answer_of("a2"))
    assert adjudication.session.annotation.settled[place.id].disposition == "rejected"
    adjudication.pick(place, place.answer_of("a1"))
    assert adjudication.session.annotation.settled[place.id].disposition == "confirmed"


def test_none_rejects_a_mention_and_removes_an_event(adjudication: Adjudication) -> None:
    found = by_kind(adjudication)
    for what in ("number", "event"):
        adjudication.none(found[what])
        assert adjudication.ruling_on(found[what]).choice == "none"
    assert adjudication.session.annotation.settled[found["number"].id].disposition == "rejected"
    assert adjudication.session.annotation.live_events() == {}


def test_an_answer_of_ones_own_begins_from_the_first_and_is_edited_on(adjudication: Adjudication) -> None:
    found, session = by_kind(adjudication), adjudication.session
    adjudication.edit(found["number"])
    mention_edits.revalue(session, session.items[found["number"].id], NumberValue(low=8))
    assert session.annotation.live_mentions()[found["number"].id].value == NumberValue(low=8)
    adjudication.edit(found["event"])
    event_edits.set_realis(session, session.annotation.live_events()[found["event"].id], "attempted")
    assert session.annotation.live_events()[found["event"].id].realis == "attempted"
    assert [adjudication.ruling_on(found[what]).choice for what in ("number", "event")] == ["edited", "edited"]


def test_an_undo_takes_ruling_and_outcome_back_together(adjudication: Adjudication) -> None:
    before = adjudication.session.annotation
    adjudication.pick(adjudication.disagreements[0], adjudication.disagreements[0].answers[0])
    after = adjudication.session.annotation
    adjudication.session.undo()
    assert adjudication.session.annotation == before
    assert before.rulings == {}
    adjudication.session.redo()
    assert adjudication.session.annotation == after


def test_it_is_done_only_when_every_disagreement_is_settled(adjudication: Adjudication) -> None:
    *some, last = adjudication.disagreements
    for found in some:
        adjudication.none(found)
    with pytest.raises(Refusal, match="Not settled yet: 1 disagreement") as raised:
        adjudication.finish()
    assert raised.value.code == "label.not-possible"
    adjudication.none(last)
    with pytest.raises(Refusal, match="against all annotators and not said why: 2 disagreements"):
        adjudication.finish()
    for found in adjudication.unexplained():
        adjudication.explain(found, "slip", 3)
    adjudication.finish()
    assert adjudication.session.annotation.finished
    with pytest.raises(Refusal, match="marked done"):
        adjudication.none(last)


def test_who_comes_back_finds_the_rulings_and_the_annotators_logs_untouched(differing: Project) -> None:
    before = logs(differing)
    with adjudicating(differing, "english", "judge") as first:
        for found in first.disagreements:
            first.pick(found, found.answers[-1])
        first.finish()
        held = first.session.annotation
    with adjudicating(differing, "english", "judge") as again:
        assert again.session.annotation == held
        assert again.unsettled() == []
        assert again.session.annotation.finished
    assert logs(differing) == before
    assert all(before)


def test_a_second_adjudicator_is_refused_once_another_decided_something(differing: Project) -> None:
    with adjudicating(differing, "english", "judge") as looked_only:
        looked_only.session.cursor = 5
    with adjudicating(differing, "english", "jury") as began:
        began.none(began.disagreements[0])
    with pytest.raises(Refusal, match="adjudicated by j1 already") as raised:
        adjudicate(differing, "english", "judge")
    assert raised.value.code == "adjudicate.not-ready"


def test_what_is_agreed_by_all_needs_no_ruling(work: Any, project: Project) -> None:
    for name in ("ann", "bea", "cem"):
        work.label_all(project, name, "arabic")
    with adjudicating(project, "arabic", "judge") as adjudication:
        assert adjudication.disagreements == ()
        assert len(adjudication.session.annotation.live_events()) == 1
        adjudication.finish()
        assert adjudication.session.annotation.finished


def test_a_third_annotator_who_comes_late_wipes_no_ruling(work: Any, differing: Project) -> None:
    with adjudicating(differing, "english", "judge") as adjudication:
        number = by_kind(adjudication)["number"]
        adjudication.pick(number, number.answers[1])
    work.label_all(differing, "cem")
    with adjudicating(differing, "english", "judge") as again:
        assert again.ruling_on(by_kind(again)["number"]).annotator == "a2"
        assert again.session.annotation.live_mentions()[number.id].value == NumberValue(low=7)
        assert [answer.people for answer in by_kind(again)["number"].answers] == [("a1", "a3"), ("a2",)]


def test_one_window_of_an_adjudicator_at_a_time(differing: Project, adjudication: Adjudication) -> None:
    with pytest.raises(Refusal) as raised, adjudicating(differing, "english", "judge"):
        pass
    assert raised.value.code == "label.open-elsewhere"
    assert adjudication.session.annotation != Annotation()


# --- slots, wholesale, who said what ---


def test_an_event_can_be_settled_slot_by_slot(adjudication: Adjudication) -> None:
    event = by_kind(adjudication)["event"]
    (slot,) = event.slots
    assert slot.name == "background"
    adjudication.pick_slot(event, slot, next(answer for answer in slot.answers if answer.filling is True))
    assert adjudication.is_settled(event)
    assert adjudication.state(event) == "settled"
    assert adjudication.session.annotation.live_events()[event.id].background
    assert event not in adjudication.unsettled()


def test_all_that_is_left_is_taken_from_one_annotator_and_undone_in_one_step(adjudication: Adjudication) -> None:
    first, *rest = adjudication.disagreements
    adjudication.pick(first, first.answer_of("a1"))
    before = adjudication.session.annotation
    assert adjudication.take_rest("a2") == len(rest)
    assert adjudication.unsettled() == []
    assert adjudication.ruling_on(first).annotator == "a1"
    assert {adjudication.ruling_on(one).annotator for one in rest} == {"a2"}
    assert all(adjudication.ruling_on(one).wholesale for one in rest)
    adjudication.session.undo()
    assert adjudication.session.annotation == before


def test_none_is_what_an_annotator_said_where_one_has_nothing(adjudication: Adjudication) -> None:
    found = by_kind(adjudication)
    adjudication.none(found["place"])
    assert (adjudication.ruling_on(found["place"]).annotator, adjudication.state(found["place"])) == ("a2", "settled")
    adjudication.none(found["number"])
    assert adjudication.state(found["number"]) == "everyone_wrong"
    assert adjudication.unexplained() == [found["number"]]


def test_the_states_of_what_is_not_settled(adjudication: Adjudication) -> None:
    found = by_kind(adjudication)
    assert [adjudication.state(found[kind]) for kind in ("place", "number")] == ["incomplete", "disagreed"]


def test_an_own_answer_that_an_annotator_gave_too_overrules_nobody(adjudication: Adjudication) -> None:
    number, session = by_kind(adjudication)["number"], adjudication.session
    adjudication.edit(number)
    mention_edits.revalue(session, session.items[number.id], NumberValue(low=8))
    assert adjudication.state(number) == "everyone_wrong"
    mention_edits.revalue(session, session.items[number.id], NumberValue(low=7))
    assert adjudication.state(number) == "settled"


def test_that_names_were_asked_for_is_on_the_record(differing: Project) -> None:
    with adjudicating(differing, "english", "judge") as first:
        asked = first.disagreements[0]
        assert not first.is_revealed(asked)
        first.reveal(asked)
        first.reveal(asked)
    with adjudicating(differing, "english", "judge") as again:
        assert again.is_revealed(again.disagreements[0])
        assert not again.is_revealed(again.disagreements[1])
        assert len(again.session.history.effective) == 1


# --- annotators change something ---


def test_a_ruling_holds_when_an_annotator_changes_an_edge_and_is_listed_as_new(work: Any, differing: Project) -> None:
    with adjudicating(differing, "english", "judge") as first:
        number = by_kind(first)["number"]
        first.pick(number, number.answer_of("a2"))
        assert first.new == frozenset()
    with labelling(differing, "english", "ann") as session:
        session.reopen()
        item = work.find(session, "number")
        mention_edits.move_edges(session, item, item.mention.start, item.mention.end - 2)
        mention_edits.reject(session, work.find(session, "actor"), "name")
        session.finish()
    with adjudicating(differing, "english", "judge") as again:
        after = by_kind(again)
        assert after["number"].id == number.id
        assert again.is_settled(after["number"])
        assert again.session.annotation.live_mentions()[number.id].value == NumberValue(low=7)
        assert again.new == {after["number"].id, after["actor"].id}
        assert after["actor"] in again.unsettled()


def test_nothing_is_new_while_annotators_rest(differing: Project) -> None:
    with adjudicating(differing, "english", "judge") as first:
        first.pick(first.disagreements[0], first.disagreements[0].answers[0])
    with adjudicating(differing, "english", "judge") as again:
        assert again.new == frozenset()
        assert len(again.unsettled()) == len(again.disagreements) - 1
