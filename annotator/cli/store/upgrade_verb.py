"""`annotator store upgrade`: bring a store to the shape that this program knows."""

from pathlib import Path

import click

from annotator.cli.open_for_work import warn_of
from annotator.store.workspace import find_workspace
from annotator.workflow.storekeeping import upgrade, warning_of


@click.command("upgrade")
def command() -> None:
    """Upgrade the work store, in one transaction. Older programs refuse it from then on: make a backup first.

    A SQLite store is upgraded by itself when it is opened; one on a server only by this.

    Example: annotator store upgrade
    """
    workspace = find_workspace(Path.cwd())
    workspace.ready_for_work()
    warn_of(warning_of(workspace.store_url))
    before, after = upgrade(workspace.store_url)
    click.echo(
        f"The store is up to date ({after})." if before == after else f"Upgraded: {before or 'empty'} → {after}."
    )
