"""Something to read in the side panel, which may be longer than the panel: scrolled by arrows, left by Esc or Enter.

Where there is more to read elsewhere, the key that asked for this asks for that.
"""

from rich.text import Text

from annotator.tui.widgets.question import Answer, Question

_AGAIN = frozenset({"G", "f8"})
_LEAVING = frozenset({"escape", "enter", "q"})
MORE = "more"
"""What is answered when the person wants to read on elsewhere."""


class Reader(Question):
    """A text. It asks nothing, but it takes the keys until it is left."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self._text = Text()
        self._top = 0
        self._more = False

    def ask(self, text: Text, *, more: bool = False) -> None:
        """Show a text from its beginning; tell whether there is more elsewhere."""
        self._text, self._top, self._more = text, 0, more
        self.refresh()

    def take(self, key: str, character: str | None) -> Answer | None:  # noqa: ARG002 - only keys with a name count
        """Scroll or leave."""
        page = max(1, self.size.height - 1)
        steps = {"down": 1, "up": -1, "pagedown": page, "space": page, "pageup": -page, "home": -self._last()}
        if key in _LEAVING or key in _AGAIN:
            return Answer(MORE if self._more and key in _AGAIN else None)
        step = self._last() if key == "end" else steps.get(key, 0)
        self._top = max(0, min(self._top + step, self._last()))
        self.refresh()
        return None

    def _wrapped(self) -> list[Text]:
        return list(self._text.wrap(self.app.console, max(1, self.size.width)))

    def _last(self) -> int:
        """Give the last line that can be on top: from there on all the rest is in sight."""
        return max(0, len(self._wrapped()) - max(1, self.size.height))

    def render(self) -> Text:
        """Draw what is in sight; an arrow in the corner says that there is more."""
        lines, height = self._wrapped(), max(1, self.size.height)
        shown = Text("\n").join(lines[self._top : self._top + height])
        if self._top + height < len(lines):
            last = lines[self._top + height - 1].copy()
            last.truncate(self.size.width - 2, overflow="ellipsis", pad=True)
            shown = Text("\n").join([*lines[self._top : self._top + height - 1], last.append(" ▼", style="bold")])
        return shown
