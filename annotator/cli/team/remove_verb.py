"""`annotator team remove`: somebody is let in no more."""

from pathlib import Path

import click

from annotator.cli.talk import talk
from annotator.store.workspace import find_workspace
from annotator.text.counted import counted
from annotator.workflow.storekeeping import opened
from annotator.workflow.team import remove


@click.command("remove")
@click.argument("name")
def command(name: str) -> None:
    """Let NAME in no more, at once. Their decisions stay and count; what they held and did not finish goes to others.

    Example: annotator team remove noor
    """
    with opened(find_workspace(Path.cwd()).store_url) as engine:
        back = remove(engine, name)
    click.echo(f"{counted(back, 'slot')} given back")
    talk(f"annotator: {name} may do nothing here any more; what they decided stays.")
