"""Telling whoever waits how far long work is: on standard error, on a terminal only, and not before a second.

A thread of its own tells it, so that one thing that takes long is seen to be worked on.
"""

import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from annotator.text.display import display

_PATIENCE = 1.0
"""Seconds before anything is said."""

_EVERY = 0.2
"""Seconds between two updates."""

_CELLS = 20
"""Cells of the bar."""


class Begun:
    """What was begun: how many things, and the last of them. A million names would be kept for nothing else."""

    def __init__(self, number: int = 0, last: str = "") -> None:
        self.number, self.last = number, last

    def add(self, name: str) -> None:
        """Begin a thing."""
        self.last = name
        self.number += 1


@contextmanager
def progress(doing: str, of: int | None = None) -> Iterator[Callable[[str], None]]:
    """Give a function to call with the name of each thing before it is done; the line is wiped at the end.

    Where it is known `of` how many things there are, a bar and the time that is left are shown as well.
    """
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    begun = Begun()
    ended = threading.Event()
    start = time.monotonic()

    def tell() -> None:
        pause = _PATIENCE
        while not ended.wait(pause):
            pause = _EVERY
            line = told(doing, begun, of, time.monotonic() - start)
            _write(f"\r\x1b[K{line[: shutil.get_terminal_size().columns - 1]}")
        if pause == _EVERY:
            _write("\r\x1b[K")

    teller = threading.Thread(target=tell, name="progress", daemon=True)
    teller.start()
    try:
        yield begun.add
    finally:
        ended.set()
        teller.join()


def told(doing: str, begun: Begun, of: int | None, seconds: float) -> str:
    """Give the line that says how far it is, `seconds` after it began."""
    name = f" ({display(begun.last)})" if begun.last else ""
    if not of:
        return f"{doing}: {begun.number}{name}"
    done = min(max(0, begun.number - 1), of)
    filled = _CELLS * done // of
    bar = f"[{'#' * filled}{'.' * (_CELLS - filled)}]"
    rate = done / seconds if seconds else 0.0
    left = f", {_rate(rate)}, {_time((of - done) / rate)} left" if rate else ""
    return f"{doing} {bar} {done} of {of}{left}{name}"


def _rate(each_second: float) -> str:
    return f"{each_second:.0f}/s" if each_second >= 10 else f"{each_second:.1f}/s"


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    if minutes >= 60:
        return f"{minutes // 60} h {minutes % 60} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def _write(line: str) -> None:
    sys.stderr.write(line)
    sys.stderr.flush()
