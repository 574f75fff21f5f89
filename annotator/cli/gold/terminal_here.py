"""Whether output goes to a terminal that can place text, and how such a one is written to. Asks nothing of a pipe."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.errors import Refusal
from annotator.model.settings import ScreenSettings
from annotator.store.workspace import find_workspace

if TYPE_CHECKING:
    from annotator.tui.printed import Printer


@contextmanager
def printer_here() -> Iterator["Printer | None"]:
    """Give what writes to the terminal that standard output is; None for a pipe, a file, or a terminal that is dumb.

    Around it the terminal is told what its way of writing needs.
    """
    if not sys.stdout.isatty() or os.environ.get("TERM", "dumb") == "dumb":
        yield None
        return
    from annotator.tui.palette import palette_of
    from annotator.tui.printed import Printer
    from annotator.tui.terminal import way_of_writing
    from annotator.workflow.first_time import remembered

    screen, answered = ScreenSettings(), dict[str, str]()
    with suppress(Refusal):  # gold is looked at outside of workspaces as well
        workspace = find_workspace(Path.cwd())
        screen, answered = workspace.settings.screen, dict(remembered(workspace).writing)
    way = way_of_writing(screen.bidi, answered=answered)
    _send(way.enter)
    try:
        yield Printer.here(way.mode, palette_of(screen.theme, colours="NO_COLOR" not in os.environ))
    finally:
        _send(way.leave)


def _send(sequence: str) -> None:
    if sequence:
        sys.stdout.write(sequence)
        sys.stdout.flush()
