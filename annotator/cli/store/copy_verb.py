"""`annotator store copy`: a whole store into another one."""

from pathlib import Path

import click

from annotator.cli.open_for_work import warn_of
from annotator.cli.options import json_option, print_json
from annotator.cli.progress import progress
from annotator.cli.talk import talk
from annotator.store.workspace import find_workspace
from annotator.workflow.storekeeping import copy, warning_of


@click.command("copy")
@click.argument("to")
@click.option("--from", "source", metavar="URL", help="The store to copy; otherwise that of the workspace here.")
@json_option
def command(to: str, source: str | None, as_json: bool) -> None:
    """Copy the work store into the empty store TO, a URL, all or nothing; every row is compared when it is there.

    TO is postgresql://USER@HOST/NAME or sqlite:////absolute/file.db. The copied store stays as it is.

    Example: annotator store copy postgresql://lead@db.example.org/syria
    """
    url = source or find_workspace(Path.cwd()).store_url
    for store in (url, to):
        warn_of(warning_of(store))
    with progress("copying") as begun:
        held = copy(url, to, begun)
    if as_json:
        print_json({name: {"rows": one.rows, "digest": f"{one.digest:064x}"} for name, one in held.items()})
        return
    for name, one in held.items():
        click.echo(f"  {name:<12} {one.rows:>10,}  {one.digest:064x}"[:60])
    talk("annotator: both hold the same. Set [store] url in annotator.toml, or ANNOTATOR_STORE, to work in the copy.")
