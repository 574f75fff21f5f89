"""The guidelines on the screen: from what is at the cursor to its page and back, and finding a page by typing."""

import pytest

from annotator.tui.screens.guidelines_screen import GuidelinesScreen
from annotator.tui.screens.label import LabelScreen
from annotator.tui.screens.page_list import PageList
from annotator.tui.screens.queue import QueueScreen
from annotator.tui.widgets.page_view import PageView
from tests.tui.conftest import SMALL
from tests.tui.test_hostile import steering

INDEX = """# Guidelines

| page | what it says | opens on |
|---|---|---|
| [triggers](triggers.md) | which words | `trigger` |
| [spans](spans.md) | edges | `trigger` `number` `actor` |
| [numbers](numbers.md) | counts | `number` |
| [boilerplate](boilerplate.md) | what is not read | `boilerplate` |
"""
FILLING = "\n\n".join(f"Paragraph {number} says what nobody asks." for number in range(40))
TRIGGERS = (
    f"# Triggers\n\n{FILLING}\n\n## The rules\n\n**1. `strike.artillery`: from the ground.** Shelling.\n\n{FILLING}\n"
)
NUMBERS = """# Numbers

A **count** keeps its `modifier`; see [spans](spans.md) and <b>this</b>.

| words | value |
|---|---|
| dozens | `20..99` |

1. first
2. second
   - inner

```example
right en-1 START-END "12 civilians" number 12 persons
wrong en-1 START-END "12 civilians" number 13 persons
wrong ar-1 5-13 "7 مدنيين" number 8
```

الأرقام في النص العربي تبقى كما هي.
"""


@pytest.fixture
def pages(workspace):
    folder = workspace / "guidelines"
    text = (workspace / "seeds" / "en-1.txt").read_text("utf-8")
    start = text.index("12 civilians")
    numbers = NUMBERS.replace("START", str(start)).replace("END", str(start + len("12 civilians")))
    for name, page in {
        "README": INDEX,
        "triggers": TRIGGERS,
        "numbers": numbers,
        "spans": "# Spans\n\nEdges.\n",
    }.items():
        (folder / f"{name}.md").write_text(page, encoding="utf-8")
    (folder / "boilerplate.md").write_text("# Boilerplate\n", encoding="utf-8")
    return folder


def shown(desk) -> str:
    return " ".join(desk.screen.split())


async def test_the_same_key_again_opens_the_page_at_the_rule_and_back_is_where_one_was(sit, pages):
    async with sit("en-1") as desk:
        await desk.at("shelled")
        before = desk.label.place
        await desk.press("G")
        assert "G again opens: triggers · spans" in shown(desk)
        await desk.press("G")
        assert isinstance(desk.app.screen, GuidelinesScreen)
        assert desk.lines[1].strip() == "1. strike.artillery: from the ground. Shelling."
        assert "1 of 2 on this Triggers" in shown(desk)
        await desk.press("tab")
        assert "Edges." in desk.screen
        await desk.press("shift+tab", "end")
        assert "guidelines/triggers.md 100 %" in shown(desk)
        await desk.press("escape")
        assert desk.label.place == before
        assert desk.here.mention.quote == "shelled"
        assert not desk.label.panel.asking


async def test_a_page_is_read_with_its_examples_in_a_small_window(sit, pages):
    async with sit("en-1", size=SMALL) as desk:
        await desk.at("12", "number")
        await desk.press("G", "G", "pagedown")
        await desk.press("home")
        text = shown(desk)
        assert "A count keeps its modifier; see spans and <b>this</b>." in text
        assert "dozens │ 20..99" in text
        assert "1. first 2. second • inner" in text
        assert "Airstrikes kill 12 civilians near Idlib" in text
        assert "✓ right number 12 persons" in text
        assert "✗ wrong number 13 persons en-1 16-28" in text
        assert "guidelines/numbers.md all 1 of 2 on this Numbers" in shown(desk)


