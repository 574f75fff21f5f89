"""The application that errors are looked through in: the groups, and over them an error in its article."""

from annotator.tui.layout import BidiMode
from annotator.tui.screens.article_screen import ArticleScreen
from annotator.tui.screens.error_groups import ErrorGroupsScreen
from annotator.tui.screens.error_screen import ErrorScreen
from annotator.tui.terminal_app import TerminalApp
from annotator.workflow.error_browsing import ErrorBrowsing


class ErrorApp(TerminalApp):
    """The screens over the errors of one file of predictions."""

    def __init__(self, browsed: ErrorBrowsing, about: str, mode: BidiMode = BidiMode.GUARD) -> None:
        """Open the groups; `about` says what was held against what, `mode` how right-to-left text is written.

        Raises `Refusal` (`workspace.settings`) for keys that will not do.
        """
        super().__init__(browsed.reading.workspace.settings, mode)
        self.browsed = browsed
        self._about = about

    async def on_mount(self) -> None:
        """Show the groups."""
        self.begin_showing()
        await self.push_screen(ErrorGroupsScreen(self.browsed, self.mode, self._about))

    async def on_error_groups_screen_opened(self, event: ErrorGroupsScreen.Opened) -> None:
        """Show the first error of a group in its article."""
        if isinstance(self.screen, ErrorGroupsScreen):  # a second Enter was typed ahead
            await self.push_screen(ErrorScreen(self.browsed, event.groups, event.group, self.mode))

    def on_article_screen_mode_chosen(self, event: ArticleScreen.ModeChosen) -> None:
        """Write right-to-left text so in the groups as well."""
        for screen in self.screen_stack:
            if isinstance(screen, ErrorGroupsScreen):
                screen.use_mode(event.mode)
