from typing import Any

import pytest

from annotator.errors import Refusal
from annotator.model.value import NumberValue
from annotator.workflow import event_edits, mention_edits
from annotator.workflow.session import Session


def standing(session: Session, mention_id: str) -> Any:
    return session.annotation.settled[mention_id]


def test_confirming_says_that_the_candidate_is_right(work: Any, session: Session) -> None:
    actor, left = work.find(session, "actor"), session.untouched
    mention_edits.confirm(session, actor)
    assert standing(session, actor.mention.id).disposition == "confirmed"
    assert standing(session, actor.mention.id).mention == actor.candidate.as_mention()
    assert session.untouched == left - 1
    assert session.items[actor.mention.id].disposition == "confirmed"


def test_rejecting_keeps_what_was_proposed_and_why(work: Any, session: Session) -> None:
    number = work.find(session, "number")
    mention_edits.revalue(session, number, NumberValue(low=1))
    mention_edits.reject(session, work.find(session, "number"), "idiom")
    said = standing(session, number.mention.id)
    assert (said.disposition, said.reason, said.mention) == ("rejected", "idiom", number.candidate.as_mention())
    assert not said.live


def test_a_correction_that_leads_back_to_the_candidate_is_a_confirmation(work: Any, session: Session) -> None:
    number = work.find(session, "number")
    mention_edits.revalue(session, number, NumberValue(low=1))
    assert standing(session, number.mention.id).disposition == "corrected"
    mention_edits.revalue(session, work.find(session, "number"), number.mention.value)
    assert standing(session, number.mention.id).disposition == "confirmed"


def test_unsure_is_neither_touched_by_nobody_nor_standing(work: Any, session: Session) -> None:
    place, left = work.find(session, "place"), session.untouched
    mention_edits.unsure(session, place)
    assert session.untouched == left - 1
    assert place.mention.id not in session.annotation.live_mentions()


def test_refer_says_who_it_is(work: Any, session: Session) -> None:
    actor = work.find(session, "actor")
    mention_edits.refer(session, actor, "sdf")
    assert (standing(session, actor.mention.id).mention.ref, standing(session, actor.mention.id).disposition) == (
        "sdf", "corrected",
    )  # fmt: skip
    mention_edits.refer(session, work.find(session, "actor"), None)
    assert standing(session, actor.mention.id).mention.ref is None


def test_a_new_label_retypes_the_event_whose_main_trigger_it_is_and_no_other(work: Any, session: Session) -> None:
    first, second = work.find(session, "trigger"), work.find(session, "trigger", 1)
    event_edits.make_event(session, first)
    event_edits.add_trigger(session, work.event_of(session), second)
    typed = work.event_of(session).type
    mention_edits.relabel(session, work.find(session, "trigger", 1), "move.alert")
    assert work.event_of(session).type == typed
    mention_edits.relabel(session, work.find(session, "trigger"), "move.alert")
    assert work.event_of(session).type == "move.alert"
    event_edits.add_trigger(session, work.event_of(session), work.find(session, "trigger", 2))
    mention_edits.relabel(session, work.find(session, "trigger"), "attack.ground")
    triggers = [session.items[one].mention.label for one in work.event_of(session).triggers]
    assert (triggers, work.event_of(session).type) == (["attack.ground"] * 3, "attack.ground")
    session.undo()
    assert {session.items[one].mention.label for one in work.event_of(session).triggers} == {"move.alert"}
    session.undo()
    session.undo()
    assert work.event_of(session).type == typed
    assert work.find(session, "trigger").mention.label == first.mention.label


def test_another_kind_drops_what_only_the_old_one_carries(work: Any, session: Session) -> None:
    actor = work.find(session, "actor")
    mention_edits.rekind(session, actor, "place")
    changed = standing(session, actor.mention.id)
    assert (changed.mention.kind, changed.mention.ref, changed.disposition) == ("place", None, "corrected")
    made = len(session.history.effective)
    mention_edits.rekind(session, session.items[actor.mention.id], "place")
    assert len(session.history.effective) == made


