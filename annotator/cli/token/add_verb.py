"""`annotator token add`: make a person's token."""

from pathlib import Path
from typing import get_args

import click

from annotator.cli.talk import talk
from annotator.model.decision import Stage
from annotator.store.workspace import find_workspace
from annotator.workflow.tokens import add_token


@click.command("add")
@click.argument("name")
@click.option(
    "--only", type=click.Choice(get_args(Stage)), help="What they may do with it. Without this, label and adjudicate."
)
def command(name: str, only: Stage | None) -> None:
    """Make a token with which NAME logs in, and print it. It is shown this once; a former one is worth nothing then.

    Example: annotator token add miriam --only label
    """
    workspace = find_workspace(Path.cwd())
    workspace.ready_for_work()
    given = add_token(workspace, name, (only,) if only else get_args(Stage))
    click.echo(given)
    talk(f"annotator: give this to {name} alone, on a way that nobody reads along. It is not shown again.")
