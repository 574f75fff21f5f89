"""Telling whoever waits how far long work is: on standard error, on a terminal only, and not before a second.

A thread of its own tells it, so that one thing that takes long is seen to be worked on.
"""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from annotator.text.display import display

_PATIENCE = 1.0
"""Seconds before anything is said."""

_EVERY = 0.2
"""Seconds between two updates."""


@contextmanager
def progress(doing: str) -> Iterator[Callable[[str], None]]:
    """Give a function to call with the name of each thing before it is done; the line is wiped at the end."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    begun: list[str] = []
    ended = threading.Event()

    def tell() -> None:
        pause = _PATIENCE
        while not ended.wait(pause):
            pause = _EVERY
            name = f" ({display(begun[-1])})" if begun else ""
            _write(f"\r\x1b[K{doing}: {len(begun)}{name}")
        if pause == _EVERY:
            _write("\r\x1b[K")

    teller = threading.Thread(target=tell, name="progress", daemon=True)
    teller.start()
    try:
        yield begun.append
    finally:
        ended.set()
        teller.join()


def _write(line: str) -> None:
    sys.stderr.write(line)
    sys.stderr.flush()
