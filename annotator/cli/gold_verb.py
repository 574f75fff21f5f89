"""`annotator gold`: look at releases and verify them."""

from pathlib import Path

import click

from annotator.cli.options import json_option, print_json
from annotator.cli.talk import shown, talk
from annotator.errors import Exit, Refusal
from annotator.gold.pin import parse_pinned
from annotator.store.releases import list_releases, load_release, verify_release
from annotator.store.workspace import find_workspace


@click.group()
def command() -> None:
    """List and verify gold versions.

    Example: annotator gold list
    """


@command.command("list")
@json_option
def list_verb(as_json: bool) -> None:
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


@command.command("verify")
@click.argument("gold", metavar="[GOLD]...", nargs=-1)
@json_option
def verify_verb(gold: tuple[str, ...], as_json: bool) -> int | None:
    """Hash every byte of releases again and check what they say; without GOLD all of this workspace's.

    Example: annotator gold verify gold/1.0.0
    """
    named = gold or tuple(str(path) for path in list_releases(find_workspace(Path.cwd()).gold))
    results = [(written, *_verified(written)) for written in named]
    if as_json:
        print_json([{"gold": written, "verifies": fine, "problems": lines} for written, fine, lines in results])
    for written, fine, lines in [] if as_json else results:
        click.echo(f"{written}: {'verifies' if fine else 'DOES NOT VERIFY'}")
        for line in lines:
            click.echo(shown(f"  {line}"))
    return None if all(fine for _, fine, _ in results) else Exit.NO


def _verified(written: str) -> tuple[bool, list[str]]:
    release, problems = verify_release(Path(parse_pinned(written).path))
    lines = [problem.line() for problem in problems]
    if release is None:
        return False, lines
    try:
        load_release(written)
    except Refusal as refusal:
        return False, [*lines, str(refusal)]
    return True, lines
