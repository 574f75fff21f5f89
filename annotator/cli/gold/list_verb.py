"""`annotator gold list`: the releases of this workspace."""

from pathlib import Path

import click

from annotator.cli.options import json_option, print_json
from annotator.cli.talk import talk
from annotator.store.releases import list_releases, verify_release
from annotator.store.workspace import find_workspace


@click.command("list")
@json_option
def command(as_json: bool) -> None:
    """List the releases of this workspace, oldest first, each with its pin.

    Example: annotator gold list --json
    """
    rows = []
    for path in list_releases(find_workspace(Path.cwd()).gold):
        release = verify_release(path)[0]
        manifest = release.manifest if release else None
        rows.append(
            {
                "version": path.name,
                "verifies": release is not None,
                "articles": len(manifest.articles) if manifest else None,
                "pin": f"gold/{path.name}#sha256:{release.manifest_sha256}" if release else None,
            }
        )
    if as_json:
        print_json(rows)
    elif not rows:
        talk("There is no release yet. `annotator release` cuts the first.")
    for row in [] if as_json else rows:
        click.echo(f"{row['version']:<10} {row['articles'] or '?':>6} articles  {row['pin'] or 'DOES NOT VERIFY'}")
