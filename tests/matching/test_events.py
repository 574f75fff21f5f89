from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from annotator.matching.events import (
    Attributes,
    ResolvedArgument,
    ResolvedEvent,
    arguments_in_common,
    pair_events,
    pair_without_triggers,
    resolve,
)
from annotator.model.event import Argument, Event
from annotator.model.mention import Mention
from annotator.text.span import span


def event(type, *triggers, arguments=(), **attributes):
    return ResolvedEvent(
        type,
        tuple(span(*trigger) for trigger in triggers),
        tuple(ResolvedArgument(role, span(*where)) for role, where in arguments),
        Attributes(**attributes),
    )


def test_resolving_leaves_no_ids_and_puts_lists_in_order():
    mentions = {
        "m1": Mention(id="m1", kind="trigger", start=20, end=24, quote="hit!"),
        "m2": Mention(id="m2", kind="trigger", start=5, end=8, quote="hit"),
        "m3": Mention(id="m3", kind="number", start=0, end=1, quote="6"),
    }
    made = Event(
        id="e1",
        type="air_strike",
        triggers=("m1", "m2", "m1"),
        arguments=(Argument(role="killed", mention="m3", of="isis"), Argument(role="attacker", mention="m3")),
        certainty="attributed",
    )
    assert resolve(made, mentions) == ResolvedEvent(
        "air_strike",
        (span(5, 8), span(20, 24)),
        (ResolvedArgument("attacker", span(0, 1)), ResolvedArgument("killed", span(0, 1), "isis")),
        Attributes("actual", "attributed", False, None),
    )


def test_type_and_trigger_outweigh_shared_arguments():
    a = [event("clash", (0, 5), arguments=[("place", (9, 12)), ("time", (14, 20))])]
    b = [
        event("shelling", (30, 35), arguments=[("place", (9, 12)), ("time", (14, 20))]),
        event("clash", (0, 5)),
    ]
    assert pair_events(a, b) == ((0, 1),)


def test_two_events_on_one_trigger_are_told_apart_by_their_arguments():
    first, second = [("place", (9, 12))], [("place", (30, 33))]
    a = [event("clash", (0, 5), arguments=first), event("clash", (0, 5), arguments=second)]
    b = [event("clash", (0, 5), arguments=second), event("clash", (0, 5), arguments=first)]
    assert pair_events(a, b) == ((0, 1), (1, 0))


def test_the_same_trigger_with_another_type_is_a_disagreement_about_one_event():
    assert pair_events([event("clash", (0, 5))], [event("raid", (2, 7))]) == ((0, 0),)


def test_events_with_nothing_in_common_are_never_paired():
    assert pair_events([event("clash", (0, 5))], [event("clash", (50, 55))]) == ()
    assert pair_events([event("clash", (0, 5))], [event("raid", (5, 9))]) == ()


def test_an_event_without_triggers_is_found_by_its_type():
    assert pair_events([event("clash", (0, 5))], [event("clash")]) == ((0, 0),)
    assert pair_events([event("clash", (0, 5))], [event("raid")]) == ()


def test_an_argument_counts_once_however_often_it_is_given():
    twice = event("clash", (0, 5), arguments=[("place", (9, 12)), ("place", (9, 12))])
    once = event("clash", (0, 5), arguments=[("place", (9, 12))])
    assert arguments_in_common(twice, once) == 1
    assert arguments_in_common(twice, twice) == 2


EVENTS = st.lists(
    st.builds(
        lambda type, starts, arguments: event(type, *((s, s + 3) for s in sorted(starts)), arguments=sorted(arguments)),
        st.sampled_from(["clash", "raid"]),
        st.sets(st.integers(0, 4), max_size=2),
        st.lists(st.tuples(st.sampled_from(["place", "time"]), st.sampled_from([(9, 12), (14, 16)])), max_size=2),
    ),
    max_size=5,
)


@given(EVENTS, EVENTS, st.randoms())
def test_no_order_of_the_lists_changes_which_contents_are_paired(a, b, random):
    def contents(one, other):
        return sorted((repr(one[i]), repr(other[j])) for i, j in pair_events(one, other))

    assert contents(random.sample(a, len(a)), random.sample(b, len(b))) == contents(a, b)


@given(EVENTS)
def test_every_event_with_content_is_paired_with_its_equal(a):
    paired = pair_events(a, a)
    assert len(paired) == len(a)
    assert sum(arguments_in_common(a[i], a[j]) for i, j in paired) == sum(len(one.arguments) for one in a)


def weight(one, other):
    """What a pair is worth, in the order of what counts."""
    exact = one.type == other.type and bool(set(one.triggers) & set(other.triggers))
    text = sum(mine.overlap(theirs) for mine in one.triggers for theirs in other.triggers)
    common = arguments_in_common(one, other)
    open_trigger = not (one.triggers and other.triggers)
    together = common or text or (one.type == other.type and open_trigger)
    return (exact, common, text) if together else (0, 0, 0)


@given(EVENTS, EVENTS.filter(lambda events: len(events) < 5))
def test_no_mapping_has_more_types_on_triggers_then_arguments_then_text_in_common(a, b):
    padded = [*a, *[None] * len(b)]

    def total(pairs):
        return tuple(map(sum, zip((0, 0, 0), *(weight(one, other) for one, other in pairs), strict=True)))

    best = max(
        total((one, other) for one, other in zip(chosen, b, strict=True) if one is not None)
        for chosen in permutations(padded, len(b))
    )
    assert total((a[i], b[j]) for i, j in pair_events(a, b)) == best


@given(EVENTS, EVENTS)
def test_which_side_comes_first_changes_no_pair(a, b):
    for pair in (pair_events, pair_without_triggers):
        assert sorted((repr(a[i]), repr(b[j])) for i, j in pair(a, b)) == sorted(
            (repr(a[i]), repr(b[j])) for j, i in pair(b, a)
        )


def test_a_ring_of_ties_is_broken_alike_from_either_side():
    # Each of three has one argument in common with two of the others, but for the one in its own place.
    shared = {(i, j): ("place", (1000 + 30 * i + 10 * j, 1005 + 30 * i + 10 * j)) for i, j in permutations(range(3), 2)}
    a = [event(f"a{i}", (i, i + 1), arguments=[shared[i, j] for j in range(3) if j != i]) for i in range(3)]
    b = [event(f"b{j}", (50 + j, 51 + j), arguments=[shared[i, j] for i in range(3) if i != j]) for j in range(3)]
    for pair in (pair_events, pair_without_triggers):
        assert len(pair(a, b)) == 3
        assert pair(a, b) == tuple(sorted((i, j) for j, i in pair(b, a)))
