"""Whoever cannot take a file in is told what to do, whichever rule it breaks."""

import re
from pathlib import Path

from annotator.formats.tools.advice import ADVICE, advice
from annotator.model.problem import Problem

ROOT = Path(__file__).parents[3] / "annotator"
SAID_AT_THE_PLACE = {"article-id", "empty", "no-annotations", "rights", "two-golds", "worked-on"}
"""Rules whose every message says itself what to do."""
NOT_OF_WORK = {"no-events"}
"""What keeps a schema from being made, not work from being taken in."""

_ERRORS = (
    re.compile(r'(?:\b_?error|_wrong|\.error)\(\s*"([a-z][a-z-]+)"'),
    re.compile(r'rule="format\.([a-z][a-z-]+)", level="error"'),
    re.compile(r'\("([a-z][a-z-]+)", "error"'),
)


def test_every_rule_that_keeps_a_file_out_has_an_advice_or_gives_it_itself():
    sources = [*(ROOT / "formats" / "tools").glob("*.py"), *(ROOT / "workflow").glob("tool_*.py")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    rules = {rule for pattern in _ERRORS for rule in pattern.findall(text)}
    advised = {rule.removeprefix("format.") for rule in ADVICE}
    assert len(rules) > 20
    assert rules - advised == SAID_AT_THE_PLACE | NOT_OF_WORK
    assert all(f'"{rule}"' in text or f"format.{rule}" in text for rule in advised)


def test_each_rule_is_advised_once_in_the_order_in_which_it_came():
    def problem(rule: str) -> Problem:
        return Problem(rule=f"format.{rule}", level="error", where="x", message="m")

    told = list(advice([problem("value"), problem("out-of-range"), problem("value"), problem("worked-on")]))
    assert [line.split(":")[0] for line in told] == ["format.value", "format.out-of-range"]
