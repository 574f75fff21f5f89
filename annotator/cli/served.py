"""What a program does when a browser shows its screens, and not a terminal: it ends when its page's server ends."""

import os
import select
import signal
import sys
from collections.abc import Sequence
from threading import Thread
from typing import get_args

from annotator.model.decision import Stage

STAGES_VARIABLE = "ANNOTATOR_STAGES"
"""Environment variable by which the page's server says what a window's program may do, words between commas."""


def is_served() -> bool:
    """Say whether a browser shows the screens: textual-serve then names the driver that sends them there."""
    return os.environ.get("TEXTUAL_DRIVER", "").endswith(":WebDriver")


def allowed_stages() -> Sequence[Stage]:
    """Give what may be done here: everything, unless a server says less. A word that is not known allows nothing."""
    said = os.environ.get(STAGES_VARIABLE)
    return [stage for stage in get_args(Stage) if said is None or stage in said.split(",")]


def end_with_the_server() -> None:
    """End as SIGTERM ends us, everything saved, when the server is gone.

    Textual would go on without input, and keep the article locked.
    """
    Thread(target=_wait_for_the_end, name="server-watch", daemon=True).start()


def _wait_for_the_end() -> None:
    waiting = select.poll()
    waiting.register(sys.__stdin__ or 0, 0)  # hanging up is reported unasked, and nothing else is asked for
    waiting.poll()
    os.kill(os.getpid(), signal.SIGTERM)
