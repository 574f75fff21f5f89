"""Beside the article: the mention at the cursor and its event, or a question about them, in the same place.

A question takes the panel's place and gives it back, so that the article never moves under the reader.
"""

from collections.abc import Callable, Hashable, Sequence

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Container
from textual.geometry import Size

from annotator.tui.layout import BidiMode
from annotator.tui.widgets.entry import Entry
from annotator.tui.widgets.listing import Lines, Listing
from annotator.tui.widgets.picker import Option, Picker
from annotator.tui.widgets.question import Question
from annotator.tui.widgets.reader import Reader
from annotator.tui.widgets.sparing import Kept, SparingText
from annotator.tui.widgets.window import cut, last_top

_APART, _PADDING = 2, 1
"""Columns between facts that stand side by side, and to each side of them."""


class SidePanel(Container, Kept):
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
        self._sheet: tuple[tuple[Text, ...], Text | None, Text | None] = ((), None, None)
        self._about: Hashable = None
        self._top = 0
        """Lines of the facts that are scrolled away."""
        self._last_top = 0
        """How many of them can be."""
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

    @property
    def names(self) -> list[str]:
        """The names among which the open question lets one letter choose."""
        return self._picker.names if self._question is self._picker else []

    def show(self, *facts: Text, pinned: Text | None = None, rest: Text | None = None, about: Hashable = None) -> None:
        """Show the facts, one under the other or, below the article, side by side; an open question stays in front.

        What is pinned stays in sight however long the facts are, its lines cut rather than wrapped; `rest` comes as far
        as there is room. When it is about something else than before it starts at its top.
        """
        if about != self._about:
            self._about, self._top = about, 0
        self._sheet = (facts, pinned, rest)
        self._lay_out()

    def roll(self, step: int) -> None:
        """Scroll the facts by a line down, or up for -1."""
        self._top += step
        self._lay_out()

    def on_resize(self) -> None:
        """Cut the facts anew to the room that there is."""
        self._lay_out()

    @property
    def _room(self) -> Size:
        """The room for the facts, also while a question is in front of them."""
        return Size(self.content_size.width - 2 * _PADDING, self.content_size.height)

    def _lay_out(self) -> None:
        facts, pinned, rest = self._sheet
        self._top, self._last_top = max(0, self._top), 0
        together: Text | Table
        if self.has_class("below") and len(facts) > 1:
            facts = tuple(_without_end(one) for one in facts)
            width = max(1, (self._room.width - _APART * (len(facts) - 1)) // len(facts))
            first, *others, last = facts
            columns = [self._column(width, first, pinned, None, 0), *(self._column(width, one) for one in others)]
            columns.append(self._column(width, last, None, rest))
            together = Table.grid(padding=(0, _APART), expand=True)
            for _ in columns:
                together.add_column(ratio=1)
            together.add_row(*columns)
        else:
            together = self._column(self._room.width, Text("\n").join(facts), pinned, rest)
        self._top = min(self._top, self._last_top)
        self._facts.update(together)

    def _column(
        self, width: int, body: Text, pinned: Text | None = None, rest: Text | None = None, top: int | None = None
    ) -> Text:
        """Give a column as a text, cut to the room when it is longer; `top` lines, or those scrolled, are left out."""
        parts = [body, _cut_short(pinned or Text(), width), rest or Text()]
        room = self._room.height
        if room <= 0 or 2 * sum(_height(part, width) for part in parts) <= room:
            return Text("\n").join(part for part in parts if part)
        body_lines, pinned_lines, rest_lines = (
            list(part.wrap(self.app.console, width)) if part else [] for part in parts
        )
        if top is None:
            last = last_top(len(body_lines), len(pinned_lines), len(rest_lines), room)
            self._last_top, top = max(self._last_top, last), min(self._top, last)
        return Text("\n").join(cut(body_lines, pinned_lines, rest_lines, room, top))

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

    def tell(self, sentence: str, *, typed: bool = False) -> None:
        """Say something in the place of a question that cannot be asked; any key goes back, and does nothing else.

        Where the question would have been `typed` into, letters stay without effect until Enter or Esc: a name that was
        typed ahead is no command.
        """
        self._answer, self._left = _ignored, _nothing
        back = "Enter or Esc goes back." if typed else "Any key goes back."
        self._picker.ask(f"{sentence} {back}", (), swallows=typed)
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

    def read(self, text: Text, more: Callable[[], None] | None = None) -> None:
        """Show something to read until the person leaves it; `more` is called when they ask for more of it."""
        self._answer, self._left = (lambda _: more() if more else None), _nothing
        self._reader.ask(text, more=more is not None)
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


def _without_end(text: Text) -> Text:
    """Give a text without empty lines at its end: below the article each line counts."""
    tidy = text.copy()
    tidy.rstrip()
    return tidy


def _cut_short(text: Text, width: int) -> Text:
    """Give a text whose lines are cut, not wrapped, at the width."""
    lines = text.split("\n")
    for line in lines:
        line.truncate(max(1, width), overflow="ellipsis")
    return Text("\n").join(lines)


def _height(text: Text, width: int) -> int:
    """Give how many lines a text needs at least, by its cells alone; words may want more, but never twice as many."""
    return sum(max(1, -(-cell_len(line) // max(1, width))) for line in text.plain.split("\n")) if text else 0


def _nothing() -> None:
    """Do nothing: nobody wants to know that a question was left."""


def _ignored(_answer: str) -> None:
    """Do nothing with an answer that says nothing."""
