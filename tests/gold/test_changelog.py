"""The entry of a release in the changelog: computed, newest on top, and no word of an article is Markdown in it."""

from collections.abc import Callable

import pytest

from annotator.gold.change import PlacedReason
from annotator.gold.changelog import HEADING, NO_RELEASE, changelog_entry, with_entry
from annotator.gold.manifest import ChallengeOutcome, Facts
from annotator.gold.release import Release, build_release
from annotator.model.record import GoldRecord
from annotator.model.value import NumberValue
from annotator.text.span import span

Make = Callable[..., GoldRecord]

HOSTILE = "\u202e<script>alert(1)</script> [x](http://evil.example) `code` *b* _i_ \x1b[31m\n## 9.9.9\n| a |"


@pytest.fixture
def first(make_record: Make, schema_toml: bytes, facts: Facts) -> Release:
    return build_release([make_record("a"), make_record("b")], schema_toml, None, facts)


def second(first: Release, facts: Facts, schema_toml: bytes, quote: str = "6", **more: object) -> Release:
    """The release after `first`, in which a number has other bounds."""
    record = first.records[0]
    number = record.mentions[1].model_copy(
        update={"value": NumberValue(low=6, qualifier="at_least"), "quote": quote, "end": 20 + len(quote)}
    )
    records = [record.model_copy(update={"mentions": (record.mentions[0], number)}), *first.records[1:]]
    return build_release(records, schema_toml, first, facts.model_copy(update=more))


def test_the_first_release_lists_its_articles(first: Release):
    entry = changelog_entry(first, None, {})
    assert entry.startswith("## 1.0.0\n\nSchema 1.2.0; 2 articles, 2 events, 4 mentions. Its manifest is `")
    assert "- a: 1 event, 2 mentions, read to the end\n- b: 1 event, 2 mentions, read to the end\n" in entry
    assert entry == changelog_entry(first, None, {})


def test_a_later_one_tells_each_change_with_its_reason(first: Release, facts: Facts, schema_toml: bytes):
    reasons = {"a": [PlacedReason("number", span(20, 21), "slip, certain: the text says at least")]}
    entry = changelog_entry(second(first, facts, schema_toml), first, reasons)
    assert entry.startswith("## 2.0.0\n\nFollows 1.0.0. Schema 1.2.0; ")
    assert "1 change: 1 × bounds changed." in entry
    told = "- “6” 20-21: number bounds changed: 6 → 6+. Why: slip, certain: the text says at least\n"
    assert f"### a\n\n{told}" in entry


def test_equal_labels_are_said_to_be_equal(first: Release, facts: Facts, schema_toml: bytes):
    again = build_release(first.records, schema_toml, first, facts.model_copy(update={"limits": ("Other.",)}))
    assert "## 1.0.1\n" in changelog_entry(again, first, {})
    assert "No label changed." in changelog_entry(again, first, {})


def test_challenges_are_told_whichever_way_they_went(first: Release, facts: Facts, schema_toml: bytes):
    doubt = {"article_id": "a", "start": 20, "end": 21, "quote": "6", "reason": "it says at least"}
    outcomes = (
        ChallengeOutcome(id="c1", outcome="accepted", why="So it does.", **doubt),
        ChallengeOutcome(id="c2", outcome="declined", why="It is reported speech.", **doubt),
    )
    entry = changelog_entry(second(first, facts, schema_toml, challenges=outcomes), first, {})
    assert "bounds changed: 6 → 6+. Why: challenge c1: it says at least\n" in entry
    assert "- **Accepted** (c1): a 20-21 “6”: it says at least\n  So it does.\n" in entry
    assert "- **Declined** (c2): a 20-21 “6”: it says at least\n  It is reported speech.\n" in entry


def test_words_of_an_article_are_no_markup_and_steer_nothing(first: Release, facts: Facts, schema_toml: bytes):
    entry = changelog_entry(
        second(first, facts, schema_toml, HOSTILE), first, {"a": [PlacedReason(None, span(20, 99), HOSTILE)]}
    )
    assert not {"\x1b", "\u202e"} & set(entry)
    assert "<script>" not in entry.replace("\\<", "")
    for raw in ("[x](", "`code`", "*b*", " _i_", "http://", "| a |"):
        assert raw not in entry.replace(f"\\{raw[0]}", "")
    assert [line for line in entry.split("\n") if line.startswith("## ")] == ["## 2.0.0"]


def test_the_newest_entry_stands_on_top_and_once():
    begun = with_entry(f"{HEADING}\n\n{NO_RELEASE}\n", "## 1.0.0\n\nThe first.\n")
    assert begun == f"{HEADING}\n\n## 1.0.0\n\nThe first.\n"
    more = with_entry(begun, "## 2.0.0\n\nMore.\n")
    assert more == f"{HEADING}\n\n## 2.0.0\n\nMore.\n\n## 1.0.0\n\nThe first.\n"
    assert with_entry(more, "## 1.0.0\n\nAnother.\n") == more


def test_what_somebody_wrote_above_the_entries_stays():
    written = f"{HEADING}\n\nWhat each release brought.\n\n## 1.0.0\n\nThe first.\n"
    assert with_entry(written, "## 2.0.0\n\nMore.\n") == (
        f"{HEADING}\n\nWhat each release brought.\n\n## 2.0.0\n\nMore.\n\n## 1.0.0\n\nThe first.\n"
    )
    assert with_entry("", "## 1.0.0\n\nThe first.\n") == f"{HEADING}\n\n## 1.0.0\n\nThe first.\n"
