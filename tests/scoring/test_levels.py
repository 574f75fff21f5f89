"""What counts as a match, on cases whose counts are worked out by hand, and against an oracle that tries everything."""

from collections import Counter
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import Refusal
from annotator.matching.events import ResolvedArgument, ResolvedEvent
from annotator.scoring.articles import score_documents
from annotator.scoring.document import Amount, Document, ScoredMention
from annotator.text.span import span


def mention(kind, start, end, label=None, **amount):
    return ScoredMention(kind, span(start, end), label, None, Amount(**amount) if amount else None)


def event(type, *triggers, arguments=()):
    return ResolvedEvent(
        type,
        tuple(span(start, start + 4) for start in triggers),
        tuple(ResolvedArgument(role, span(start, start + 4)) for role, start in arguments),
    )


def article(*items, id="a", language="en"):
    mentions = tuple(item for item in items if isinstance(item, ScoredMention))
    return Document(id, language, mentions, tuple(item for item in items if isinstance(item, ResolvedEvent)))


def scored(gold, predicted, level):
    """The counts (right, predicted, gold) of one article at a level."""
    return tuple(score_documents([gold], [predicted])[level])


@pytest.mark.parametrize(
    ("predicted", "strict", "exact"),
    [
        (mention("actor", 0, 5, "group"), (1, 1, 1), (1, 1, 1)),
        (mention("actor", 0, 5, "state"), (0, 1, 1), (1, 1, 1)),
        (mention("actor", 0, 5), (0, 1, 1), (1, 1, 1)),
        (mention("place", 0, 5, "group"), (0, 1, 1), (0, 1, 1)),
        (mention("actor", 0, 6, "group"), (0, 1, 1), (0, 1, 1)),
        (mention("actor", 5, 9, "group"), (0, 1, 1), (0, 1, 1)),
    ],
)
def test_a_mention_is_right_by_kind_span_and_strictly_by_label(predicted, strict, exact):
    gold, predicted = article(mention("actor", 0, 5, "group")), article(predicted)
    assert scored(gold, predicted, "mentions-strict") == strict
    assert scored(gold, predicted, "mentions-exact") == exact


@pytest.mark.parametrize(
    ("predicted", "overlap", "half", "iou"),
    [
        (mention("actor", 0, 5, "group"), 1, 1, 1),
        (mention("actor", 4, 9, "group"), 1, Fraction(1, 2), Fraction(1, 9)),
        (mention("actor", 0, 10, "group"), 1, Fraction(1, 2), Fraction(1, 2)),
        (mention("actor", 5, 9, "group"), 0, 0, 0),
        (mention("actor", 0, 5, "state"), 0, 0, 0),
        (mention("place", 0, 5, "group"), 0, 0, 0),
    ],
)
def test_a_mention_with_other_edges_has_full_half_or_its_share_of_credit(predicted, overlap, half, iou):
    gold = article(mention("actor", 0, 5, "group"))
    for level, right in (("overlap", overlap), ("half", half), ("iou", iou)):
        assert scored(gold, article(predicted), f"mentions-{level}") == (right, 1, 1)


def test_one_long_prediction_finds_one_of_the_mentions_that_it_covers():
    gold = article(mention("actor", 0, 5), mention("actor", 6, 12))
    assert scored(gold, article(mention("actor", 0, 12)), "mentions-overlap") == (1, 1, 2)
    assert scored(gold, article(mention("actor", 0, 12)), "mentions-iou") == (Fraction(6, 12), 1, 2)


def test_credit_is_summed_exactly_whatever_the_order_of_articles():
    lengths = range(2, 40)
    gold = [article(mention("actor", 0, 1), id=str(n)) for n in lengths]
    predicted = [article(mention("actor", 0, n), id=str(n)) for n in lengths]
    one, other = score_documents(gold, predicted), score_documents(gold[::-1], predicted)
    assert one["mentions-iou"].tp == other["mentions-iou"].tp == sum(Fraction(1, n) for n in lengths)


def test_a_prediction_given_twice_is_right_once():
    twice = article(mention("actor", 0, 5), mention("actor", 0, 5), event("raid", 9), event("raid", 9))
    once = article(mention("actor", 0, 5), event("raid", 9))
    assert scored(once, twice, "mentions") == (1, 2, 1)
    assert scored(once, twice, "triggers") == (1, 2, 1)
    assert scored(once, twice, "articles") == (1, 1, 1)


def test_a_trigger_is_identified_by_its_span_and_classified_by_its_type():
    gold = article(event("raid", 0), event("clash", 10), event("shelling", 20))
    predicted = article(event("raid", 0), event("raid", 10), event("shelling", 21), event("raid", 30))
    assert scored(gold, predicted, "trigger-I") == (2, 4, 3)
    assert scored(gold, predicted, "trigger-C") == (1, 4, 3)


