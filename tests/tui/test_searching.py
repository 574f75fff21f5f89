"""Searching: found as it is typed, in any spelling, gone through hit by hit, and never in the way of a key."""

import base64

import pytest

from annotator.text.span import span
from annotator.tui.screens import search_screen
from annotator.workflow.importing import import_corpus


def selected(desk) -> str | None:
    found = desk.view.selection
    return found.of(desk.session.article.text) if found else None


def marked(desk) -> list[str]:
    """Give what is drawn in the style of a hit or of the selection, as it stands on each row."""
    looks = (desk.view.palette.found.bgcolor, desk.view.palette.selected.bgcolor)
    rows = []
    for y in range(desk.view.size.height):
        pieces = [(bool(one.style and one.style.bgcolor in looks), one.text) for one in desk.view.render_line(y)]
        rows.append("".join(text if looked else "|" for looked, text in pieces))
    return [piece for row in rows for piece in row.split("|") if piece]


async def search(desk, query: str) -> None:
    await desk.press("/")
    await desk.type(query)
    await desk.press("enter")


async def test_hits_are_marked_as_they_are_typed_and_enter_selects_the_first_behind_the_cursor(sit):
    async with sit("en-1") as desk:
        await desk.press("/")
        await desk.type("air")
        assert "2 hits" in desk.screen
        assert [piece.lower() for piece in marked(desk)] == ["air", "air"]
        await desk.type("z")
        assert "0 hits" in desk.screen
        assert marked(desk) == []
        await desk.press("backspace", "enter")
        assert selected(desk) == "Air"
        assert "hit 1 of 2" in desk.says


async def test_the_next_hits_come_round_and_say_so(sit):
    async with sit("en-1") as desk:
        await search(desk, "idlib")
        first = desk.view.caret
        await desk.press(";")
        assert selected(desk) == "Idlib"
        assert desk.view.caret > first
        assert desk.says.endswith("hit 2 of 2")
        await desk.press("f3")
        assert desk.view.caret == first
        assert "hit 1 of 2, on from the beginning" in desk.says
        await desk.press("colon")
        assert "hit 2 of 2, back from the end" in desk.says
        await desk.press("shift+f3")
        assert desk.view.caret == first


async def test_a_hit_at_the_cursor_comes_before_the_next_one(sit):
    async with sit("en-1") as desk:
        await search(desk, "idlib")
        second = desk.session.article.text.rindex("Idlib")
        await desk.caret_at(second)
        await desk.press(";")
        assert (desk.view.caret, selected(desk)) == (second, "Idlib")


async def test_esc_goes_back_where_one_was_with_what_was_selected_and_marked_there(sit):
    async with sit("en-1", size=(80, 24)) as desk:
        await search(desk, "civilians")
        await desk.press("end", "shift+left", "shift+left")
        before, held, marks = desk.view.caret, desk.view.selection, marked(desk)
        await desk.press("/")
        await desk.type("air")
        await desk.press("escape")
        assert (desk.view.caret, desk.view.selection) == (before, held)
        assert marked(desk) == marks
        await desk.press(";")
        assert selected(desk) == "civilians", "the search before that still stands"


async def test_backspace_goes_back_to_where_the_search_began(sit):
    async with sit("en-1") as desk:
        await desk.caret_at(30)
        await search(desk, "opposition")
        await desk.press("backspace")
        assert desk.view.caret == 30


async def test_arabic_is_found_however_it_is_spelt(sit):
    async with sit("ar-1") as desk:
        await search(desk, "اِدلب")
        assert selected(desk) == "إدلب"
        await search(desk, "اعلنت وكاله")
        assert selected(desk) == "أعلنت وكالة"
        assert "hit 1 of 1" in desk.says


@pytest.mark.parametrize(("article", "typed"), [("en-1", "outskirts"), ("ar-1", "ريف")])
async def test_a_hit_becomes_a_mention_by_one_digit(sit, article, typed):
    async with sit(article) as desk:
        await search(desk, typed)
        await desk.press("4")
        assert (desk.here.mention.kind, desk.here.mention.quote) == ("place", typed)


async def test_what_is_not_there_is_said_and_nothing_moves(sit):
    async with sit("ar-1") as desk:
        await desk.caret_at(40)
        await search(desk, "لا شيء")
        assert "is nowhere in this article" in desk.says
        assert desk.view.caret == 40
        await desk.press(";")
        assert "There is no hit" in desk.says


