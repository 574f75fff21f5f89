from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.adjudication.merge import Merge, merge
from annotator.matching.mentions import cluster_mentions
from annotator.model.annotation import Annotation
from annotator.model.value import NumberValue


def content(merged: Merge) -> Any:
    """What a comparison says, in words that can be compared."""
    agreed = [(item.mention, item.disposition, item.reason) for item in merged.agreed.settled.values()]
    return (
        sorted(agreed, key=repr),
        sorted(merged.agreed.events.values(), key=repr),
        merged.disagreements,
        dict(merged.mentions),
    )


@pytest.fixture
def one(made: Any) -> Annotation:
    return made.annotation(
        [
            made.mention("c1", "actor", 4, 13, ref="coalition"),
            made.mention("c2", "trigger", 14, 20, label="attack.ground"),
            made.mention("c3", "number", 21, 39, value=NumberValue(low=6, qualifier="at_least")),
            made.mention("c4", "place", 53, 60),
        ],
        [made.event("e", "attack.ground", ["c2"], held=[("attacker", "c1"), ("killed", "c3")])],
    )


def test_what_all_say_alike_is_agreed(one: Annotation) -> None:
    compared = merge({"a1": one, "a2": one})
    assert compared.disagreements == ()
    assert [item.mention.content for item in compared.agreed.settled.values()] == [
        item.mention.content for item in one.settled.values()
    ]
    assert list(compared.agreed.settled) == ["actor:4-13", "trigger:14-20", "number:21-39", "place:53-60"]
    agreed = compared.agreed.events["event:attack.ground:14-20"]
    assert [(held.role, held.mention) for held in agreed.arguments] == [
        ("attacker", "actor:4-13"), ("killed", "number:21-39"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("ways", "common"),
    [
        (("added", "added"), "added"),
        (("confirmed", "added"), "confirmed"),
        (("corrected", "added"), "corrected"),
        (("corrected", "confirmed"), "confirmed"),
    ],
)
def test_how_each_came_to_it_is_no_difference(made: Any, ways: tuple[str, str], common: str) -> None:
    place = made.mention("m", "place", 53, 60)
    compared = merge({f"a{i}": made.annotation([place], disposition=way) for i, way in enumerate(ways)})
    assert compared.disagreements == ()
    assert compared.agreed.settled["place:53-60"].disposition == common


@pytest.mark.parametrize(
    ("kind", "start", "end", "fields"),
    [
        ("number", 21, 22, {}),
        ("number", 21, 39, {"value": NumberValue(low=7)}),
        ("number", 21, 39, {"label": "toll"}),
        ("number", 21, 39, {"ref": "isis"}),
    ],
    ids=["boundary", "value", "label", "ref"],
)
def test_another_edge_label_ref_or_value_is_one_disagreement(
    made: Any, kind: str, start: int, end: int, fields: dict[str, Any]
) -> None:
    first = made.mention("m", "number", 21, 39, value=NumberValue(low=6))
    second = made.mention("m", kind, start, end, **{"value": NumberValue(low=6)} | fields)
    (found,) = merge({"a1": made.annotation([first]), "a2": made.annotation([second])}).disagreements
    assert (found.id, found.what, found.span) == ("number:21-39", "mention", (21, 39))
    assert sorted(answer.people for answer in found.answers) == [("a1",), ("a2",)]
    assert found.answer_of("a1").content.content == first.content
    assert found.answer_of("a2").content.content == second.content


def test_what_one_has_and_the_other_has_not_is_a_disagreement(made: Any) -> None:
    place = made.mention("m", "place", 53, 60)
    (found,) = merge({"a1": made.annotation(), "a2": made.annotation([place])}).disagreements
    assert [(answer.people, answer.content is None) for answer in found.answers] == [(("a2",), False), (("a1",), True)]


def test_a_rejection_by_one_is_a_disagreement_and_by_all_is_negative_gold(made: Any) -> None:
    place = made.mention("place:53-60", "place", 53, 60)
    kept, refused = made.annotation([place]), made.annotation(rejected={place: "name"})
    assert len(merge({"a1": kept, "a2": refused}).disagreements) == 1
    both = merge({"a1": refused, "a2": made.annotation(rejected={place: None})})
    assert both.disagreements == ()
    assert [(item.disposition, item.reason) for item in both.agreed.settled.values()] == [("rejected", "name")]
    differently = merge({"a1": refused, "a2": made.annotation(rejected={place: "idiom"})})
    assert [item.reason for item in differently.agreed.settled.values()] == [None]
    assert differently.reasons_differ == {"place:53-60": ("idiom", "name")}
    assert both.reasons_differ == {}


def test_who_rejects_what_another_keeps_says_why(made: Any) -> None:
    place = made.mention("place:53-60", "place", 53, 60)
    said = {"a1": made.annotation([place]), "a2": made.annotation(rejected={place: "name"}), "a3": made.annotation()}
    (found,) = merge(said).disagreements
    assert [(answer.people, answer.reasons) for answer in found.answers] == [(("a2", "a3"), ("name",)), (("a1",), ())]


def test_what_all_rejected_but_one_marked_anew_is_asked(made: Any) -> None:
    candidate, anew = made.mention("c", "place", 53, 60), made.mention("n", "place", 53, 60)
    refused = made.annotation(rejected={candidate: None})
    compared = merge({"a1": made.annotation([anew], rejected={candidate: None}), "a2": refused})
    assert [found.id for found in compared.disagreements] == ["place:53-60"]
    assert compared.agreed.settled == {}


def test_what_only_one_ever_saw_and_rejected_is_neither(made: Any) -> None:
    refused = made.annotation(rejected={made.mention("p", "place", 53, 60): "name"})
    compared = merge({"a1": refused, "a2": made.annotation()})
    assert (compared.disagreements, compared.agreed.settled) == ((), {})


@pytest.mark.parametrize("other", ["unsure", "sure", "rejected", "absent"])
def test_what_somebody_left_unsure_is_always_asked(made: Any, other: str) -> None:
    place = made.mention("m", "place", 53, 60)
    unsure = made.annotation(unsure=[place])
    others = {
        "unsure": unsure,
        "sure": made.annotation([place]),
        "rejected": made.annotation(rejected={place: None}),
        "absent": made.annotation(),
    }
    (found,) = merge({"a1": unsure, "a2": others[other]}).disagreements
    assert found.answer_of("a1").unsure
    assert "unsure" in found.differences
    assert len(found.answers) == (1 if other == "unsure" else 2)


def test_mentions_of_two_kinds_over_one_stretch_are_two_questions(made: Any) -> None:
    first, second = made.mention("m", "place", 53, 60), made.mention("m", "actor", 53, 60)
    compared = merge({"a1": made.annotation([first]), "a2": made.annotation([second])})
    assert [found.id for found in compared.disagreements] == ["actor:53-60", "place:53-60"]


def test_a_boundary_difference_does_not_count_again_in_the_event(made: Any, one: Annotation) -> None:
    shorter = made.annotation(
        [*(m for m in one.live_mentions().values() if m.id != "c1"), made.mention("c1", "actor", 0, 13)],
        one.events.values(),
    )
    compared = merge({"a1": one, "a2": shorter})
    (found,) = compared.disagreements
    assert (found.what, found.span) == ("mention", (0, 13))
    assert list(compared.agreed.events) == ["event:attack.ground:14-20"]


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "clash.armed"},
        {"held": [("target", "c1"), ("killed", "c3")]},
        {"held": [("attacker", "c1")]},
        {"background": True},
        {"realis": "attempted"},
        {"certainty": "attributed"},
    ],
)
def test_another_type_role_argument_or_attribute_is_one_disagreement_on_the_event(
    made: Any, one: Annotation, changes: dict[str, Any]
) -> None:
    fields = {"type": "attack.ground", "held": [("attacker", "c1"), ("killed", "c3")]} | changes
    other = made.event("f", fields.pop("type"), ["c2"], **fields)
    compared = merge({"a1": one, "a2": made.annotation(one.live_mentions().values(), [other])})
    (found,) = compared.disagreements
    assert (found.what, found.span) == ("event", (14, 20))
    assert sorted(answer.people for answer in found.answers) == [("a1",), ("a2",)]
    assert compared.agreed.events == {}


