"""`annotator gold verify`: whether releases are, to the last byte, what they say."""

from pathlib import Path
from typing import NamedTuple

import click

from annotator.cli.options import json_option, print_json
from annotator.cli.talk import shown
from annotator.errors import Exit, Refusal
from annotator.gold.pin import parse_pinned
from annotator.store.releases import list_releases, load_release, release_before, verify_release, who_signed
from annotator.store.workspace import find_workspace


@click.command("verify")
@click.argument("gold", metavar="[GOLD]...", nargs=-1)
@click.option(
    "--signers",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Each must be signed by somebody whom this file names (ssh-keygen's allowed_signers).",
)
@click.option("--identity", metavar="NAME", help="With --signers: by this one of them.")
@json_option
def command(gold: tuple[str, ...], signers: Path | None, identity: str | None, as_json: bool) -> int | None:
    """Hash every byte of releases again and check what they say; without GOLD all of this workspace's.

    Where the release that one follows lies beside it, it must be the very one that the manifest names.

    Example: annotator gold verify gold/1.0.0 --signers allowed_signers
    """
    if identity is not None and signers is None:
        raise Refusal("usage", "--identity is for --signers.", "Name the file that says whose key is whose.")
    named = gold or tuple(str(path) for path in list_releases(find_workspace(Path.cwd()).gold))
    results = [_verified(written, signers, identity) for written in named]
    if as_json:
        print_json([one._asdict() for one in results])
    for one in [] if as_json else results:
        by = f", signed by {one.signed_by}" if one.signed_by else ""
        click.echo(shown(f"{one.gold}: {f'verifies{by}' if one.verifies else 'DOES NOT VERIFY'}"))
        for line in one.problems:
            click.echo(shown(f"  {line}"))
    return None if all(one.verifies for one in results) else Exit.NO


class _Verified(NamedTuple):
    gold: str
    verifies: bool
    problems: list[str]
    signed_by: str | None = None


def _verified(written: str, signers: Path | None, identity: str | None) -> _Verified:
    path = Path(parse_pinned(written).path)
    release, problems = verify_release(path)
    if release is not None and (before := release_before(path, release)) is not None:
        release, problems = verify_release(path, before)
    lines = [problem.line() for problem in problems]
    if release is None:
        return _Verified(written, False, lines)
    try:
        load_release(written)
        by = who_signed(path, release, signers, identity)
    except Refusal as refusal:
        if refusal.exit is not Exit.NO:
            raise
        return _Verified(written, False, [str(refusal), *lines])
    return _Verified(written, True, lines, by)
