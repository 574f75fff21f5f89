"""Choosing one of a few things by one key, or one of many by typing part of its name. Asks; does nothing itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

from rich.cells import cell_len
from rich.text import Text

from annotator.text.folding import fold
from annotator.tui.keys import latin
from annotator.tui.line_edit import LineEdit
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
    detail: tuple[str, ...] = ()
    """Lines that are shown while the cursor is on it, each no wider than the panel."""

    @property
    def folded(self) -> tuple[str, ...]:
        """All its names, as they are compared."""
        return tuple(fold(name).text for name in (self.value, self.label, *self.names))


class Picker(Question):
    """A list of options: by keys where all have one, else also by typing; by arrows and Enter. Esc chooses nothing."""

    DEFAULT_CSS = "Picker { text-wrap: nowrap; text-overflow: ellipsis; }"

    def __init__(self) -> None:
        """Begin without options."""
        super().__init__()
        self._title = ""
        self._options: Sequence[Option] = ()
        self._folded: list[tuple[str, ...]] = []
        self._typed = ""
        self._missed = ""
        """The key pressed last, where every option has a key and it is none of them."""
        self._at = 0
        self._swallows = False

    def ask(self, title: str, options: Sequence[Option], current: str | None = None, *, swallows: bool = False) -> None:
        """Show the options under a title, with the cursor on the one that holds now.

        Where there are none but the question would have been typed into, it `swallows` letters: a name typed ahead.
        """
        self._title, self._options, self._typed, self._missed = title, options, "", ""
        self._swallows = swallows
        self._at = next((at for at, option in enumerate(options) if option.value == current), 0)
        self._folded = [option.folded for option in options]
        self.refresh()

    @property
    def names(self) -> list[str]:
        """What somebody may type where one letter answers: the names of all options, and the parts of names."""
        if not all(option.key for option in self._options):
            return []
        called = [one.value for one in self._options if one.value and one.label.startswith(one.value)]
        return [name for whole in called for name in (whole, *whole.split("."))]

    @property
    def shown(self) -> list[Option]:
        """The options that what was typed leaves: those so called, those so beginning, those that hold it."""
        typed = fold(self._typed).text
        ranked = [(_rank(typed, names), one) for one, names in zip(self._options, self._folded, strict=True)]
        return [one for rank, one in sorted(ranked, key=itemgetter(0)) if rank < _NOT_FOUND]

    def take(self, key: str, character: str | None) -> Answer | None:
        """Choose, narrow down, move or leave; where there is nothing to choose, any key leaves, or any but letters."""
        if not self._options:
            return None if self._swallows and character is not None and character.isprintable() else Answer(None)
        self.refresh()
        self._missed = ""
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
            if len(by_key) == len(self._options):  # kept as part of a name it would swallow the right key behind it
                self._missed = character
            else:
                self.paste(character)
        return None

    def paste(self, written: str) -> None:
        """Narrow the options down to those that go by what was typed or pasted."""
        self._typed, self._at = self._typed + " ".join(written.splitlines()), 0
        self.refresh()

    def render(self) -> Text:
        """Draw the title or what was typed, and as many options as fit; the one at the cursor is never cut."""
        found, width = self.shown, max(1, self.size.width)
        lines = self._heading(width)
        if not self._options:
            return lines
        if not found:
            return lines.append("\nNothing is called so.\nBackspace takes a letter back.", style="italic")
        at = min(self._at, len(found) - 1)
        columns = self._columns(found, self._left(lines), width)
        cell_width = width // columns
        if any(cell_len(_drawn(option, False).plain) > cell_width for option in found):
            lines = self._with_whole(lines, found[at], width)
        lines = Text("\n").join((lines, *(Text(line, style="italic") for line in found[at].detail)))
        room = self._left(lines)
        first = max(0, at - room * columns + 1)
        by_name = columns > 1 and any(cell_len(_drawn(option, False).plain) >= cell_width for option in found)
        for row in range(room):
            lines.append("\n")
            for number in range(first + row, min(first + room * columns, len(found)), room):
                cell = _drawn(found[number], number == at, by_name)
                cell.truncate(cell_width, overflow="ellipsis", pad=columns > 1)
                lines.append(cell)
        return lines

    def _left(self, lines: Text) -> int:
        return max(1, self.size.height - len(lines.split()))

    def _with_whole(self, lines: Text, option: Option, width: int) -> Text:
        """Add the whole label of the option at the cursor, because the list has no room for all of every label."""
        if cell_len(lines.plain) + 2 + cell_len(option.label) <= width:
            return lines.append(f"  {option.label}", style="italic")
        whole = Text(option.label, style="italic").wrap(self.app.console, width)[:_TITLE_LINES]
        return Text("\n").join((lines, *whole))

    def _heading(self, width: int) -> Text:
        if not self._typed:
            title = Text(self._title, style="bold").wrap(self.app.console, width)
            missed = [Text(f"No such key: {self._missed}   Esc leaves.", style="italic")] if self._missed else []
            return Text("\n").join([*(title[:_TITLE_LINES] if self._options else title), *missed])
        line = LineEdit(self._typed, len(self._typed), fresh=False, mode=self.mode)
        return line.drawn(width)

    def _columns(self, found: Sequence[Option], room: int, width: int) -> int:
        """Give how many columns are needed to show all options that have keys: those are chosen by looking."""
        if room >= len(found) or not all(option.key for option in found):
            return 1
        return min(-(-len(found) // room), max(1, width // _COLUMN))


def _drawn(option: Option, here: bool, by_name: bool = False) -> Text:
    """Draw an option, by its name alone where labels have no room."""
    drawn = Text("▸" if here else " ")
    drawn.append(f" {option.key} " if option.key else " ", style="bold reverse" if option.key else "")
    return drawn.append(f" {option.value if by_name else option.label}")


_TITLE_LINES = 2
"""Lines that a title, or a label shown whole, may take."""

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
