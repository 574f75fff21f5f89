"""Text on a screen that is changed at every key, and sends the terminal only what differs from before.

Textual sends a widget whole whenever it is updated: for a panel of forty columns that is most of a key's bytes, and
bytes are what a slow line waits for. Owns the comparison of lines; knows nothing of what they say.
"""

import re
from collections.abc import Sequence
from itertools import takewhile, zip_longest
from typing import Self

from rich.segment import Segment
from rich.text import Text
from textual.containers import Horizontal
from textual.geometry import Region
from textual.selection import Selection
from textual.strip import Strip
from textual.visual import Visual, VisualType, visualize
from textual.widget import Widget
from textual.widgets import Static

_NOTHING = Strip([])


_MEASURED = re.compile("[ -~\u0600-\u06ff\u200e\ufb50-\ufdff\ufe70-\ufefc]*")
"""Characters whose cells every library counts alike. Where others stand, what is the same is sent once more."""


def changed_columns(before: Strip, after: Strip) -> int:
    """Give how many columns of a line, from its left, hold all that differs; 0 for lines that are the same.

    Counting ends at a change of style. Textual sends a line from its left anyway.
    """
    old, new = list(before), list(after)
    if old == new:
        return 0
    if before.cell_length != after.cell_length:
        return max(before.cell_length, after.cell_length)
    pairs = zip(reversed(old), reversed(new), strict=False)
    same = takewhile(lambda pair: pair[0] == pair[1] and _MEASURED.fullmatch(pair[0].text), pairs)
    ending = Segment.get_line_length([segment for segment, _ in same])
    return after.cell_length - ending


class Kept(Widget):
    """A widget that is drawn again only when it changes.

    For every frame Textual takes the lines of each widget in view anew, filters and all, whichever of them changed.
    It must be the last of a class's bases: only the first one's styles are inherited.
    """

    _kept: tuple[Region, list[Strip]] | None = None

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Draw it again, or parts of it."""
        self._kept = None
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def notify_style_update(self) -> None:
        """Draw it again in other colours."""
        self._kept = None
        super().notify_style_update()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Give the lines of a part, as they were drawn last where nothing changed."""
        if self._kept is None or self._kept[0] != crop:
            self._kept = crop, super().render_lines(crop)
        return self._kept[1]


class KeptRow(Horizontal, Kept):
    """Widgets side by side."""


class SparingText(Static, Kept):
    """A `Static` whose lines are sent one by one, as they change. Its size is its styles' matter, never its text's."""

    def __init__(self, *, id: str) -> None:
        """Begin empty."""
        super().__init__(id=id, markup=False)
        self._shown: VisualType = Text()
        self._lines: Sequence[Strip] = ()
        self._drawn_at = self.size

    @property
    def content(self) -> VisualType:
        """What is shown."""
        return self._shown

    @content.setter
    def content(self, content: VisualType) -> None:
        self.update(content)

    def update(self, content: VisualType = "", *, layout: bool = False) -> None:  # noqa: ARG002 - Textual's
        """Show something else; `layout` is Textual's, and without effect."""
        if content == self._shown:
            return
        self._shown = content
        before, width = self._lines, self.size.width
        self._lines = self._draw()
        if not before:  # what stands there is not known
            self.refresh()
            return
        changed = [
            Region(0, y, min(columns, width), 1)
            for y, (old, new) in enumerate(zip_longest(before, self._lines, fillvalue=_NOTHING))
            if (columns := changed_columns(old, new))
        ]
        if changed:
            self.refresh(*changed)

    def _draw(self) -> Sequence[Strip]:
        self._drawn_at = self.size
        if not self.is_mounted or not self.size:
            return ()
        drawn = visualize(self, self._shown, markup=False)
        return Visual.to_strips(self, drawn, self.size.width, self.size.height, self.visual_style)

    def notify_style_update(self) -> None:
        """Draw anew when colours change."""
        self._lines = ()
        super().notify_style_update()

    def selection_updated(self, selection: Selection | None) -> None:
        """Draw anew when the mouse selects."""
        self._lines = ()
        super().selection_updated(selection)

    def render_line(self, y: int) -> Strip:
        """Give one line, as it was drawn when the text changed."""
        if not self._lines or self._drawn_at != self.size:
            self._lines = self._draw()
        return self._lines[y] if y < len(self._lines) else Strip.blank(self.size.width, self.visual_style.rich_style)
