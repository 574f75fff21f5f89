"""What every screen has: a list of commands, colours to choose from, and room enough or it waits."""

import asyncio
from pathlib import Path

import pytest
from textual.command import CommandPalette
from textual.widgets import Input
from textual.worker import WorkerFailed

from annotator.tui.actions import actions_of
from annotator.tui.palette import DARK, LIGHT
from annotator.tui.screens.help import HelpScreen
from annotator.tui.screens.label import LabelScreen
from annotator.tui.screens.queue import QueueScreen


async def find(desk, words: str) -> None:
    """Open the palette, type, and choose what comes first."""
    await desk.press("ctrl+p")
    assert isinstance(desk.app.screen, CommandPalette)
    await desk.type(words)
    await desk.until(lambda: words.split()[0] in desk.screen)
    await desk.press("down", "enter")
    await desk.until(lambda: not isinstance(desk.app.screen, CommandPalette))
    await desk.pilot.pause()


async def test_the_palette_offers_every_action_of_the_screen_with_its_keys(sit):
    from annotator.tui.commands import Commands

    async with sit("en-1") as desk:
        hits = [hit async for hit in Commands(desk.label).discover()]
    offered = {hit.text: str(hit.prompt) for hit in hits}
    assert list(offered) == [action.help for action in actions_of("label") if action.name != "commands"]
    assert offered["undo the last decision"].endswith("  u ctrl+z")
    assert offered["move its start one character outwards"].endswith("  [")


async def test_what_is_chosen_acts_on_the_article_below(sit):
    async with sit("en-1") as desk:
        first = desk.here.mention.id
        await find(desk, "reject it and go to")
        assert desk.session.items[first].disposition == "rejected"
        await find(desk, "undo the last")
        assert desk.session.items[first].disposition is None


async def test_keys_in_the_palette_decide_nothing_and_escape_leaves_it(sit):
    async with sit("en-1") as desk:
        await desk.press("ctrl+p", "a", "x", "1", "escape")
        assert desk.session.history.effective == ()
        assert desk.label.item is not None


async def test_a_second_enter_in_the_palette_neither_does_it_again_nor_puts_the_article_away(sit):
    from textual.events import Key

    async with sit("en-1") as desk:
        await desk.press("ctrl+p")
        await desk.type("flag the article")
        await desk.until(lambda: "somebody to look at" in desk.screen)
        await desk.press("down")
        desk.app.post_message(Key("enter", "\r"))
        desk.app.post_message(Key("enter", "\r"))
        await desk.until(lambda: isinstance(desk.app.screen, LabelScreen) and "flagged" in desk.head)
        await desk.pilot.pause(0.2)
        assert len(desk.session.history.effective) == 1
        assert desk.label.is_current


async def test_the_palette_opens_on_the_queue_as_well(sit):
    async with sit() as desk:
        await find(desk, "show all keys")
        assert isinstance(desk.app.screen, HelpScreen)


async def test_nothing_that_is_pasted_into_the_palette_reaches_the_terminal_raw(sit):
    from textual.events import Paste

    async with sit("ar-1") as desk:
        await desk.press("ctrl+p")
        desk.app.post_message(Paste("\x1b]0;قصف\x07\u202eab\x9b"))
        await desk.until(lambda: "قصف" in desk.app.screen.query_one(Input).value)
        typed = desk.app.screen.query_one(Input).value
        assert not set(typed) & set("\x1b\x07\u202e\x9b")
        await desk.type("قصف")
        assert "قصفقصف" in desk.app.screen.query_one(Input).value.replace(typed, "قصف")


async def test_the_colours_step_and_hold_for_the_next_article(sit):
    async with sit() as desk:
        await desk.press("enter")
        assert desk.view.palette is DARK
        await desk.press("f6")
        assert desk.view.palette is LIGHT
        assert 'theme = "light"' in desk.says
        await desk.press("q", "down", "enter")
        assert desk.view.palette is LIGHT
        await desk.press("f6")
        assert desk.view.palette is DARK


async def test_the_workspace_says_with_which_colours_one_begins(sit, workspace: Path):
    (workspace / "annotator.toml").write_text('[screen]\ntheme = "light"\n', encoding="utf-8")
    async with sit("en-1") as desk:
        assert desk.app.theme == "light"
        assert desk.view.palette is LIGHT


