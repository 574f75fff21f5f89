"""`annotator guidelines`: the guidelines as one page, what work has shown of them, and what they become."""

import click

from annotator.cli.lazy_verbs import LazyVerbs

VERBS = (
    ("build", "pages and schema as one HTML page"),
    ("gaps", "where adjudicators found that the guidelines do not say"),
    ("migrate", "carry a new version of the schema out in what was labelled"),
    ("skeleton", "a first schema, made of brat's annotation.conf"),
)
"""Every verb with its one line of help."""


@click.group(cls=LazyVerbs, verbs=VERBS, package="annotator.cli.guidelines", called="annotator guidelines")
def command() -> None:
    """Write the guidelines as one page, show what their next revision should settle, and carry it out.

    Example: annotator guidelines build --out guidelines.html
    """
