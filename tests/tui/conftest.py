"""A desk: the application over a workspace, driven by keys, and the ways to look at its screen."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from annotator.model.decision import Stage
from annotator.tui.app import AnnotatorApp
from annotator.tui.layout import BidiMode
from annotator.tui.screens.adjudicate import AdjudicateScreen
from annotator.tui.screens.article_screen import ArticleScreen
from annotator.tui.screens.label import LabelScreen
from annotator.tui.widgets.article_view import ArticleView
from annotator.tui.widgets.picker import Picker
from annotator.workflow.project import open_project
from annotator.workflow.session import Item, Session

WIDE, SMALL = (120, 36), (80, 24)
_PATIENCE = 1000
"""How often `until` looks, a hundredth of a second apart."""


@dataclass
class Desk:
    """One person in front of one running application."""

    app: AnnotatorApp
    pilot: Pilot[None]

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, written: str) -> None:
        await self.press(*("space" if letter == " " else letter for letter in written))

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait for what the writer's thread does."""
        for _ in range(_PATIENCE):
            await self.pilot.pause(0.01)
            if holds():
                return
        raise AssertionError("it never came true\n" + self.screen)

    async def saved(self) -> None:
        await self.until(lambda: "saved ✓" in self.head)

    # What is seen

    @property
    def lines(self) -> list[str]:
        """The screen, as the characters that are sent to the terminal."""
        return ["".join(segment.text for segment in strip) for strip in self.app.screen._compositor.render_strips()]

    @property
    def screen(self) -> str:
        return "\n".join(self.lines)

    @property
    def head(self) -> str:
        return str(self.app.screen.query_one("#head", Static).content)

    @property
    def says(self) -> str:
        return str(self.app.screen.query_one("#says", Static).content)

    @property
    def panel(self) -> str:
        return str(self.label.query_one("#facts", Static).content)

    @property
    def told(self) -> str:
        """What stands in the place of a question that cannot be asked; empty while something is asked, or nothing."""
        picker = self.app.screen.query_one(Picker)
        return "" if picker.shown or not picker.display else " ".join(str(picker.render()).split())

    # Where the person is

    @property
    def label(self) -> LabelScreen:
        assert isinstance(self.app.screen, LabelScreen), self.app.screen
        return self.app.screen

    @property
    def adjudicate(self) -> AdjudicateScreen:
        assert isinstance(self.app.screen, AdjudicateScreen), self.app.screen
        return self.app.screen

    @property
    def view(self) -> ArticleView:
        return self.app.screen.query_one(ArticleView)

    @property
    def session(self) -> Session:
        assert isinstance(self.app.screen, ArticleScreen), self.app.screen
        return self.app.screen.session

    @property
    def here(self) -> Item:
        """The mention at the cursor."""
        assert self.label.item is not None
        return self.label.item

    def find(self, quote: str, kind: str | None = None, nth: int = 0) -> Item:
        """Give the nth mention with that quote (and kind), in reading order."""
        found = [
            item
            for item in self.session.in_order()
            if item.mention.quote == quote and kind in (None, item.mention.kind)
        ]
        return found[nth]

    async def at(self, quote: str, kind: str | None = None, nth: int = 0) -> Item:
        """Put the cursor on a mention, and give it."""
        item = self.find(quote, kind, nth)
        self.label.go(item)
        self.label.after_change()
        await self.pilot.pause()
        return item

    async def caret_at(self, offset: int) -> None:
        """Put the cursor on a code point."""
        self.view.move_to(offset)
        self.label.caret_moved()
        await self.pilot.pause()


Sitting = Callable[..., AbstractAsyncContextManager[Desk]]


@pytest.fixture
def sit(workspace: Path) -> Iterator[Sitting]:
    """Start the application on the workspace: `async with sit("en-1") as desk`."""

    @asynccontextmanager
    async def sitting(
        article: str | None = None,
        *,
        name: str | None = "miriam",
        stage: Stage = "label",
        size: tuple[int, int] = WIDE,
        **more: Any,
    ) -> AsyncIterator[Desk]:
        project = open_project(workspace)
        try:
            asked_for = BidiMode(project.workspace.settings.screen.bidi or "guard")
            app = AnnotatorApp(project, name, article, stage, **{"mode": asked_for} | more)
            app.unseen = 0
            async with app.run_test(size=size) as pilot:
                await pilot.pause()
                yield Desk(app, pilot)
        finally:
            project.close()

    yield sitting
