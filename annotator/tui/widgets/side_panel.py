"""Beside the article: the mention at the cursor and its event, or a question about them, in the same place.

A question takes the panel's place and gives it back, so that the article never moves under the reader.
"""

from collections.abc import Callable, Sequence

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Container

from annotator.tui.layout import BidiMode
from annotator.tui.widgets.entry import Entry
from annotator.tui.widgets.listing import Lines, Listing
from annotator.tui.widgets.picker import Option, Picker
from annotator.tui.widgets.question import Question
from annotator.tui.widgets.reader import Reader
from annotator.tui.widgets.sparing import SparingText


class SidePanel(Container):
    """Shows a text; asks one question at a time."""

    DEFAULT_CSS = """
    SidePanel { width: 40; height: 1fr; background: $surface; border-left: solid $surface-lighten-2; }
    SidePanel.below { dock: bottom; width: 100%; height: 9; border-left: none; border-top: solid $surface-lighten-2; }
    SidePanel #facts { height: 1fr; padding: 0 1; }
    """

    def __init__(self) -> None:
        """Begin with the facts, and the ways of asking behind them."""
        super().__init__()
        self._facts = SparingText(id="facts")
        self._picker = Picker()
        self._entry = Entry()
        self._listing = Listing()
        self._reader = Reader()
        self._questions: tuple[Question, ...] = (self._picker, self._entry, self._listing, self._reader)
        self._question: Question | None = None
        self._answer: Callable[[str], None] = lambda _: None
        self._left: Callable[[], None] = lambda: None
        self._put_in_front(None)

    def compose(self) -> ComposeResult:
        """Lay them over each other."""
        yield from (self._facts, *self._questions)

    @property
    def asking(self) -> bool:
        """Whether a question is open."""
        return self._question is not None

    def show(self, *facts: Text) -> None:
        """Show the facts, one under the other or, below the article, side by side; an open question stays in front."""
        together: Text | Table = Text("\n").join(facts)
        if self.has_class("below") and len(facts) > 1:
            together = Table.grid(padding=(0, 2), expand=True)
            for _ in facts:
                together.add_column(ratio=1)
            together.add_row(*facts)
        self._facts.update(together)

    def use_mode(self, mode: BidiMode) -> None:
        """Write right-to-left text in this way from the next question on."""
        for question in self._questions:
            question.mode = mode

    def choose(
        self, title: str, options: Sequence[Option], answer: Callable[[str], None], current: str | None = None
    ) -> None:
        """Ask for one of the options, `current` being the one that holds; `answer` gets its value, unless left."""
        self._answer, self._left = answer, _nothing
        self._picker.ask(title, options, current)
        self._put_in_front(self._picker)

    def type_in(
        self,
        title: str,
        written: str,
        read: Callable[[str], str],
        answer: Callable[[str], None],
        left: Callable[[], None] | None = None,
    ) -> None:
        """Ask for one line, beginning with `written`; `answer` gets what `read` accepts.

        When the person leaves instead, `left` is called.
        """
        self._answer, self._left = answer, left or _nothing
        self._put_in_front(self._entry)
        self._entry.ask(title, written, read)

    def read_again(self) -> None:
        """Say back what is typed once more, where its meaning changed while nothing was typed."""
        self._entry.read_again()

    def go_through(self, lines: Lines, answer: Callable[[str], None], left: Callable[[], None]) -> None:
        """Show lines to choose one of, or to tick; `answer` gets their numbers, unless the person leaves."""
        self._answer, self._left = answer, left
        self._put_in_front(self._listing)
        self._listing.ask(lines)

    def read(self, text: Text) -> None:
        """Show something to read until the person leaves it."""
        self._answer, self._left = _ignored, _nothing
        self._reader.ask(text)
        self._put_in_front(self._reader)

    def take(self, key: str, character: str | None) -> None:
        """Hand a key to the question; its answer is acted on before this returns."""
        if self._question is not None:
            answer = self._question.take(key, character)
            if answer is not None:
                self._put_in_front(None)
                if answer.value is not None:
                    self._answer(answer.value)
                else:
                    self._left()

    def paste(self, written: str) -> None:
        """Hand what was pasted to the question."""
        if self._question is not None:
            self._question.paste(written)

    def take_back(self) -> None:
        """Ask no longer, as if the person had left."""
        self._put_in_front(None)

    def _put_in_front(self, question: Question | None) -> None:
        self._question = question
        self._facts.display = question is None
        for one in self._questions:
            one.display = one is question


def _nothing() -> None:
    """Do nothing: nobody wants to know that a question was left."""


def _ignored(_answer: str) -> None:
    """Do nothing with an answer that says nothing."""