def test_an_event_that_only_one_has_is_asked(made: Any, one: Annotation) -> None:
    (found,) = merge({"a1": one, "a2": made.annotation(one.live_mentions().values())}).disagreements
    assert found.answer_of("a2").content is None


def test_two_events_of_one_and_one_of_the_other_is_one_pair_and_one_event_more(made: Any) -> None:
    mentions = [
        made.mention("t1", "trigger", 14, 20),
        made.mention("t2", "trigger", 66, 72),
        made.mention("p", "place", 53, 60),
    ]
    split = [
        made.event("e1", "clash.armed", ["t1"], held=[("place", "p")]),
        made.event("e2", "clash.armed", ["t2"]),
    ]
    whole = [made.event("e", "clash.armed", ["t1", "t2"], held=[("place", "p")])]
    found = merge({"a1": made.annotation(mentions, split), "a2": made.annotation(mentions, whole)}).disagreements
    assert [each.id for each in found] == ["event:clash.armed:14-20", "event:clash.armed:66-72"]
    assert [each.answer_of("a2").content is None for each in found] == [False, True]
    assert [each.differences for each in found] == [("trigger",), ("missing", "split")]
    assert [each.split for each in found] == [(), ("event:clash.armed:14-20",)]


def test_which_trigger_is_the_main_one_is_kept_and_nothing_to_differ_on(made: Any) -> None:
    mentions = [made.mention("t1", "trigger", 14, 20), made.mention("t2", "trigger", 66, 72)]
    late = made.annotation(mentions, [made.event("e", "clash.armed", ["t2", "t1"])])
    early = made.annotation(mentions, [made.event("e", "clash.armed", ["t1", "t2"])])
    first, second = "trigger:14-20", "trigger:66-72"
    for people, expected in (([late, late, early], (second, first)), ([late, early], (first, second))):
        compared = merge({f"a{number}": said for number, said in enumerate(people)})
        assert compared.disagreements == ()
        (agreed,) = compared.agreed.events.values()
        assert agreed.triggers == expected, "most decide, else the text"


