"""What an author of the guidelines is told about a worked example."""

import tomllib
from pathlib import Path

from annotator.checks.pages import Prose, check_pages
from annotator.model.registry import Registry
from annotator.model.schema import Schema

CASES = Path(__file__).parents[1] / "cases"
SCHEMA = Schema.model_validate(tomllib.loads((CASES / "schema.toml").read_text("utf-8")))
INDEX = "| page | what |\n|---|---|\n| [spans](spans.md) | edges |\n"
TEXT = "He came. He saw, and he left.\nHe won."


def told(page: str, **given) -> list[tuple[str, str]]:
    registry = Registry(actors={}, places={})
    prose = Prose({"README.md": INDEX, "spans.md": page}, SCHEMA, registry, **({"texts": {"001": TEXT}} | given))
    return [(problem.where, problem.message) for problem in check_pages(prose)]


def example(*lines: str) -> str:
    return "\n".join(["# Spans", "", "```example", *lines, "```", ""])


def test_a_slipped_range_is_told_where_the_quote_stands_nearest_first():
    [(where, message)] = told(example('right 001 8-10 "He" actor'))
    assert where == "guidelines/spans.md, line 4"
    assert message.startswith('At 8-10 stands " H"; the quote stands at 9-11, 0-2, 30-32.')


def test_of_many_places_the_nearest_are_named():
    [(_, message)] = told(example('right 001 13-14 "e" actor'))
    assert "the quote stands at 10-11, 6-7, 22-23 and 3 more." in message


def test_a_quote_that_stands_nowhere_is_shown_what_stands_there():
    [(_, message)] = told(example('right 001 24-32 "he lost" actor'))
    assert message.startswith('At 24-32 stands "left.\\nHe"; the quote stands nowhere in 001.')


def test_a_range_past_the_end_is_told_so():
    [(_, message)] = told(example('right 001 90-92 "He" actor'))
    assert message.startswith("90 lies behind the end, 37; the quote stands at 30-32, 9-11, 0-2.")


def test_the_last_range_of_an_article_does_not_reach_over_its_end():
    [(_, message)] = told(example('right 001 33-39 "won." actor'))
    assert "the quote stands at 33-37" in message


def test_every_line_of_a_block_is_looked_at():
    page = example('right 001 0-2 "He" actor', "", "right", 'wrong 001 1-2 "H" actor', 'right 001 3-7 "came" actr')
    assert [where[-1] for where, _ in told(page)] == ["6", "8", "7"]  # rule by rule


def test_an_article_that_is_not_here_is_no_finding_but_its_quote_is_counted():
    assert told(example('right 009 0-2 "He" actor')) == []
    [(_, message)] = told(example('right 009 0-3 "He" actor'))
    assert message.startswith("The quote has 2 code points, its range 3.")


def test_a_name_that_is_not_known_is_told_the_nearest():
    [(_, message)] = told(example('right 001 0-2 "He" tigger'))
    assert message == "'tigger' is no kind of mention or role. Did you mean 'trigger'?"
