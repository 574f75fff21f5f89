"""The queue: every article with its language, state, candidates left and progress; Enter opens one."""

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.screen import Screen
from textual.widgets import DataTable, Static

from annotator.errors import Refusal
from annotator.model.decision import Stage
from annotator.text.counted import counted
from annotator.text.display import display
from annotator.tui.actions import ScreenName, actions_of
from annotator.tui.keys import bindings, footer_of
from annotator.tui.layout import BidiMode, one_line
from annotator.tui.screens.help import HelpScreen
from annotator.workflow.importing import import_corpus
from annotator.workflow.project import Project
from annotator.workflow.status import ArticleStatus, statuses

_BAR = 10
"""Cells of a progress bar."""

_TITLE = 120
"""Code points of a title that are shown."""

_COLUMNS = (("article", None), ("lang", 4), ("state", None), ("left", 4), ("progress", _BAR + 5), ("title", None))
"""Titles and widths in cells; without one a column is as wide as what it holds."""


class QueueScreen(Screen[None]):
    """What there is to do."""

    name_of_screen: ClassVar[ScreenName] = "queue"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("queue")]
    DEFAULT_CSS = """
    QueueScreen #head { height: 1; background: $primary-darken-2; padding: 0 1; }
    QueueScreen #says { height: auto; max-height: 6; padding: 0 1; }
    QueueScreen #foot { height: 1; padding: 0 1; color: $text-muted; background: $surface; }
    QueueScreen DataTable { height: 1fr; }
    """

    class Opened(Message):
        """Somebody wants to label or adjudicate an article."""

        def __init__(self, article_id: str, stage: Stage) -> None:
            """Carry which article, and for what."""
            super().__init__()
            self.article_id = article_id
            self.stage = stage

    def __init__(self, project: Project, person: str | None, mode: BidiMode, news: str = "") -> None:
        """Show the queue of `person` (a pseudonym, None before the first work), with `news` below it."""
        super().__init__()
        self.project = project
        self.person = person
        self.mode = mode
        self._news = news

    def compose(self) -> ComposeResult:
        """Lay out head, table, news and footer."""
        yield Static(id="head", markup=False)
        yield DataTable(cursor_type="row", zebra_stripes=True)
        yield Static(Text(_lines(self._news)), id="says", markup=False)
        yield Static(footer_of(actions_of("queue")), id="foot", markup=False)

    def on_mount(self) -> None:
        """Fill the table."""
        table = self.query_one(DataTable)
        for title, width in _COLUMNS:
            table.add_column(title, width=width)
        self.show_articles()

    def on_screen_resume(self) -> None:
        """Look again after an article was closed."""
        if self.query_one(DataTable).columns:
            self.show_articles()

    def say(self, message: str) -> None:
        """Show a sentence below the table."""
        self.query_one("#says", Static).update(Text(_lines(message)))

    @property
    def chosen(self) -> str | None:
        """Id of the article under the cursor."""
        table = self.query_one(DataTable)
        return str(table.coordinate_to_cell_key(table.cursor_coordinate).row_key.value) if table.row_count else None

    def action_refresh(self) -> None:
        """Take in what is new in the corpus folder, and look again who has done what."""
        try:
            self.say(import_corpus(self.project).news)
        except Refusal as refusal:
            self.say(str(refusal))
        self.show_articles()

    def show_articles(self) -> None:
        """Read the state of all articles again, keeping the cursor where it is; what is shown stays if that fails."""
        try:
            found = statuses(self.project)
        except Refusal as refusal:
            self.say(str(refusal))
            return
        table = self.query_one(DataTable)
        row = table.cursor_row
        table.clear()
        for status in found:
            table.add_row(*self._cells(status), key=status.article.article_id)
        table.move_cursor(row=row)
        mine = sum(1 for status in found if (standing := status.of(self.person)) and standing.finished)
        self.query_one("#head", Static).update(
            Text(
                f"{display(self.project.workspace.root.name)}  {self.person or 'new'}  "
                f"{mine} of {counted(len(found), 'article')} done"
            )
        )
        if not found:
            self.say(f"There are no articles yet. Put .txt files into {self.project.workspace.corpus} and press r.")

    def _cells(self, status: ArticleStatus) -> list[Text]:
        article, standing = status.article, status.of(self.person)
        total = article.candidates or 0
        left = standing.untouched if standing else total
        settled = _BAR * (total - left) // total if total else 0
        mark = " done" if standing and standing.finished else ""
        again = " (text changed)" if status.earlier and not standing else ""
        return [
            Text(article.article_id),
            Text(article.metadata.language),
            Text(status.state + again),
            Text("?" if article.candidates is None else str(left), justify="right"),
            Text("█" * settled + "·" * (_BAR - settled) + mark),
            Text(one_line(article.title[:_TITLE], self.mode)),
        ]

    def on_data_table_row_selected(self, _event: DataTable.RowSelected) -> None:
        """Open the article under the cursor."""
        self.action_label()

    def action_label(self) -> None:
        """Label the article under the cursor."""
        if self.chosen:
            self.post_message(self.Opened(self.chosen, "label"))

    def action_adjudicate(self) -> None:
        """Adjudicate the article under the cursor."""
        if self.chosen:
            self.post_message(self.Opened(self.chosen, "adjudicate"))

    def action_help(self) -> None:
        """Show all keys."""
        self.app.push_screen(HelpScreen("queue", self))

    def action_leave(self) -> None:
        """Quit."""
        self.app.exit()


def _lines(message: str) -> str:
    """Give a message as its lines, each safe for a widget."""
    return "\n".join(display(line) for line in message.split("\n"))
