"""`annotator store`: look after the work store as a whole."""

import click

from annotator.cli.lazy_verbs import LazyVerbs

VERBS = (
    ("status", "where the store is, which shape it has, how much it holds"),
    ("upgrade", "bring it to the shape that this program knows"),
    ("copy", "copy it whole into another one, SQLite or PostgreSQL"),
    ("recover", "bring back what is intact of a damaged SQLite file"),
)
"""Every verb with its one line of help."""


@click.group(cls=LazyVerbs, verbs=VERBS, package="annotator.cli.store", called="annotator store")
def command() -> None:
    """Look at the work store, upgrade it, copy it to another engine, recover a damaged one.

    Example: annotator store status
    """
