"""Looking through errors on a terminal, or in the browser's window that we are served to. Loads screens late."""

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from annotator.cli.served import end_with_the_server, is_served

if TYPE_CHECKING:
    from annotator.scoring.errors import ScoringError


def can_browse() -> bool:
    """Tell whether somebody is there to look: the screens need a terminal to be read from and to be drawn on."""
    return is_served() or (sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty())


def browse(errors: "Sequence[ScoringError]", texts: Mapping[str, str], gold: str, predictions: str) -> None:
    """Show the errors of `predictions` against `gold`, both as a person names them, until that is left.

    `texts` are the article texts at hand by article id. Raises `Refusal` as `browsing` does.
    """
    from annotator.cli.open_screens import on_the_terminal
    from annotator.tui.error_app import ErrorApp
    from annotator.workflow.error_browsing import browsing

    if is_served():
        end_with_the_server()
    about = f"{gold} against {predictions}"
    with browsing(errors, texts, gold) as browsed:
        on_the_terminal(browsed.reading.workspace, lambda way: ErrorApp(browsed, about, way.mode))