async def test_with_no_color_nothing_is_coloured_anywhere(sit, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with sit() as desk:
        for keys in ((), ("enter",), ("a", "x", "m"), ("question_mark",)):
            await desk.press(*keys)
            for strip in desk.app.screen._compositor.render_strips():
                for filtered in desk.app._filters:
                    strip = strip.apply_filter(filtered, desk.app.screen.background_colors[1])
                for segment in strip:
                    colours = (segment.style.color, segment.style.bgcolor) if segment.style else ()
                    assert all(colour is None or colour.is_default for colour in colours)
        await desk.press("escape", "f6")
        assert "NO_COLOR is set" in desk.says


@pytest.mark.parametrize("size", [(59, 24), (80, 19), (30, 8)])
async def test_a_window_that_is_too_small_says_so_and_decides_nothing_until_it_is_large_again(sit, size):
    async with sit("en-1", size=(80, 24)) as desk:
        await desk.pilot.resize_terminal(*size)
        await desk.pilot.pause()
        shown = " ".join(desk.screen.split())
        assert shown == f"This window is {size[0]} x {size[1]}; 60 x 20 are needed. Nothing is lost."
        await desk.press("a", "x", "1", "u", "ctrl+p", "tab", "t", "enter")
        assert desk.session.history.effective == ()
        assert not desk.label.panel.asking
        await desk.press("f1")
        assert isinstance(desk.app.screen, HelpScreen)
        await desk.press("escape")
        await desk.pilot.resize_terminal(80, 24)
        await desk.pilot.pause()
        assert "Airstrikes" in desk.screen
        await desk.press("a")
        assert len(desk.session.history.effective) == 1


async def test_a_question_in_a_window_that_became_too_small_waits_as_well(sit):
    async with sit("en-1", size=(80, 24)) as desk:
        await desk.press("X")
        await desk.pilot.resize_terminal(50, 10)
        await desk.press("enter", "d", "i")
        assert desk.session.history.effective == ()
        await desk.pilot.resize_terminal(80, 24)
        assert desk.label.panel.asking


async def test_one_can_leave_a_window_that_is_too_small(sit):
    async with sit(size=(80, 24)) as desk:
        await desk.pilot.resize_terminal(40, 10)
        await desk.press("enter", "down", "j")
        assert isinstance(desk.app.screen, QueueScreen)
        assert not desk.app.screen.opening
        await desk.press("q")
        assert not desk.app.is_running or desk.app._exit


async def test_a_long_message_is_read_whole_and_moves_no_text(sit):
    async with sit("en-1", size=(80, 24)) as desk:
        before = desk.lines[1:5]
        await desk.press("f2")
        said = "Right-to-left text is now written in mode"
        desk.label.say(f"{said} guard. " + "It goes on and on until it does not fit on one line. " * 2 + "END")
        await desk.pilot.pause()
        assert "END" in desk.screen
        assert desk.lines[1:5] == before
        desk.label.say("short")
        await desk.pilot.pause()
        assert "END" not in desk.screen


async def test_a_crash_shows_where_and_no_article(sit, capsys):
    with pytest.raises(ZeroDivisionError):
        async with sit("en-1") as desk:
            shown = desk.session.article.text[:20]

            def broken() -> None:
                article = desk.session.article.text
                raise ZeroDivisionError(f"of {len(article)}\x1b[2J")

            desk.label.action_confirm = broken
            await desk.press("a")
    printed = capsys.readouterr().err
    assert "ZeroDivisionError: of" in printed
    assert "in broken" in printed
    assert shown not in printed
    assert "\x1b[2J" not in printed


@pytest.mark.parametrize("pauses", range(4))
async def test_quitting_under_a_search_that_has_just_begun_is_no_crash(sit, pauses):
    async with sit("en-1") as desk:
        for key in ("ctrl+p", "a", "b", "c"):
            desk.app.simulate_key(key)
        for _ in range(pauses):
            await asyncio.sleep(0)
        desk.app.exit()


async def test_a_list_that_is_taken_away_before_the_search_ends_is_no_crash(sit):
    from textual.command import CommandList
    from textual.css.query import NoMatches

    async with sit("en-1") as desk:
        await desk.press("ctrl+p")
        palette = desk.app.screen

        async def ends_without_its_list() -> None:
            await palette.query_one(CommandList).remove()
            palette.query_one(CommandList)

        async def fails() -> None:
            palette.query_one("#nothing")

        with pytest.raises(WorkerFailed) as raised:
            await palette.run_worker(fails, exit_on_error=False).wait()
        assert isinstance(raised.value.error, NoMatches)
        await palette.run_worker(ends_without_its_list, exit_on_error=False).wait()
