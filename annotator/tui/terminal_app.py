"""What every application on the terminal has: our colours and keys, a clean end whatever ends it, and tidying between.

Owns no screen: which ones there are is said by the applications.
"""

import os
import signal
import sys
import traceback
from typing import ClassVar

from rich.text import Text
from rich.theme import Theme as Styles
from textual.binding import Binding, BindingType

from annotator.model.settings import Settings
from annotator.text.display import display
from annotator.tui.keys import keymap
from annotator.tui.layout import BidiMode
from annotator.tui.palette import palette_of
from annotator.tui.screens.article_screen import ArticleScreen
from annotator.tui.themes import THEMES
from annotator.tui.tidying import REST, Tidying
from annotator.tui.typed_ahead import TypedAhead


class TerminalApp(TypedAhead):
    """Screens on a terminal."""

    TITLE = "annotator"
    ENABLE_COMMAND_PALETTE = False
    CSS = "SearchIcon { display: none; }"  # an emoji before the palette's line, a box in many terminals
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q", "quit", "quit", show=False, priority=True)]

    def __init__(self, settings: Settings, mode: BidiMode) -> None:
        """Begin in the colours and with the keys of `settings`; `mode` is how right-to-left text is written.

        Raises `Refusal` (`workspace.settings`) for keys that will not do.
        """
        # With no colours at all Textual must leave the terminal's own alone, else it writes shades of grey.
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        self._tidying = Tidying()
        for theme in THEMES:
            self.register_theme(theme)
        self.console.push_theme(Styles())  # for `watch_theme` to replace
        self.theme = settings.screen.theme
        self.mode = mode
        self._remapped = keymap(settings)

    def watch_theme(self, theme: str) -> None:
        """Know the names of styles by the looks of another theme."""
        self.console.pop_theme()
        self.console.push_theme(Styles(palette_of(theme, colours=not self.no_color).named))

    def post_display_hook(self) -> None:
        """Tidy up between two keys."""
        self._tidying.after_frame()

    def begin_showing(self) -> None:
        """Be ready for the first screen: nothing moves by itself, keys are a person's own, and signals end it well."""
        self.animation_level = "none"
        self.set_interval(REST, self._tidying.at_rest)
        self.set_keymap(self._remapped)
        self._leave_on_signals()

    def _leave_on_signals(self) -> None:
        """Save and end when the terminal closes or the system asks; Ctrl-C is a key and comes as one."""
        import asyncio

        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self.exit)

    def on_article_screen_mode_chosen(self, event: ArticleScreen.ModeChosen) -> None:
        """Keep the way of writing right-to-left text for the articles that are opened after this one."""
        self.mode = event.mode

    def _fatal_error(self) -> None:
        """Say where the program broke, as Python does; Textual would print what variables hold, which is articles."""
        lines = "".join(traceback.format_exception(sys.exception())).splitlines()
        self._exit_renderables.append(Text("\n".join(map(display, lines))))
        self._close_messages_no_wait()

    async def action_quit(self) -> None:
        """Quit, from an article as `q` leaves it: not before everything is saved, unless asked twice."""
        if not isinstance(self.screen, ArticleScreen) or self.screen.may_leave():
            self.exit()
