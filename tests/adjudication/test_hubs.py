from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.adjudication.hubs import canonical_hubs
from annotator.adjudication.merge import merge
from annotator.matching.hubs import hub_called
from annotator.model.record import GoldRecord, Provenance

PROVENANCE = Provenance(annotators=("a1", "a2"), adjudicator="j1", decisions_sha256="0" * 64)

Told = list[tuple[int, int, str | None]]
"""The events of a record: edges of the trigger, and the hub."""


@pytest.fixture(scope="session")
def record(made: Any) -> Any:
    def record(article_id: str, told: Told) -> GoldRecord:
        mentions = [made.mention(f"m{i}", "trigger", start, end) for i, (start, end, _) in enumerate(told, 1)]
        events = [made.event(f"e{i}", "clash.armed", [f"m{i}"], hub=hub) for i, (*_, hub) in enumerate(told, 1)]
        return GoldRecord(
            article_id=article_id, language="en", text_sha256="0" * 64, regions=(), mentions=tuple(mentions),
            events=tuple(events), complete=True, provenance=PROVENANCE,
        )  # fmt: skip

    return record


def hubs(records: list[GoldRecord]) -> dict[str, list[str | None]]:
    return {record.article_id: [event.hub for event in record.events] for record in records}


def test_hubs_are_counted_in_order_of_article_and_place(record: Any) -> None:
    told = [
        record("b", [(0, 3, "a:9-12"), (4, 7, "b:4-7"), (8, 9, "b:4-7")]),
        record("a", [(0, 3, None), (4, 7, "z"), (9, 12, "a:9-12")]),
        record("c", [(0, 3, "z")]),
    ]
    named, problems = canonical_hubs(told)
    assert hubs(named) == {"a": [None, "h1", "h2"], "b": ["h2", "h3", "h3"], "c": ["h1"]}
    assert problems == ()


def test_a_hub_with_one_telling_is_left_off_with_a_warning(record: Any) -> None:
    named, (problem,) = canonical_hubs([record("b", [(0, 3, "a:9-12")]), record("a", [(9, 12, None)])])
    assert hubs(named) == {"a": [None], "b": [None]}
    assert (problem.rule, problem.level, problem.where) == ("hub.alone", "warning", "b e1")


@pytest.mark.parametrize(
    ("told", "one"),
    [
        ([(9, 13, "a:9-13")], True),
        ([(9, 13, "a:9-13"), (10, 11, "a:10-11")], True),
        ([(8, 12, "a:8-12"), (9, 13, "a:9-13")], False),
        ([(9, 13, None)], False),
        ([(12, 15, "a:12-15")], False),
    ],
    ids=["edge", "most-text", "either", "not-linked", "touching"],
)
def test_a_telling_by_other_edges_is_found_again(record: Any, told: Told, one: bool) -> None:
    named, _ = canonical_hubs([record("a", told), record("b", [(0, 3, "a:9-12")])])
    assert (hubs(named)["b"] == ["h1"]) is one


NAMES = st.sampled_from([None, "h9", "a:0-3", "a:1-3", "b:4-6", "b:4-7", "c:2-5"])
TOLD = st.lists(st.tuples(st.integers(0, 5), st.integers(1, 4), NAMES), max_size=5)


@given(st.lists(TOLD, min_size=1, max_size=4), st.randoms())
def test_any_order_gives_the_same_hubs_each_with_several_tellings(record: Any, told: list[Any], chance: Any) -> None:
    records = [
        record("abcd"[at], sorted(((start, start + size, hub) for start, size, hub in events), key=repr))
        for at, events in enumerate(told)
    ]
    named, problems = canonical_hubs(records)
    shuffled = list(records)
    chance.shuffle(shuffled)
    assert canonical_hubs(shuffled) == (named, problems)
    assert canonical_hubs(named) == (named, ()), "they are called so already"
    found = [event.hub for one in named for event in one.events if event.hub]
    assert all(found.count(hub) > 1 for hub in found)
    assert list(dict.fromkeys(found)) == [f"h{number}" for number in range(1, len(set(found)) + 1)]
    before = [event.hub for one in records for event in one.events]
    after = [event.hub for one in named for event in one.events]
    assert len(problems) == sum(new is None and old is not None for old, new in zip(before, after, strict=True))
    for (old, new), (other, other_new) in pairwise(
        sorted((o, n or "") for o, n in zip(before, after, strict=True) if o)
    ):
        assert old != other or new == other_new, "what was called the same still is"


def linked(made: Any, *edges: tuple[int, int], hub: str) -> Any:
    mentions = [made.mention(f"t{start}", "trigger", start, end) for start, end in edges]
    return made.annotation(mentions, [made.event(f"e{one.id}", "clash.armed", [one.id], hub=hub) for one in mentions])


def test_annotators_whose_triggers_differ_by_an_edge_do_not_differ_in_the_hub(made: Any) -> None:
    first = linked(made, (14, 20), (66, 72), hub=hub_called("x", (made.mention("t", "trigger", 14, 20)).span))
    second = linked(made, (13, 20), (66, 72), hub="x:13-20")
    found = merge({"a1": first, "a2": second})
    assert [one.what for one in found.disagreements] == ["mention"]
    assert len({event.hub for event in found.agreed.events.values()}) == 1


def test_annotators_who_link_another_event_elsewhere_differ(made: Any) -> None:
    first, second = (linked(made, (66, 72), hub=hub) for hub in ("000:5-9", "000:50-55"))
    (one,) = merge({"a1": first, "a2": second}).disagreements
    assert one.differences == ("attribute",)
