"""Who is at the keyboard: asked once in a workspace, then remembered."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Input, Static

from annotator.errors import Refusal
from annotator.workflow.person import checked_name, suggested_name


class WhoScreen(Screen[str | None]):
    """Asks for a name."""

    DEFAULT_CSS = """
    WhoScreen { align: center middle; }
    WhoScreen Vertical { width: 60; height: auto; }
    """

    def key_escape(self) -> None:
        """Leave without saying it: the program ends."""
        self.dismiss(None)

    def compose(self) -> ComposeResult:
        """Lay out the question."""
        with Vertical():
            yield Static("Who is labelling? Your name stays in this workspace; gold carries a pseudonym.\n")
            yield Input(suggested_name(), placeholder="name", select_on_focus=True)
            yield Static(id="complaint", markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the name if it can be one."""
        try:
            self.dismiss(checked_name(event.value))
        except Refusal as refusal:
            self.query_one("#complaint", Static).update(str(refusal))
