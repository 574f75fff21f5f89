"""The tour: the labelling screen itself, with a band above it that says what to try next and sees when it was done."""

import re
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Resize
from textual.widgets import Static

from annotator.tui.keys import bindings, shown_keys
from annotator.tui.layout import BidiMode
from annotator.tui.screens.label import LabelScreen
from annotator.tui.tour import AFTERWARDS, STEPS, Step
from annotator.workflow.session import Session

_WIDE = 80
"""Columns from which on three lines hold what a step says."""

_KEY = re.compile(r"\{([^}]+)\}")


class TourScreen(LabelScreen):
    """A beginner tries the labelling screen, in a session of which nothing is kept."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("tour")]
    DEFAULT_CSS = """
    TourScreen #tour { height: 4; padding: 0 1; background: $primary 25%; border-bottom: solid $primary; }
    TourScreen.slim #tour { height: 6; }
    TourScreen:nocolor #tour { border-bottom: solid; }
    """

    def __init__(self, session: Session, mode: BidiMode) -> None:
        """Begin with the first step."""
        super().__init__(session, mode)
        self.searches: int = 0
        """How often something was searched and gone to."""
        self.returns: int = 0
        """How often the person went back from a jump."""
        self._keys: dict[str, str] = {}
        """The keys in force, by the name of an action."""
        self._at_step = 0
        self._counted: int | None = None
        """What the step counts was this when it began; None before, and once it is done."""

    def compose(self) -> ComposeResult:
        """Lay the band above the labelling screen."""
        yield Static(id="tour", markup=False)
        yield from super().compose()

    def begin(self) -> None:
        """Begin with the first step."""
        super().begin()
        self.call_later(self._begin_step)  # once the keys are known

    def on_resize(self, event: Resize) -> None:
        """Give the band what lines it needs."""
        self.set_class(event.size.width < _WIDE, "slim")

    def head_line(self) -> str:
        """Give what stands above the article."""
        keys = self._keys
        over, leave = keys.get("pass_over", "f9"), keys.get("leave", "q").split()[0]
        return f"tour: nothing here is kept  {over} next step  {leave} end  {self.progress()}"

    # Steps

    @property
    def step(self) -> Step | None:
        """What is to be tried now; None when all was."""
        return STEPS[self._at_step] if self._at_step < len(STEPS) else None

    def _begin_step(self) -> None:
        self._keys = {name.partition(".")[2]: found for name, found in self.shown_keys().items()}
        step = self.step
        while step is not None and step.at is not None and not self._put_on(step):
            self._at_step += 1
            step = self.step
        self._counted = step.count(self) if step else None
        self._show_step()

    def _put_on(self, step: Step) -> bool:
        """Put the cursor on a mention of the kind that the step is about, where there is one."""
        found = [
            one for one in self.session.in_order() if one.mention.kind == step.at and one.disposition != "rejected"
        ]
        if found and (self.item is None or self.item.mention.kind != step.at):
            self.go(found[0])
            self.after_change()
        return bool(found)

    def _show_step(self) -> None:
        step = self.step
        title = f"TOUR {self._at_step + 1} of {len(STEPS)}  " if step else "That was the tour.  "
        said = Text.assemble((title, "bold"), _with_keys(step.says if step else AFTERWARDS, self._keys))
        self.query_one("#tour", Static).update(said, layout=False)

    def after_change(self) -> None:
        """Bring head and panel up to date; when what is to be tried was done, go on once this key has done its work."""
        super().after_change()
        step = self.step
        if step is not None and self._counted is not None and step.count(self) > self._counted:
            self._counted = None
            self.call_later(self._go_on)

    def _go_on(self) -> None:
        self._at_step += 1
        self._begin_step()

    # What the tour counts, and does itself

    def _end_search(self, written: str) -> None:
        super()._end_search(written)
        self.searches += bool(self.view.selection)
        self.after_change()

    def action_back(self) -> None:
        """Go back to where the last jump began."""
        before = len(self._left)
        super().action_back()
        self.returns += before - len(self._left)
        self.after_change()

    def action_pass_over(self) -> None:
        """Go on to the next step."""
        if self.step is not None:
            self._go_on()


def _with_keys(says: str, keys: dict[str, str]) -> Text:
    """Give a step's sentence with the keys of its actions in their places."""
    told, end = Text(), 0
    for found in _KEY.finditer(says):
        told.append(says[end : found.start()])
        told.append(keys.get(found[1], shown_keys(found[1])).split(" ")[0], style="bold reverse")
        end = found.end()
    return told.append(says[end:])
