"""What a test can demand of a score, with pytest or without."""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from typing import NamedTuple

import pydantic
import pytest

import annotator
from annotator.testing import score_against
from annotator.testing.scored import scorer


def article(number, *starts):
    mentions = [{"kind": "actor", "start": start, "end": start + 5} for start in starts]
    return {"article_id": f"{number:02}", "language": "en", "mentions": mentions}


@pytest.fixture
def gold(tmp_path, monkeypatch):
    """Gold of twenty articles with three actors each."""
    monkeypatch.chdir(tmp_path)
    return written(tmp_path / "gold.jsonl", [article(n, 0, 10, 20) for n in range(20)])


def written(path, articles):
    path.write_text("".join(json.dumps(one) + "\n" for one in articles), encoding="utf-8")
    return path


def two_of_three(n):
    return article(n, 0, 10)


def test_a_floor_is_compared_as_it_is_written(gold):
    scored = score_against(gold, [article(n, 0, 10, 20, 30) for n in range(20)])  # 2 * 60 / 140
    scored.at_least(mentions=0.857142857142857)
    with pytest.raises(AssertionError, match=r"under the floor of 0\.857142857142858"):
        scored.at_least(mentions=0.857142857142858)
    exact = score_against(gold, [article(n, 0, 10, 20) if n < 10 else article(n) for n in range(20)])
    exact.at_least(mentions=2 / 3 - 1e-12).at_least({"mentions-iou": "0.66", "mentions_exact": 0.6}, mentions="0.5")


def test_levels_may_be_written_with_underscores_and_all_that_are_short_are_told(gold):
    with pytest.raises(AssertionError) as told:
        score_against(gold, map(two_of_three, range(20))).at_least(mentions_half=0.9, mentions=0.7, mentions_exact=1)
    lines = str(told.value).splitlines()
    assert [line.split(":")[0] for line in lines[:2]] == ["mentions-half", "mentions-exact"]
    assert "40 right of 40 predicted and 60 in gold" in lines[0]


def test_an_undefined_f1_reaches_no_floor(gold):
    with pytest.raises(AssertionError, match="numbers: F1 is undefined"):
        score_against(gold, map(two_of_three, range(20))).at_least(numbers=0)


def test_without_draws_there_is_no_interval(gold):
    with pytest.raises(AssertionError) as told:
        score_against(gold, map(two_of_three, range(20)), boot=0).at_least(mentions=0.9)
    assert "95 %" not in str(told.value)


def test_no_worse_than_fails_only_where_chance_does_not_explain_it(gold, tmp_path):
    earlier = written(tmp_path / "earlier.jsonl", map(two_of_three, range(20)))
    slip = [article(0)] + [two_of_three(n) for n in range(1, 20)]
    score_against(gold, slip).no_worse_than(earlier, "mentions").no_worse_than(earlier)
    score_against(gold, gold).no_worse_than(earlier, "mentions")  # it is significantly better
    worse = [article(n, 0) if n % 2 else two_of_three(n) for n in range(20)]
    with pytest.raises(AssertionError) as told:
        score_against(gold, worse).no_worse_than(earlier, "mentions", "mentions_exact", "numbers")
    lines = str(told.value).splitlines()
    assert lines[0].startswith("mentions: F1 is 0.6667 and was 0.8000: -0.1333 (95 %: -0.")
    assert lines[0].endswith(", most on 01, 03, 05")
    assert lines[1].startswith("mentions-exact: ")
    assert lines[2].startswith("gold:unreleased|")
    p = annotator.compare(gold, written(tmp_path / "worse.jsonl", worse), earlier, levels=["mentions"])["mentions"].p
    assert f", p = {p:.4f}," in lines[0]


def test_only_articles_that_speak_against_it_are_named(gold):
    earlier = [article(0), *map(two_of_three, range(1, 20))]
    worse = [article(0, 0, 10, 20), *(article(n, 0) for n in range(1, 20))]
    with pytest.raises(AssertionError, match=r"most on 01, 02\n"):
        score_against(gold, worse).no_worse_than(earlier, "mentions")


