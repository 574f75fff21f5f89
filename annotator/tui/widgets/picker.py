"""Choosing one of a few things by one key, or one of many by typing part of its name. Asks; does nothing itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.text import Text
from textual import events
from textual.message import Message
from textual.widget import Widget


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose."""

    value: str
    label: str
    """What is shown, already safe for the terminal."""
    key: str = ""
    """The key that chooses it at once; without one it is found by typing."""
    search: str = ""
    """Further words under which typing finds it."""


class Picker(Widget, can_focus=True):
    """A list of options: by their keys where they have one, else by typing, arrows and Enter. Esc chooses nothing."""

    DEFAULT_CSS = "Picker { height: 1fr; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }"

    class Picked(Message):
        """An option was chosen, or none (`value` is None)."""

        def __init__(self, value: str | None) -> None:
            """Carry the choice."""
            super().__init__()
            self.value = value

    def __init__(self) -> None:
        """Begin without options."""
        super().__init__()
        self._title = ""
        self._options: Sequence[Option] = ()
        self._typed = ""
        self._at = 0

    def ask(self, title: str, options: Sequence[Option]) -> None:
        """Show the options under a title and take the keys."""
        self._title, self._options, self._typed, self._at = title, options, "", 0
        self.focus()
        self.refresh()

    @property
    def shown(self) -> list[Option]:
        """The options that what was typed leaves."""
        typed = self._typed.casefold()
        return [one for one in self._options if typed in f"{one.label} {one.value} {one.search}".casefold()]

    def on_key(self, event: events.Key) -> None:
        """Choose, narrow down, move or leave."""
        event.stop()
        event.prevent_default()
        by_key = {option.key: option for option in self._options if option.key}
        if event.key == "escape":
            self.post_message(self.Picked(None))
        elif event.key == "enter":
            if self.shown:
                self.post_message(self.Picked(self.shown[min(self._at, len(self.shown) - 1)].value))
        elif event.key in ("down", "up"):
            self._at = max(0, min(len(self.shown) - 1, self._at + (1 if event.key == "down" else -1)))
        elif event.key == "backspace":
            self._typed = self._typed[:-1]
        elif event.character in by_key and not self._typed:
            self.post_message(self.Picked(by_key[event.character].value))
        elif event.character and event.is_printable:
            self._typed, self._at = self._typed + event.character, 0
        self.refresh()

    def render(self) -> Text:
        """Draw the title, what was typed, and as many options as fit."""
        room = max(1, self.size.height - 1)
        first = max(0, self._at - room + 1)
        lines = Text()
        lines.append(self._title, style="bold")
        if self._typed:
            lines.append(f"  {self._typed}▏")
        for number, option in enumerate(self.shown[first : first + room], first):
            lines.append("\n")
            lines.append("▸" if number == self._at else " ")
            lines.append(f" {option.key} " if option.key else " ", style="bold reverse" if option.key else "")
            lines.append(f" {option.label}")
        return lines
