"""The first time in a workspace: a name, which line reads correctly, a tour that keeps nothing, and then the queue."""

from pathlib import Path

import pytest
from textual.events import Key
from textual.widgets import Static

from annotator.store.log import standings
from annotator.tui.layout import BidiMode
from annotator.tui.screens.queue import QueueScreen
from annotator.tui.screens.tour_offer import TourOffer
from annotator.tui.screens.tour_screen import TourScreen
from annotator.tui.screens.who import WhoScreen
from annotator.tui.screens.writing_card import WritingCard
from annotator.tui.tour import STEPS
from annotator.workflow.first_time import Remembered, remembered

NEW = {"welcome": True, "terminal": "xterm xterm-256color"}


def tour(desk) -> TourScreen:
    assert isinstance(desk.app.screen, TourScreen), desk.app.screen
    return desk.app.screen


def band(desk) -> str:
    return str(tour(desk).query_one("#tour", Static).content)


async def test_a_newcomer_is_asked_for_name_and_writing_and_offered_the_tour_and_never_again(sit, workspace: Path):
    async with sit(name=None, **NEW) as desk:
        assert isinstance(desk.app.screen, WhoScreen)
        assert "Esc leaves" in desk.screen
        await desk.press("enter")
        name = desk.app.person_name
        assert isinstance(desk.app.screen, WritingCard)
        await desk.press("3")
        assert isinstance(desk.app.screen, TourOffer)
        assert "T in the queue" in desk.screen
        await desk.press("escape")
        assert isinstance(desk.app.screen, QueueScreen)
        assert desk.app.mode is BidiMode.LOGICAL
        assert "\u200e" not in desk.screen
    async with sit(name=name, **NEW) as desk:
        assert isinstance(desk.app.screen, QueueScreen)


async def test_a_second_enter_behind_the_name_puts_no_other_screen_away(sit):
    async with sit(name=None) as desk:
        for _ in range(3):
            desk.app.post_message(Key("enter", "\r"))
        await desk.until(lambda: not isinstance(desk.app.screen, WhoScreen))
        await desk.pilot.pause(0.2)
        assert isinstance(desk.app.screen_stack[1], QueueScreen)


async def test_the_card_is_asked_once_for_each_kind_of_terminal(sit, project):
    async with sit(**NEW) as desk:
        await desk.press("٢", "escape")
    assert remembered(project.workspace).writing == {"xterm xterm-256color": "visual"}
    async with sit(**NEW | {"terminal": "VTE xterm-256color"}) as desk:
        assert isinstance(desk.app.screen, WritingCard)
        await desk.press("escape")
        assert isinstance(desk.app.screen, QueueScreen)
    assert remembered(project.workspace).writing["VTE xterm-256color"] == "guard"


async def test_the_card_is_not_asked_where_somebody_said_how_to_write_or_there_is_nothing_in_arabic(
    sit, workspace: Path
):
    async with sit(**NEW | {"terminal": ""}) as desk:
        assert isinstance(desk.app.screen, TourOffer)
    (workspace / ".annotator" / "screens.json").unlink()
    (workspace / "seeds" / "ar-1.txt").write_text("Clashes near Aleppo\n\nTwo soldiers died.\n", encoding="utf-8")
    async with sit(name="noor") as desk:
        await desk.press("r")
    async with sit(**NEW) as desk:
        assert isinstance(desk.app.screen, TourOffer)


async def test_the_card_fits_into_the_smallest_window_and_shows_the_sentence_in_every_way(sit):
    async with sit(size=(60, 20), **NEW) as desk:
        lines = [str(line.content) for line in desk.app.screen.query(".line").results(Static)]
        assert len({line[6:] for line in lines}) == len(BidiMode)
        assert "Which line reads correctly?" in desk.screen
        assert "Esc keeps line 1" in desk.screen
        assert "▀▀▀█" in desk.screen


async def test_the_card_can_be_asked_again_from_the_queue(sit, project):
    async with sit(terminal="xterm xterm") as desk:
        await desk.press("f7", "2")
        assert desk.app.mode is BidiMode.VISUAL
        await desk.press("f7", "1")
        assert desk.app.mode is BidiMode.GUARD
        assert "\u200e" in desk.screen
    assert remembered(project.workspace).writing == {"xterm xterm": "guard"}


