"""What every screen has: room enough or it waits, the list of its commands, and the colours.

In a window that is too small nothing is shown but that, and no key does anything that could not be seen: one can look
at the help, leave, and make the window larger.
"""

from typing import ClassVar

from rich.text import Text
from textual.events import Event, Key, Resize
from textual.screen import ScreenResultType
from textual.widgets import Static

from annotator.tui.actions import ScreenName
from annotator.tui.commands import Palette
from annotator.tui.keys import is_twin, shown_keys
from annotator.tui.screens.help import HelpScreen
from annotator.tui.screens.left_once import LeftOnce
from annotator.tui.themes import theme_after

LEAST_WIDTH, LEAST_HEIGHT = 60, 20

_HARMLESS = frozenset({"leave", "help", "quit"})
"""What may be done on a screen that cannot be seen."""


class AppScreen(LeftOnce[ScreenResultType]):
    """A screen of the application."""

    name_of_screen: ClassVar[ScreenName]
    DEFAULT_CSS = """
    AppScreen { layers: base front cover; }
    AppScreen > #small { layer: cover; width: 100%; height: 100%; display: none; background: $background; }
    AppScreen.small > #small { display: block; }
    """

    @property
    def too_small(self) -> bool:
        """Whether the window has no room for the screen."""
        return self.app.size.width < LEAST_WIDTH or self.app.size.height < LEAST_HEIGHT

    def on_resize(self, _event: Resize) -> None:
        """Say that the window is too small, as long as it is."""
        small, size = self.too_small, self.app.size
        self.set_class(small, "small")
        if small and not self.query("#small"):
            self.mount(Static(id="small", markup=False))
        for cover in self.query("#small").results(Static):
            needed = f"{LEAST_WIDTH} x {LEAST_HEIGHT} are needed"
            cover.update(Text(f"This window is {size.width} x {size.height}; {needed}. Nothing is lost."))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Do nothing on a screen that cannot be seen, but what harms nothing."""
        return action in _HARMLESS or not self.too_small

    def takes(self, typed: Event) -> bool:
        """Tell whether what was typed may be handed on, to whatever on the screen would take it."""
        if not self.too_small:
            return True
        active = self.active_bindings.get(typed.key) if isinstance(typed, Key) else None
        return active is not None and active.binding.action in _HARMLESS

    def shown_keys(self) -> dict[str, str]:
        """Give the keys of each action that can be done now, by its id, as a person reads them; twins left out."""
        keys: dict[str, list[str]] = {}
        for key, active in self.active_bindings.items():
            if active.binding.id and not is_twin(key):
                keys.setdefault(active.binding.id, []).append(key)
        return {action: shown_keys(",".join(found)) for action, found in keys.items()}

    def say(self, message: str) -> None:
        """Show a sentence, where the screen has a place for one."""

    def action_commands(self) -> None:
        """List what can be done here, to be found by typing."""
        self.app.push_screen(Palette())

    def action_help(self) -> None:
        """Show all keys."""
        self.app.push_screen(HelpScreen(self.name_of_screen, self.shown_keys()))

    def action_theme(self) -> None:
        """Step to the next colours."""
        if self.app.no_color:
            self.say("NO_COLOR is set, so there are no colours to choose from.")
            return
        self.app.theme = theme_after(self.app.theme)
        self.say(f'These are the {self.app.theme} colours. To keep them: theme = "{self.app.theme}" under [screen].')
