"""`annotator token list`: who has a token."""

from pathlib import Path

import click

from annotator.cli.options import json_option, print_json
from annotator.cli.talk import shown
from annotator.store.tokens import read_tokens
from annotator.store.workspace import find_workspace


@click.command("list")
@json_option
def command(as_json: bool) -> None:
    """List who has a token, since when and what for. The tokens themselves are kept nowhere.

    Example: annotator token list
    """
    tokens = read_tokens(find_workspace(Path.cwd()))
    if as_json:
        print_json([{"name": token.name, "made": token.made, "stages": token.stages} for token in tokens])
        return
    for token in tokens:
        click.echo(shown(f"{token.made}  {' and '.join(token.stages):<20}  {token.name}"))
