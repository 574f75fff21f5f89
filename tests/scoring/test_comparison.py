"""Two systems beside each other: how far they differ, whether by chance, and where."""

import json
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

import annotator
from annotator.errors import Refusal
from annotator.scoring.articles import score_documents
from annotator.scoring.comparison import System, compare_documents
from annotator.scoring.document import Document, ScoredMention
from annotator.scoring.levels import LEVELS
from annotator.text.span import span
from tests.scoring.schema_validation import faults
from tests.scoring.test_properties import corpora, shuffled


def article(number, *starts):
    mentions = tuple(ScoredMention("actor", span(start, start + 5)) for start in starts)
    return Document(f"{number:02}", ("en", "ar")[number % 2], mentions)


def compared(gold, a, b, **options):
    return compare_documents(gold, System("a", a), System("b", b), **({"trials": 50, "boot": 0} | options))


def three(articles=12):
    """Gold, a system that finds one of two everywhere, and one that also finds the other in every third article."""
    gold = [article(n, 0, 10) for n in range(articles)]
    return (
        gold,
        [article(n, 0) for n in range(articles)],
        [article(n, 0, *([10] if n % 3 == 0 else [])) for n in range(articles)],
    )


@given(corpora(), corpora(), corpora())
def test_each_side_is_what_a_score_of_it_says(gold, a, b):
    found = compared(gold, a, b)
    for documents, side in ((a, "a"), (b, "b")):
        report = score_documents(gold, documents)
        assert {name: getattr(found[name], side) for name in found} == dict(report)
    assert list(found) == [level.name for level in LEVELS]


@given(corpora(), corpora())
def test_a_system_against_itself_differs_in_nothing(gold, a):
    for difference in compared(gold, a, a).values():
        assert difference.p in (1.0, None)
        assert (difference.p is None) == (difference.a.f1 is None)
        assert difference.f1 in (0.0, None)
        assert difference.articles == ()
        assert not difference.marked


@given(corpora(), corpora(), corpora())
def test_turning_the_two_round_mirrors_the_sign_and_keeps_p(gold, a, b):
    one, other = compared(gold, a, b, boot=20), compared(gold, b, a, boot=20)
    for name, mine in one.items():
        theirs = other[name]
        assert theirs.p == mine.p
        assert (theirs.a, theirs.b) == (mine.b, mine.a)
        assert theirs.f1 == (None if mine.f1 is None else -mine.f1)
        assert [each.contribution for each in theirs.articles] == [-each.contribution for each in mine.articles]
        assert (theirs.interval is None) == (mine.interval is None)
        if mine.interval is not None:
            assert theirs.interval == pytest.approx([-bound for bound in reversed(mine.interval)], abs=1e-12)


@given(corpora(), corpora(), corpora(), st.randoms(use_true_random=False))
def test_no_order_of_anything_changes_a_byte(gold, a, b, mix):
    first = compared(gold, a, b, boot=10)
    again = compared(*(shuffled(documents, mix) for documents in (gold, a, b)), boot=10)
    assert again.to_json() == first.to_json()
    assert again.table() == first.table()


def test_p_is_that_of_all_trades_of_articles():
    gold, a, b = three(8)
    seen = abs(compared(gold, a, b)["mentions"].f1)
    reached = 0
    for which in product((False, True), repeat=8):
        mixed = [
            [two[swap] for two, swap in zip(zip(a, b, strict=True), which, strict=True)]
            for which in (which, [not swap for swap in which])
        ]
        one, other = (score_documents(gold, documents)["mentions"] for documents in mixed)
        reached += abs(one.f1 - other.f1) >= seen - 1e-12
    assert compared(gold, a, b, trials=20_000)["mentions"].p == pytest.approx(reached / 2**8, abs=0.01)


def test_a_difference_that_few_articles_make_is_not_marked_and_one_that_many_make_is():
    assert not compared(*three(12), trials=999)["mentions"].marked  # four articles: one trade in eight gives as much
    many = compared(*three(60), trials=999)
    assert many["mentions"].marked
    assert many["mentions"].p == many["mentions"].plain()["p"] == 1 / 1000
    assert " 0.0010  * " in many.table()
    assert " 0.0001  * " in compared(*three(60), trials=10_000).table()


def test_articles_that_decide_are_named_the_most_first_and_equal_ones_by_id():
    gold, a, b = three(40)
    named = compared(gold, a, b)["mentions"].articles
    assert [one.article_id for one in named] == [f"{n:02}" for n in range(0, 30, 3)]
    b[12] = article(12, 20, 30, 40)
    named = compared(gold, a, b)["mentions"].articles
    assert named[0].article_id == "12"
    assert named[0].contribution > 0 > named[1].contribution
    assert (named[0].a.tp, named[0].b.tp, named[0].b.pred) == (1, 0, 3)


