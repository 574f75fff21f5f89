"""Offers the tour to whoever opens a workspace for the first time."""

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from annotator.tui.screens.card import Card


class TourOffer(Card[bool]):
    """Asks whether to take the tour now; dismissed with the answer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "take the tour", show=False),
        Binding("escape,q", "leave", "not now", show=False),
    ]

    def __init__(self, later: str) -> None:
        """Ask; `later` is the key that takes the tour at any time."""
        super().__init__()
        self._later = later

    def compose(self) -> ComposeResult:
        """Lay out the question."""
        with Vertical():
            yield Static(Text("Five minutes, and you know how to label.\n", style="bold"))
            yield Static(
                "The tour is taken on a real article, on the real screen. Nothing that you do in it is kept, "
                "and you can leave it at any time.\n"
            )
            yield Static(Text.assemble((" Enter ", "reverse"), "  take the tour"))
            yield Static(
                Text.assemble((" Esc ", "reverse"), f"    not now ({self._later} in the queue takes it later)")
            )

    def action_take(self) -> None:
        """Take it."""
        self.dismiss(True)

    def action_leave(self) -> None:
        """Not now."""
        self.dismiss(False)
