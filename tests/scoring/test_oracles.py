"""Every level that pairs or intersects, against an oracle that knows no shortcut: it tries every one-to-one mapping."""

from collections import Counter
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.matching.numbers import bounds_overlap, within
from annotator.scoring.articles import score_documents
from annotator.scoring.document import Amount, Document, ScoredMention
from annotator.text.span import span
from tests.scoring.test_properties import EVENTS, MENTIONS

SIDES = st.builds(
    lambda mentions, events: Document("a", "en", tuple(mentions), tuple(events)),
    st.lists(MENTIONS, max_size=5),
    st.lists(EVENTS, max_size=4),
)
NUMBERS = st.lists(
    st.builds(
        lambda start, low, more, best, unit: ScoredMention(
            "number",
            span(start, start + 2),
            amount=Amount(low, None if more is None else (low or 0) + more, best, unit),
        ),
        st.sampled_from([0, 5]),
        st.none() | st.integers(0, 3),
        st.none() | st.integers(0, 3),
        st.none() | st.integers(0, 4),
        st.sampled_from([None, "persons"]),
    ),
    max_size=4,
)


def right(gold, predicted, level):
    return score_documents([gold], [predicted])[level].tp


def mappings(gold, predicted):
    """Every one-to-one mapping of two lists, as the pairs in it."""
    padded = [*gold, *[None] * len(predicted)]
    for chosen in permutations(padded, len(predicted)):
        yield [(one, other) for one, other in zip(chosen, predicted, strict=True) if one is not None]


def common(one, other):
    """How many arguments two events have in common, by role and span."""
    return (Counter(item[:2] for item in one.arguments) & Counter(item[:2] for item in other.arguments)).total()


@given(SIDES, SIDES)
def test_no_alignment_without_triggers_finds_more_types_and_arguments(gold, predicted):
    best = max(
        sum((one.type == other.type) + common(one, other) for one, other in pairs)
        for pairs in mappings(gold.events, predicted.events)
    )
    assert right(gold, predicted, "events-without-triggers") == best


def weight(one, other):
    """What an alignment with triggers is chosen by, the most important first."""
    text = sum(mine.overlap(theirs) for mine in one.triggers for theirs in other.triggers)
    same_type, open_trigger = one.type == other.type, not (one.triggers and other.triggers)
    if not (common(one, other) or text or (same_type and open_trigger)):
        return (0,) * 6
    return (
        same_type and bool(set(one.triggers) & set(other.triggers)),
        common(one, other),
        text,
        same_type,
        (Counter(one.arguments) & Counter(other.arguments)).total(),
        sum(mine == theirs for mine, theirs in zip(one.attributes, other.attributes, strict=True)),
    )


def slots(one, other):
    """How many slots of an event are right in another."""
    if not any(weight(one, other)):
        return 0
    triggers = (Counter(one.triggers) & Counter(other.triggers)).total()
    return (one.type == other.type) + triggers + common(one, other)


@given(SIDES, SIDES)
def test_slots_are_those_of_an_alignment_that_no_other_outweighs(gold, predicted):
    weighed = [
        (tuple(map(sum, zip((0,) * 6, *(weight(*pair) for pair in pairs), strict=True))), pairs)
        for pairs in mappings(gold.events, predicted.events)
    ]
    best = max(total for total, _ in weighed)
    possible = {sum(slots(*pair) for pair in pairs) for total, pairs in weighed if total == best}
    assert right(gold, predicted, "events-aligned") in possible


def lies_within(gold, predicted):
    if (gold.low, gold.high, gold.best) == (None, None, None):
        return gold == predicted
    return within(predicted, gold)


@pytest.mark.parametrize(
    ("level", "matches"),
    [("exact", lambda one, other: one == other), ("bounds", bounds_overlap), ("within", lies_within)],
)
@given(NUMBERS, NUMBERS)
def test_no_pairing_of_numbers_finds_more(level, matches, gold, predicted):
    best = max(
        sum(one.span == other.span and matches(one.amount, other.amount) for one, other in pairs)
        for pairs in mappings(gold, predicted)
    )
    sides = (Document("a", "en", tuple(side)) for side in (gold, predicted))
    assert right(*sides, f"numbers-{level}") == best


def triggers(side):
    """Types and spans of triggers; of mentions those that no event uses."""
    used = [(event.type, trigger) for event in side.events for trigger in event.triggers]
    alone = {trigger for _, trigger in used}
    lone = [one for one in side.mentions if one.kind == "trigger" and one.span not in alone]
    return [*used, *((one.label or "(none)", one.span) for one in lone)]


def arguments(side):
    return [(event.type, item.role, item.span) for event in side.events for item in event.arguments]


def types(side):
    return {event.type for event in side.events} | {name for name, _ in triggers(side) if name != "(none)"}


MULTISETS = {
    "mentions-strict": lambda side: [(one.kind, one.label, one.span) for one in side.mentions],
    "mentions-exact": lambda side: [(one.kind, one.span) for one in side.mentions],
    "trigger-C": triggers,
    "trigger-I": lambda side: [where for _, where in triggers(side)],
    "argument-C-unattached": arguments,
    "argument-I-unattached": lambda side: [(of_type, where) for of_type, _, where in arguments(side)],
    "article": types,
}


@pytest.mark.parametrize("level", MULTISETS)
@given(SIDES, SIDES)
def test_what_must_be_equal_is_intersected_as_often_as_both_sides_have_it(level, gold, predicted):
    ours, theirs = (Counter(MULTISETS[level](side)) for side in (gold, predicted))
    score = score_documents([gold], [predicted])[level]
    assert score == ((ours & theirs).total(), theirs.total(), ours.total())
