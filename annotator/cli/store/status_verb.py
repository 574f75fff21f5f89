"""`annotator store status`: where the store is, which shape it has, how much it holds."""

from dataclasses import asdict
from pathlib import Path

import click

from annotator.cli.options import json_option, print_json
from annotator.store.workspace import find_workspace
from annotator.workflow.storekeeping import look


@click.command("status")
@json_option
def command(as_json: bool) -> None:
    """Show where the work store is and what it holds. Nothing is changed, nor upgraded.

    Example: annotator store status --json
    """
    workspace = find_workspace(Path.cwd())
    if not workspace.work.is_dir():
        workspace.ready_for_work()
    facts = look(workspace.store_url)
    if as_json:
        print_json(asdict(facts) | {"state": facts.state})
        return
    click.echo(f"store   {facts.url}")
    click.echo(f"engine  {facts.engine}")
    click.echo(f"shape   {facts.shape or '-'} (this program knows {facts.known}): {facts.state}")
    click.echo(f"size    {facts.size / 1e6:.1f} MB")
    if facts.warning:
        click.echo(f"where   {facts.warning}")
    for table, rows in facts.rows.items():
        click.echo(f"  {table:<12} {rows:>10,}")
