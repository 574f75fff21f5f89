"""All keys of a screen, from the one registry of actions."""

from collections.abc import Mapping
from textwrap import wrap
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from annotator.tui.actions import ScreenName, actions_of
from annotator.tui.keys import shown_keys

_KEYS, _SAID = 18, 52
"""Cells of the two columns. With border, padding and scrollbar they take the width of the list."""


class HelpScreen(ModalScreen[None]):
    """A list of keys and what they do."""

    DEFAULT_CSS = """
    HelpScreen { align: center middle; }
    HelpScreen VerticalScroll { width: 76; height: 90%; background: $surface; border: round $primary; padding: 0 1; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,f1,question_mark,enter", "dismiss", "close", show=False)]

    def __init__(self, of: ScreenName, keys: Mapping[str, str]) -> None:
        """Show the actions of a screen with `keys`, those in force by an action's id, a person's own included."""
        super().__init__()
        self._of = of
        self._keys = keys

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        lines = Text(f"Keys of the {self._of} screen (Esc closes this)\n\n", style="bold")
        for action in actions_of(self._of):
            # What a widget does with a key by itself (Enter in the queue's table) is not among the screen's keys.
            lines.append_text(_entry(self._keys.get(action.id) or shown_keys(action.keys), action.help))
        with VerticalScroll():
            yield Static(lines, markup=False)


def _entry(keys: str, said: str) -> Text:
    """Give what keys do, its further lines under the first."""
    first, *others = wrap(said, _SAID)
    entry = Text(f"{keys:<{_KEYS}}", style="bold").append(first, style="not bold")
    for line in others:
        entry.append(f"\n{'':<{_KEYS}}{line}", style="not bold")
    return entry.append("\n")
