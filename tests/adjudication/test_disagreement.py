"""In what answers differ, the slots of an event, and what is taken over without asking."""

from typing import Any

import pytest

from annotator.adjudication.disagreement import Disagreement, filled, filling
from annotator.adjudication.merge import Policy, merge
from annotator.model.annotation import Annotation
from annotator.model.event import Argument
from annotator.model.value import NumberValue

EVENTS = [("t", "trigger", 14, 20), ("c", "actor", 4, 13), ("n", "number", 21, 39)]


def said(made: Any, **fields: Any) -> Annotation:
    """An annotation of one event over the same three mentions."""
    mentions = [made.mention(*one) for one in EVENTS]
    held = fields.pop("held", [("attacker", "c"), ("killed", "n")])
    return made.annotation(mentions, [made.event("e", fields.pop("type", "attack.ground"), ["t"], held=held, **fields)])


def only(*people: Annotation) -> Disagreement:
    (found,) = merge({f"a{number}": one for number, one in enumerate(people, 1)}).disagreements
    return found


@pytest.mark.parametrize(
    ("fields", "differences", "slots"),
    [
        ({"type": "clash.armed"}, ("type",), ["type"]),
        ({"realis": "attempted", "background": True}, ("attribute",), ["realis", "background"]),
        ({"held": [("attacker", "c")]}, ("role",), ["role:killed"]),
        ({"held": [("target", "c"), ("killed", "n")]}, ("role",), ["role:attacker", "role:target"]),
        ({"type": "clash.armed", "held": []}, ("type", "role"), ["type", "role:attacker", "role:killed"]),
    ],
)
def test_an_event_says_in_which_slots_its_answers_differ(made: Any, fields: Any, differences: Any, slots: Any) -> None:
    found = only(said(made), said(made, **fields))
    assert found.differences == differences
    assert [slot.name for slot in found.slots] == slots
    assert {name for slot in found.slots for answer in slot.answers for name in answer.people} == {"a1", "a2"}


def test_who_has_no_event_has_no_say_in_its_slots(made: Any) -> None:
    without = made.annotation([made.mention(*one) for one in EVENTS])
    found = only(said(made), said(made, type="clash.armed"), without)
    assert found.differences == ("missing", "type")
    (slot,) = found.slots
    assert [answer.people for answer in slot.answers] == [("a1",), ("a2",)]


def test_of_mentions_edges_labels_and_values_are_told_apart(made: Any) -> None:
    def number(start: int, end: int, **more: Any) -> Annotation:
        return made.annotation([made.mention("m", "number", start, end, **more)])

    first = number(21, 39, value=NumberValue(low=6))
    assert only(first, number(21, 22, value=NumberValue(low=6))).differences == ("boundary",)
    assert only(first, number(21, 39, value=NumberValue(low=7))).differences == ("value",)
    assert only(first, number(21, 39, value=NumberValue(low=6), label="toll")).differences == ("label",)
    assert only(first, made.annotation()).differences == ("missing",)
    assert only(first, number(21, 22, label="x"), made.annotation()).differences == (
        "missing", "boundary", "label", "value",
    )  # fmt: skip


def test_a_slot_is_filled_like_that_of_another_answer_and_the_rest_stays(made: Any) -> None:
    found = only(said(made), said(made, type="clash.armed", held=[("side_a", "c"), ("killed", "n")]))
    one, other = (found.answer_of(name).content for name in ("a1", "a2"))
    both = filled(filled(one, "type", other), "role:side_a", other)
    assert both.type == "clash.armed"
    assert [held.role for held in both.arguments] == ["attacker", "killed", "side_a"]
    without = filled(both, "role:attacker", other)
    assert filling(without, "role:attacker") == ()
    assert filling(without, "role:side_a") == (Argument(role="side_a", mention="actor:4-13"),)


# --- what is not asked ---


