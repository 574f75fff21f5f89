"""A list of places to walk through and choose one of, or tick those that something is to be done to. Asks only."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from rich.text import Text

from annotator.tui.widgets.question import Answer, Question


@dataclass(slots=True)
class Lines:
    """What a listing shows. Lines are drawn when they are in sight, so that there may be a great many."""

    title: Text
    """Above the list; it may have several lines."""
    count: int
    draw: Callable[[int, int], Text]
    """Gives a line by its number for so many cells, safe for a terminal and without its tick."""
    see: Callable[[int], None]
    """Called with the number of the line that the cursor comes to."""
    at: int = 0
    """The line with the cursor."""
    ticked: set[int] | None = field(default=None)
    """The numbers of the lines that are ticked; None where one line is chosen instead."""


_TICK = len("▸[x] ")


class Listing(Question):
    """Lines under a title. Enter answers with the numbers of the ticked lines, or of the one at the cursor."""

    DEFAULT_CSS = "Listing { text-wrap: nowrap; text-overflow: ellipsis; }"

    def __init__(self) -> None:
        """Begin without lines."""
        super().__init__()
        self._lines = Lines(Text(), 0, lambda _, __: Text(), lambda _: None)

    def ask(self, lines: Lines) -> None:
        """Show the lines."""
        self._lines = lines
        self._see(lines.at)

    def take(self, key: str, character: str | None) -> Answer | None:  # noqa: ARG002 - only keys with a name count
        """Walk, tick, answer or leave."""
        lines = self._lines
        steps = {"down": 1, "up": -1, "pagedown": self._room(), "pageup": -self._room()}
        match key:
            case "escape":
                return Answer(None)
            case "enter":
                return Answer(numbers(lines.ticked if lines.ticked is not None else {lines.at}))
            case "space" if lines.ticked is not None:
                lines.ticked ^= {lines.at}
                self.refresh()
            case "home" | "end":
                self._see(0 if key == "home" else lines.count - 1)
            case _ if key in steps:
                self._see(lines.at + steps[key])
        return None

    def _see(self, at: int) -> None:
        self._lines.at = max(0, min(at, self._lines.count - 1))
        self._lines.see(self._lines.at)
        self.refresh()

    def _room(self) -> int:
        return max(1, self.size.height - len(self._title()))

    def _title(self) -> Sequence[Text]:
        return list(self._lines.title.wrap(self.app.console, max(1, self.size.width)))

    def render(self) -> Text:
        """Draw the title and the lines around the cursor."""
        lines, room = self._lines, self._room()
        first = max(0, min(lines.at - room // 2, lines.count - room))
        drawn = Text("\n").join(self._title())
        for number in range(first, min(first + room, lines.count)):
            drawn.append("\n▸" if number == lines.at else "\n ")
            if lines.ticked is not None:
                drawn.append("[x] " if number in lines.ticked else "[ ] ", style="bold")
            drawn.append(lines.draw(number, self.size.width - (1 if lines.ticked is None else _TICK)))
        return drawn


def numbers(chosen: set[int]) -> str:
    """Give line numbers as an answer."""
    return " ".join(map(str, sorted(chosen)))


def chosen(answer: str) -> Sequence[int]:
    """Give the line numbers of an answer, in order."""
    return [int(number) for number in answer.split()]
