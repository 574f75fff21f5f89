"""The pages of the guidelines: their order, their headings, and how a screen finds the one that it wants."""

import pytest

from annotator.errors import Refusal
from annotator.model.pages import handbook, read_pages

INDEX = """# Guidelines

| page | what it says | found from |
|---|---|---|
| [types](types.md) | the types | `trigger` |
| [numbers](numbers.md) | counts | `number` `killed` |
| [odd](odd.md) | no word | |
"""
TYPES = """# Types

**1. `strike.air`: from the air.** It is no `clash.armed`.

```text
# no heading, `clash.armed`
```

Two sides: `clash.armed` is a word in passing here.

## On the ground: `clash.armed`

### On the ground: `clash.armed`
"""
PAGES = {
    "types.md": TYPES,
    "README.md": INDEX,
    "CHANGELOG.md": "# Changes",
    "about.md": "text",
    "odd.md": "# Odd `numbers`",
    "numbers.md": "# Numbers\n",
}


def found(*topics: str) -> list[tuple[str, int]]:
    return [(page.name, line) for page, line in handbook(PAGES).about(topics)]


def test_pages_come_in_the_order_of_the_index_and_what_it_leaves_out_behind():
    names = [page.name for page in handbook(PAGES).pages]
    assert names == ["README.md", "types.md", "numbers.md", "odd.md", "about.md", "CHANGELOG.md"]
    assert handbook(PAGES).listed == {"types.md", "numbers.md", "odd.md"}


def test_a_page_is_called_by_its_heading_or_its_name():
    titles = [page.title for page in handbook(PAGES).pages]
    assert titles == ["Guidelines", "Types", "Numbers", "Odd `numbers`", "about", "Changes"]


def test_a_page_is_found_by_a_word_of_the_index_and_opened_at_the_rule_that_names_the_finest_topic():
    assert found("strike.air", "trigger") == [("types.md", 3)]
    assert found("move.alert", "trigger") == [("types.md", 1)]
    assert found("killed", "number") == [("numbers.md", 1)]
    assert found("numbers", "trigger") == [("odd.md", 1), ("types.md", 1)]
    assert found("nothing") == []


def test_a_rule_that_begins_with_the_word_comes_before_one_that_has_it_elsewhere():
    page = "# Rules\n\n**1. A total** is `toll`.\n\n**2. Never `toll` here.**\n\n**3. `toll`: a total.**\n"
    book = handbook({"README.md": INDEX, "types.md": page.replace("`toll`: a", "A"), "numbers.md": page})
    assert [(page.name, line) for page, line in book.about(["toll", "trigger"])] == [("numbers.md", 7), ("types.md", 5)]


def test_a_word_in_passing_is_no_place_to_open_a_page_at():
    assert handbook({"types.md": TYPES.replace("It is no `clash.armed`.", "")}).about(["clash.armed"])[0][1] == 11


def test_headings_of_one_wording_have_anchors_of_their_own():
    types = handbook(PAGES).by_name["types.md"]
    assert [(one.depth, one.anchor) for one in types.headings] == [
        (1, "types"),
        (2, "on-the-ground-clasharmed"),
        (3, "on-the-ground-clasharmed-1"),
    ]


@pytest.mark.parametrize(
    ("written", "told"),
    [("# A", "A"), ("#  A  ## ", "A"), ("# C# and D", "C# and D"), ("# #", "#"), ("#   ", None), ("#A", None)],
)
def test_a_heading_is_told_without_the_signs_that_close_it(written, told):
    (page,) = handbook({"a.md": written}).pages
    assert [heading.told for heading in page.headings] == [told] * (told is not None)


@pytest.mark.parametrize("line", ["# a" + " " * 100_000 + "b", "# " + "#" * 100_000 + "b", "[" * 500_000])
def test_no_line_is_tried_in_all_ways(line):
    (page,) = handbook({"a.md": line}).pages
    assert list(page.links()) == []
    assert len(page.headings) == line.startswith("#")


def test_lines_end_at_lf_however_a_page_was_saved():
    assert read_pages({"a.md": b"\xef\xbb\xbf# A\r\n\r\nb\rc"}) == {"a.md": "# A\n\nb\nc"}
    with pytest.raises(Refusal, match=r"guidelines/a\.md, line 2 is not UTF-8"):
        read_pages({"a.md": b"# A\n\xe9"})


def test_without_pages_there_is_an_empty_book():
    assert handbook({}).pages == ()
    assert handbook({}).about(["number"]) == ()
