"""The peers, as programs: a Textual application of one Static, and one of a stock TextArea with a text.

`python -m benchmarks.peers bare` or `python -m benchmarks.peers textarea FILE`.
"""

import sys
from pathlib import Path

from textual.app import App, ComposeResult
from textual.widgets import Static, TextArea


class Bare(App[None]):
    """One line that changes with every key."""

    ENABLE_COMMAND_PALETTE = False

    def compose(self) -> ComposeResult:
        yield Static("peer 0", markup=False)

    def on_key(self) -> None:
        self.pressed = getattr(self, "pressed", 0) + 1
        self.query_one(Static).update(f"peer {self.pressed}", layout=False)


class Stock(App[None]):
    """A text in a TextArea."""

    ENABLE_COMMAND_PALETTE = False

    def compose(self) -> ComposeResult:
        area = TextArea(Path(sys.argv[2]).read_text(encoding="utf-8"), read_only=True)
        area.cursor_blink = False  # each blink is a frame
        yield area

    def on_mount(self) -> None:
        self.query_one(TextArea).focus()


if __name__ == "__main__":
    (Bare() if sys.argv[1] == "bare" else Stock()).run()