def test_a_trigger_mention_that_no_event_uses_is_a_trigger_too():
    gold = article(event("raid", 0), mention("trigger", 0, 4, "raid"), mention("trigger", 9, 13, "clash"))
    found = article(mention("trigger", 0, 4, "raid"), mention("trigger", 9, 13, "raid"))
    assert scored(gold, found, "trigger-I") == (2, 2, 2)
    assert scored(gold, found, "trigger-C") == (1, 2, 2)
    assert scored(gold, found, "articles") == (1, 1, 2)


def test_an_argument_on_the_wrong_event_of_the_right_type_is_only_right_unattached():
    gold = article(event("raid", 0, arguments=[("place", 50)]), event("raid", 10, arguments=[("place", 60)]))
    crossed = article(event("raid", 0, arguments=[("place", 60)]), event("raid", 10, arguments=[("place", 50)]))
    assert scored(gold, crossed, "argument-C") == (0, 2, 2)
    assert scored(gold, crossed, "argument-C-unattached") == (2, 2, 2)


def test_an_argument_is_identified_by_its_span_and_classified_by_its_role():
    gold = article(event("raid", 0, arguments=[("attacker", 50), ("target", 60)]))
    predicted = article(event("raid", 0, arguments=[("target", 50), ("target", 60), ("place", 70)]))
    assert scored(gold, predicted, "argument-I") == (2, 3, 2)
    assert scored(gold, predicted, "argument-C") == (1, 3, 2)


def test_an_argument_of_another_type_or_without_a_trigger_is_not_attached():
    gold = article(event("raid", 0, arguments=[("place", 50)]))
    assert scored(gold, article(event("clash", 0, arguments=[("place", 50)])), "argument-C") == (0, 1, 1)
    untriggered = article(event("raid", arguments=[("place", 50)]))
    assert scored(gold, untriggered, "argument-C") == (0, 1, 1)
    assert scored(gold, untriggered, "argument-C-unattached") == (1, 1, 1)
    assert scored(untriggered, untriggered, "argument-C") == (1, 1, 1)


def test_events_of_one_type_on_one_trigger_are_paired_so_that_most_arguments_match():
    gold = article(
        event("raid", 0, arguments=[("place", 50), ("time", 60)]), event("raid", 0, arguments=[("place", 50)])
    )
    predicted = article(
        event("raid", 0, arguments=[("place", 50)]), event("raid", 0, arguments=[("place", 50), ("time", 60)])
    )
    assert scored(gold, predicted, "argument-C") == (3, 3, 3)


def test_which_of_two_events_a_tie_goes_to_hangs_on_what_they_say_and_not_on_their_order():
    place, time = (event("raid", 0, arguments=[said]) for said in (("place", 50), ("time", 60)))
    both = article(event("raid", 0, arguments=[("place", 50), ("time", 60)]))
    rows = score_documents([article(place, time)], [both]).by("arguments", "role")
    assert rows == score_documents([article(time, place)], [both]).by("arguments", "role")
    assert rows == {"place": (1, 1, 1), "time": (0, 1, 1)}


@pytest.mark.parametrize(
    ("predicted", "exact", "within", "bounds"),
    [
        (mention("number", 0, 9, low=6, unit="persons"), (1, 1, 1), (1, 1, 1), (1, 1, 1)),
        (mention("number", 0, 9, low=6), (0, 1, 1), (1, 1, 1), (1, 1, 1)),
        (mention("number", 0, 9, low=6, high=6, best=6, unit="persons"), (0, 1, 1), (1, 1, 1), (1, 1, 1)),
        (mention("number", 0, 9, best=7), (0, 1, 1), (1, 1, 1), (1, 1, 1)),
        (mention("number", 0, 9, low=5, high=8), (0, 1, 1), (0, 1, 1), (1, 1, 1)),
        (mention("number", 0, 9, low=0, high=5, unit="persons"), (0, 1, 1), (0, 1, 1), (0, 1, 1)),
        (mention("number", 0, 8, low=6, unit="persons"), (0, 1, 1), (0, 1, 1), (0, 1, 1)),
        (mention("number", 0, 9), (0, 0, 1), (0, 0, 1), (0, 0, 1)),
    ],
)
def test_a_number_is_right_by_span_and_value(predicted, exact, within, bounds):
    gold, predicted = article(mention("number", 0, 9, low=6, unit="persons")), article(predicted)
    assert scored(gold, predicted, "numbers-exact") == exact
    assert scored(gold, predicted, "numbers-within") == within
    assert scored(gold, predicted, "numbers-bounds") == bounds


