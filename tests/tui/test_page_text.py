"""A page of Markdown as a text with styles: what each piece of it looks like, and that no page is too odd for it."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.model.worked_example import Range, Slip
from annotator.tui.page_text import RIGHT, TRIGGER, WRONG, PageText, page_text
from annotator.workflow.guidebook import Illustration, Piece, Told

BLOCKS = [
    "# ",
    "## ",
    "- ",
    "1. ",
    "> ",
    "```example\n",
    "```\n",
    "| a | b |\n|---|---|\n",
    "| ",
    "---\n",
    "    ",
    "\n",
    "\n\n",
]
INSIDE = ["**", "_", "`", "word ", "كلمة ", "\\", "&amp;", "[a](b.md)", "![p](q)", "<b>", "http://a.b "]
PIECES = st.sampled_from(BLOCKS + INSIDE)


def nothing(_block: str) -> tuple[tuple[Illustration, ...], tuple[Slip, ...]]:
    return (), ()


def drawn(page: PageText) -> list[tuple[str, str]]:
    ends = [start for start, _ in page.runs[1:]] + [len(page.text)]
    return [
        (page.text[start:end].strip("\n"), style)
        for (start, style), end in zip(page.runs, ends, strict=True)
        if page.text[start:end].strip()
    ]


@given(st.lists(PIECES, max_size=30).map("".join))
def test_no_page_is_too_odd(markdown: str):
    page = page_text(markdown, nothing)
    assert [at for at, _ in page.runs] == sorted(at for at, _ in page.runs)
    assert page.runs[0] == (0, "")
    assert page.runs[-1][1] == "" or markdown == ""
    for line in range(len(markdown.split("\n")) + 2):
        assert 0 <= page.offset_of(line) <= len(page.text)


def test_pieces_of_markdown_have_looks_and_nothing_is_followed():
    page = page_text("# A `b`\n\nx **y** _z_ [w](c.md) ![p](http://q) <i>\n\n## C\n", nothing)
    assert drawn(page) == [
        ("A ", "bold reverse"),
        ("b", "bold reverse bold"),
        ("x ", ""),
        ("y", "bold"),
        ("z", "italic"),
        ("w", "underline"),
        (" p <i>", ""),
        ("C", "bold underline"),
    ]
    assert "http" not in page.text


def test_a_list_in_a_list_is_indented_and_rows_of_a_table_stand_alone():
    page = page_text("1. a\n2. b\n   - c\n\n| h | i |\n|---|---|\n| j | k |\n", nothing)
    assert page.text.rstrip() == "1. a\n2. b\n  • c\n\nh  │  i\nj  │  k"


def test_a_line_of_the_page_is_found_again():
    page = page_text("# A\n\none\ntwo\n\n**three** four\n", nothing)
    assert page.text[page.offset_of(6) :].startswith("three")
    assert page.text[page.offset_of(4) :].startswith("one")
    assert page.offset_of(1) == 0


def test_claims_are_drawn_under_the_words_that_they_are_about():
    def shown(block: str) -> tuple[tuple[Illustration, ...], tuple[Slip, ...]]:
        pieces = (Piece("a ", ""), Piece("raid", "trigger"), Piece(" killed ", ""), Piece("6\nmen", "quote"))
        right = Illustration("001_x", Range(start=3, end=8), pieces, False, (Told(True, "killed of 1-2", "raid"),))
        wrong = Illustration(
            "001_x", Range(start=3, end=8), (Piece("ستة", "quote"),), True, (Told(False, "number", None),)
        )
        return (right, wrong), (Slip(4, "No."),)

    page = page_text("```example\nright\n```\n", shown)
    styles = dict(drawn(page))
    assert styles["raid"] == TRIGGER
    assert styles["6⏎men"] == RIGHT
    assert styles["ستة"] == WRONG
    assert "✓ right  killed of 1-2  “raid”" in page.text
    assert "✗ wrong  number  001 3-8" in page.text
    assert "Line 4 of the example: No." in page.text
    assert "\u200fستة" in page.text