def test_a_contribution_is_half_of_what_a_trade_of_that_article_takes_away():
    gold, a, b = three(6)
    whole = compared(gold, a, b)["mentions"]
    for one in whole.articles:
        at = int(one.article_id)
        swapped_a, swapped_b = [*a[:at], b[at], *a[at + 1 :]], [*b[:at], a[at], *b[at + 1 :]]
        after = compared(gold, swapped_a, swapped_b)["mentions"].f1
        assert one.contribution == pytest.approx((whole.f1 - after) / 2)


def test_partial_credit_is_compared_in_fractions():
    gold = [article(n, 0) for n in range(4)]
    a = [Document(f"{n:02}", "en", (ScoredMention("actor", span(0, 6 + n)),)) for n in range(4)]
    found = compared(gold, a, gold)["mentions-iou"]
    assert found.a.tp == sum(Fraction(5, 6 + n) for n in range(4))
    # Only none and all of the articles traded differ as much: one in eight.
    assert compared(gold, a, gold, trials=20_000)["mentions-iou"].p == pytest.approx(1 / 8, abs=0.01)


def test_the_interval_of_the_difference_draws_the_same_articles_for_both():
    gold, a, b = three(30)
    low, high = compared(gold, a, b, boot=1000)["mentions"].interval
    assert low < compared(gold, a, b)["mentions"].f1 < high < 0
    # Apart, each would be off by more than the difference is.
    always = [article(n, 0, *([10] if n % 2 else [])) for n in range(30)]
    more = [article(n, 0, 20, *([10] if n % 2 else [])) for n in range(30)]
    low, high = compared(gold, always, more, boot=1000)["mentions"].interval
    alone = score_documents(gold, always, boot=1000).intervals("mentions").f1
    assert high - low < alone[1] - alone[0]


def test_levels_are_chosen_by_name_and_a_wrong_one_is_refused():
    gold, a, b = three()
    found = compared(gold, a, b, levels=["numbers", "mentions"])
    assert list(found) == ["mentions-strict", "numbers-exact"]
    assert found.signature.task == "mentions-strict+numbers-exact"
    assert found["mentions"] == compared(gold, a, b)["mentions"]
    assert "mentions-strict: most on" in found.table()
    assert "numbers-exact: no article tells A from B." in found.table()
    with pytest.raises(Refusal, match="mention"):
        compared(gold, a, b, levels=["mention"])


def test_several_levels_come_with_a_remark_and_one_does_not():
    gold, a, b = three()
    assert "of twenty that do not differ chance marks one" in compared(gold, a, b).table()
    assert "of twenty" not in compared(gold, a, b, levels=["mentions"]).table()


def test_articles_that_are_too_few_for_any_difference_are_said():
    corpora = three(5)[0], three(6)[0]
    few, many = (compared(gold, gold, [article(n) for n in range(len(gold))], trials=9999) for gold in corpora)
    assert not few["mentions"].marked
    assert "  5 articles are too few to show any difference, however large." in few.table()
    assert many["mentions"].marked
    assert "too few" not in many.table()


def test_the_signature_says_which_systems_trials_and_seed():
    found = compared(*three(), trials=70, boot=5, seed=8)
    assert "|a:a|b:b|" in str(found.signature)
    assert "|test:randomisation|trials:70|boot:5|seed:8|v:" in str(found.signature)
    written = json.loads(found.to_json())
    assert written["signature_parts"]["seed"] == 8
    assert written["levels"]["numbers-exact"]["p"] is None
    assert compared(*three(), trials=70, seed=9)["mentions"].p != found["mentions"].p


def test_an_article_that_one_system_lacks_counts_as_empty_and_is_said_of_that_one():
    gold, a, b = three()
    found = compared(gold, a, b[1:])
    assert [(problem.rule, problem.where) for problem in found.warnings] == [("predictions.missing-article", "b")]
    assert found["mentions"].b.gold == 24


@given(corpora(), corpora(), corpora(), st.sampled_from([0, 5]), st.sampled_from([(), ("entities", "events")]))
def test_every_comparison_is_valid_by_the_schema_that_ships(gold, a, b, boot, levels):
    written = json.loads(compared(gold, a, b[1:], boot=boot, levels=levels).to_json())
    assert list(faults(written, annotator.json_schema("comparison"))) == []
    for number, broken in enumerate(({"p": 1.5}, {"articles": [{}]}, {"interval": [0.5]}, {"spread": None})):
        name = list(written["levels"])[number % len(written["levels"])]
        other = {**written, "levels": {name: written["levels"][name] | broken}}
        assert list(faults(other, annotator.json_schema("comparison")))


def test_the_schema_knows_the_levels_and_no_others():
    levels = annotator.json_schema("comparison")["properties"]["levels"]["properties"]
    assert list(levels) == [level.name for level in LEVELS]


def test_undefined_figures_are_not_compared():
    found = compared(*three())["numbers"]
    assert (found.f1, found.p, found.interval, found.articles) == (None, None, None, ())
    assert compared([], [], [], boot=20)["mentions"].p is None
    nothing = [article(n) for n in range(4)]
    assert compared(nothing, [article(n, 0) for n in range(4)], nothing)["mentions"].p is None
    assert compared(nothing, [article(0, 0)], [article(1, 0)])["mentions"].p == 1.0
