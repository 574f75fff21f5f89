"""`annotator adjudicate`: settle what annotators disagree on."""

import click

from annotator.cli.open_screens import open_screens
from annotator.cli.options import as_option


@click.command()
@click.argument("article", required=False)
@as_option
def command(article: str | None, name: str | None) -> None:
    """Adjudicate ARTICLE (its id, or the beginning of it), or choose one from the queue (j).

    Example: annotator adjudicate 003 --as noor
    """
    open_screens(article, "adjudicate", name)