def test_of_three_annotators_each_is_named_with_the_answer_given(made: Any) -> None:
    long, short = made.mention("m", "number", 21, 39), made.mention("k", "number", 21, 22)
    people = {"a1": made.annotation([long]), "a2": made.annotation([short]), "a3": made.annotation([long])}
    (found,) = merge(people).disagreements
    assert [answer.people for answer in found.answers] == [("a1", "a3"), ("a2",)]
    (found,) = merge(people | {"a2": made.annotation()}).disagreements
    assert [answer.people for answer in found.answers] == [("a1", "a3"), ("a2",)]
    assert merge(people | {"a2": people["a1"]}).disagreements == ()


def test_a_fraction_is_taken_of_the_merged_number(made: Any) -> None:
    def said(whole: str, part: str) -> Annotation:
        value = NumberValue(num=2, den=3, of=whole)
        return made.annotation(
            [made.mention(whole, "number", 21, 22), made.mention(part, "number", 30, 39, value=value)]
        )

    compared = merge({"a1": said("x", "y"), "a2": said("p", "q")})
    assert compared.disagreements == ()
    assert compared.agreed.settled["number:30-39"].mention.value.of == "number:21-22"


def test_of_a_whole_that_does_not_stand_a_fraction_says_nothing(made: Any) -> None:
    gone = made.mention("w", "number", 21, 22)
    part = made.mention("p", "number", 30, 39, value=NumberValue(num=2, den=3, of="w"))
    said = made.annotation([part], rejected={gone: None})
    compared = merge({"a1": said, "a2": said})
    assert compared.agreed.settled["number:30-39"].mention.value == NumberValue(num=2, den=3)


def test_nobody_and_nothing_compare_to_nothing() -> None:
    assert merge({}).agreed == Annotation()
    assert merge({"a1": Annotation(), "a2": Annotation()}).disagreements == ()