async def test_arabic_stands_on_the_right_in_the_order_of_the_screen(sit, pages):
    async with sit("en-1", mode="visual") as desk:
        await desk.at("12", "number")
        await desk.press("G", "G", "end")
        [line] = [line for line in desk.lines if "ﺺﻨﻟﺍ" in line]
        assert line.rstrip().endswith("ﻡﺎﻗﺭﻷﺍ")


async def test_a_page_is_found_by_typing_and_opened_where_it_says_so(sit, pages):
    async with sit("en-1") as desk:
        await desk.at("12", "number")
        await desk.press("G", "G", "slash")
        assert isinstance(desk.app.screen, PageList)
        assert "▸ numbers Numbers (on this)" in shown(desk)
        await desk.type("STRIKE.art")
        assert "▸ triggers 1. strike.artillery: from the ground" in shown(desk)
        await desk.press("enter")
        assert desk.lines[1].strip() == "1. strike.artillery: from the ground. Shelling."
        await desk.press("slash")
        await desk.type("no such thing")
        assert "No page says that." in desk.screen
        await desk.press("enter", "escape", "escape")
        assert desk.lines[1].strip() == "1. strike.artillery: from the ground. Shelling."


async def test_where_no_page_belongs_to_what_is_here_the_list_is_offered(sit, pages):
    async with sit("en-1") as desk:
        await desk.at("Tuesday")
        before = desk.label.place
        await desk.press("G")
        assert "G again opens: the list of pages" in shown(desk)
        await desk.press("G")
        assert isinstance(desk.app.screen, PageList)
        await desk.press("escape")
        assert desk.label.place == before


async def test_the_queue_opens_the_guidelines_too(sit, pages):
    async with sit() as desk:
        await desk.press("G", "enter")
        assert isinstance(desk.app.screen, GuidelinesScreen)
        assert "Guidelines" in desk.lines[1]
        await desk.press("n")
        assert "guidelines/triggers.md" in desk.screen
        await desk.press("q")
        assert isinstance(desk.app.screen, QueueScreen)


async def test_without_pages_the_facts_are_all_and_the_key_leaves_them(sit):
    async with sit("en-1") as desk:
        await desk.at("12", "number")
        await desk.press("G")
        assert "A NUMBER'S VALUE" in desk.screen
        assert "G again" not in desk.screen
        await desk.press("G")
        assert isinstance(desk.app.screen, LabelScreen)
        assert not desk.label.panel.asking
    async with sit() as desk:
        await desk.press("G")
        assert "There are no pages" in desk.screen


async def test_a_page_that_is_no_utf8_is_told_and_work_goes_on(sit, pages):
    (pages / "numbers.md").write_bytes(b"# N\n\xff")
    async with sit("en-1") as desk:
        await desk.press("G")
        assert "guidelines/numbers.md, line 2 is not UTF-8." in desk.says
        await desk.press("n")
        assert desk.here


@pytest.mark.parametrize("mode", ["guard", "visual", "logical", "words"])
async def test_nothing_of_a_page_steers_the_terminal(sit, pages, mode):
    hostile = "# \x1b]0;owned\x07 N\u202eumbers\n\n[bold red]no[/] \x9b31m `\x1b[2J` \u2066x\u2028 ![p](http://a/\x1b)\n\n```\n\x1b[31m\n```\n"
    (pages / "numbers.md").write_text(hostile, encoding="utf-8")
    async with sit("en-1", mode=mode) as desk:
        await desk.at("12", "number")
        for keys in (["G"], ["G"], ["slash"], ["o"], ["w"], ["enter"]):
            await desk.press(*keys)
            assert steering(desk.lines) == [], keys
        assert "[bold red]no[/]" in desk.screen


async def test_the_reader_keeps_its_place_when_the_window_changes(sit, pages):
    async with sit("en-1") as desk:
        await desk.at("shelled")
        await desk.press("G", "G")
        view = desk.app.screen.query_one(PageView)
        top = view.top
        await desk.pilot.resize_terminal(80, 24)
        await desk.pilot.pause()
        assert view.top == top
