"""What can be asked for candidates, article by article, and which one a person means. Asks nothing itself."""

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


def find_source(written: str, *, timeout: float) -> Source:
    """Give the source that a person means by a URL, `spacy:PIPELINE` or the name of an installed finder.

    `timeout` is how many seconds a service may take for one article. Raises `Refusal` for what stands for none.
    """
    if written.startswith(("http://", "https://")):
        from annotator.workflow.elsewhere.service import Service

        return Service(written, timeout)
    if written.startswith(SPACY):
        from annotator.workflow.elsewhere.pipeline import load_pipeline

        return load_pipeline(written.removeprefix(SPACY))
    from annotator.workflow.elsewhere.plug_in import load_plug_in

    return load_plug_in(written)


def failure(system: str, error: BaseException) -> Refusal:
    """Give the refusal that tells of an exception in somebody else's code: what, and in which line of which file."""
    import traceback
    from pathlib import Path

    said = traceback.format_exception_only(error)[-1].strip()
    frames = traceback.extract_tb(error.__traceback__)
    where = f" ({Path(frames[-1].filename).name}, line {frames[-1].lineno})" if frames else ""
    return Refusal("finder.failed", f"{system} failed: {said}{where}.", "Tell whoever maintains it.")
