"""`annotator predictions`: look at an extractor's output before anything is scored."""

import click

from annotator.cli.lazy_verbs import LazyVerbs

VERBS = (("check", "what a score would warn of or refuse, and where quotes were found"),)
"""Every verb with its one line of help."""


@click.group(cls=LazyVerbs, verbs=VERBS, package="annotator.cli.predictions", called="annotator predictions")
def command() -> None:
    """Check an extractor's output before it is scored.

    Example: annotator predictions check predictions.jsonl --gold gold/1.0.0
    """
