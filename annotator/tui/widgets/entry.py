"""One line to type into, with what it means shown as it is typed. Asks; does nothing itself."""

from collections.abc import Callable

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, Static

from annotator.errors import Refusal


class Entry(Vertical):
    """A titled input. `read` turns what is typed into words that say it back, or refuses it."""

    DEFAULT_CSS = """
    Entry { height: auto; padding: 0 1; }
    Entry Input { border: none; height: 1; padding: 0; background: $surface-lighten-2; }
    """

    class Entered(Message):
        """Something was typed and confirmed, or left (`written` is None)."""

        def __init__(self, written: str | None) -> None:
            """Carry what was typed."""
            super().__init__()
            self.written = written

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self._read: Callable[[str], str] = lambda written: written

    def compose(self) -> ComposeResult:
        """Lay out title, input and echo."""
        yield Static(id="entry-title", markup=False)
        yield Input(id="entry-input", select_on_focus=True)
        yield Static(id="entry-echo", markup=False)

    def ask(self, title: str, written: str, read: Callable[[str], str]) -> None:
        """Ask for one line, beginning with `written`; `read` says it back or raises `Refusal`."""
        self._read = read
        self.query_one("#entry-title", Static).update(Text(title))
        box = self.query_one(Input)
        box.value = written
        box.focus()
        self._echo(written)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say back what is typed."""
        event.stop()
        self._echo(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Hand over what was typed if it can be read."""
        event.stop()
        if self._echo(event.value):
            self.post_message(self.Entered(event.value))

    def on_key(self, event: events.Key) -> None:
        """Leave it as it was; keep the keys that would move on."""
        if event.key in ("escape", "tab", "shift+tab"):
            event.stop()
            event.prevent_default()
        if event.key == "escape":
            self.post_message(self.Entered(None))

    def _echo(self, written: str) -> bool:
        try:
            said, fine = self._read(written), True
        except Refusal as refusal:
            said, fine = str(refusal), False
        self.query_one("#entry-echo", Static).update(Text(said, style="" if fine else "italic"))
        return fine