async def test_who_names_an_article_is_asked_nothing(sit):
    async with sit("en-1", **NEW) as desk:
        assert desk.session.article.article_id == "en-1"


async def test_keys_typed_ahead_answer_nothing_that_was_not_asked_yet(sit):
    async with sit(typed_ahead="3a", **NEW) as desk:
        assert isinstance(desk.app.screen, WritingCard)


async def test_what_is_remembered_wrongly_is_forgotten(project):
    path = project.workspace.work / "screens.json"
    for content in (b"", b"[]", b'{"welcomed": 3}', b"\xff"):
        path.write_bytes(content)
        assert remembered(project.workspace) == Remembered()


async def do(desk, step: int) -> None:
    """Do what a step says, as a beginner would."""
    match step:
        case 0 | 1 | 2:
            await desk.press("axu"[step])
        case 3:
            types = tour(desk).session.schema.types
            other = next(name for name in types if name != tour(desk).item.mention.label)
            await desk.press("t", types[other].key)
        case 4:
            await desk.press("t", *"7777", "enter")
        case 5:
            free = desk.session.article.text.index("the town of") + len("the ")
            desk.view.move_to(free)
            tour(desk).caret_moved()
            await desk.press("4")
        case 6:
            await desk.press("slash", *"killing", "enter")
        case 7:
            await desk.press("backspace")
        case 8:
            await desk.press("e")
        case 9:
            actor = next(item for item in desk.session.in_order() if item.mention.kind == "actor")
            tour(desk).go(actor)
            await desk.press("f", "enter")
        case 10:
            await desk.press("r", "a")
        case _:
            while desk.session.untouched:
                await desk.press("n", "a")
            await desk.press("D")
            if tour(desk).panel.asking:
                await desk.press("y")


async def test_each_step_of_the_tour_is_done_by_doing_it_and_nothing_is_kept(sit, project):
    async with sit(**NEW | {"terminal": ""}) as desk:
        await desk.press("enter")
        assert desk.session.article.metadata.language == "en"
        assert "tour: nothing here is kept  f9 next step  q end" in desk.head
        for step in range(len(STEPS)):
            assert f"TOUR {step + 1} of {len(STEPS)}" in band(desk)
            await do(desk, step)
            await desk.pilot.pause()
        assert "That was the tour." in band(desk)
        assert desk.session.annotation.finished
        await desk.press("q")
        assert isinstance(desk.app.screen, QueueScreen)
        assert "0 of 2 articles done" in desk.head
    assert standings(project.engine) == []


async def test_a_step_that_was_not_done_stays(sit):
    async with sit() as desk:
        await desk.press("T", "x", "n", "p")
        assert "TOUR 1 of" in band(desk)
        await desk.press("f9")
        assert "TOUR 2 of" in band(desk)
        await desk.press("escape")
        assert isinstance(desk.app.screen, QueueScreen)


async def test_the_tour_names_the_keys_that_are_in_force(sit, workspace: Path):
    (workspace / "annotator.toml").write_text('[keys]\nconfirm = "f5"\n', encoding="utf-8")
    async with sit() as desk:
        await desk.press("T")
        assert "f5 says that this is right" in band(desk)
        await desk.press("f5")
        assert "TOUR 2 of" in band(desk)


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (120, 40)])
async def test_every_step_can_be_read_whole(sit, size):
    async with sit(size=size) as desk:
        await desk.press("T")
        for step in STEPS:
            band_lines = desk.lines[: tour(desk).query_one("#tour").size.height]
            assert band(desk).split()[-3:] == " ".join(band_lines).split()[-3:], step.says
            tour(desk)._go_on()
            await desk.pilot.pause()


async def test_the_tour_is_taken_in_arabic_where_there_is_nothing_in_english(sit, workspace: Path):
    import shutil

    shutil.rmtree(workspace / ".annotator")
    (workspace / "seeds" / "en-1.txt").unlink()
    async with sit() as desk:
        await desk.press("r", "T")
        assert desk.session.article.article_id == "ar-1"


async def test_without_articles_there_is_no_tour_to_take(sit, workspace: Path):
    import shutil

    shutil.rmtree(workspace / ".annotator")
    for path in (workspace / "seeds").glob("*.txt"):
        path.unlink()
    async with sit(**NEW) as desk:
        assert isinstance(desk.app.screen, QueueScreen)
        await desk.press("T")
        assert "no article to take the tour on" in desk.says
