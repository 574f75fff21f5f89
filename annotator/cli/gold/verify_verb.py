"""`annotator gold verify`: whether releases are, to the last byte, what they say."""

from pathlib import Path

import click

from annotator.cli.options import json_option, print_json
from annotator.cli.talk import shown
from annotator.errors import Exit, Refusal
from annotator.gold.pin import parse_pinned
from annotator.store.releases import list_releases, load_release, verify_release
from annotator.store.workspace import find_workspace


@click.command("verify")
@click.argument("gold", metavar="[GOLD]...", nargs=-1)
@json_option
def command(gold: tuple[str, ...], as_json: bool) -> int | None:
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
