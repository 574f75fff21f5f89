"""Entities: which mention of whom an argument is does not matter."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from annotator.matching.events import ResolvedArgument, ResolvedEvent
from annotator.scoring.articles import score_documents
from annotator.scoring.document import Document, ScoredMention
from annotator.text.span import span

ISIS, ARMY = "isis", "syrian_army"


def article(*events, **refs):
    """An article with events, and with mentions at the places `at_50` and so on that refer to somebody."""
    mentions = tuple(
        ScoredMention("actor", span(int(at[3:]), int(at[3:]) + 4), None, ref) for at, ref in sorted(refs.items())
    )
    return Document("a", "en", mentions, tuple(events))


def raid(trigger, *arguments):
    return ResolvedEvent(
        "raid",
        (span(trigger, trigger + 4),),
        tuple(ResolvedArgument(role, span(start, start + 4)) for role, start in arguments),
    )


def scored(gold, predicted, level="entities"):
    return tuple(score_documents([gold], [predicted])[level])


GOLD = article(raid(0, ("attacker", 50)), at_50=ISIS, at_60=ISIS, at_70=ARMY)


def test_another_mention_of_the_same_entity_is_as_good():
    assert scored(GOLD, article(raid(0, ("attacker", 90)), at_90=ISIS)) == (1, 1, 1)
    assert scored(GOLD, article(raid(0, ("attacker", 90)), at_90=ARMY)) == (0, 1, 1)
    assert scored(GOLD, article(raid(0, ("attacker", 90)), at_90=ISIS), "arguments") == (0, 1, 1)


def test_who_gives_no_ref_may_name_any_mention_that_gold_knows():
    assert scored(GOLD, article(raid(0, ("attacker", 60)))) == (1, 1, 1)
    assert scored(GOLD, article(raid(0, ("attacker", 70)))) == (0, 1, 1)


def test_a_ref_by_another_name_does_no_harm_on_the_very_span_and_no_good_elsewhere():
    assert scored(GOLD, article(raid(0, ("attacker", 50)), at_50="Q2429253")) == (1, 1, 1)
    assert scored(GOLD, article(raid(0, ("attacker", 60)), at_60="Q2429253")) == (0, 1, 1)


def test_calling_everything_one_entity_finds_that_entity_alone():
    gold = article(raid(0, ("attacker", 50), ("target", 70)), at_50=ISIS, at_70=ARMY)
    everything = article(raid(0, ("attacker", 80), ("target", 80)), at_50=ISIS, at_60=ISIS, at_70=ISIS, at_80=ISIS)
    assert scored(gold, everything) == (1, 2, 2)


def test_several_mentions_of_one_entity_in_one_role_count_once_but_a_repetition_counts():
    gold = article(raid(0, ("attacker", 50), ("attacker", 60)), at_50=ISIS, at_60=ISIS)
    assert scored(gold, article(raid(0, ("attacker", 60)), at_60=ISIS)) == (1, 1, 1)
    assert scored(gold, article(raid(0, ("attacker", 60), ("attacker", 60)), at_60=ISIS)) == (1, 2, 1)


def test_role_type_and_trigger_must_be_right():
    assert scored(GOLD, article(raid(0, ("target", 50)), at_50=ISIS)) == (0, 1, 1)
    assert scored(GOLD, article(raid(9, ("attacker", 50)), at_50=ISIS)) == (0, 1, 1)


PLACES = st.sampled_from([50, 60, 70])
SIDES = st.builds(
    lambda events, refs: article(*events, **{f"at_{at}": ref for at, ref in refs.items()}),
    st.lists(
        st.builds(
            raid, st.sampled_from([0, 10]), st.tuples(st.sampled_from(["attacker", "target"]), PLACES), st.tuples(
                st.just("attacker"), PLACES)
        ),
        max_size=3,
    ),
    st.dictionaries(PLACES, st.sampled_from([ISIS, ARMY])),
)  # fmt: skip


def pairings(ours, theirs):
    """Every one-to-one pairing of two lists; None stands for nothing."""
    return (zip(chosen, theirs, strict=True) for chosen in permutations([*ours, *[None] * len(theirs)], len(theirs)))


@given(SIDES, SIDES)
def test_no_mapping_of_events_and_entities_finds_more(gold, predicted):
    refs, found = ({one.span: one.ref for one in side.mentions} for side in (gold, predicted))

    def entities(event, side):
        """By role, sets of spans; those without a ref and repetitions stand alone."""
        said = {}
        for number, (role, where, _) in enumerate(event.arguments):
            repeated = [one[:2] for one in event.arguments[:number]].count((role, where))
            said.setdefault((role, side.get(where, where), repeated), set()).add(where)
        return [(role, side.get(min(spans)), spans) for (role, _, _), spans in said.items()]

    def same(one, other):
        (role, ref, spans), (their_role, their_ref, their_spans) = one, other
        return role == their_role and bool(
            spans & their_spans
            or (ref and ref == their_ref)
            or (ref and not their_ref and any(refs.get(where) == ref for where in their_spans))
            or (their_ref and not ref and any(found.get(where) == their_ref for where in spans))
        )

    def right(ours, theirs):
        if ours is None or ours.triggers != theirs.triggers:
            return 0
        mine, others = entities(ours, refs), entities(theirs, found)
        return max(
            sum(one is not None and same(one, other) for one, other in pairs) for pairs in pairings(mine, others)
        )

    best = max(sum(right(one, other) for one, other in pairs) for pairs in pairings(gold.events, predicted.events))
    assert scored(gold, predicted)[0] == best


@given(SIDES, SIDES)
def test_without_any_ref_it_is_the_level_of_arguments(gold, predicted):
    bare = [side._replace(mentions=()) for side in (gold, predicted)]
    assert scored(*bare) == scored(*bare, "arguments")
