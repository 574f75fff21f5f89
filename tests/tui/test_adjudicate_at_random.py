"""Whatever is pressed, pasted or done to the window while somebody adjudicates: nothing breaks, and what holds is what
the log says."""

import asyncio
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from textual import events

from annotator.model.annotation import fold
from annotator.store.log import check_log, decisions_on
from annotator.tui.app import AnnotatorApp
from annotator.tui.screens.adjudicate import AdjudicateScreen
from annotator.tui.screens.queue import QueueScreen
from annotator.workflow import event_edits, mention_edits
from annotator.workflow.comparing import compared
from annotator.workflow.labelling import adjudicating, labelling
from annotator.workflow.project import open_project
from tests.tui.conftest import WIDE, Desk
from tests.tui.test_adjudicate import confirm_the_rest, item

EXAMPLES = int(os.environ.get("ANNOTATOR_FUZZ", "12"))
"""How many runs; many more can be asked for by environment."""

SETTLING = ["1", "2", "3", "0", "e", "s", "A", "X", "r", "o", "n", "u", "U", "up", "down", "D"]
ANYWHERE = [
    *"abcdfgijkmptvwxyzBCEFGIJKLMNOPQSTVWY",
    *["4", "5", "enter", "escape", "space", "tab", "backspace", "left", "right", "home", "end", "pageup", "pagedown"],
    *[
        "slash",
        "semicolon",
        "left_square_bracket",
        "right_square_bracket",
        "minus",
        "equals_sign",
        "underscore",
        "plus",
    ],
    *["exclamation_mark", "f1", "f2", "f6", "f7", "f8", "shift+right", "ctrl+right", "ctrl+z", "ctrl+r", "ctrl+p"],
]
SIZES = [(120, 36), (80, 24), (60, 20), (40, 10), (200, 50), (1, 1)]
PASTED = ["", "2", "10..20", "\x1b[31m", "قصف\nحلب", "e\u0301" * 40, "u" * 300]

steps = st.lists(
    st.one_of(
        st.sampled_from(SETTLING).map(lambda key: ("press", key)),
        st.sampled_from(SETTLING).map(lambda key: ("press", key)),
        st.sampled_from([*SETTLING, *ANYWHERE]).map(lambda key: ("press", key)),
        st.just(("press", "q")),
        st.sampled_from(SIZES).map(lambda size: ("resize", size)),
        st.sampled_from(PASTED).map(lambda text: ("paste", text)),
    ),
    min_size=10,
    max_size=70,
)


@pytest.fixture(scope="module")
def disputed(made_workspace, tmp_path_factory) -> Path:
    """A workspace with an article of each language on which two people differ in all kinds of ways."""
    root = Path(shutil.copytree(made_workspace, tmp_path_factory.mktemp("random") / "syria"))
    project = open_project(root)
    for article, trigger, place, number in (("en-1", "shelled", "Idlib", "14"), ("ar-1", "اشتباكات", "حلب", "3")):
        for name in ("miriam", "noor", "omar"):
            with labelling(project, article, name) as session:
                made = event_edits.make_event(session, item(session, trigger, "trigger"))
                if name != "miriam":
                    event_edits.set_certainty(session, session.annotation.live_events()[made], "attributed")
                    event_edits.attach(session, session.annotation.live_events()[made], "place", item(session, place))
                if name == "omar":
                    event_edits.toggle_background(session, session.annotation.live_events()[made])
                    mention_edits.reject(session, item(session, place))
                    found = item(session, number)
                    mention_edits.move_edges(session, found, found.mention.start, found.mention.end + 1)
                if name == "noor":
                    mention_edits.unsure(session, item(session, number))
                confirm_the_rest(session)
    project.close()
    return root


async def press_all(root: Path, article: str, done: list[tuple[str, object]]) -> None:
    project = open_project(root)
    app = AnnotatorApp(project, "lead", article, "adjudicate")
    async with app.run_test(size=WIDE) as pilot:
        desk = Desk(app, pilot)
        await pilot.pause()
        for what, how in done:
            if isinstance(app.screen, QueueScreen):
                await back_to(desk, article)
            match what:
                case "press":
                    await desk.press(str(how))
                case "resize":
                    await pilot.resize_terminal(*how)
                    await pilot.pause()
                case "paste":
                    app.post_message(events.Paste(str(how)))
                    await pilot.pause()
        await pilot.resize_terminal(*WIDE)
        await pilot.pause()
        if isinstance(app.screen, QueueScreen):
            await back_to(desk, article)
        [judging] = [screen for screen in app.screen_stack if isinstance(screen, AdjudicateScreen)]
        session = judging.session
        await desk.until(lambda: session.save_state.state == "saved" and not session.save_state.pending)
        shown = session.article
        logged = decisions_on(project.engine, session.person, article, shown.text_sha256)
        assert fold(logged, judging.adjudication.merge.agreed) == session.annotation
        assert len(logged) >= len(session.history.effective)
        assert compared(project, shown, session.person).agreed == judging.adjudication.merge.agreed, "others' work is"
    assert check_log(project.engine) == ()
    with adjudicating(project, article, "lead") as again:
        assert again.session.annotation.rulings.keys() <= session.annotation.rulings.keys()
        if again.session.annotation == session.annotation:  # else an edit was open in which nothing was said
            assert again.unsettled() == judging.adjudication.unsettled()
    project.close()


async def back_to(desk: Desk, article: str) -> None:
    """From the queue back to the article, in a window in which that can be done."""
    await desk.pilot.resize_terminal(*WIDE)
    await desk.pilot.pause()
    queue = desk.app.screen
    assert isinstance(queue, QueueScreen)
    while queue.chosen != article:
        await desk.press("down" if (queue.chosen or "") < article else "up")
    await desk.press("j")
    assert isinstance(desk.app.screen, AdjudicateScreen), desk.screen


@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
@given(steps, st.sampled_from(["en-1", "ar-1"]))
@example(
    [("press", key) for key in ("e", "x", "q", "escape", "u", "A", "a", "y", "D", "1", "D", "0", "a", "1")], "en-1"
)
def test_anything_may_be_pressed(disputed, done, article):
    with tempfile.TemporaryDirectory() as folder:
        root = Path(shutil.copytree(disputed, Path(folder) / "syria"))
        asyncio.run(press_all(root, article, done))
