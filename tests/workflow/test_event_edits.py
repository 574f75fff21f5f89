from dataclasses import replace
from typing import Any

import pytest

from annotator.errors import Refusal
from annotator.model.event import Argument, Event
from annotator.model.mention import Mark
from annotator.model.schema import RoleSpec
from annotator.workflow import event_edits, mention_edits
from annotator.workflow.session import Session


def test_an_event_is_made_of_a_trigger_which_is_confirmed_on_the_way(work: Any, session: Session) -> None:
    trigger = work.find(session, "trigger")
    event_id = event_edits.make_event(session, trigger)
    assert session.annotation.settled[trigger.mention.id].disposition == "confirmed"
    assert session.annotation.live_events() == {
        event_id: Event(id=event_id, type=trigger.mention.label, triggers=(trigger.mention.id,))
    }
    session.undo()
    assert (session.annotation.events, session.annotation.settled) == ({}, {})


@pytest.mark.parametrize(
    ("marks", "known", "realis"),
    [
        (("hypothetical",), True, "hypothetical"),
        (("attempted",), True, "attempted"),
        (("attempted", "hypothetical"), True, "hypothetical"),
        (("negated", "hypothetical"), True, "hypothetical"),
        (("negated",), True, "actual"),
        (("idiom",), True, "actual"),
        ((), True, "actual"),
        (("hypothetical",), False, "actual"),
    ],
)
def test_an_event_begins_as_hypothetical_when_the_words_around_its_trigger_say_so(
    work: Any, session: Session, monkeypatch: pytest.MonkeyPatch, marks: tuple[Mark, ...], known: bool, realis: str
) -> None:
    if not known:
        monkeypatch.setattr(Session, "schema", session.schema.model_copy(update={"realis": ("actual",)}))
    trigger = work.find(session, "trigger")
    marked = trigger.candidate.model_copy(update={"marks": marks})
    event_edits.make_event(session, replace(trigger, candidate=marked))
    assert work.event_of(session).realis == realis
    session.undo()
    assert (session.annotation.events, session.annotation.settled) == ({}, {})


def test_only_a_trigger_with_a_type_makes_an_event(work: Any, session: Session) -> None:
    with pytest.raises(Refusal, match="Only a trigger"):
        event_edits.make_event(session, work.find(session, "actor"))
    bare = mention_edits.add(session, "trigger", 8, 12)
    with pytest.raises(Refusal, match="no event type"):
        event_edits.make_event(session, session.items[bare])


def test_a_trigger_that_was_corrected_stays_corrected(work: Any, session: Session) -> None:
    mention_edits.relabel(session, work.find(session, "trigger"), "move.alert")
    event_edits.make_event(session, work.find(session, "trigger"))
    assert work.find(session, "trigger").disposition == "corrected"
    assert work.event_of(session).type == "move.alert"


def test_an_event_grows_by_triggers_each_once(work: Any, session: Session) -> None:
    event_edits.make_event(session, work.find(session, "trigger", 1))
    event_edits.add_trigger(session, work.event_of(session), work.find(session, "trigger"))
    ids = [work.find(session, "trigger", number).mention.id for number in (1, 0)]
    assert work.event_of(session).triggers == tuple(ids)
    grown = work.find(session, "trigger")
    assert grown.disposition in ("confirmed", "corrected")
    assert grown.mention.label == work.event_of(session).type
    with pytest.raises(Refusal, match="already"):
        event_edits.add_trigger(session, work.event_of(session), work.find(session, "trigger"))
    with pytest.raises(Refusal, match="Only a trigger"):
        event_edits.add_trigger(session, work.event_of(session), work.find(session, "actor"))


@pytest.fixture
def framed(work: Any, session: Session) -> Session:
    mention_edits.relabel(session, work.find(session, "trigger"), "clash.armed")
    event_edits.make_event(session, work.find(session, "trigger"))
    return session


def test_attaching_fills_a_role_and_confirms_the_mention(work: Any, framed: Session) -> None:
    actor = work.find(framed, "actor")
    event_edits.attach(framed, work.event_of(framed), "side_a", actor)
    assert work.event_of(framed).arguments == (Argument(role="side_a", mention=actor.mention.id),)
    assert work.find(framed, "actor").disposition == "confirmed"
    event_edits.attach(framed, work.event_of(framed), "ally", work.find(framed, "actor"))
    assert len(work.event_of(framed).arguments) == 2


@pytest.mark.parametrize(("role", "kind"), [("side_a", "place"), ("killed", "actor"), ("nonsense", "actor")])
def test_a_role_takes_only_its_kinds(work: Any, framed: Session, role: str, kind: str) -> None:
    before = framed.annotation
    with pytest.raises(Refusal, match=f"The role {role} does not take a {kind}"):
        event_edits.attach(framed, work.event_of(framed), role, work.find(framed, kind))
    assert framed.annotation == before


def test_a_mention_fills_a_role_once(work: Any, framed: Session) -> None:
    event_edits.attach(framed, work.event_of(framed), "side_a", work.find(framed, "actor"))
    with pytest.raises(Refusal, match="It is side_a of this event already"):
        event_edits.attach(framed, work.event_of(framed), "side_a", work.find(framed, "actor"))


