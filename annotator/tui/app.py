"""The terminal application: who is there, which article is open, and a clean end whatever ends it."""

import signal
from collections.abc import Mapping
from contextlib import ExitStack
from typing import ClassVar

from textual.app import App
from textual.binding import Binding, BindingType

from annotator.errors import Refusal
from annotator.model.decision import Stage
from annotator.store.people import find_pseudonym
from annotator.tui.actions import keymap, unknown_actions
from annotator.tui.layout import BidiMode
from annotator.tui.screens.adjudicate import AdjudicateScreen
from annotator.tui.screens.label import LabelScreen
from annotator.tui.screens.queue import QueueScreen
from annotator.tui.screens.who import WhoScreen
from annotator.workflow.labelling import adjudicating, labelling
from annotator.workflow.person import remember_person
from annotator.workflow.project import Project


class AnnotatorApp(App[None]):
    """The screens over one open workspace."""

    TITLE = "annotator"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q", "quit", "quit", show=False, priority=True)]

    def __init__(
        self,
        project: Project,
        name: str | None,
        article_id: str | None = None,
        stage: Stage = "label",
        news: str = "",
    ) -> None:
        """Open the queue, or one article at once; `name` is asked for when it is None."""
        super().__init__()
        self.project = project
        self.person_name = name
        self.news = news
        self._first = (article_id, stage) if article_id else None
        self._open = ExitStack()
        screen = project.workspace.settings.screen
        self.mode = BidiMode(screen.bidi) if screen.bidi else BidiMode.GUARD
        self.remapped: Mapping[str, str] = keymap(screen.preset, project.workspace.settings.keys)
        if unknown := unknown_actions(project.workspace.settings.keys):
            raise Refusal(
                "workspace.settings",
                f"annotator.toml: [keys] names {unknown[0]!r}, which is no action.",
                "F1 in each screen and the README list them.",
            )

    def on_mount(self) -> None:
        """Ask who is there if nobody said it, then show what there is to do."""
        self.animation_level = "none"
        self.set_keymap(dict(self.remapped))
        self._leave_on_signals()
        if self.person_name is None:
            self.push_screen(WhoScreen(), self._named)
        else:
            self._begin()

    def _leave_on_signals(self) -> None:
        """Save and end when the terminal closes or the system asks; Ctrl-C is a key and comes as one."""
        import asyncio

        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self.exit)

    def _named(self, name: str | None) -> None:
        if name is None:
            self.exit()
            return
        self.person_name = name
        remember_person(self.project.workspace, name)
        self._begin()

    def _begin(self) -> None:
        person = find_pseudonym(self.project.engine, self.person_name or "", "label")
        self.push_screen(QueueScreen(self.project, person, self.news))
        if self._first is not None:
            self.open_article(*self._first)

    def on_queue_screen_opened(self, event: QueueScreen.Opened) -> None:
        """Open what was chosen in the queue."""
        self.open_article(event.article_id, event.stage)

    def open_article(self, article_id: str, stage: Stage) -> None:
        """Open an article to label or to adjudicate; say below the queue what refuses it."""
        name = self.person_name or ""
        try:
            if stage == "label":
                session = self._open.enter_context(labelling(self.project, article_id, name))
                self.push_screen(LabelScreen(session, self.mode), self._article_closed)
            else:
                adjudication = self._open.enter_context(adjudicating(self.project, article_id, name))
                self.push_screen(AdjudicateScreen(adjudication, self.mode), self._article_closed)
        except Refusal as refusal:
            self._open.close()
            if isinstance(self.screen, QueueScreen):
                self.screen.say(str(refusal))

    def _article_closed(self, _: None) -> None:
        """Save what is left of the article and look at the queue again."""
        self._open.close()
        if isinstance(self.screen, QueueScreen):
            self.screen.person = find_pseudonym(self.project.engine, self.person_name or "", "label")
            self.screen.action_refresh()

    def on_unmount(self) -> None:
        """Save what is left, however the program ends."""
        self._open.close()