def test_a_trigger_made_an_actor_takes_its_event_with_it_until_undone(work: Any, session: Session) -> None:
    event_edits.make_event(session, work.find(session, "trigger"))
    mention_edits.rekind(session, work.find(session, "trigger"), "actor")
    assert session.annotation.live_events() == {}
    session.undo()
    assert len(session.annotation.live_events()) == 1


def test_moving_edges_moves_the_quote_along(work: Any, session: Session) -> None:
    place = work.find(session, "place")
    start, end = place.mention.start - 5, place.mention.end
    mention_edits.move_edges(session, place, start, end)
    moved = standing(session, place.mention.id)
    assert moved.mention.span == (start, end)
    assert moved.mention.quote == session.article.text[start:end] == "near Khasham"
    assert moved.disposition == "corrected"


@pytest.mark.parametrize(("start", "end"), [(-1, 4), (4, 4), (5, 4), (0, 10_000)])
def test_edges_stay_within_the_text_and_leave_something(work: Any, session: Session, start: int, end: int) -> None:
    with pytest.raises(Refusal) as raised:
        mention_edits.move_edges(session, work.find(session, "place"), start, end)
    assert raised.value.code == "label.not-possible"
    with pytest.raises(Refusal, match="no text"):
        mention_edits.add(session, "place", start, end)
    assert session.history.effective == ()


def test_an_addition_is_added_and_rejecting_it_takes_it_away(work: Any, session: Session) -> None:
    left = session.untouched
    added = mention_edits.add(session, "trigger", 8, 12, "move.deploy")
    assert (standing(session, added).disposition, standing(session, added).mention.quote) == ("added", "near")
    assert standing(session, added).mention.label == "move.deploy"
    assert session.untouched == left
    mention_edits.revalue(session, session.items[added], None)
    assert standing(session, added).disposition == "added"
    mention_edits.reject(session, session.items[added], "name")
    assert added not in session.annotation.settled
    assert added not in session.items


def test_adding_what_is_proposed_there_confirms_it_with_the_label_that_was_given(work: Any, session: Session) -> None:
    trigger = work.find(session, "trigger").mention
    assert mention_edits.add(session, "trigger", trigger.start, trigger.end) == trigger.id
    assert standing(session, trigger.id).disposition == "confirmed"
    mention_edits.reject(session, session.items[trigger.id])
    assert mention_edits.add(session, "trigger", trigger.start, trigger.end, "move.alert") == trigger.id
    assert (standing(session, trigger.id).disposition, standing(session, trigger.id).mention.label) == (
        "corrected", "move.alert",
    )  # fmt: skip


def test_what_is_marked_already_is_not_added_again_but_another_kind_is(work: Any, session: Session) -> None:
    place = work.find(session, "place").mention
    mention_edits.add(session, "place", place.start, place.end)
    with pytest.raises(Refusal, match="marked already"):
        mention_edits.add(session, "place", place.start, place.end)
    assert mention_edits.add(session, "actor", place.start, place.end) != place.id


def test_a_mention_that_was_moved_onto_a_candidate_counts_as_marked(work: Any, session: Session) -> None:
    first, second = work.find(session, "place").mention, work.find(session, "place", 1)
    mention_edits.move_edges(session, second, first.start, first.end)
    with pytest.raises(Refusal, match="marked already"):
        mention_edits.add(session, "place", first.start, first.end)


def test_another_kind_over_the_same_words_is_the_candidate_that_stands_there(session: Session, work) -> None:
    place = work.find(session, "place")
    other = mention_edits.add(session, "actor", place.mention.start, place.mention.end)
    held = mention_edits.rekind(session, session.items[place.mention.id], "actor")
    assert held == other
    assert session.items[place.mention.id].disposition == "rejected"
    assert session.annotation.settled[place.mention.id].reason == "wrong_kind"
    standing = [one.mention.id for one in session.standing_at("actor", place.mention.start, place.mention.end)]
    assert standing == [other]
    session.undo()
    assert session.items[place.mention.id].disposition is None
    back = mention_edits.rekind(session, session.items[other], "place")
    assert back == place.mention.id
    assert other not in session.items
