"""Whose turn it is to write to a SQLite file.

SQLite lets whoever asks at the right moment go first, and who waits longer asks less often: of 32 writers one got 8
commits while another got 196. Here they queue at a lock beside the file, which the kernel gives in the order of asking.
It is a courtesy alone: what keeps writers apart is SQLite's own lock, and who gets no turn in time goes on without.
"""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

from sqlalchemy import Engine

TURN = "-turn"
"""How the name of the file ends that is locked: `work.db-turn`. It is empty, and may be taken away at any time."""

_OPENED = os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK

_PATIENCE = 2.0
"""Seconds after which one goes on without a turn: somebody who has it may hang."""


@contextmanager
def in_turn(engine: Engine) -> Iterator[None]:
    """Wait for the turn to write to a SQLite file, and have it until the block is left; a server sees to it itself."""
    with ExitStack() as held:
        if engine.dialect.name == "sqlite":
            with suppress(OSError):  # a disk that takes no new file, or knows no locks
                descriptor = os.open(f"{engine.url.database}{TURN}", _OPENED, 0o666)
                held.callback(os.close, descriptor)  # which gives the turn away, as the end of the program does
                _wait_for(descriptor)
        yield


def _wait_for(descriptor: int) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        waiting = threading.Thread(target=_take, args=(os.dup(descriptor),), name="turn", daemon=True)
        waiting.start()
        waiting.join(_PATIENCE)


def _take(same: int) -> None:
    """Lock the file of a copied descriptor; the lock lasts as long as the original, also when that is gone already."""
    try:
        fcntl.flock(same, fcntl.LOCK_EX)
    finally:
        os.close(same)
