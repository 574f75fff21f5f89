"""Who is at the keyboard: asked once in a workspace, then remembered."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from annotator.errors import Refusal
from annotator.tui.screens.app_screen import AppScreen
from annotator.workflow.person import checked_name, suggested_name


class WhoScreen(AppScreen[str | None]):
    """Asks for a name."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "leave", show=False)]

    DEFAULT_CSS = """
    WhoScreen { align: center middle; }
    WhoScreen Vertical { width: 60; height: auto; }
    """

    def compose(self) -> ComposeResult:
        """Lay out the question."""
        with Vertical():
            yield Static("Who is labelling? Your name stays in this workspace; gold carries a pseudonym.\n")
            yield Input(suggested_name(), placeholder="name", select_on_focus=True)
            yield Static(id="complaint", markup=False)
            yield Static("\nEnter takes the name, Esc leaves the program.")

    def action_leave(self) -> None:
        """Leave without saying it: the program ends."""
        self.dismiss(None)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the name if it can be one."""
        try:
            self.dismiss(checked_name(event.value))
        except Refusal as refusal:
            self.query_one("#complaint", Static).update(str(refusal))
