"""One line to type into, with what it means shown as it is typed. Asks; does nothing itself."""

from collections.abc import Callable

from rich.text import Text

from annotator.errors import Refusal
from annotator.text.display import display
from annotator.tui.line_edit import LineEdit
from annotator.tui.widgets.question import Answer, Question


class Entry(Question):
    """A titled line. `read` turns what is typed into words that say it back, or refuses it."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self._title = ""
        self._line = LineEdit()
        self._read: Callable[[str], str] = lambda written: written
        self._said, self._fine = "", True

    def ask(self, title: str, written: str, read: Callable[[str], str]) -> None:
        """Ask for one line, beginning with `written`; `read` says it back or raises `Refusal`, once at each change."""
        self._title, self._line, self._read = title, LineEdit.of(written, self.mode), read
        self.read_again()

    def take(self, key: str, character: str | None) -> Answer | None:
        """Edit the line; Enter answers with it once it can be read, Esc leaves."""
        if key == "escape":
            return Answer(None)
        if key == "enter":
            return Answer(self._line.text) if self._fine else None
        before = self._line.text
        self._line.take(key, character)
        if self._line.text != before:
            self.read_again()
        self.refresh()
        return None

    def paste(self, written: str) -> None:
        """Put what was pasted into the line."""
        self._line.insert(written)
        self.read_again()

    def read_again(self) -> None:
        """Say back what is typed, also when its meaning changed while nothing was typed."""
        try:
            self._said, self._fine = self._read(self._line.text), True
        except Refusal as refusal:
            self._said, self._fine = str(refusal) if self._line.text else "", False
        self.refresh()

    def render(self) -> Text:
        """Draw title, line with its cursor, and what it means."""
        width = max(1, self.size.width)
        title, said = Text(f"{self._title}\n"), Text(display(self._said), style="" if self._fine else "italic")
        room = self.size.height - len(title.wrap(self.app.console, width)) - len(said.wrap(self.app.console, width))
        return title.append_text(self._line.wrapped(width, room)).append("\n").append_text(said)
