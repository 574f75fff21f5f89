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

    def ask(self, title: str, written: str, read: Callable[[str], str]) -> None:
        """Ask for one line, beginning with `written`; `read` says it back or raises `Refusal`."""
        self._title, self._line, self._read = title, LineEdit.of(written), read
        self.refresh()

    def take(self, key: str, character: str | None) -> Answer | None:
        """Edit the line; Enter answers with it once it can be read, Esc leaves."""
        if key == "escape":
            return Answer(None)
        if key == "enter":
            return Answer(self._line.text) if self._said_back()[1] else None
        self._line.take(key, character)
        self.refresh()
        return None

    def paste(self, written: str) -> None:
        """Put what was pasted into the line."""
        self._line.insert(written)
        self.refresh()

    def render(self) -> Text:
        """Draw title, line with its cursor, and what it means."""
        line = self._line
        drawn = Text(f"{self._title}\n")
        if line.fresh:
            drawn.append(f"{display(line.text)} ", style="reverse")
        else:
            drawn.append(display(line.text[: line.caret]), style="bold underline")
            drawn.append(display(line.text[line.caret : line.caret + 1] or " "), style="reverse")
            drawn.append(display(line.text[line.caret + 1 :]), style="bold underline")
        said, fine = self._said_back()
        drawn.append("\n")
        return drawn.append(display(said), style="" if fine else "italic")

    def _said_back(self) -> tuple[str, bool]:
        try:
            return self._read(self._line.text), True
        except Refusal as refusal:
            return str(refusal), False
