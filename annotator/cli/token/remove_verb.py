"""`annotator token remove`: take a person's token back."""

from pathlib import Path

import click

from annotator.store.workspace import find_workspace
from annotator.workflow.tokens import remove_token


@click.command("remove")
@click.argument("name")
def command(name: str) -> None:
    """Take the token of NAME back. Who is logged in with it is logged out within seconds; what they saved stays.

    Example: annotator token remove miriam
    """
    workspace = find_workspace(Path.cwd())
    workspace.ready_for_work()
    remove_token(workspace, name)
