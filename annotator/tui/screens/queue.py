"""The queue: the articles with their language, state, candidates left and progress, a page of them; Enter opens one."""

from typing import ClassVar, Literal

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Resize
from textual.message import Message
from textual.widgets import DataTable, Static

from annotator.errors import Refusal
from annotator.model.decision import Stage
from annotator.store.log import Standing
from annotator.store.pages import Stretch
from annotator.text.counted import counted
from annotator.text.display import display
from annotator.tui.actions import ScreenName, actions_of
from annotator.tui.keys import bindings, footer_of, keys_in_force
from annotator.tui.layout import BidiMode, beginning
from annotator.tui.screens.app_screen import AppScreen
from annotator.tui.screens.guidelines_screen import GuidelinesScreen
from annotator.workflow.answering import Waiting
from annotator.workflow.guidebook import Guidebook
from annotator.workflow.importing import import_corpus
from annotator.workflow.leasing import pseudonyms_of
from annotator.workflow.listing import Listing, Page
from annotator.workflow.overlap import NEEDED
from annotator.workflow.project import Project
from annotator.workflow.status import ArticleStatus, next_for, next_to_adjudicate

_BAR = len("progress")
"""Cells of a progress bar: no more than its title takes, so that a window of 80 has room for what articles are called.
"""

_TITLE = 120
"""Code points of a title that are shown."""

_LEAST_TITLE = 8
_SCROLLBAR = 2

_COLUMNS = (("article", None), ("lang", 4), ("state", None), ("left", 4), ("progress", _BAR), ("title", None))
"""Titles and widths in cells; without one a column is as wide as what it holds."""


Purpose = Stage | Literal["feedback"]


