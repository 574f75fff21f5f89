"""`annotator label`: the queue, or one article, on the labelling screen."""

import click

from annotator.cli.open_screens import open_screens
from annotator.cli.options import as_option


@click.command()
@click.argument("article", required=False)
@as_option
def command(article: str | None, name: str | None) -> None:
    """Label ARTICLE (its id, or the beginning of it), or choose one from the queue.

    Example: annotator label 003 --as miriam
    """
    open_screens(article, "label", name)
