import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.matching.mentions import pair_mentions, same_claims
from annotator.model.mention import Kind, Mention
from annotator.model.value import NumberValue


def mention(start, end, kind="actor", id="m", **said):
    return Mention(id=id, kind=kind, start=start, end=end, quote="x" * (end - start), **said)


def test_the_exact_span_is_paired_before_a_longer_overlap():
    assert pair_mentions([mention(0, 5, id="a")], [mention(0, 9, id="x"), mention(0, 5, id="y")]) == ((0, 1),)


def test_without_an_exact_span_the_most_text_in_common_wins():
    a = [mention(0, 10)]
    assert pair_mentions(a, [mention(8, 20, id="x"), mention(1, 12, id="y")]) == ((0, 1),)


def test_kinds_are_never_mixed():
    assert pair_mentions([mention(0, 5, "actor")], [mention(0, 5, "place")]) == ()


def test_mentions_that_only_touch_are_two():
    assert pair_mentions([mention(0, 5)], [mention(5, 9)]) == ()


def test_a_ref_decides_between_mentions_of_one_span():
    a = [mention(0, 5, id="a", ref="isis"), mention(0, 5, id="b", ref="sdf")]
    assert pair_mentions(a, [mention(0, 5, id="x", ref="sdf"), mention(0, 5, id="y")]) == ((0, 1), (1, 0))


def test_one_mention_split_in_two_is_paired_once():
    assert len(pair_mentions([mention(0, 10)], [mention(0, 4, id="x"), mention(5, 10, id="y")])) == 1


MENTIONS = st.lists(
    st.tuples(st.integers(0, 8), st.integers(1, 4), st.sampled_from(["actor", "number"]), st.sampled_from(["p", "q"])),
    max_size=6,
).map(
    lambda drawn: [
        mention(start, start + length, kind, f"m{index}", label=label)
        for index, (start, length, kind, label) in enumerate(drawn)
    ]
)


@given(MENTIONS, MENTIONS, st.randoms())
def test_no_order_of_the_lists_changes_who_is_paired(a, b, random):
    def ids(one, other):
        return {(one[i].id, other[j].id) for i, j in pair_mentions(one, other)}

    expected = ids(a, b)
    shuffled_a, shuffled_b = random.sample(a, len(a)), random.sample(b, len(b))
    assert ids(shuffled_a, shuffled_b) == expected


@given(MENTIONS)
def test_every_mention_is_paired_with_its_equal(a):
    paired = pair_mentions(a, a)
    assert len(paired) == len(a)
    assert all(a[i].span == a[j].span and a[i].label == a[j].label for i, j in paired)


def test_an_exact_pair_is_kept_where_a_crossing_shares_as_much_text():
    a = [mention(10, 14, id="a"), mention(11, 20, id="b")]
    b = [mention(6, 13, id="x"), mention(10, 14, id="y")]
    assert pair_mentions(a, b) == ((0, 1), (1, 0))


@pytest.mark.parametrize(
    ("changed", "same"),
    [
        ({}, True),
        ({"end": 9}, True),
        ({"start": 8, "end": 9}, False),
        ({"value": NumberValue(low=6, unit="houses", qualifier="at_least")}, True),
        ({"value": NumberValue(low=7)}, False),
        ({"label": "dead"}, True),
    ],
)
def test_a_claim_is_what_is_said_and_neither_edges_nor_manner(changed: dict[str, object], same: bool) -> None:
    one = Mention(id="n", kind="number", start=3, end=8, quote="about 6"[:5], value=NumberValue(low=6))
    assert list(same_claims([one], [one.model_copy(update=changed)])) == ([(0, 0)] if same else [])


@pytest.mark.parametrize(
    ("kind", "field", "other"), [("trigger", "label", "x"), ("actor", "ref", "x"), ("place", "ref", None)]
)
def test_a_type_or_an_entry_is_claimed_of_its_kind(kind: Kind, field: str, other: str | None) -> None:
    one = Mention.model_validate({"id": "m", "kind": kind, "start": 3, "end": 5, "quote": "ab", field: "y"})
    assert list(same_claims([one], [one])) == [(0, 0)]
    assert list(same_claims([one], [one.model_copy(update={field: other})])) == []
    assert list(same_claims([one], [one.model_copy(update={"kind": "time", "label": None, "ref": None})])) == []
