"""All keys of a screen, from the one registry of actions."""

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from annotator.tui.actions import ScreenName, actions_of
from annotator.tui.keys import is_twin, shown_keys


class HelpScreen(ModalScreen[None]):
    """A list of keys and what they do."""

    DEFAULT_CSS = """
    HelpScreen { align: center middle; }
    HelpScreen VerticalScroll { width: 76; height: 90%; background: $surface; border: round $primary; padding: 0 1; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,f1,question_mark,enter", "dismiss", "close", show=False)]

    def __init__(self, of: ScreenName, screen: Screen[None]) -> None:
        """Show the keys that are in force on `screen`, a person's own included."""
        super().__init__()
        self._of = of
        self._keys: dict[str, list[str]] = {}
        for key, active in screen.active_bindings.items():
            self._keys.setdefault(active.binding.id or "", []).append(key)

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        lines = Text(f"Keys of the {self._of} screen (Esc closes this)\n\n", style="bold")
        for action in actions_of(self._of):
            keys = [key for key in self._keys.get(action.id, ()) if not is_twin(key)]
            # What a widget does with a key by itself (Enter in the queue's table) is not among the screen's keys.
            lines.append(f"{shown_keys(','.join(keys) or action.keys):<18}", style="bold")
            lines.append(f"{action.help}\n", style="not bold")
        with VerticalScroll():
            yield Static(lines, markup=False)
