"""Which lines of an article are read, on the seeds and on made-up pages."""

import pytest

from annotator.finders.regions import LinePatterns, regions
from annotator.model.article import READ_REGIONS, Article
from annotator.model.guidelines import Guidelines


@pytest.fixture(scope="module")
def patterns(guidelines: Guidelines) -> LinePatterns:
    return LinePatterns.of(guidelines.lexicon.boilerplate)


def outline(text: str, patterns: LinePatterns) -> list[tuple[str, str]]:
    return [(region.kind, text[region.start : region.end]) for region in regions(text, patterns)]


@pytest.mark.parametrize(
    ("seed", "kinds"),
    [
        ("000", ["title", "byline", "body", "related_links", "comment_form", "cookie_banner"]),
        ("001", ["title", "byline", "body", "related_links", "comment_form", "cookie_banner"]),
        ("002", ["title", "body", "comment_form"]),
        ("003", ["masthead", "title", "body", "cookie_banner"]),
        ("004", ["navigation", "title", "body", "navigation"]),
    ],
)
def test_the_seeds_fall_into_their_regions(
    seeds: dict[str, Article], patterns: LinePatterns, seed: str, kinds: list[str]
) -> None:
    assert [kind for kind, _ in outline(seeds[seed].text, patterns)] == kinds


@pytest.mark.parametrize(
    ("seed", "ending"),
    [
        ("000", "to avoid new blows to the alliance."),
        ("001", "لتجنب ضربات جديدة للتحالف."),
        ("002", "بينها دبابات ومدرعات."),
        ("003", "in the ranks of the both parties."),
        ("004", "closed between two fires."),
    ],
)
def test_the_body_ends_with_the_last_sentence_of_the_story(
    seeds: dict[str, Article], patterns: LinePatterns, seed: str, ending: str
) -> None:
    read = [text for kind, text in outline(seeds[seed].text, patterns) if kind in READ_REGIONS]
    assert read[-1].endswith(ending)


def test_a_body_runs_on_over_a_word_that_a_blank_line_breaks(patterns: LinePatterns) -> None:
    assert outline("Title\n\nwith i\n\nnformation", patterns) == [("title", "Title"), ("body", "with i\n\nnformation")]


def test_a_sentence_that_begins_like_a_masthead_is_body(patterns: LinePatterns) -> None:
    text = "Title\n\nThe Syrian Observatory For Human Rights learned that warplanes struck."
    assert [kind for kind, _ in outline(text, patterns)] == ["title", "body"]


def test_a_long_line_that_begins_with_by_is_body(patterns: LinePatterns) -> None:
    text = "Title\nBy " + "nightfall " * 20
    assert [kind for kind, _ in outline(text, patterns)] == ["title", "body"]


def test_an_empty_article_has_no_regions(patterns: LinePatterns) -> None:
    assert regions(" \n\n ", patterns) == ()
