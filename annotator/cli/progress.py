"""Telling whoever waits how far long work is: on standard error, on a terminal only, and not before a second."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_PATIENCE = 1.0
"""Seconds before anything is said."""

_EVERY = 0.1
"""Seconds between two updates."""


@contextmanager
def progress(doing: str) -> Iterator[Callable[[str], None]]:
    """Give a function to call with the name of each thing that is done; the line is wiped at the end."""
    started = last = time.monotonic()
    done = 0

    def step(name: str) -> None:
        nonlocal done, last
        done += 1
        now = time.monotonic()
        if sys.stderr.isatty() and now - started > _PATIENCE and now - last > _EVERY:
            last = now
            sys.stderr.write(f"\r\x1b[K{doing}: {done} ({name})")
            sys.stderr.flush()

    try:
        yield step
    finally:
        if last != started:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
