"""Which windows are open in whose sessions, and whether there is room for another: each is a program of its own."""

from typing import Generic, TypeVar

from annotator.cli.team_page.sessions import Session, Sessions

Window = TypeVar("Window")

EACH = 4
"""Windows that a person may have open at once."""


class Windows(Generic[Window]):
    """The open windows."""

    def __init__(self, in_all: int) -> None:
        """Have room for so many."""
        self._in_all = in_all
        self._open: dict[Window, Session] = {}

    def why_not(self, name: str) -> str:
        """Give the sentence for a person who gets no other window; empty when they do."""
        if sum(1 for session in self._open.values() if session.token.name == name) >= EACH:
            return f"You have {EACH} windows open already. Close one, and open this page again."
        if len(self._open) >= self._in_all:
            return "As many windows are open as this server has room for. Try again later."
        return ""

    def add(self, window: Window, session: Session) -> None:
        """Know that a window opens."""
        self._open[window] = session

    def remove(self, window: Window) -> None:
        """Know that a window is closed."""
        del self._open[window]

    def of_ended(self, sessions: Sessions) -> list[Window]:
        """Give the windows whose sessions have ended."""
        return [window for window, session in self._open.items() if not sessions.lives(session)]

    def __len__(self) -> int:
        return len(self._open)
