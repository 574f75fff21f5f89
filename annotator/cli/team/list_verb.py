"""`annotator team list`: who is in."""

from pathlib import Path

import click

from annotator.cli.options import json_option, print_json
from annotator.cli.talk import shown
from annotator.store.workspace import find_workspace
from annotator.workflow.storekeeping import opened
from annotator.workflow.team import members


@click.command("list")
@json_option
def command(as_json: bool) -> None:
    """List who is in or was, their roles and pseudonyms. Who is no lead sees nobody else.

    Example: annotator team list --json
    """
    with opened(find_workspace(Path.cwd()).store_url) as engine:
        found = members(engine)
    if as_json:
        print_json([one._asdict() for one in found])
        return
    width = max((len(one.name) for one in found), default=4)
    for one in found:
        click.echo(shown(f"{one.name:<{width}}  {one.role or 'no way in':<11}  {' '.join(one.pseudonyms)}"))
