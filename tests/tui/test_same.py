"""All the same on the labelling screen: shown first, done where it is ticked, taken back as one; and the list of it."""

import pytest
from textual.widgets import Static

from annotator.tui.guideline_facts import guideline
from annotator.tui.layout import BidiMode
from annotator.workflow import mention_edits
from annotator.workflow.importing import import_corpus

ENGLISH = "Idlib. In Idlib and Idlib they saw zorb. Then zorb left Idlib.\n"
ARABIC = "إدلب. في ادلب وإدلب إدلب، رأى زرب. ثم زرب إدلب.\n"


@pytest.fixture
def repeats(project):
    for name, text in (("en-9", ENGLISH), ("ar-9", ARABIC)):
        (project.workspace.corpus / f"{name}.txt").write_text(text, "utf-8")
    import_corpus(project)
    return project


def said_of(desk, word: str) -> list[tuple[str | None, str | None]]:
    from annotator.text.folding import fold

    return [
        (item.disposition, item.mention.ref)
        for item in desk.session.in_order()
        if fold(item.mention.quote).text == fold(word).text and item.mention.kind == "place"
    ]


async def test_what_is_to_become_of_each_place_is_shown_and_nothing_is_done_yet(sit, repeats):
    async with sit("en-9") as desk:
        await desk.press("t")
        await desk.type("aleppo")
        await desk.press("enter")
        count = len(desk.session.history.effective)
        await desk.press("A")
        assert "corrected: aleppo (Aleppo)" in desk.screen
        assert "3 places elsewhere, 3 ticked" in desk.screen
        assert desk.screen.count("[x] settle") == 3
        assert "In [Idlib] and" in desk.screen
        await desk.press("escape")
        assert len(desk.session.history.effective) == count
        assert desk.view.selection is None


@pytest.mark.parametrize("article", ["en-9", "ar-9"])
async def test_enter_does_it_everywhere_and_undo_takes_all_of_it_back(sit, repeats, article):
    async with sit(article) as desk:
        first = desk.here
        await desk.press("t")
        await desk.type("aleppo")
        await desk.press("enter", "A", "enter")
        assert "Done at 3 more places" in desk.says
        assert [ref for said, ref in said_of(desk, first.mention.quote) if said == "corrected"] == ["aleppo"] * 4
        assert desk.here.mention.id == first.mention.id, "the cursor stays"
        await desk.press("u")
        assert [ref for said, ref in said_of(desk, first.mention.quote) if said == "corrected"] == ["aleppo"]
        await desk.saved()


async def test_a_clitic_makes_another_string(sit, repeats):
    async with sit("ar-9") as desk:
        await desk.press("a")
        await desk.at("إدلب")
        await desk.press("S")
        assert "4 places" in desk.screen
        assert desk.session.article.text.count("دلب") == 5


async def test_right_after_deciding_it_is_about_what_was_decided(sit, repeats):
    async with sit("en-9") as desk:
        await desk.press("x")
        assert desk.here.disposition is None
        await desk.press("A", "enter")
        assert [said for said, _ in said_of(desk, "Idlib")] == ["rejected"] * 4


async def test_space_leaves_a_place_out_and_takes_one_in(sit, repeats):
    async with sit("en-9") as desk:
        mention_edits.reject(desk.session, desk.find("Idlib", nth=1))
        await desk.press("a")
        await desk.at("Idlib")
        await desk.press("A")
        assert "[ ] ≠ rejected" in desk.screen
        await desk.press("space", "down", "space", "enter")
        assert [said for said, _ in said_of(desk, "Idlib")] == ["confirmed", "confirmed", None, "confirmed"]


async def test_where_nothing_stands_it_is_added(sit, repeats):
    async with sit("en-9") as desk:
        await desk.caret_at(ENGLISH.index("zorb"))
        await desk.press("4", "A")
        assert "[x] add place" in desk.screen
        await desk.press("enter")
        assert said_of(desk, "zorb") == [("added", None)] * 2


async def test_what_cannot_be_done_is_said_before_anything_is_asked(sit, repeats):
    async with sit("en-9") as desk:
        await desk.press("A")
        assert "Nothing was decided here yet" in desk.told
        await desk.press("enter")
        assert desk.session.history.effective == (), "Enter was meant for a list"
        await desk.caret_at(ENGLISH.index("they"))
        await desk.press("A")
        assert "no mention at the cursor" in desk.told
        await desk.press("enter")
        await desk.caret_at(ENGLISH.index("saw"))
        await desk.press("4", "A")
        assert "same was decided already" in desk.told
        await desk.press("enter")
        assert len(desk.session.history.effective) == 1


