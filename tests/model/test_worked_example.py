"""Worked examples are read as they are written: every quote comes through, and every slip is told with its line."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.fences import outside_fences
from annotator.model.registry import Registry
from annotator.model.schema import Schema
from annotator.model.worked_example import (
    Example,
    FillsRole,
    IsMention,
    OfEvent,
    SameEvent,
    WasRejected,
    read_example,
    read_examples,
)

CASES = Path(__file__).parents[1] / "cases"
SCHEMA = Schema.model_validate(tomllib.loads((CASES / "schema.toml").read_text("utf-8")))
REGISTRY = Registry.model_validate(tomllib.loads((CASES / "registry.toml").read_text("utf-8")))


def read(*lines: str) -> Example:
    return read_example(lines, 0, SCHEMA, REGISTRY)


def says(claim: str):
    [read_claim] = read(f'right 001 3-5 "ab" {claim}').claims
    return read_claim.says


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), min_size=1, max_size=40))
def test_every_quote_comes_through(quote: str):
    written = quote.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    example = read(f'wrong 001 10-{10 + len(quote)} "{written}" actor -')
    assert example.slips == ()
    [claim] = example.claims
    assert (claim.quote, claim.right, claim.place.start) == (quote, False, 10)


PIECES = ["```", "~~~", "````", "example", " ", "\n", "right 001 3-5 ", '"ab" ', "actor", "x"]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_no_page_breaks_the_reader_and_every_line_is_inside_or_outside(page: str):
    lines = page.split("\n")
    for example in read_examples(page, SCHEMA, REGISTRY):
        told = {claim.line for claim in example.claims} | {slip.line for slip in example.slips}
        assert told
        assert all(example.line <= line <= len(lines) for line in told)
    assert all(lines[number - 1] == line for number, line in outside_fences(page))


@pytest.mark.parametrize("inside", ["```text", "~~~", "``", "```` and so on"])
def test_only_a_fence_of_its_own_sort_with_nothing_behind_it_ends_a_block(inside: str):
    page = f"```example\n{inside}\n````  \nbehind"
    assert [line for _, line in outside_fences(page)] == ["behind"]


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("actor", IsMention(kind="actor")),
        ("actor -", IsMention(kind="actor", said="-")),
        ("place raqqa", IsMention(kind="place", said="raqqa")),
        ("trigger clash.armed", IsMention(kind="trigger", said="clash.armed")),
        ("rejected", WasRejected()),
        ("rejected idiom", WasRejected(reason="idiom")),
        ("event", OfEvent()),
        ("event background future", OfEvent(background=True, realis="future")),
        (
            "event foreground strike.air attributed",
            OfEvent(background=False, type="strike.air", certainty="attributed"),
        ),
    ],
)
def test_what_a_claim_says(claim: str, expected: object):
    assert says(claim) == expected


def test_a_range_behind_of_makes_a_role_of_what_is_a_kind_as_well():
    role = says("place of 50-56")
    assert isinstance(role, FillsRole)
    assert (role.role, role.trigger.span) == ("place", (50, 56))
    same = says("same as 002 1-2")
    assert isinstance(same, SameEvent)
    assert (same.article, same.trigger.span) == ("002", (1, 2))


def test_a_number_may_be_a_part_of_what_stands_elsewhere():
    for written in ("number 2/3 of 7-10", "number 2/3 of number:7-10"):
        number = says(written)
        assert isinstance(number, IsMention)
        assert (number.value.num, number.value.den, number.value.of) == (2, 3, "7-10")


def test_what_is_wrong_in_one_line_costs_no_other():
    example = read('right 001 3-5 "ab" actor', "right 001", 'right 001 3-5 "ab" actor isis')
    assert [claim.line for claim in example.claims] == [1, 3]
    assert [slip.line for slip in example.slips] == [2]


def test_an_empty_block_is_told():
    assert [slip.line for slip in read("", "  ").slips] == [0]