async def test_without_a_search_its_keys_say_how_to_begin_one_and_an_empty_line_ends_it(sit):
    async with sit("en-1") as desk:
        await desk.press(";")
        assert "/ asks" in desk.says
        await search(desk, "air")
        await desk.press("/", "ctrl+u", "enter", "end")
        assert marked(desk) == []
        await desk.press(";")
        assert "/ asks" in desk.says


async def test_a_long_article_is_searched_when_typing_pauses_and_at_once_on_enter(sit, monkeypatch):
    monkeypatch.setattr(search_screen, "_AT_ONCE", 10)
    monkeypatch.setattr(search_screen, "_STEP", 5)
    async with sit("en-1") as desk:
        await desk.press("/")
        await desk.type("idlib")
        await desk.until(lambda: "2 hits" in desk.screen)
        assert len(marked(desk)) == 2
        await desk.press("escape")
        await search(desk, "saraqib")
        assert selected(desk) == "Saraqib"


async def test_clicking_while_searching_stays_where_one_clicked(sit):
    async with sit("en-1") as desk:
        await desk.press("/")
        await desk.type("opposition")
        await desk.pilot.click("ArticleView", offset=(3, 0))
        assert not desk.label.panel.asking
        assert desk.view.caret == 3
        await desk.press(";")
        assert selected(desk) == "opposition"


async def test_searching_works_on_the_adjudication_screen(sit, project):
    from annotator.workflow import mention_edits
    from annotator.workflow.labelling import labelling

    for name, step in (("miriam", mention_edits.confirm), ("noor", mention_edits.reject)):
        with labelling(project, "en-1", name) as session:
            for item in session.in_order():
                step(session, item)
            session.finish()
    async with sit("en-1", name="lead", stage="adjudicate") as desk:
        await search(desk, "opposition")
        assert selected(desk) == "opposition"
        await desk.press("backspace", "V", "C")
        assert "Copied" in desk.says


# Copying, and what cannot be seen


async def test_copying_gives_the_stored_text_to_the_terminal_and_to_a_file(sit, workspace, monkeypatch):
    async with sit("ar-1") as desk:
        sent: list[str] = []
        monkeypatch.setattr(desk.app._driver, "write", sent.append)
        await search(desk, "الطائرات الحربية")
        await desk.press("C")
        copied = "الطائرات الحربية"
        assert (workspace / ".annotator" / "clipboard.txt").read_text(encoding="utf-8") == copied
        assert f"\x1b]52;c;{base64.b64encode(copied.encode()).decode()}\a" in sent
        assert ".annotator/clipboard.txt" in desk.says
        assert "16 characters" in desk.says


async def test_a_mention_is_copied_when_nothing_is_selected_and_nothing_when_there_is_neither(sit, workspace):
    async with sit("en-1") as desk:
        await desk.at("Russian warplanes")
        await desk.press("C")
        assert desk.app.clipboard == "Russian warplanes"
        await desk.caret_at(desk.session.article.text.index("\n\n") + 1)
        await desk.press("C")
        assert "nothing to copy" in desk.says
        assert desk.app.clipboard == "Russian warplanes"


async def test_what_an_article_carries_does_not_reach_the_terminal_by_copying(sit, project, monkeypatch):
    text = "Airstrikes killed \u009d0;owned\u009c 12 \u202ecivilians\u202c near Idlib\n"
    (project.workspace.corpus / "0-hostile.txt").write_text(text, "utf-8")
    import_corpus(project)
    async with sit("0-hostile") as desk:
        sent: list[str] = []
        monkeypatch.setattr(desk.app._driver, "write", sent.append)
        desk.view.select(span(0, len(text)))
        await desk.press("C")
        assert desk.app.clipboard == text
        assert sent
        assert not any(character in written for written in sent for character in "\u009d\u009c\u202e\u202c")


async def test_characters_without_a_glyph_are_shown_and_hidden_and_the_place_is_kept(sit, project):
    lines = "\n".join(f"line {number} soft\u00adhyphen\u200f" for number in range(60))
    (project.workspace.corpus / "en-0.txt").write_text(lines + "\n", "utf-8")
    import_corpus(project)
    async with sit("en-0") as desk:
        await desk.caret_at(desk.session.article.text.index("line 40"))
        top = desk.view.scroll_offset.y
        assert "softhyphen " in desk.screen
        await desk.press("V")
        assert "soft¬hyphen←" in desk.screen
        assert desk.view.scroll_offset.y == top
        assert desk.session.article.text[desk.view.caret :].startswith("line 40")
        await desk.press("V")
        assert "¬" not in desk.screen