def test_no_number_lies_within_what_gold_leaves_open_but_the_same():
    gold = article(mention("number", 0, 9, num=2, den=3))
    assert scored(gold, article(mention("number", 0, 9, best=7)), "numbers-within") == (0, 1, 1)
    assert scored(gold, gold, "numbers-within") == (1, 1, 1)


def test_two_numbers_of_one_span_are_matched_one_to_one():
    gold = article(mention("number", 0, 9, low=1, high=5), mention("number", 0, 9, low=4, high=9))
    predicted = article(mention("number", 0, 9, low=5, high=5), mention("number", 0, 9, low=1, high=3))
    assert scored(gold, predicted, "numbers-bounds") == (2, 2, 2)


def test_an_article_is_scored_by_the_set_of_its_event_types():
    gold = article(event("raid", 0), event("raid", 10), event("clash", 20))
    predicted = article(event("raid", 99), event("shelling", 20), event("shelling", 30))
    assert scored(gold, predicted, "article") == (1, 2, 2)


def test_counts_are_summed_over_articles_and_never_averaged():
    gold = [article(mention("actor", 0, 5), id="a"), article(*(mention("actor", n, n + 1) for n in range(9)), id="b")]
    predicted = [article(mention("actor", 0, 5), id="a"), article(id="b")]
    score = score_documents(gold, predicted)["mentions"]
    assert score == (1, 1, 10)
    assert (score.precision, score.recall, score.f1) == (1.0, 0.1, 2 / 11)


def test_a_false_positive_counts_where_gold_is_empty():
    score = score_documents([article()], [article(mention("actor", 0, 5))])["mentions"]
    assert score == (0, 1, 0)
    assert (score.precision, score.recall, score.f1) == (0.0, None, 0.0)


def test_a_gold_article_without_prediction_counts_as_empty_with_a_warning():
    report = score_documents([article(mention("actor", 0, 5), id="a"), article(id="b")], [])
    assert report["mentions"] == (0, 0, 1)
    (warning,) = report.warnings
    assert warning.level == "warning"
    assert "2 gold article(s)" in warning.message
    assert "a, b" in warning.message


def test_the_warning_names_a_few_articles_and_counts_the_rest():
    (warning,) = score_documents([article(id=f"{n:03}") for n in range(100)], []).warnings
    assert warning.message.endswith("000, 001, 002, 003, 004 and 95 more.")


def test_an_article_that_gold_lacks_or_that_comes_twice_is_refused():
    with pytest.raises(Refusal, match="gold lacks: z"):
        score_documents([article()], [article(), article(id="z")])
    with pytest.raises(Refusal, match="a is predicted twice"):
        score_documents([article(id="a"), article(id="b")], [article(id="a"), article(id="a")])
    with pytest.raises(Refusal, match="Gold has the article a twice"):
        score_documents([article(), article()], [])


def test_an_id_cannot_steer_the_terminal():
    (warning,) = score_documents([article(id="\x1b[2J")], []).warnings
    assert "\x1b" not in warning.message


def test_articles_are_joined_by_id_whatever_their_order():
    gold = [article(mention("actor", n, n + 1), id=str(n)) for n in range(5)]
    assert score_documents(gold, reversed(gold))["mentions"] == (5, 5, 5)


def test_predictions_are_read_no_further_than_needed():
    read = []

    def predictions():
        for n in range(3):
            read.append(n)
            yield article(id=str(n))

    def gold():
        for n in range(3):
            yield article(id=str(n))
            assert read == list(range(n + 1))

    score_documents(gold(), predictions())


ARGUMENTS = st.lists(st.tuples(st.sampled_from(["place", "time"]), st.sampled_from([50, 60])), max_size=3)
EVENTS = st.lists(
    st.builds(
        lambda type, triggers, arguments: event(type, *sorted(triggers), arguments=arguments),
        st.sampled_from(["raid", "clash"]),
        st.sets(st.sampled_from([0, 10]), max_size=2),
        ARGUMENTS,
    ),
    max_size=4,
)


def most_attached(gold, predicted, item):
    """The most items that match under any one-to-one mapping of events of one type with a trigger in common."""
    padded = [*gold, *[None] * len(predicted)]

    def right(ours, theirs):
        if ours is None or ours.type != theirs.type:
            return 0
        if ours.triggers != theirs.triggers and not set(ours.triggers) & set(theirs.triggers):
            return 0
        return (Counter(map(item, ours.arguments)) & Counter(map(item, theirs.arguments))).total()

    return max(sum(map(right, chosen, predicted)) for chosen in permutations(padded, len(predicted)))


