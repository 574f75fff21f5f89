"""What can be asked for candidates, article by article, and how it is told when that fails. Asks nothing itself."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import Protocol

from annotator.errors import Refusal
from annotator.model.article import Article

SPACY = "spacy:"
"""Stands before the name of a spaCy pipeline."""

_SHOWN = 200
"""Characters of what somebody else's code says when it fails; where it failed is told behind them."""


@contextmanager
def others_code(system: str) -> Iterator[None]:
    """Hold somebody else's code: what it prints is talk, and what it raises is the `Refusal` that tells of it."""
    try:
        with redirect_stdout(sys.stderr):
            yield
    except (Exception, SystemExit) as error:  # noqa: BLE001 - somebody else's code may raise anything
        raise failure(system, error) from None


class Source(Protocol):
    """A system that is asked about one article at a time."""

    @property
    def system(self) -> str:
        """Its name, with its version where it has one: what its candidates are called by."""

    def speaks(self, language: str) -> bool:
        """Tell whether it is to be asked about articles of a language (`en`, `ar`)."""

    def asides(self) -> list[str]:
        """Give, after the last article, what is worth telling once for all of them."""

    def ask(self, article: Article) -> bytes:
        """Give what it says of an article: JSON in a shape of predictions, or text in which such JSON stands.

        Raises `Refusal` (`finder.unreachable`, `finder.answer`, `finder.failed`) when it says nothing that can be used.
        """


def failure(system: str, error: BaseException) -> Refusal:
    """Give the refusal that tells of an exception in somebody else's code: what, and in which line of which file."""
    import traceback

    said = " ".join(traceback.format_exception_only(error)[-1].split())
    said = said if len(said) <= _SHOWN else f"{said[: _SHOWN - 1]}…"
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).parent != Path(__file__).parent
    ]
    where = f" ({Path(frames[-1].filename).name}, line {frames[-1].lineno})" if frames else ""
    return Refusal("finder.failed", f"{system} failed: {said}{where}.", "Tell whoever maintains it.")
