"""Every error once, so that errors add up to what a score counts as wrong."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.matching.events import Attributes, ResolvedArgument, ResolvedEvent
from annotator.scoring.articles import score_documents
from annotator.scoring.confusion import Confusions, confusion
from annotator.scoring.document import Amount, Document, Moment, ScoredMention
from annotator.scoring.errors import compared, errors_of
from annotator.scoring.score import Score, total
from annotator.text.span import span
from tests.scoring.test_properties import corpora, shuffled

PAIRED = ("boundary", "label", "role")


def article(*mentions, events=()):
    return Document("a", "en", tuple(mentions), tuple(events))


def number(start, end, *said, **more):
    return ScoredMention("number", span(start, end), amount=Amount(*said, **more) if said or more else None)


def actor(start, end, ref=None):
    return ScoredMention("actor", span(start, end), ref=ref)


def event(kind, where, *arguments, **attributes):
    triggers = () if where is None else (span(where, where + 3),)
    filled = tuple(ResolvedArgument(role, span(start, start + 2), *of) for role, start, *of in arguments)
    return ResolvedEvent(kind, triggers, filled, Attributes(**attributes))


def groups(gold, predicted):
    return [error.group for error in errors_of(gold, predicted)]


LEVEL_OF = {"trigger": "trigger-C", "argument": "argument-C"}


def by_part(gold, predicted):
    """What a score counts of an article: right, predicted and gold, by part of the errors."""
    report = score_documents([gold], [predicted])
    kinds = report.by("mentions-strict", "kind")
    return {part: report[level] for part, level in LEVEL_OF.items()} | {
        kind: kinds.get(kind, Score()) for kind in ("actor", "number")
    }


@given(corpora(), corpora())
def test_errors_add_up_to_what_a_score_counts(gold, predicted):
    for ours, theirs in zip(gold, predicted, strict=True):
        found = Counter((error.part, error.kind) for error in errors_of(ours, theirs))
        for part, score in by_part(ours, theirs).items():
            paired = sum(found[part, kind] for kind in PAIRED)
            assert score.gold == score.tp + found[part, "missed"] + paired
            assert score.pred == score.tp + found[part, "spurious"] + paired
            if part != "argument":
                assert found[part, "value"] <= score.tp


@given(corpora(), corpora())
def test_spans_that_are_right_but_for_their_label_are_what_trigger_i_counts_more(gold, predicted):
    for ours, theirs in zip(gold, predicted, strict=True):
        report = score_documents([ours], [theirs])
        more = report["trigger-I"].tp - report["trigger-C"].tp
        errors = [one for one in errors_of(ours, theirs) if one.part == "trigger" and one.kind == "label"]
        assert more == sum(one.gold.span == one.predicted.span for one in errors)


@given(corpora(), corpora(), st.randoms())
def test_no_order_of_any_list_changes_an_error(gold, predicted, random):
    mixed, others = ({one.article_id: one for one in shuffled(side, random)} for side in (gold, predicted))
    for ours, theirs in zip(gold, predicted, strict=True):
        assert errors_of(mixed[ours.article_id], others[theirs.article_id]) == errors_of(ours, theirs)


@given(corpora())
def test_what_is_compared_with_itself_has_no_error(gold):
    assert [error for one in gold for error in errors_of(one, one)] == []


@given(corpora(), corpora())
def test_swapping_the_sides_swaps_missed_and_spurious(gold, predicted):
    swapped = {"missed": "spurious", "spurious": "missed"}
    for ours, theirs in zip(gold, predicted, strict=True):
        # Whose values are not held against the other side hangs on which side is gold.
        one, other = (
            Counter((error.part, error.kind, error.gold, error.predicted) for error in found if error.kind != "value")
            for found in (errors_of(ours, theirs), errors_of(theirs, ours))
        )
        assert one == Counter((part, swapped.get(kind, kind), b, a) for part, kind, a, b in other.elements())


@given(corpora(), corpora())
def test_the_sums_of_a_confusion_are_what_each_side_has(gold, predicted):
    found = confusion(compared(ours, theirs) for ours, theirs in zip(gold, predicted, strict=True))
    counted = [by_part(ours, theirs) for ours, theirs in zip(gold, predicted, strict=True)]
    for part, counts in (("trigger", found.trigger), ("argument", found.argument)):
        score = total(one[part] for one in counted)
        assert counts.pairs.total() + counts.missed.total() == score.gold
        assert counts.pairs.total() + counts.spurious.total() == score.pred


def test_every_kind_of_error_says_what_it_is():
    gold = article(
        actor(0, 5),
        actor(40, 45),
        events=(event("clash", 10, ("place", 20), ("attacker", 24), ("time", 28)), event("raid", 60)),
    )
    found = article(
        actor(1, 7),
        actor(50, 55),
        events=(event("clash", 10, ("place", 21), ("target", 24), ("victim", 70)), event("clash", 60)),
    )
    assert groups(gold, found) == [
        "actor: starts too late, ends too late",
        "argument: starts too late, ends too late",
        "argument: attacker read as target",
        "argument: time missed",
        "actor: missed",
        "actor: spurious",
        "trigger: raid read as clash",
        "argument: victim spurious",
    ]
    kinds = [error.kind for error in errors_of(gold, found)]
    assert kinds == ["boundary", "boundary", "role", "missed", "missed", "spurious", "label", "spurious"]


@pytest.mark.parametrize(
    ("gold", "predicted", "group"),
    [
        ({"low": 6}, {"low": 6, "high": 6, "best": 6}, "at least read as exact"),
        ({"low": 6}, {"low": 9, "high": 9, "best": 9}, "other amount"),
        ({"low": 6, "high": 6, "best": 6}, {"low": 7, "high": 7, "best": 7}, "other amount"),
        ({"low": 6, "unit": "persons"}, {"low": 6, "unit": "km"}, "unit persons read as km"),
        ({"low": 6, "unit": "persons"}, {"low": 6}, "unit persons missed"),
        ({"low": 6}, {"low": 6, "unit": "km"}, "unit km that gold has not"),
        ({"low": 6}, {"low": 5}, "bounds too wide"),
        ({"low": 20, "high": 99}, {"low": 20, "high": 120}, "bounds too wide"),
        ({"low": 20, "high": 99}, {"low": 20, "high": 50}, "bounds too narrow"),
        ({"low": 20, "high": 99}, {"low": 10, "high": 50}, "bounds overlap"),
        ({"low": 20, "high": 29}, {"low": 30, "high": 39}, "bounds apart"),
        ({"low": 20, "high": 29, "best": 25}, {"low": 20, "high": 29}, "bounds right, other nearest figure"),
        ({"best": 500}, {"low": 500}, "about read as at least"),
        ({"num": 2, "den": 3}, {"num": 1, "den": 3}, "other amount"),
        ({"high": 13}, {}, "at most read as unknown"),
    ],
)
def test_numbers_say_how_their_values_differ(gold, predicted, group):
    ours, theirs = (article(ScoredMention("number", span(0, 3), amount=Amount(**said))) for said in (gold, predicted))
    (error,) = errors_of(ours, theirs)
    assert (error.kind, error.group) == ("value", f"number: {group}")


@pytest.mark.parametrize(
    ("gold", "predicted", "group"),
    [
        (Moment("2018-05-24", "day"), Moment("2018-05-25", "day"), "other date"),
        (Moment("2018-05-24", "day"), Moment("2018-05", "month"), "date too coarse"),
        (Moment("2018-05", "month"), Moment("2018-05-24", "day"), "date too fine"),
        (Moment("2018-05-24", "day"), Moment(None, "day", "publication", -1), "date missed"),
        (Moment(None, "day", "event", 2), Moment("2018-05-24", "day"), "date that gold leaves open"),
        (Moment(None, "day", "event", 2), Moment(None, "day", "event", 3), "other distance"),
        (Moment(None, "day", "event", 2), Moment(None, "day", None, 2), "anchor event read as none"),
        (Moment("2018-05-24", "part_of_day"), Moment("2018-05-24", "day"), "precision part_of_day read as day"),
    ],
)
def test_times_say_how_their_values_differ(gold, predicted, group):
    ours, theirs = (article(ScoredMention("time", span(0, 3), moment=said)) for said in (gold, predicted))
    assert groups(ours, theirs) == [f"time: {group}"]


def test_a_date_is_right_whatever_way_led_to_it():
    gold = Moment("2018-05-24", "day", "publication", -1)
    ours, theirs = (
        article(ScoredMention("time", span(0, 3), moment=said)) for said in (gold, Moment("2018-05-24", "unresolved"))
    )
    assert groups(ours, theirs) == []


def test_entries_of_the_registry_are_compared_and_no_entry_is_an_answer():
    gold = article(actor(0, 2, "isis"), actor(3, 5, "isis"), actor(6, 8), actor(9, 11))
    found = article(actor(0, 2, "army"), actor(3, 5), actor(6, 8, "isis"), actor(9, 11))
    assert groups(gold, found) == ["actor: other ref", "actor: ref missed", "actor: ref that gold has not"]


def test_gold_that_says_no_value_of_any_mention_of_a_kind_holds_none_against_a_prediction():
    assert groups(article(number(0, 2), number(3, 5)), article(number(0, 2, 6), number(3, 5))) == []
    assert groups(article(number(0, 2), number(3, 5, 6)), article(number(0, 2, 6), number(3, 5))) == [
        "number: value that gold has not",
        "number: value missed",
    ]


def test_at_one_place_errors_come_part_by_part_and_what_stands_nowhere_comes_last():
    gold = article(actor(10, 12, "isis"), events=(event("raid", None), event("clash", 30, ("attacker", 10))))
    nowhere = ScoredMention("actor", span(-1, -1))
    found = article(actor(10, 12, "army"), nowhere, actor(50, 52), events=(event("clash", 30),))
    errors = errors_of(gold, found)
    assert [one.group for one in errors] == [
        "actor: other ref",
        "argument: attacker missed",
        "actor: spurious",
        "actor: spurious",
        "event: raid missed",
    ]
    assert [one.place for one in errors] == [span(10, 12), span(10, 12), span(50, 52), None, None]


def test_a_value_is_said_as_it_would_be_typed():
    gold, found = article(number(0, 2, 6, unit="persons")), article(number(0, 2, 6, 6, 6))
    (error,) = errors_of(gold, found)
    assert (error.gold.said, error.predicted.said) == ("6+ persons", "6")


def test_arguments_of_an_event_with_another_type_or_trigger_are_not_lost_on_both_sides():
    gold = article(events=(event("clash", 10, ("place", 20)), event("raid", 40, ("time", 50))))
    found = article(events=(event("raid", 10, ("place", 20)), event("raid", 41, ("time", 50))))
    assert groups(gold, found) == [
        "trigger: clash read as raid",
        "argument: place on an event of another type",
        "trigger: starts too late, ends too late",
        "argument: time on an event of another trigger",
    ]


def test_an_argument_on_the_wrong_event_of_its_type_is_told_as_that():
    gold = article(events=(event("clash", 10, ("place", 20)), event("clash", 30)))
    found = article(events=(event("clash", 10), event("clash", 30, ("place", 20))))
    (error,) = errors_of(gold, found)
    assert (error.kind, error.group) == ("label", "argument: place on an event of another trigger")
    assert (error.gold.trigger, error.predicted.trigger) == (span(10, 13), span(30, 33))


def test_an_argument_on_the_wrong_event_is_rather_one_of_that_type():
    gold = article(events=(event("clash", 10, ("place", 20)),))
    found = article(events=(event("raid", 40, ("place", 20)), event("clash", 50, ("place", 20))))
    assert groups(gold, found)[1:3] == ["argument: place spurious", "argument: place on an event of another trigger"]


def test_an_event_without_a_trigger_takes_no_argument_from_the_one_on_the_trigger():
    gold = article(events=(event("clash", 10, ("place", 20), ("time", 30)),))
    found = article(events=(event("clash", 10, ("place", 20)), event("clash", None, ("place", 20), ("time", 30))))
    assert groups(gold, found) == [
        "argument: place spurious",
        "argument: time on an event of another trigger",
        "event: clash spurious",
    ]


def test_a_tie_between_events_is_not_broken_by_which_side_is_gold():
    gold = article(
        events=(
            event("clash", None),
            event("clash", None, ("p", 34)),
            event("clash", None, ("p", 34, "isis"), ("q", 32)),
        )
    )
    found = article(events=(event("clash", None, ("p", 34), ("q", 32)), event("clash", None, ("q", 32))))
    missed = {one.gold.said for one in errors_of(gold, found) if (one.part, one.kind) == ("argument", "missed")}
    spurious = {
        one.predicted.said for one in errors_of(found, gold) if (one.part, one.kind) == ("argument", "spurious")
    }
    assert missed == spurious


def test_a_side_counted_that_differs_is_a_value_error_of_the_argument():
    gold = article(events=(event("clash", 10, ("killed", 20, "isis"), ("killed", 30, "isis")),))
    found = article(events=(event("clash", 10, ("killed", 20, "army"), ("killed", 30)),))
    assert groups(gold, found) == ["argument: other side", "argument: side missed"]


def test_events_tell_what_else_is_said_of_them_and_which_have_no_trigger():
    gold = article(events=(event("clash", 10, background=True, realis="hypothetical"), event("raid", None)))
    found = article(events=(event("clash", 10), event("siege", None)))
    assert groups(gold, found) == [
        "event: realis hypothetical read as actual, background missed",
        "event: raid missed",
        "event: siege spurious",
    ]


def test_a_trigger_of_two_events_is_missed_twice():
    gold = article(events=(event("clash", 10), event("raid", 10)))
    assert groups(gold, article()) == ["trigger: clash missed", "trigger: raid missed"]


def test_what_was_read_as_what_is_counted_with_both_margins():
    gold = article(events=(event("clash", 10), event("clash", 20), event("raid", 30)))
    found = article(events=(event("clash", 10), event("raid", 21), event("siege", 50)))
    summed = Confusions()
    summed.add(compared(gold, found))
    assert summed.plain()["trigger"] == {
        "pairs": {"clash": {"clash": 1, "raid": 1}},
        "missed": {"raid": 1},
        "spurious": {"siege": 1},
    }
    assert summed.trigger.labels() == ("clash", "raid", "siege")


def test_roles_are_counted_beside_roles_gold_first():
    gold = article(events=(event("clash", 10, ("attacker", 20), ("place", 24), ("time", 28)),))
    found = article(events=(event("clash", 10, ("target", 20), ("place", 24), ("victim", 70)),))
    assert confusion([compared(gold, found)]).plain()["argument"] == {
        "pairs": {"attacker": {"target": 1}, "place": {"place": 1}},
        "missed": {"time": 1},
        "spurious": {"victim": 1},
    }
