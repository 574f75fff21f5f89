"""`annotator team`: who may work in a store on PostgreSQL, and how far."""

import click

from annotator.cli.lazy_verbs import LazyVerbs

VERBS = (
    ("add", "let somebody in as annotator, adjudicator or lead, or change that"),
    ("list", "who is in, as what, under which pseudonyms"),
    ("remove", "let somebody in no more; their work stays"),
)
"""Every verb with its one line of help."""


@click.group(cls=LazyVerbs, verbs=VERBS, package="annotator.cli.team", called="annotator team")
def command() -> None:
    """Let people into a team's store on PostgreSQL, each by a password of their own.

    The server itself then sees to it that annotators read their own work only and nobody changes a decision. On SQLite
    there is no such thing: whoever can open the file can read all of it.

    Example: annotator team add noor --role annotator
    """
