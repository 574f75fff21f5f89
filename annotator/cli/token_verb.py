"""`annotator token`: who may log in to the page that `annotator serve --team` opens."""

import click

from annotator.cli.lazy_verbs import LazyVerbs

VERBS = (
    ("add", "make a person's token, in place of the one they had"),
    ("list", "who has one, for what, since when"),
    ("remove", "take one back, and close its windows"),
)
"""Every verb with its one line of help."""


@click.group(cls=LazyVerbs, verbs=VERBS, package="annotator.cli.token", called="annotator token")
def command() -> None:
    """Make, list and take back the tokens by which people log in to `annotator serve --team`.

    Example: annotator token add miriam
    """