class QueueScreen(AppScreen[None]):
    """What there is to do."""

    name_of_screen: ClassVar[ScreenName] = "queue"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("queue")]
    DEFAULT_CSS = """
    QueueScreen #head { height: 1; background: $primary-darken-2; padding: 0 1; }
    QueueScreen #says { height: auto; max-height: 6; padding: 0 1; }
    QueueScreen #foot { height: 1; padding: 0 1; color: $text-muted; background: $surface; }
    QueueScreen DataTable { height: 1fr; }
    QueueScreen DataTable:nocolor > .datatable--cursor { text-style: reverse; }
    """

    class Opened(Message):
        """Somebody wants to label or adjudicate an article, or to see what became of it."""

        def __init__(self, article_id: str, purpose: Purpose) -> None:
            """Carry which article, and for what."""
            super().__init__()
            self.article_id = article_id
            self.purpose = purpose

    class TourWanted(Message):
        """Somebody wants to take the tour."""

    class WritingWanted(Message):
        """Somebody wants to choose how right-to-left text is written."""

    class NextWanted(Message):
        """Somebody wants what waits for them next."""

        def __init__(self, stage: Stage) -> None:
            """Carry to do what."""
            super().__init__()
            self.stage = stage

    def __init__(self, project: Project, name: str, person: str | None, mode: BidiMode, news: str = "") -> None:
        """Show the queue of `name`, whose pseudonym is `person` (None before the first work), with `news` below it."""
        super().__init__()
        self.project = project
        self.name_of_person = name
        self.person = person
        self.mode = mode
        self._news = news
        self.listing = Listing(project)
        """How the articles are looked up, and how many there are."""
        self._page = Page()
        self._to_answer: dict[tuple[str, str], int] = {}
        """How many questions of a new schema wait, by article and person."""
        self._waiting: Waiting | None = None
        self._asked: str | None = None
        """Id of the article that nobody need label, and that was about to be."""
        self.left = ""
        """What became of the article that was left last, as long as the store does not tell how things stand."""
        self.opening = False
        """Whether something was chosen and is on its way: what is typed now is for it."""

    def compose(self) -> ComposeResult:
        """Lay out head, table, news and footer."""
        yield Static(id="head", markup=False)
        yield DataTable(cursor_type="row", zebra_stripes=True)
        yield Static(Text(_lines(self._news)), id="says", markup=False)
        force = keys_in_force(self.project.workspace.settings)
        yield Static(footer_of(actions_of("queue"), force), id="foot", markup=False)

    def on_mount(self) -> None:
        """Fill the table."""
        table = self.query_one(DataTable)
        for title, width in _COLUMNS:
            table.add_column(title, width=width)
        self.show_articles()

    def on_screen_resume(self) -> None:
        """Look again after an article was closed."""
        self.opening = False
        if self.query_one(DataTable).columns:
            self.show_articles()

    def on_resize(self, _event: Resize) -> None:
        """Give the titles what room there is."""
        self._list(self.chosen)

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
            self._news = import_corpus(self.project).news
            self.say(self._news)
            self.listing = Listing(self.project)
        except Refusal as refusal:
            self.say(str(refusal))
        self.show_articles()

    def use_mode(self, mode: BidiMode) -> None:
        """Write right-to-left titles in this way."""
        self.mode = mode
        self._list(self.chosen)

    @property
    def _found(self) -> tuple[ArticleStatus, ...]:
        """The articles of the page."""
        return self._page.found

    def show_articles(self, at: str | None = None) -> None:
        """Read the state of the page's articles again; what is shown stays if that fails.

        The cursor goes to the article with id `at`, on whichever page that is, or stays where it is.
        """
        begin = self._page.ids[0] if self._page.began_before else ""
        if self._turn_to(Stretch(begin), at or self.chosen):
            if at is not None and at not in self._page.ids and self._page.is_part:
                self._turn_to(Stretch(at), at)
            self._say_how_far()

    def _turn_to(self, where: Stretch, at: str | None) -> bool:
        """Show the page that a stretch begins or ends with; tell whether it could be read."""
        try:
            page = self.listing.page(pseudonyms_of(self.project, self.name_of_person), where)
            if not page.ids and where != Stretch():
                return False
            self._page = page
            self._to_answer = self._count_waiting()
        except Refusal as refusal:
            self._say_refused(refusal)
            return False
        self.left = ""
        self._list(at)
        return True

    def _say_refused(self, refusal: Refusal) -> None:
        self.say("\n".join(filter(None, (self.left, str(refusal)))))

    def _say_how_far(self) -> None:
        try:
            mine, size = self.listing.done(self._page, self.person), self.listing.size(self._page)
        except Refusal as refusal:
            self._say_refused(refusal)
            return
        of_all = f", {self._page.ids[0]} to {self._page.ids[-1]}" if self._page.is_part else ""
        self.query_one("#head", Static).update(
            Text(
                f"{display(self.project.workspace.root.name)}  {self.person or 'new'}  "
                f"{mine:,} of {counted(size, 'article')} done{display(of_all)}"
            )
        )
        if advice := self._advice(mine, size):
            self.say("\n".join(filter(None, (advice, self._news))))

    def go_on_from(self, article_id: str, stage: Stage) -> None:
        """Put the cursor on the article that waits for the person behind one that is done, where there is one."""
        found = self._found
        if stage == "adjudicate":
            waiting = next_to_adjudicate(found, article_id)
        else:
            waiting = next_for(found, self.person, article_id) if self.person else None
        if waiting is not None:
            self._list(waiting)

    def _list(self, at: str | None) -> None:
        """Fill the table, with the cursor on the article with id `at`."""
        table = self.query_one(DataTable)
        rows = [(status.article.article_id, self._cells(status)) for status in self._found]
        widths = [
            width or max((len(title), *(len(cells[column]) for _, cells in rows)))
            for column, (title, width) in enumerate(_COLUMNS[:-1])
        ]
        room = max(_LEAST_TITLE, table.size.width - sum(widths) - 2 * len(_COLUMNS) - _SCROLLBAR)
        table.clear()
        for status, (article_id, cells) in zip(self._found, rows, strict=True):
            title = Text(beginning(status.article.title[:_TITLE], room, self.mode))
            table.add_row(*cells, title, key=article_id)
        if at is not None and at in table.rows:
            table.move_cursor(row=table.get_row_index(at))

    def _advice(self, mine: int, size: int) -> str:
        """Give what to do next where the table itself does not say it."""
        if self._page.assigned and mine == size:
            return "n gives you the next article that waits for you, N the next to adjudicate."
        if not self._found:
            return f"There are no articles yet. Put .txt files into {self.project.workspace.corpus} and press r."
        if mine < size or self._page.is_part:
            return ""
        done = "You have labelled every article."
        if all(status.adjudicated for status in self._found):
            return f"{done} All are adjudicated: `annotator release` makes the next gold version."
        if any(status.ready and not status.adjudicated for status in self._found):
            return f"{done} Go to one that says 'to adjudicate' and press j to settle where annotators differ."
        return f"{done} {NEEDED} people must finish an article before it can be adjudicated; nothing waits for you."

    def _cells(self, status: ArticleStatus) -> list[Text]:
        """Give all but the title."""
        article, standing = status.article, status.of(self.person)
        total = article.candidates or 0
        left = standing.untouched if standing else total
        settled = _BAR * max(0, total - left) // total if total else 0
        bar = "done" if standing and standing.finished else "█" * settled + "·" * (_BAR - settled)
        again = " (text changed)" if status.earlier and not standing else ""
        return [
            Text(article.article_id),
            Text(article.metadata.language),
            Text(status.state + _said_of(status, standing) + self._asked_in(status) + again),
            Text("?" if article.candidates is None else str(left), justify="right"),
            Text(bar),
        ]

    def _count_waiting(self) -> dict[tuple[str, str], int]:
        self._waiting = self._waiting or Waiting(self.project)
        return self._waiting.count(self._found)

    def _asked_in(self, status: ArticleStatus) -> str:
        """Give how many questions wait for this person, or for the adjudicator, to stand behind an article's state."""
        adjudicators = [standing.person for standing in status.adjudicating]
        people = [*adjudicators, *([self.person] if self.person else [])]
        left = sum(self._to_answer.get((status.article.article_id, person), 0) for person in people)
        return f", {left} to answer" if left else ""

    def on_data_table_row_selected(self, _event: DataTable.RowSelected) -> None:
        """Open the article under the cursor."""
        self.action_label()

    def action_label(self) -> None:
        """Label the article under the cursor; where nobody needs that, only when it is asked for again."""
        status = next((one for one in self._found if one.article.article_id == self.chosen), None)
        again, self._asked = self._asked, None
        if status is not None and status.ready and status.of(self.person) is None and again != self.chosen:
            self._asked = self.chosen
            done = f"{self.chosen} was finished by {status.finished} people"
            self.say(f"{done}: j adjudicates it, Enter again labels it once more.")
        else:
            self._open("label")

    def action_next(self, stage: Stage) -> None:
        """Take what waits for this person next, and open it."""
        self.opening = True
        self.post_message(self.NextWanted(stage))

    def action_adjudicate(self) -> None:
        """Adjudicate the article under the cursor."""
        self._open("adjudicate")

    def action_feedback(self) -> None:
        """See where what was settled of the article under the cursor differs from what one said."""
        self._open("feedback")

    def _open(self, purpose: Purpose) -> None:
        if self.chosen:
            self.opening = True
            self.post_message(self.Opened(self.chosen, purpose))

    def action_move(self, rows: int, pages: int) -> None:
        """Go down or up the list, and behind its ends to the next page of it, where there is one.

        (The table could move by itself, but later than the key that follows.)
        """
        table = self.query_one(DataTable)
        far = rows + pages * max(1, table.size.height - 2)
        last, ids = table.row_count - 1, self._page.ids
        if far > 0 and table.cursor_row == last and self._page.goes_on:
            self._turn_and_say(Stretch(ids[-1], behind=True))
        elif far < 0 and table.cursor_row == 0 and self._page.began_before:
            self._turn_and_say(Stretch(ids[0], backwards=True))
        else:
            table.move_cursor(row=max(0, min(last, table.cursor_row + far)))

    def _turn_and_say(self, where: Stretch) -> None:
        """Turn to another page, with the cursor where one comes from."""
        if self._turn_to(where, None):
            table = self.query_one(DataTable)
            table.move_cursor(row=table.row_count - 1 if where.backwards else 0)
            self._say_how_far()

    def action_tour(self) -> None:
        """Take the tour."""
        self.opening = True
        self.post_message(self.TourWanted())

    def action_writing(self) -> None:
        """Choose how right-to-left text is written."""
        self.opening = True
        self.post_message(self.WritingWanted())

    def action_guidelines(self) -> None:
        """Read the guidelines."""
        try:
            book = Guidebook(self.project.workspace, self.project.guidelines)
        except Refusal as refusal:
            self.say(str(refusal))
            return
        if book.handbook.pages:
            self.app.push_screen(GuidelinesScreen(self.project, book, self.mode, ()))
        else:
            self.say("There are no pages in guidelines/ here; G on an article says what the schema says.")

    def action_leave(self) -> None:
        """Quit."""
        self.app.exit()


def _said_of(status: ArticleStatus, own: Standing | None) -> str:
    """Give what was said of an article as a whole, to stand behind its state: anybody's flag, one's own skipping."""
    flagged = any(standing.flagged for standing in status.labelling)
    said = (("flagged", flagged), ("skipped", own is not None and own.skipped))
    return "".join(f", {word}" for word, holds in said if holds)


def _lines(message: str) -> str:
    """Give a message as its lines, each safe for a widget."""
    return "\n".join(display(line) for line in message.split("\n"))