async def test_the_list_shows_what_was_decided_and_goes_to_the_one_chosen(sit, repeats):
    async with sit("en-9") as desk:
        mention_edits.reject(desk.session, desk.find("Idlib", nth=2))
        await desk.press("a")
        await desk.at("Idlib")
        await desk.press("S")
        assert "Idlib: 4 places" in desk.screen
        assert "≠ rejected place" in desk.screen
        assert "confirmed place: idlib" in desk.screen
        await desk.press("end", "enter")
        assert desk.view.caret == ENGLISH.rindex("Idlib")
        await desk.press("backspace")
        assert desk.view.caret == 0


async def test_the_list_works_for_any_word_and_leaving_it_changes_nothing(sit, repeats):
    async with sit("en-9") as desk:
        await desk.caret_at(ENGLISH.index("zorb"))
        await desk.press("S", "down")
        assert desk.view.selection is not None
        assert desk.view.selection.start == ENGLISH.rindex("zorb")
        assert "no mention" in desk.screen
        await desk.press("escape")
        assert desk.view.caret == ENGLISH.index("zorb")
        assert desk.view.selection is None


async def test_thousands_of_places_are_walked_through_without_drawing_them_all(sit, project, monkeypatch):
    from annotator.tui.screens import same_screen

    (project.workspace.corpus / "en-9.txt").write_text("zorb here.\n" * 3000, "utf-8")
    import_corpus(project)
    drawn = []
    real = same_screen.beginning
    monkeypatch.setattr(same_screen, "beginning", lambda *given: drawn.append(1) or real(*given))
    async with sit("en-9") as desk:
        await desk.press("4", "A", "pagedown", "end")
        assert "2999 places elsewhere, 2999 ticked" in desk.screen
        assert len(drawn) < 400
        await desk.press("enter")
        assert len([one for one in desk.session.in_order() if one.mention.quote == "zorb"]) == 3000


# The guideline


async def test_the_guideline_for_what_is_at_the_cursor_is_read_and_left(sit):
    async with sit("en-1") as desk:
        await desk.at("shelled")
        await desk.press("G")
        assert "strike.artillery  Shelling" in desk.screen
        assert "fired from the ground" in " ".join(desk.screen.split())
        assert "strike.air" in desk.screen
        first = desk.lines
        await desk.press("pagedown", "down")
        assert desk.lines != first
        for leave in ("escape", "enter", "G"):
            await desk.press(leave)
            assert not desk.label.panel.asking, leave
            await desk.press("f8")
            assert desk.label.panel.asking


@pytest.mark.parametrize(
    ("quote", "told"),
    [
        ("Idlib", ["idlib  city", "part of", "English", "Idlib", "Arabic"]),
        ("14", ["A NUMBER'S VALUE", "20..99", "Units", "persons", "cumulative"]),
        ("Tuesday", ["A TIME'S VALUE", "--02-07", "anchors", "publication"]),
    ],
)
async def test_each_kind_has_its_guideline(sit, quote, told):
    async with sit("en-1") as desk:
        mention = (await desk.at(quote)).mention
        text = guideline(mention, desk.session.project.guidelines, BidiMode.GUARD).plain
        for one in (*told, "Reasons to reject", "idiom"):
            assert one in text, one
        await desk.press("G")
        assert text.split("\n")[0] in desk.screen


async def test_without_a_mention_the_kinds_and_reasons_are_told(sit):
    async with sit("en-1") as desk:
        await desk.caret_at(desk.session.article.text.index("outskirts"))
        await desk.press("G")
        assert "Kinds of mention" in desk.screen
        assert "TRIGGER" not in str(desk.label.query_one("#facts", Static).visible)


async def test_it_is_read_on_eighty_columns_too(sit):
    async with sit("ar-1", size=(80, 24)) as desk:
        await desk.at("قصفت")
        await desk.press("G")
        assert "▼" in desk.screen
        await desk.press("end")
        assert "other" in desk.screen
        assert "▼" not in desk.screen
