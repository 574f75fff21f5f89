"""The groups of errors, commonest first, and what they are narrowed down to; Enter goes through one."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Resize
from textual.message import Message
from textual.widgets import DataTable, Static

from annotator.scoring.errors import ScoringError
from annotator.text.display import display
from annotator.tui.actions import ScreenName, actions_of
from annotator.tui.error_facts import error_line, in_articles
from annotator.tui.facts import ROOM
from annotator.tui.keys import bindings, footer_of, keys_in_force
from annotator.tui.layout import BidiMode, beginning, in_lines, one_line
from annotator.tui.screens.asking_screen import NARROW, AskingScreen
from annotator.tui.widgets.picker import Option
from annotator.tui.widgets.side_panel import SidePanel
from annotator.tui.widgets.sparing import KeptRow
from annotator.workflow.error_browsing import ErrorBrowsing
from annotator.workflow.error_filter import ErrorFilter, Side, grouped

ALL = "all errors"
"""What the list of everything is called, which comes before the groups."""

_EXAMPLES = 12
"""Errors of the group at the cursor that the panel shows."""

_NUMBER = 6
_SCROLLBAR = 2
_LEAST = 10

_KEYS = "123456789"


class ErrorGroupsScreen(AskingScreen[None]):
    """All errors, and then group by group."""

    name_of_screen: ClassVar[ScreenName] = "groups"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("groups")]
    DEFAULT_CSS = """
    ErrorGroupsScreen #head { height: 1; background: $primary-darken-2; color: $text; padding: 0 1; }
    ErrorGroupsScreen #says { height: 1; padding: 0 1; }
    ErrorGroupsScreen #foot { height: 1; padding: 0 1; color: $text-muted; background: $surface; }
    ErrorGroupsScreen #middle { height: 1fr; }
    ErrorGroupsScreen #middle.narrow { layout: vertical; }
    ErrorGroupsScreen DataTable { width: 1fr; height: 1fr; }
    ErrorGroupsScreen DataTable:nocolor > .datatable--cursor { text-style: reverse; }
    """

    class Opened(Message):
        """Somebody wants to go through the errors of a group."""

        def __init__(self, groups: Mapping[str, Sequence[ScoringError]], group: str) -> None:
            """Carry the groups as they are narrowed down, and which it is."""
            super().__init__()
            self.groups = groups
            self.group = group

    def __init__(self, browsed: ErrorBrowsing, mode: BidiMode, about: str) -> None:
        """Show the groups of what is browsed; `about` says what was held against what."""
        super().__init__()
        self.browsed = browsed
        self.mode = mode
        self.filter = ErrorFilter()
        self._about = about
        self._groups: Mapping[str, Sequence[ScoringError]] = {}

    def compose(self) -> ComposeResult:
        """Lay out head, groups, panel, message and footer."""
        yield Static(id="head", markup=False)
        with KeptRow(id="middle"):
            yield DataTable(cursor_type="row", zebra_stripes=True)
            yield SidePanel()
        yield Static(id="says", markup=False)
        force = keys_in_force(self.browsed.reading.workspace.settings)
        yield Static(footer_of(actions_of("groups"), force), id="foot", markup=False)

    def on_mount(self) -> None:
        """Show all groups."""
        self.table.add_column("errors", width=_NUMBER)
        self.table.add_column("group")
        self.panel.use_mode(self.mode)
        self.show_groups()
        self.table.focus()

    def on_resize(self, event: Resize) -> None:
        """Put the panel where there is room for it, and give the names what room there is."""
        narrow = event.size.width < NARROW
        self.panel.set_class(narrow, "below")
        self.query_one("#middle").set_class(narrow, "narrow")
        self.call_after_refresh(self.show_groups)  # once it is known how wide the list is

    def on_screen_resume(self) -> None:
        """Show what was challenged meanwhile."""
        if self.table.columns:
            self._show_group()

    @property
    def table(self) -> DataTable[Text]:
        """The list of groups."""
        return self.query_one(DataTable)

    def say(self, message: str) -> None:
        """Show a sentence below the groups."""
        self.query_one("#says", Static).update(Text(display(message), no_wrap=True))

    # What is shown

    @property
    def chosen(self) -> str | None:
        """Name of the group at the cursor."""
        return list(self._groups)[self.table.cursor_row] if self._groups else None

    def narrow(self, to: ErrorFilter) -> None:
        """Show only the errors that pass another filter."""
        self.filter = to
        self.show_groups()

    def show_groups(self) -> None:
        """List the groups, with the cursor on the one it was on, where that is still there."""
        before, table = self.chosen, self.table
        found = self.filter.of(self.browsed.errors, self.browsed.said)
        self._groups = {ALL: found, **grouped(found)} if found else {}
        room = max(_LEAST, table.size.width - _NUMBER - 4 - _SCROLLBAR)
        table.clear()
        for name, errors in self._groups.items():
            number = Text(str(len(errors)), justify="right")
            table.add_row(number, Text(beginning(name, room, self.mode), style="bold" if name == ALL else ""))
        if before in self._groups:
            table.move_cursor(row=list(self._groups).index(before))
        self._show_head(found)
        self._show_group()

    def _show_head(self, found: Sequence[ScoringError]) -> None:
        told = self.filter.told()
        only = f"only {one_line(told, self.mode)} (Esc: all)" if told else one_line(self._about, self.mode)
        self.query_one("#head", Static).update(Text(f"{in_articles(found)}  {only}", no_wrap=True))

    def _show_group(self) -> None:
        """Show in the panel what the group at the cursor is about."""
        name = self.chosen
        if name is None:
            self.panel.show(
                Text("No error is so. Esc shows all again." if self.browsed.errors else "There is no error.")
            )
            return
        errors = self._groups[name]
        room = self.size.width - 4 if self.panel.has_class("below") else ROOM
        facts = Text(f"{in_lines(name, room, self.mode)}\n", style="bold")
        facts.append(f"{in_articles(errors)}\n", style="not bold")
        for one in errors[:_EXAMPLES]:
            text, state = self.browsed.texts.get(one.article_id), self.browsed.state_of(one)
            facts.append(
                f"{error_line(one, text, state, room, self.mode, mixed=one.group != name)}\n", style="not bold"
            )
        if len(errors) > _EXAMPLES:
            facts.append(f"and {len(errors) - _EXAMPLES} more", style="not bold")
        self.panel.show(facts, about=name)

    def on_data_table_row_highlighted(self, _event: DataTable.RowHighlighted) -> None:
        """Follow the cursor."""
        self._show_group()

    def on_data_table_row_selected(self, _event: DataTable.RowSelected) -> None:
        """Open the group under the mouse."""
        self.action_open()

    # Actions

    def action_open(self) -> None:
        """Go through the errors of the group at the cursor."""
        if (name := self.chosen) is not None:
            self.post_message(self.Opened(self._groups, name))

    def action_move(self, rows: int, pages: int) -> None:
        """Go down or up the list. (The table could by itself, but later than the key that follows.)"""
        far = rows + pages * max(1, self.table.size.height - 2)
        self.table.move_cursor(row=max(0, min(self.table.row_count - 1, self.table.cursor_row + far)))

    def action_edge(self, end: int) -> None:
        """Go to the first or the last group."""
        self.table.move_cursor(row=self.table.row_count - 1 if end else 0)

    def action_roll(self, step: int) -> None:
        """Scroll the panel by a line."""
        self.panel.roll(step)

    def action_choose(self, side: Side) -> None:
        """Ask which part, kind, language or article is to be shown alone."""
        found = self.filter.values(side, self.browsed.errors, self.browsed.said)
        keys = _KEYS if len(found) <= len(_KEYS) else ""
        every = Option("", f"every {side}", "0" if keys else "")
        options = [
            Option(value, f"{one_line(value, self.mode)}  {count}", keys[number : number + 1])
            for number, (value, count) in enumerate(found.items())
        ]
        self.panel.choose(
            f"Show only one {side}:",
            [every, *options],
            lambda value: self.narrow(self.filter.choosing(side, value or None)),
            current=self.filter.chosen.get(side, ""),
        )

    def action_search(self) -> None:
        """Ask which words must stand in an error; the groups follow what is typed."""
        before = self.filter
        self.panel.type_in(
            "Words in the error, its group or article:",
            before.words,
            self._look_for,
            lambda words: self.narrow(self.filter.typing(words)),
            lambda: self.narrow(before),
        )

    def _look_for(self, words: str) -> str:
        """Show what has the words that are typed so far; say how much that is."""
        self.narrow(self.filter.typing(words))
        return in_articles(self._groups.get(ALL, ()))

    def action_clear(self) -> None:
        """Show all errors again."""
        self.narrow(ErrorFilter())

    def action_bidi(self) -> None:
        """Step to the next way of writing right-to-left text."""
        modes = list(BidiMode)
        self.use_mode(modes[(modes.index(self.mode) + 1) % len(modes)])
        self.say(f"Right-to-left text is now written in mode {self.mode}. F2 goes on; annotator.toml keeps one.")

    def use_mode(self, mode: BidiMode) -> None:
        """Write right-to-left text in this way."""
        self.mode = mode
        self.panel.use_mode(mode)
        self.show_groups()

    def action_leave(self) -> None:
        """Quit."""
        self.app.exit()
