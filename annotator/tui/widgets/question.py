"""What a question in the side panel is: it takes keys one by one until it is answered or left.

A question never takes the focus and never answers by message: the application hands it the keys in the order in
which they were pressed, and the key after the answer is already the next thing's, however fast it follows.
"""

from dataclasses import dataclass

from textual.widget import Widget

from annotator.tui.layout import BidiMode


@dataclass(frozen=True, slots=True)
class Answer:
    """The end of a question."""

    value: str | None
    """What was answered; None when the person left it."""


class Question(Widget):
    """Something that is asked in the side panel."""

    DEFAULT_CSS = "Question { height: 1fr; padding: 0 1; }"

    mode: BidiMode = BidiMode.GUARD
    """How right-to-left text is written."""

    def take(self, key: str, character: str | None) -> Answer | None:
        """Take a key; give the answer if this was it."""
        raise AssertionError(f"{self!r} does not say what {key} ({character}) does")

    def paste(self, written: str) -> None:
        """Take what was pasted, where that means anything."""
