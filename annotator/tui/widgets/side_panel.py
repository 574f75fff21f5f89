"""Beside the article: the mention at the cursor and its event, or a question about them, in the same place.

A question takes the panel's place and gives it back, so that the article never moves under the reader.
"""

from collections.abc import Callable, Sequence

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Container
from textual.widgets import Static

from annotator.tui.widgets.entry import Entry
from annotator.tui.widgets.picker import Option, Picker


class SidePanel(Container):
    """Shows a text; asks one question at a time."""

    DEFAULT_CSS = """
    SidePanel { width: 40; height: 1fr; background: $surface; border-left: solid $surface-lighten-2; }
    SidePanel.below { dock: bottom; width: 100%; height: 9; border-left: none; border-top: solid $surface-lighten-2; }
    SidePanel #facts { height: 1fr; padding: 0 1; }
    """

    def compose(self) -> ComposeResult:
        """Lay out the facts and the two ways of asking, hidden."""
        yield Static(id="facts", markup=False)
        yield Picker()
        yield Entry()

    def on_mount(self) -> None:
        """Begin with the facts."""
        self._answer: Callable[[str], None] = lambda _: None
        self._front("facts")

    @property
    def asking(self) -> bool:
        """Whether a question is open."""
        return not self.query_one("#facts").display

    def show(self, *facts: Text) -> None:
        """Show the facts, one under the other or, below the article, side by side; an open question stays in front."""
        together: Text | Table = Text("\n").join(facts)
        if self.has_class("below") and len(facts) > 1:
            together = Table.grid(padding=(0, 2), expand=True)
            for _ in facts:
                together.add_column(ratio=1)
            together.add_row(*facts)
        self.query_one("#facts", Static).update(together, layout=False)

    def choose(self, title: str, options: Sequence[Option], answer: Callable[[str], None]) -> None:
        """Ask for one of the options; `answer` gets its value, unless the person leaves."""
        self._answer = answer
        self._front("picker")
        self.query_one(Picker).ask(title, options)

    def type_in(self, title: str, written: str, read: Callable[[str], str], answer: Callable[[str], None]) -> None:
        """Ask for one line, beginning with `written`; `answer` gets what `read` accepts, unless the person leaves."""
        self._answer = answer
        self._front("entry")
        self.query_one(Entry).ask(title, written, read)

    def take_back(self) -> None:
        """Ask no longer, as if the person had left."""
        if self.asking:
            self._close(None)

    def on_picker_picked(self, event: Picker.Picked) -> None:
        """Hand the choice on."""
        event.stop()
        self._close(event.value)

    def on_entry_entered(self, event: Entry.Entered) -> None:
        """Hand the line on."""
        event.stop()
        self._close(event.written)

    def _close(self, given: str | None) -> None:
        answer = self._answer
        self._front("facts")
        self.screen.set_focus(self.screen.query_one("ArticleView"))
        if given is not None:
            answer(given)

    def _front(self, which: str) -> None:
        self.query_one("#facts").display = which == "facts"
        self.query_one(Picker).display = which == "picker"
        self.query_one(Entry).display = which == "entry"
