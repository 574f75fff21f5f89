"""The card that asks which line reads correctly: the only thing about a terminal and Arabic that is always right.

It shows one sentence in every way of writing. Who cannot read it is told by what the right line can be known.
"""

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from annotator.tui.layout import BidiMode, one_line
from annotator.tui.screens.card import Card

SENTENCE = "وقالت وكالة SANA عام 2018 إن (5) مدنيين قُتلوا"
"""Begins with a waw, which looks the same everywhere and joins to nothing behind it, and ends with another letter."""

_WAW = ("  ▄▄▄ ", " █   █", "  ▀▀▀█", "   ▄█▀", " ▀▀▀  ")

_CLUES = (
    "You do not read Arabic? The right line",
    "· has at its right end, alone, the letter waw,",
    "  drawn here: a 9 that sinks below the line,",
    "· says 2018 and SANA, not 8102 and ANAS,",
    "· and its brackets close around the five: (5).",
)


class WritingCard(Card[BidiMode]):
    """Asks which line reads correctly; dismissed with its way of writing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(f"{number},{chr(0x0660 + number)}", f"pick({number})", f"line {number}", show=False)
            for number in range(1, len(BidiMode) + 1)
        ),
        Binding("escape,enter,q", "leave", "keep what was found", show=False),
    ]

    def __init__(self, found: BidiMode) -> None:
        """Ask, with `found` being what holds unless a line is picked."""
        super().__init__()
        self._found = found

    def compose(self) -> ComposeResult:
        """Lay out question, lines and clues."""
        with Vertical():
            yield Static(Text("Which line reads correctly?", style="bold"))
            yield Static("Arabic runs to the left; terminals differ in showing it.\n")
            for number, mode in enumerate(BidiMode, 1):
                yield Static(_line(number, mode), classes="line")
            yield Static(_clues())
            kept = list(BidiMode).index(self._found) + 1
            yield Static(
                "\nPress its number; of lines that look the same, take any.\n"
                f"Esc keeps line {kept}, which suits most terminals like this."
            )

    def action_pick(self, number: int) -> None:
        """Take the way in which a line is written."""
        self.dismiss(list(BidiMode)[number - 1])

    def action_leave(self) -> None:
        """Keep what was found."""
        self.dismiss(self._found)


def _line(number: int, mode: BidiMode) -> Text:
    return Text.assemble((f" {number} ", "reverse"), "   ", (one_line(SENTENCE, mode), "bold"))


def _clues() -> Text:
    """Give the clues with the letter beside them."""
    rows = (f"\n{clue:<{max(map(len, _CLUES))}}  {strokes}" for clue, strokes in zip(_CLUES, _WAW, strict=True))
    return Text("".join(rows))
