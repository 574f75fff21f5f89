"""`annotator gold`: look at releases, compare them, and verify them."""

import click

from annotator.cli.lazy_verbs import LazyVerbs

VERBS = (
    ("list", "the releases of this workspace"),
    ("show", "what a release says of an article, in the terminal or as a page"),
    ("diff", "what changed in meaning from one version to another"),
    ("verify", "hash every byte again and check what it says"),
)
"""Every verb with its one line of help."""


@click.group(cls=LazyVerbs, verbs=VERBS, package="annotator.cli.gold", called="annotator gold")
def command() -> None:
    """List, show, compare and verify gold versions.

    Example: annotator gold list
    """
