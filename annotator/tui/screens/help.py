"""All keys of a screen, from the one registry of actions."""

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from annotator.tui.actions import ScreenName, actions_of, shown_keys


class HelpScreen(ModalScreen[None]):
    """A list of keys and what they do."""

    DEFAULT_CSS = """
    HelpScreen { align: center middle; }
    HelpScreen VerticalScroll { width: 76; height: 90%; background: $surface; border: round $primary; padding: 0 1; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,f1,question_mark,enter", "dismiss", "close", show=False)]

    def __init__(self, screen: ScreenName) -> None:
        """Show the keys of `screen`."""
        super().__init__()
        self._of = screen

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        lines = Text(f"Keys of the {self._of} screen (Esc closes this)\n\n", style="bold")
        for action in actions_of(self._of):
            lines.append(f"{self._keys(action.id, action.keys):<18}", style="bold")
            lines.append(f"{action.help}\n", style="not bold")
        with VerticalScroll():
            yield Static(lines, markup=False)

    def _keys(self, binding_id: str, default: str) -> str:
        """Give the keys that are in force: a person's own come before the defaults."""
        from annotator.tui.app import AnnotatorApp

        own = self.app.remapped if isinstance(self.app, AnnotatorApp) else {}
        return shown_keys(own.get(binding_id, default))