def test_articles_in_memory_are_called_the_same_wherever_they_are_written(gold):
    with pytest.raises(AssertionError, match=r"^predictions\.jsonl has 1 error"):
        score_against(gold, [article(99, 0)])


def test_the_current_folder_comes_before_the_one_that_tests_belong_to(gold, tmp_path):
    (tmp_path / "root").mkdir()
    written(tmp_path / "root" / "gold.jsonl", [article(0, 0)])
    assert scorer(tmp_path / "root")("gold.jsonl", []).report["mentions"].gold == 60


def test_a_demand_that_could_not_fail_is_none(gold):
    scored = score_against(gold, [article(0)])
    with pytest.raises(AssertionError, match="Without trials there is no p: 0 are asked for"):
        scored.no_worse_than(gold, "mentions", trials=0)
    with pytest.raises(annotator.Refusal, match="Without trials"):
        annotator.leaderboard(gold, [gold], trials=0)


def test_a_generator_is_read_once_and_serves_every_demand(gold):
    scored = score_against(gold, (two_of_three(n) for n in range(20)))
    scored.at_least(mentions=0.8).no_worse_than((two_of_three(n) for n in range(20)), "mentions").at_least(mentions=0.8)
    with pytest.raises(AssertionError, match=r"20 +actor: missed"):
        scored.at_least(mentions=0.9)


class Span(NamedTuple):
    kind: str
    start: int
    end: int


@dataclass
class Found:
    article_id: str
    mentions: list[Span] = field(default_factory=list)


class Model(pydantic.BaseModel):
    article_id: str
    mentions: list[dict[str, int | str]]


class Plain:
    def __init__(self, article_id, mentions):
        self.article_id, self.mentions = article_id, mentions


def test_articles_may_be_objects_of_any_make_or_lines(gold):
    spans = [Span("actor", 0, 5), Span("actor", 10, 15)]
    dicts = [one._asdict() for one in spans]
    several = [
        Found("00", spans),
        Model(article_id="01", mentions=dicts),
        Plain("02", spans),
        {"article_id": "03", "mentions": [Plain, *spans][1:]},
        json.dumps(article(4, 0, 10), indent=1),
        json.dumps(article(5, 0, 10)).encode() + b"\n",
    ]
    assert score_against(gold, several).report["mentions"].tp == 12
    with (gold.parent / "gold.jsonl").open(encoding="utf-8") as lines:
        assert score_against(gold, lines).report["mentions"].f1 == 1


def test_gold_that_was_read_may_be_given_and_what_is_allowed_is_as_in_a_score(gold):
    extra = [*map(two_of_three, range(20)), article(99, 0)]
    loaded = annotator.load_gold(gold)
    with pytest.raises(AssertionError, match=r"predictions\.jsonl:21: The article '99' is not in gold"):
        score_against(loaded, extra)
    assert score_against(loaded, extra, allow=["extra-articles"]).at_least(mentions=0.8).report["mentions"].pred == 40
    (gold.parent / "ids.tsv").write_text("A\t00\n")
    assert score_against(loaded, [article(0) | {"article_id": "A"}], ids="ids.tsv").report["mentions"].pred == 0


def test_what_comes_out_of_a_file_cannot_steer_a_terminal(gold):
    events = [{"type": "\x1b[31m", "triggers": [{"start": 0, "end": 5}]}]
    with pytest.raises(AssertionError) as told:
        score_against(gold, [article(0) | {"events": events}]).at_least(triggers=0.5)
    assert "\x1b" not in str(told.value)


def test_unittest_prints_the_message_and_no_frame_of_ours(gold):
    (gold.parent / "test_it.py").write_text(
        "import unittest\n"
        "from annotator.testing import score_against\n"
        "class Extractor(unittest.TestCase):\n"
        "    def test_it(self):\n"
        "        score_against('gold.jsonl', 'gold.jsonl').at_least(mentions=1).at_least(numbers=0.5)\n"
    )
    done = subprocess.run([sys.executable, "-m", "unittest"], capture_output=True, text=True, cwd=gold.parent)
    assert done.returncode == 1
    assert "AssertionError: numbers: F1 is undefined" in done.stderr
    assert done.stderr.count('File "') == 1
