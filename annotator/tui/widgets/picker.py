"""Choosing one of a few things by one key, or one of many by typing part of its name. Asks; does nothing itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

from rich.text import Text
from textual import events
from textual.message import Message
from textual.widget import Widget

from annotator.text.folding import fold
from annotator.tui.actions import latin


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose."""

    value: str
    label: str
    """What is shown, already safe for the terminal."""
    key: str = ""
    """The key that chooses it at once; without one it is found by typing."""
    names: tuple[str, ...] = ()
    """Further names under which typing finds it."""

    @property
    def folded(self) -> tuple[str, ...]:
        """All its names, as they are compared."""
        return tuple(fold(name).text for name in (self.value, self.label, *self.names))


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
        self._folded: list[tuple[str, ...]] = []
        self._typed = ""
        self._at = 0

    def ask(self, title: str, options: Sequence[Option]) -> None:
        """Show the options under a title and take the keys."""
        self._title, self._options, self._typed, self._at = title, options, "", 0
        self._folded = [option.folded for option in options]
        self.focus()
        self.refresh()

    @property
    def shown(self) -> list[Option]:
        """The options that what was typed leaves: those so called, those so beginning, those that hold it."""
        typed = fold(self._typed).text
        ranked = [(_rank(typed, names), one) for one, names in zip(self._options, self._folded, strict=True)]
        return [one for rank, one in sorted(ranked, key=itemgetter(0)) if rank < _NOT_FOUND]

    def on_key(self, event: events.Key) -> None:
        """Choose, narrow down, move or leave."""
        event.stop()
        event.prevent_default()
        by_key = {option.key: option for option in self._options if option.key}
        pressed = latin(event.character or "") if by_key else event.character
        if event.key == "escape":
            self.post_message(self.Picked(None))
        elif event.key == "enter":
            if self.shown:
                self.post_message(self.Picked(self.shown[min(self._at, len(self.shown) - 1)].value))
        elif event.key in ("down", "up"):
            self._at = max(0, min(len(self.shown) - 1, self._at + (1 if event.key == "down" else -1)))
        elif event.key == "backspace":
            self._typed = self._typed[:-1]
        elif pressed in by_key and not self._typed:
            self.post_message(self.Picked(by_key[pressed].value))
        elif event.character and event.is_printable:
            self._typed, self._at = self._typed + event.character, 0
        self.refresh()

    def render(self) -> Text:
        """Draw the title, what was typed, and as many options as fit."""
        room = max(1, self.size.height - 1)
        lines = Text()
        lines.append(self._title, style="bold")
        if self._typed:
            lines.append(f"  {self._typed}▏")
        found = self.shown
        if room < len(found) and all(option.key for option in found):
            columns = min(-(-len(found) // room), max(1, self.size.width // _COLUMN))
        else:
            columns = 1
        width, first = self.size.width // columns, max(0, self._at - room * columns + 1)
        for row in range(room):
            lines.append("\n")
            for at in range(first + row, min(first + room * columns, len(found)), room):
                cell = self._drawn(found[at], at == self._at)
                if columns > 1:
                    cell.truncate(width, pad=True)
                lines.append(cell)
        return lines

    def _drawn(self, option: Option, here: bool) -> Text:
        drawn = Text("▸" if here else " ")
        drawn.append(f" {option.key} " if option.key else " ", style="bold reverse" if option.key else "")
        return drawn.append(f" {option.label}")


_COLUMN = 26
"""Cells that an option needs when options with keys stand in columns, because they do not fit under each other."""

_NOT_FOUND = 3


def _rank(typed: str, names: tuple[str, ...]) -> int:
    """Give how well names fit what was typed; 0 is best."""
    if not typed or typed in names:
        return 0
    if any(name.startswith(typed) for name in names):
        return 1
    return 2 if any(typed in name for name in names) else _NOT_FOUND
