"""Many systems on one gold: their order, their ranks, and who may be the best."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import annotator
from annotator.scoring.articles import score_documents
from annotator.scoring.comparison import System, compare_documents
from annotator.scoring.leaderboard import entrant, ranked
from annotator.scoring.levels import LEVELS, chosen
from annotator.statistics.holm import holm
from tests.scoring.schema_validation import faults
from tests.scoring.test_comparison import article, three
from tests.scoring.test_properties import corpora, shuffled

SYSTEMS = st.lists(corpora(), min_size=1, max_size=4)


def board(gold, systems, levels=("mentions",), by="mentions", **options):
    asked = chosen(levels)
    counted = [
        entrant(gold, documents, f"{name}.jsonl", asked)._replace(name=name) for name, documents in systems.items()
    ]
    return ranked(counted, asked, chosen([by])[0].name, **({"trials": 50, "boot": 0} | options))


def named(several):
    return {f"s{number}": documents for number, documents in enumerate(several)}


@settings(max_examples=20)
@given(corpora(), SYSTEMS)
def test_each_system_has_the_scores_and_intervals_that_a_score_gives(gold, several):
    names = ["mentions-iou", "entities", "article"]
    found = board(gold, named(several), names, "article", boot=20)
    for name, documents in named(several).items():
        report = score_documents(gold, documents, boot=20, levels=names)
        for level in names:
            assert found[name][level].score == report[level]
            mine, theirs = found[name][level].intervals, report.intervals(level)
            for figure in ("precision", "recall", "f1"):
                assert getattr(mine, figure) == pytest.approx(getattr(theirs, figure), abs=1e-12)


@settings(max_examples=20)
@given(corpora(), SYSTEMS)
def test_each_is_tested_against_the_best_as_a_comparison_does_and_corrected(gold, several):
    systems = named(several)
    found = board(gold, systems)
    best = [name for name, entry in found.items() if entry["mentions"].rank == 1]
    below = [name for name, entry in found.items() if (entry["mentions"].rank or 1) > 1]
    raw = [
        max(
            compare_documents(gold, System(one, systems[one]), System(name, systems[name]), trials=50, boot=0)[
                "mentions"
            ].p
            for one in best
        )
        for name in below
    ]
    assert {name: found[name]["mentions"].p for name in systems} == dict.fromkeys(systems) | dict(
        zip(below, holm(raw), strict=True)
    )


@settings(max_examples=20)
@given(corpora(), SYSTEMS, st.randoms(use_true_random=False))
def test_no_order_of_systems_or_articles_changes_a_byte(gold, several, mix):
    first = board(gold, named(several), ["numbers", "arguments"], "numbers", boot=10)
    items = [(name, shuffled(documents, mix)) for name, documents in named(several).items()]
    mix.shuffle(items)
    again = board(shuffled(gold, mix), dict(items), ["arguments", "numbers"], "numbers", boot=10)
    assert again.to_json() == first.to_json()
    assert again.table() == first.table()


@settings(max_examples=20)
@given(corpora(), SYSTEMS)
def test_every_leaderboard_is_valid_and_sorted(gold, several):
    found = board(gold, named(several), [level.name for level in LEVELS], "entities", boot=5)
    assert list(faults(json.loads(found.to_json()), annotator.json_schema("leaderboard"))) == []
    ranks = [entry["entities"].rank or 99 for entry in found.values()]
    assert ranks == sorted(ranks)
    assert found.levels[0] == "entities"


def test_equal_systems_share_a_rank_and_stand_by_name():
    gold, half, more = three()
    least = [article(0, 0)]
    found = board(gold, {"d": half, "b": half, "c": more, "a": gold, "e": half, "f": least})
    assert [(name, entry["mentions"].rank) for name, entry in found.items()] == [
        ("a", 1), ("c", 2), ("b", 3), ("d", 3), ("e", 3), ("f", 6),
    ]  # fmt: skip


def test_who_is_significantly_worse_is_not_marked_and_the_correction_decides():
    _, half, more = three(27)  # nine articles more: by itself p is 2 in 512
    alone = board(more, {"more": more, "half": half}, trials=9999)
    assert alone["more"]["mentions"].among_best
    assert not alone["half"]["mentions"].among_best
    assert alone["half"]["mentions"].p < 0.05
    crowd = {f"half{number:02}": half for number in range(20)}
    among = board(more, {"more": more, **crowd}, trials=9999)
    assert all(entry["mentions"].among_best for entry in among.values())
    assert among["half00"]["mentions"].p == pytest.approx(20 * alone["half"]["mentions"].p)


def test_a_p_of_exactly_5_in_100_is_not_significant():
    gold, half, _ = three(27)
    found = board(gold, {"all": gold, "half": half}, trials=19)["half"]["mentions"]
    assert (found.p, found.among_best) == (0.05, True)
    assert not compare_documents(gold, System("a", gold), System("b", half), trials=19, boot=0)["mentions"].marked


def test_of_several_best_the_one_that_speaks_for_a_system_is_held_against_it_whatever_their_names():
    gold = [article(n, 0) for n in range(12)]
    even = [article(n, *([0] if n % 2 == 0 else [])) for n in range(12)]
    odd = [article(n, *([0] if n % 2 else [])) for n in range(12)]
    less = [article(n, *([0] if n % 2 == 0 and n else [])) for n in range(12)]
    p = {board(gold, {one: even, other: odd, "x": less}, trials=999)["x"]["mentions"].p for one, other in ("ab", "ba")}
    assert p == {1.0}  # it lacks one article of `even`: a single trade, that turns the difference round
    least = [article(n, *([0] if n in (0, 2, 4) else [])) for n in range(12)]
    p = {board(gold, {one: even, other: odd, "x": least}, trials=999)["x"]["mentions"].p for one, other in ("ab", "ba")}
    against = [compare_documents(gold, System("", best), System("", least), trials=999, boot=0) for best in (even, odd)]
    low, high = sorted(compared["mentions"].p for compared in against)
    assert low < 0.3 < 0.4 < high
    assert p == {high}


def test_what_has_no_f1_comes_last_without_a_rank():
    gold = [article(n) for n in range(3)]
    found = board(gold, {"silent": gold, "loud": [article(n, 0) for n in range(3)]})
    assert [(name, entry["mentions"].rank) for name, entry in found.items()] == [("loud", 1), ("silent", None)]
    assert found["silent"]["mentions"].p is None
    assert not found["silent"]["mentions"].among_best
    assert " n/a  silent" in found.table()


def test_one_system_alone_is_told_without_marks():
    gold, half, _ = three()
    table = board(gold, {"half": half}, boot=10).table()
    assert "=" not in table.replace("F1 95 %", "")
    assert table.splitlines()[1].split() == ["rank", "system", "P", "%", "R", "%", "F1", "%", "F1", "95", "%"]
    assert board(gold, {"half": half})["half"]["mentions"].among_best


def test_too_few_articles_to_show_anything_are_said():
    few, many = (board(gold, {"a": gold, "b": half}).table() for gold, half, _ in (three(5), three(6)))
    assert "  5 articles are too few to show that any of them is worse." in few
    assert "too few" not in many


def test_articles_that_would_do_for_one_system_are_too_few_for_two():
    gold, half, _ = three(6)  # at the least p is 2 in 64, and twice that corrected
    two = {"a": gold, "b": half, "c": half}
    assert "  6 articles are too few to show that any of them is worse." in board(gold, two).table()
    more, also, _ = three(7)
    assert "too few" not in board(more, {"a": more, "b": also, "c": also}).table()
    shifted = [article(n, 1, 11) for n in range(6)]  # right by overlap: there one system alone is below the best
    at_two = board(gold, {"a": gold, "b": half, "c": shifted}, ("mentions", "mentions-overlap"))
    assert "too few" not in at_two.table()


def test_an_interval_that_rests_on_few_articles_is_marked():
    few, many = (board(gold, {"a": half}, boot=9) for gold, half, _ in (three(19), three(20)))
    assert few["a"]["mentions"].few
    assert "* rests on fewer than 20 articles" in few.table()
    assert "*" not in many.table()


def test_a_name_cannot_steer_a_terminal_or_a_line():
    gold, half, _ = three()
    table = board(gold, {"a\nb\x1b[31m": gold, "c": half}).table()
    assert "\x1b" not in table
    assert "a␊b␛[31m" in table


def test_the_signature_says_how_many_by_what_and_how_corrected():
    gold, half, _ = three()
    signed = str(board(gold, {"a": gold, "b": half}, seed=7).signature)
    assert "|systems:2|over:all|task:mentions-strict|by:mentions-strict|figure:f1|test:randomisation|" in signed
    assert "|against:best|correction:holm|trials:50|boot:0|seed:7|v:" in signed