@given(EVENTS, EVENTS)
def test_no_mapping_of_events_attaches_more_arguments(gold, predicted):
    by_role = most_attached(gold, predicted, lambda argument: (argument.role, argument.span))
    by_span = most_attached(gold, predicted, lambda argument: argument.span)
    assert scored(article(*gold), article(*predicted), "argument-C")[0] == by_role
    assert scored(article(*gold), article(*predicted), "argument-I")[0] == by_span


WORDS = st.dictionaries(st.integers(0, 12), st.tuples(st.integers(1, 4), st.sampled_from("AB")), max_size=8)


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=4))
def test_nervaluate_counts_the_same_where_its_rules_do(articles):
    # One entity in each stretch of ten code points, and only spans equal or apart: there the definitions coincide.
    from nervaluate import Evaluator

    def entities(words):
        return [
            {"start": 10 * place, "end": 10 * place + length, "label": label}
            for place, (length, label) in words.items()
        ]

    theirs = Evaluator(
        [entities(gold) for gold, _ in articles],
        [entities(predicted) for _, predicted in articles],
        tags=["A", "B"],
        loader="dict",
    ).evaluate()["overall"]["strict"]

    def document(words, number):
        found = (mention("actor", item["start"], item["end"], item["label"]) for item in entities(words))
        return article(*found, id=str(number))

    ours = score_documents(
        [document(gold, number) for number, (gold, _) in enumerate(articles)],
        [document(predicted, number) for number, (_, predicted) in enumerate(articles)],
    )["mentions-strict"]
    assert (ours.tp, ours.pred, ours.gold) == (theirs.correct, theirs.actual, theirs.possible)


def test_events_are_aligned_and_then_compared_slot_by_slot():
    gold = article(
        event("raid", 0, 20, arguments=[("place", 50), ("attacker", 60)]), event("clash", 10, arguments=[("place", 50)])
    )
    predicted = article(
        event("raid", 20, arguments=[("place", 50), ("attacker", 70)]),
        event("raid", 10, arguments=[("place", 50)]),
        event("shelling", 90),
    )
    report = score_documents([gold], [predicted])
    # The raid: type, one of two triggers, the place. The clash, taken for a raid: its trigger and its place.
    assert report["events"] == (5, 9, 8)
    assert report.by("events", "slot") == {
        "attacker": (0, 1, 1), "place": (2, 2, 2), "trigger": (2, 3, 3), "type": (1, 3, 2),
    }  # fmt: skip


def test_a_shared_trigger_outweighs_shared_arguments_unless_triggers_are_left_out():
    gold = article(event("raid", 0, arguments=[("place", 50), ("time", 60)]))
    predicted = article(event("raid", 0), event("raid", 90, arguments=[("place", 50), ("time", 60)]))
    assert scored(gold, predicted, "events-aligned") == (2, 6, 4)
    assert scored(gold, predicted, "events-without-triggers") == (3, 4, 3)


def test_an_extractor_without_triggers_is_scored_by_types_and_arguments():
    gold = article(event("raid", 0, arguments=[("place", 50)]), event("raid", 10, arguments=[("place", 60)]))
    predicted = article(event("raid", arguments=[("place", 60)]), event("clash", arguments=[("place", 50)]))
    assert scored(gold, predicted, "events-without-triggers") == (3, 4, 4)
    assert scored(gold, predicted, "events-aligned") == (3, 4, 6)


def most_slots(gold, predicted, slots):
    """The most slots that match under any one-to-one mapping of events."""
    padded = [*gold, *[None] * len(predicted)]

    def right(ours, theirs):
        return 0 if ours is None else (Counter(slots(ours)) & Counter(slots(theirs))).total()

    return max(sum(map(right, chosen, predicted)) for chosen in permutations(padded, len(predicted)))


@given(EVENTS, EVENTS.filter(lambda events: len(events) < 4))
def test_no_mapping_of_events_without_triggers_matches_more_slots(gold, predicted):
    best = most_slots(gold, predicted, lambda one: [one.type, *((item.role, item.span) for item in one.arguments)])
    assert scored(article(*gold), article(*predicted), "events-without-triggers")[0] == best


@pytest.mark.parametrize("first", [0, 90])
def test_without_triggers_a_type_in_common_weighs_no_more_than_an_argument(first):
    gold = article(event("raid", 20, arguments=[("place", 50), ("time", 60)]))
    predicted = article(event("raid", first), event("clash", 30, arguments=[("place", 50), ("time", 60)]))
    assert scored(gold, predicted, "events-without-triggers") == (2, 4, 3)
