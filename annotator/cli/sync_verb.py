"""`annotator sync`: what was decided in a checkout goes to the store that it was taken from."""

import os
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from annotator.cli.options import json_option, print_json
from annotator.cli.progress import progress
from annotator.cli.talk import shown, talk
from annotator.errors import Exit
from annotator.store.workspace import STORE_VARIABLE
from annotator.text.counted import counted
from annotator.workflow.in_checkout import required_checkout
from annotator.workflow.project import open_project
from annotator.workflow.sending import Came
from annotator.workflow.syncing import Sync, Synced


@click.command()
@click.option("--dry-run", is_flag=True, help="Only say what would be sent.")
@click.option("--more", type=click.IntRange(min=1), metavar="N", help="Take N further articles along afterwards.")
@json_option
def command(dry_run: bool, more: int | None, as_json: bool) -> int | None:
    """Send what you decided in this checkout, finish or prolong its leases, and say what went otherwise.

    A decision counts once, however often it is sent; broken off, the next sync goes on. What was sent stays here as
    well, until you delete the folder. It leaves with status 1 where something went otherwise, such as a lease that
    went to somebody else, and with 3 where the server does not answer. It goes to the store that it came from, or to
    what ANNOTATOR_STORE names, if that is the same one.

    Example: annotator sync --dry-run
    """
    project = open_project(Path.cwd())
    try:
        checkout = required_checkout(project.workspace)
        with progress("syncing", len(checkout.articles)) as step:
            came = Sync(project, checkout).run(os.environ.get(STORE_VARIABLE), more or 0, step, dry_run=dry_run)
    finally:
        project.close()
    if as_json:
        print_json(_plain(came, dry_run))
    else:
        _tell(came, dry_run)
    return Exit.NO if came.in_conflict else None


def _plain(came: Synced, dry_run: bool) -> dict[str, object]:
    articles = [asdict(one) for one in came.articles]
    told = {"sent": came.sent, "kept": came.kept, "articles": articles, "more": list(came.more)}
    return told | {"dry_run": dry_run, "waits_for_window": came.waits_for_window}


def _tell(came: Synced, dry_run: bool) -> None:
    width = max((len(one.article_id) for one in came.articles), default=0)
    for one in came.articles:
        click.echo(shown(f"{one.article_id:<{width}}  {', '.join(_said(one, dry_run))}"))
    for one in came.in_conflict:
        for conflict, told in one.conflicts.items():
            talk(f"annotator: {one.article_id}: {told} [{conflict}]")
    for article_id in came.more:
        click.echo(shown(f"{article_id:<{width}}  taken along"))
    if came.waits_for_window:
        talk("annotator: close what is open here and sync again, to see what you decided elsewhere.")
    if dry_run:
        talk(f"annotator: {counted(came.sent, 'decision')} would be sent; nothing was.")
    else:
        left = f", {came.kept} are kept here" if came.kept else ""
        talk(f"annotator: {counted(came.sent, 'decision')} sent{left}.")


def _said(one: Came, dry_run: bool) -> Iterator[str]:
    yield f"{one.sent} {'to send' if dry_run else 'sent'}"
    if one.elsewhere:
        yield f"{one.elsewhere} from elsewhere"
    if one.slot == "leased" and one.lease_until is not None:
        yield f"yours until {time.strftime('%Y-%m-%d %H:%M', time.localtime(one.lease_until / 1000))}"
    elif one.slot in ("done", "surplus"):
        yield one.slot