def test_detaching_takes_a_mention_out_of_all_roles_and_leaves_it_standing(work: Any, framed: Session) -> None:
    actor = work.find(framed, "actor").mention.id
    for role in ("side_a", "ally"):
        event_edits.attach(framed, work.event_of(framed), role, work.find(framed, "actor"))
    event_edits.detach(framed, work.event_of(framed), actor)
    assert work.event_of(framed).arguments == ()
    assert actor in framed.annotation.live_mentions()
    with pytest.raises(Refusal, match="no part"):
        event_edits.detach(framed, work.event_of(framed), actor)


def test_an_event_keeps_its_last_trigger(work: Any, framed: Session) -> None:
    event_edits.add_trigger(framed, work.event_of(framed), work.find(framed, "trigger", 1))
    event_edits.detach(framed, work.event_of(framed), work.find(framed, "trigger").mention.id)
    last = work.find(framed, "trigger", 1).mention.id
    assert work.event_of(framed).triggers == (last,)
    with pytest.raises(Refusal, match="needs a trigger"):
        event_edits.detach(framed, work.event_of(framed), last)


def test_whose_losses_a_number_counts(work: Any, framed: Session) -> None:
    number = work.find(framed, "number")
    event_edits.attach(framed, work.event_of(framed), "killed", number)
    event_edits.attach(framed, work.event_of(framed), "side_a", work.find(framed, "actor"))
    event_edits.set_of(framed, work.event_of(framed), number.mention.id, "isis")
    assert [held.of for held in work.event_of(framed).arguments] == ["isis", None]
    event_edits.set_of(framed, work.event_of(framed), number.mention.id, None)
    assert [held.of for held in work.event_of(framed).arguments] == [None, None]


def test_attributes_are_said_and_nothing_else_changes(work: Any, framed: Session) -> None:
    start = work.event_of(framed)
    event_edits.set_realis(framed, work.event_of(framed), "attempted")
    event_edits.set_certainty(framed, work.event_of(framed), "attributed")
    event_edits.toggle_background(framed, work.event_of(framed))
    said = {"realis": "attempted", "certainty": "attributed", "background": True}
    assert work.event_of(framed) == start.model_copy(update=said)


def test_removing_an_event_leaves_its_mentions(work: Any, framed: Session) -> None:
    live = framed.annotation.live_mentions()
    event_edits.remove_event(framed, work.event_of(framed))
    assert framed.annotation.live_events() == {}
    assert framed.annotation.live_mentions() == live
    framed.undo()
    assert len(framed.annotation.live_events()) == 1


def test_a_rejected_argument_leaves_the_frame_and_comes_back_with_an_undo(work: Any, framed: Session) -> None:
    event_edits.attach(framed, work.event_of(framed), "side_a", work.find(framed, "actor"))
    held = work.event_of(framed)
    mention_edits.reject(framed, work.find(framed, "actor"))
    assert work.event_of(framed).arguments == ()
    framed.undo()
    assert work.event_of(framed) == held


def test_the_roles_for_a_mention_are_those_that_take_its_kind(work: Any, framed: Session) -> None:
    roles = framed.schema.roles_of("clash.armed")
    for kind in ("actor", "number", "place", "time"):
        offered = event_edits.roles_for(framed, work.event_of(framed), work.find(framed, kind))
        assert offered == [role for role in roles if kind in roles[role].kinds]
        assert offered


@pytest.mark.parametrize(
    ("held", "problems"),
    [
        (["one", "some"], []),
        (["some"], ["one is missing"]),
        (["one"], ["some is missing"]),
        (["one", "one", "some"], ["one takes 1, has 2"]),
        (["one", "some", "maybe", "maybe", "any", "any"], ["maybe takes 1, has 2"]),
        (["one", "some", "odd", "odd"], ["odd is no role of t"]),
    ],
)
def test_a_frame_says_what_it_lacks_and_what_it_has_too_much_of(held: list[str], problems: list[str]) -> None:

    arities = {"one": "1", "some": "+", "maybe": "?", "any": "*"}
    roles = {name: RoleSpec.model_validate({"kinds": ["actor"], "arity": arity}) for name, arity in arities.items()}
    event = Event(
        id="e", type="t", triggers=("x",), arguments=tuple(Argument(role=role, mention=f"m{i}")
                                                           for i, role in enumerate(held)),
    )  # fmt: skip
    assert event_edits.frame_problems(roles, event) == problems


def test_what_is_not_live_just_now_survives_an_edit_of_its_event(work: Any, framed: Session) -> None:
    event_edits.attach(framed, work.event_of(framed), "victim", work.find(framed, "actor"))
    mention_edits.unsure(framed, work.find(framed, "actor"))
    assert work.event_of(framed).arguments == ()
    event_edits.toggle_background(framed, work.event_of(framed))
    event_edits.set_realis(framed, work.event_of(framed), "attempted")
    event_edits.set_certainty(framed, work.event_of(framed), "attributed")
    mention_edits.confirm(framed, work.find(framed, "actor"))
    assert [held.role for held in work.event_of(framed).arguments] == ["victim"]
    assert work.event_of(framed).background