@given(st.data())
def test_people_who_say_the_same_disagree_on_nothing_and_agree_on_all_of_it(made: Any, data: st.DataObject) -> None:
    said = data.draw(made.annotations())
    compared = merge({"a1": said, "a2": data.draw(made.relabelled(said)), "a3": said})
    unsure = {item.mention.span for item in said.settled.values() if item.disposition == "unsure"}
    assert {found.span for found in compared.disagreements} == unsure
    assert all(found.what == "mention" and len(found.answers) == 1 for found in compared.disagreements)

    def what_stands(annotation: Annotation) -> Any:
        live = annotation.live_mentions()

        def value(one: Any) -> Any:
            whole = getattr(one.value, "of", None)
            return one.value and one.value.model_copy(update={"of": live[whole].span if whole in live else None})

        mentions = [(m.kind, m.span, m.label, m.ref, repr(value(m))) for m in live.values()]
        events = [
            (
                e.type,
                live[e.triggers[0]].span,
                sorted(live[trigger].span for trigger in e.triggers),
                sorted((held.role, live[held.mention].kind, live[held.mention].span) for held in e.arguments),
                e.background,
            )
            for e in annotation.live_events().values()
        ]
        rejected = {
            (item.mention.kind, item.mention.span, item.reason)
            for item in annotation.settled.values()
            if item.disposition == "rejected"
        }
        return sorted(mentions), sorted(events), rejected

    assert what_stands(compared.agreed) == what_stands(said)


@given(st.data())
def test_neither_order_nor_ids_change_what_is_found(made: Any, data: st.DataObject) -> None:
    people = {name: data.draw(made.annotations()) for name in ("a1", "a2", "a3")[: data.draw(st.integers(1, 3))]}
    shuffled = {name: data.draw(made.relabelled(people[name])) for name in data.draw(st.permutations(list(people)))}
    assert content(merge(shuffled)) == content(merge(people))


@given(st.data())
def test_what_annotators_are_called_changes_nothing(made: Any, data: st.DataObject) -> None:
    people = {name: data.draw(made.annotations()) for name in ("a1", "a2", "a3")}
    called = dict(zip(people, data.draw(st.permutations(list(people))), strict=True))

    def nameless(merged: Merge) -> Any:
        asked = [
            (one.id, one.span, one.differences, [(len(it.people), repr(it.content), it.unsure) for it in one.answers])
            for one in merged.disagreements
        ]
        stands = {key: item.mention for key, item in merged.agreed.settled.items()}
        return asked, stands, merged.agreed.events, dict(merged.mentions)

    assert nameless(merge({called[name]: said for name, said in people.items()})) == nameless(merge(people))


@given(st.data())
def test_every_mention_that_stands_is_in_exactly_one_cluster_with_one_of_each(made: Any, data: st.DataObject) -> None:
    people = {name: list(data.draw(made.annotations()).live_mentions().values()) for name in ("a1", "a2", "a3")}
    clusters = cluster_mentions(people)
    found = sorted((person, mention.id) for cluster in clusters for person, mention in cluster.items())
    assert found == sorted((person, mention.id) for person, mentions in people.items() for mention in mentions)
    assert all(len({mention.kind for mention in cluster.values()}) == 1 for cluster in clusters)


@given(st.data())
def test_every_mention_and_event_is_agreed_or_asked_and_never_both(made: Any, data: st.DataObject) -> None:
    people = {name: data.draw(made.annotations()) for name in ("a1", "a2")}
    compared = merge(people)
    asked = [found.id for found in compared.disagreements]
    assert len(asked) == len(set(asked))
    assert not set(asked) & (compared.agreed.settled.keys() | compared.agreed.events.keys())
    for name, said in people.items():
        answers = [
            answer.content
            for found in compared.disagreements
            for answer in found.answers
            if name in answer.people and answer.content
        ]
        agreed = [item.mention for item in compared.agreed.settled.values() if item.live]
        shown = [i for i in said.settled.values() if i.live or i.disposition == "unsure"]
        spans = sorted((one.kind, one.span) for one in (*answers, *agreed) if hasattr(one, "kind"))
        assert spans == sorted((item.mention.kind, item.mention.span) for item in shown)
        events = [one for one in (*answers, *compared.agreed.events.values()) if hasattr(one, "triggers")]
        assert len(events) == len(said.live_events())
    for found in compared.disagreements:
        assert len(found.answers) > 1 or found.answers[0].unsure
        assert sorted(name for answer in found.answers for name in answer.people) == ["a1", "a2"]
