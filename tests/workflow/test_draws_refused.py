"""In Python, as at the command line, fewer draws than none and a seed that is none are refused before any is read."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import annotator

CALLS: dict[str, Callable[..., Any]] = {
    "score": lambda **asked: annotator.score("gold.jsonl", "p.jsonl", **asked),
    "jobs": lambda **asked: annotator.score("gold.jsonl", "p.jsonl", jobs=2, **asked),
    "compare": lambda **asked: annotator.compare("gold.jsonl", "p.jsonl", "p.jsonl", **asked),
    "leaderboard": lambda **asked: annotator.leaderboard("gold.jsonl", ["p.jsonl"], **asked),
    "templates": lambda **asked: annotator.score_templates("gold.json", "p.json", **asked),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"boot": -1}, "Articles cannot be drawn -1 times. Ask for 0 draws, or more"),
        ({"seed": -1}, "-1 is no seed. Give one from 0 to 4294967295."),
        ({"seed": 2**32}, "4294967296 is no seed."),
    ],
)
def test_it_is_refused_in_words(call: Callable[..., Any], asked: dict[str, int], said: str) -> None:
    with pytest.raises(annotator.Refusal) as refused:
        call(**asked)
    assert refused.value.code == "usage"
    assert said in str(refused.value)


def test_no_draws_and_the_last_seed_are_taken(tmp_path: Path) -> None:
    line = b'{"article_id": "a", "mentions": [{"kind": "actor", "start": 0, "end": 4}]}\n'
    (tmp_path / "p.jsonl").write_bytes(line + line.replace(b'"a"', b'"b"'))
    said = annotator.score(tmp_path / "p.jsonl", tmp_path / "p.jsonl", boot=0)
    assert said["mentions-strict"].f1 == 1.0
    assert annotator.score(tmp_path / "p.jsonl", tmp_path / "p.jsonl", boot=3, seed=2**32 - 1).signature.boot == 3
