"""Choosing one of a few things by one key, or one of many by typing part of its name. Asks; does nothing itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

from rich.text import Text

from annotator.text.folding import fold
from annotator.tui.keys import latin
from annotator.tui.layout import one_line
from annotator.tui.widgets.question import Answer, Question


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


class Picker(Question):
    """A list of options: by their keys where they have one, else by typing, arrows and Enter. Esc chooses nothing."""

    DEFAULT_CSS = "Picker { text-wrap: nowrap; text-overflow: ellipsis; }"

    def __init__(self) -> None:
        """Begin without options."""
        super().__init__()
        self._title = ""
        self._options: Sequence[Option] = ()
        self._folded: list[tuple[str, ...]] = []
        self._typed = ""
        self._at = 0

    def ask(self, title: str, options: Sequence[Option], current: str | None = None) -> None:
        """Show the options under a title, with the cursor on the one that holds now."""
        self._title, self._options, self._typed = title, options, ""
        self._at = next((at for at, option in enumerate(options) if option.value == current), 0)
        self._folded = [option.folded for option in options]
        self.refresh()

    @property
    def shown(self) -> list[Option]:
        """The options that what was typed leaves: those so called, those so beginning, those that hold it."""
        typed = fold(self._typed).text
        ranked = [(_rank(typed, names), one) for one, names in zip(self._options, self._folded, strict=True)]
        return [one for rank, one in sorted(ranked, key=itemgetter(0)) if rank < _NOT_FOUND]

    def take(self, key: str, character: str | None) -> Answer | None:
        """Choose, narrow down, move or leave."""
        self.refresh()
        by_key = {option.key: option for option in self._options if option.key}
        pressed = latin(character or "") if by_key else character
        if key == "escape":
            return Answer(None)
        if key == "enter":
            return Answer(self.shown[min(self._at, len(self.shown) - 1)].value) if self.shown else None
        if pressed in by_key and not self._typed:
            return Answer(by_key[pressed].value)
        if key in ("down", "up"):
            self._at = max(0, min(len(self.shown) - 1, self._at + (1 if key == "down" else -1)))
        elif key == "backspace":
            self._typed = self._typed[:-1]
        elif character is not None and character.isprintable():
            self.paste(character)
        return None

    def paste(self, written: str) -> None:
        """Narrow the options down to those that go by what was typed or pasted."""
        self._typed, self._at = self._typed + " ".join(written.splitlines()), 0
        self.refresh()

    def render(self) -> Text:
        """Draw the title, what was typed, and as many options as fit."""
        found = self.shown
        lines = Text(self._title, style="bold")
        if self._typed:
            lines = Text(f"{one_line(self._typed)}▏")
        if not found:
            return lines.append("\nNothing is called so. Backspace takes a letter back.", style="italic")
        room = max(1, self.size.height - 1)
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