def test_a_majority_counts_from_three_and_only_when_it_is_asked_for(made: Any) -> None:
    place, nothing = made.annotation([made.mention("p", "place", 53, 60)]), made.annotation()
    three = {"a1": place, "a2": place, "a3": nothing}
    assert merge(three).accepted == {}
    enough = merge(three, Policy(majority=0.6))
    assert (enough.disagreements, enough.accepted) == ((), {"place:53-60": "majority"})
    assert list(enough.agreed.settled) == ["place:53-60"]
    assert merge(three, Policy(majority=0.7)).disagreements
    assert merge({"a1": place, "a2": nothing}, Policy(majority=0.5)).disagreements, "two are no majority"


def test_that_nothing_is_there_can_be_the_majority(made: Any) -> None:
    place, nothing = made.annotation([made.mention("p", "place", 53, 60)]), made.annotation()
    found = merge({"a1": place, "a2": nothing, "a3": nothing}, Policy(majority=0.6))
    assert (found.disagreements, found.accepted, found.agreed.settled) == ((), {"place:53-60": "majority"}, {})


def test_half_is_no_majority_whatever_the_threshold(made: Any) -> None:
    place, nothing = made.annotation([made.mention("p", "place", 53, 60)]), made.annotation()
    found = merge({"a1": place, "a2": place, "a3": nothing, "a4": nothing}, Policy(majority=0.5))
    assert len(found.disagreements) == 1


def test_what_all_say_can_be_asked_too(made: Any) -> None:
    place = made.annotation([made.mention("p", "place", 53, 60)])
    asked = merge({"a1": place, "a2": place}, Policy(unanimous=False))
    (found,) = asked.disagreements
    assert found.differences == ("agreed",)
    assert asked.agreed.settled == {}
    assert merge({"a1": place, "a2": place}).accepted == {"place:53-60": "unanimous"}


# --- what was ruled on ---


def test_a_ruled_item_keeps_its_id_when_an_annotator_moves_an_edge(made: Any) -> None:
    def number(start: int, end: int) -> Annotation:
        return made.annotation([made.mention("m", "number", start, end)])

    before = only(number(21, 22), number(21, 39))
    ruled = {before.id: before.about}
    (after,) = merge({"a1": number(22, 39), "a2": number(23, 30)}, ruled=ruled).disagreements
    assert after.id == before.id
    assert after.about.answers != before.about.answers
    (same,) = merge({"a2": number(21, 22), "a1": number(21, 39)}, ruled=ruled).disagreements
    assert same.about == before.about, "who says it is nothing new"


def test_what_was_ruled_on_is_still_shown_when_all_agree(made: Any) -> None:
    place, nothing = made.annotation([made.mention("p", "place", 53, 60)]), made.annotation()
    before = only(place, nothing)
    after = merge({"a1": place, "a2": place}, ruled={before.id: before.about})
    (found,) = after.disagreements
    assert (found.id, found.differences, after.agreed.settled) == (before.id, ("agreed",), {})


def test_something_else_at_the_place_of_a_ruled_item_gets_an_id_of_its_own(made: Any) -> None:
    place, actor = made.mention("p", "place", 53, 60), made.mention("p", "actor", 53, 60)
    before = only(made.annotation([place]), made.annotation())
    found = merge({"a1": made.annotation([actor]), "a2": made.annotation()}, ruled={before.id: before.about})
    assert [one.id for one in found.disagreements] == ["actor:53-60"]


def test_an_event_keeps_its_id_when_its_type_changes(made: Any) -> None:
    before = only(said(made), said(made, type="clash.armed"))
    (after,) = merge(
        {"a1": said(made, type="strike.air"), "a2": said(made, type="clash.armed")}, ruled={before.id: before.about}
    ).disagreements
    assert after.id == before.id


def test_the_answers_to_a_slot_come_in_the_order_of_the_whole_answers(made: Any) -> None:
    one = {"type": "strike.air", "held": [("killed", "n")]}
    other = {"type": "clash.armed", "held": [("attacker", "c")], "realis": "attempted"}
    found = only(said(made, **one), said(made, **other))
    order = [answer.people for answer in found.answers]
    assert len(found.slots) == 4
    assert all([answer.people for answer in slot.answers] == order for slot in found.slots)
