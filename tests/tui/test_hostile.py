"""Nothing of an article may steer the terminal: not its text, its title in the queue, its quotes in the panel."""

import unicodedata
from collections.abc import Iterable

import pytest

HOSTILE = (
    "Strikes \u009b31mkill\u009d0;owned\u009c 12 \u202ecivilians\u202c near \u2066Idlib\u2069\u200b\n"
    "\n"
    "Airstrikes\u200d hit \u061cIdlib\u00ad and\ufeff killed \u202b12\u202c civilians\u2028in "
    " \u0085the \u2029 town.\U000e0041\n"
    "قصفت \u202dالطائرات\u202c بلدة \u0090سراقب\u2067 وقتل 7 مدنيين\n"
)
"""What intake lets pass: it refuses the C0 controls, and keeps C1, overrides, isolates and what has no width."""

GUARD = "\u200e"
"""The one invisible character that the tool itself sends."""


def steering(lines: Iterable[str]) -> list[str]:
    """Give what could move a terminal's cursor, change its state or turn its lines round."""
    return [
        f"U+{ord(character):04X}"
        for line in lines
        for character in line
        if character != GUARD and unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")
    ]


@pytest.fixture
def hostile(workspace):
    (workspace / "seeds" / "0-hostile.txt").write_text(HOSTILE, encoding="utf-8")
    return "0-hostile"


async def test_a_title_in_the_queue_is_harmless(sit, hostile):
    async with sit() as desk:
        await desk.press("r")
        assert hostile in desk.screen
        assert "Strikes" in desk.screen
        assert steering(desk.lines) == []


@pytest.mark.parametrize("mode", ["guard", "visual", "logical", "words"])
async def test_the_text_the_panel_and_the_questions_are_harmless(sit, workspace, hostile, mode):
    (workspace / "annotator.toml").write_text(f'[screen]\nbidi = "{mode}"\n', encoding="utf-8")
    async with sit() as desk:
        await desk.press("r", "up", "enter")
        assert desk.session.article.article_id == hostile
        assert desk.session.article.text == HOSTILE
        for keys in (["a"], ["t"], ["v"], ["e"], ["f"], ["K"], ["X", "i"]):
            await desk.press(*keys)
            assert steering(desk.lines) == [], keys
            if desk.label.panel.asking:
                await desk.press("escape")
                assert steering(desk.lines) == [], keys
        for start in range(0, len(HOSTILE) - 9, 9):
            desk.view.move_to(start)
            desk.view.move_to(start + 9, select=True)
            await desk.press("2")
            assert steering(desk.lines) == [], start
            assert desk.here.mention.quote == HOSTILE[desk.here.mention.start : desk.here.mention.end]


async def test_an_escape_sequence_does_not_even_come_in(sit, workspace):
    (workspace / "seeds" / "0-escape.txt").write_text("\x1b[31mStrikes\n\nTwo died.\n", encoding="utf-8")
    async with sit() as desk:
        await desk.press("r")
        assert "0-escape" not in "\n".join(desk.lines[1:-8])
        assert "control character U+001B" in desk.says
        assert steering(desk.lines) == []


async def test_a_hostile_folder_name_does_not_reach_the_screen(sit, workspace):
    folder = workspace.rename(workspace.with_name("a\x1b[31m\u202eb"))
    from annotator.tui.app import AnnotatorApp
    from annotator.workflow.project import open_project

    project = open_project(folder)
    app = AnnotatorApp(project, "miriam")
    async with app.run_test() as pilot:
        await pilot.pause()
        lines = ["".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()]
        assert steering(lines) == []
    project.close()


async def test_the_guard_itself_is_found_by_this_test(sit):
    async with sit("ar-1") as desk:
        assert GUARD in desk.screen
        assert steering(["a\u202eb", "\x9b", "c\x1b"]) == ["U+202E", "U+009B", "U+001B"]


async def test_what_a_search_and_the_list_of_the_same_show_is_harmless(sit, hostile, project):
    from annotator.workflow.importing import import_corpus

    import_corpus(project)
    async with sit(hostile) as desk:
        await desk.press("/")
        await desk.type("idlib")
        assert "2 hits" in desk.screen
        assert steering(desk.lines) == []
        await desk.press("enter")
        for keys in (("S",), ("escape", "a", "A"), ("escape", "V"), ("G",)):
            await desk.press(*keys)
            assert steering(desk.lines) == [], keys
