"""What can be asked for candidates, article by article, and how it is told when that fails. Asks nothing itself."""

from typing import Protocol

from annotator.errors import Refusal
from annotator.model.article import Article

SPACY = "spacy:"
"""Stands before the name of a spaCy pipeline."""


class Source(Protocol):
    """A system that is asked about one article at a time."""

    @property
    def system(self) -> str:
        """Its name, with its version where it has one: what its candidates are called by."""

    def ask(self, article: Article) -> bytes:
        """Give what it says of an article: JSON in a shape of predictions, or text in which such JSON stands.

        Raises `Refusal` (`finder.unreachable`, `finder.answer`, `finder.failed`) when it says nothing that can be used.
        """


def failure(system: str, error: BaseException) -> Refusal:
    """Give the refusal that tells of an exception in somebody else's code: what, and in which line of which file."""
    import traceback
    from pathlib import Path

    said = traceback.format_exception_only(error)[-1].strip()
    frames = traceback.extract_tb(error.__traceback__)
    where = f" ({Path(frames[-1].filename).name}, line {frames[-1].lineno})" if frames else ""
    return Refusal("finder.failed", f"{system} failed: {said}{where}.", "Tell whoever maintains it.")
