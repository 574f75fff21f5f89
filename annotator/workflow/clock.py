"""How long a person has been at work on an article: time between keys, longer pauses left out. It knows no screen."""

import time

IDLE_MS = 120_000
"""Milliseconds between two keys from which on nobody was at it: reading a long paragraph takes less."""


class Clock:
    """Counts the time between keys."""

    def __init__(self, active_ms: int = 0) -> None:
        """Go on from `active_ms`, milliseconds that were counted before."""
        self.active_ms = active_ms
        """Time spent so far, in milliseconds."""
        self._last: int | None = None

    def tick(self) -> None:
        """Say that the person just did something."""
        now = time.monotonic_ns() // 1_000_000
        if self._last is not None and now - self._last < IDLE_MS:
            self.active_ms += now - self._last
        self._last = now
