"""`annotator checkout`: assigned articles in a folder of their own, to be labelled without a network."""

import time
from pathlib import Path

import click

from annotator.cli.open_for_work import open_for_work
from annotator.cli.options import as_option, json_option, print_json
from annotator.cli.progress import progress
from annotator.cli.talk import shown, talk
from annotator.errors import Refusal
from annotator.store.checkouts import FEWEST_DAYS, MOST_DAYS
from annotator.text.counted import counted
from annotator.workflow.checkout import DAY, DAYS, NUMBER, Wish, check_out, default_folder
from annotator.workflow.outgoing import send_waiting
from annotator.workflow.person import required_here


@click.command()
@click.argument("articles", nargs=-1, metavar="[ARTICLE]...")
@click.option("--to", "target", type=click.Path(path_type=Path), metavar="FOLDER", help="A new folder for it.")
@click.option(
    "--articles",
    "number",
    type=click.IntRange(min=1),
    metavar="N",
    help="How many, where none is named: what you have, then what comes next. [default: 10]",
)
@click.option(
    "--days",
    type=click.IntRange(FEWEST_DAYS, MOST_DAYS),
    default=DAYS,
    show_default=True,
    metavar="N",
    help="For how long they are kept for you; each sync asks for as long again.",
)
@as_option
@json_option
def command(
    articles: tuple[str, ...], target: Path | None, number: int | None, days: int, name: str | None, as_json: bool
) -> None:
    """Take ARTICLES, or the next ones that are assigned to you, out of the store into a folder of their own.

    The folder is a workspace of your own work: `annotator label` in it needs no network, and `annotator sync` in it
    sends what you did. Without --to it lies beside the workspace, as NAME-offline.

    Example: annotator checkout --articles 5 --days 10
    """
    if articles and number is not None:
        raise Refusal("usage", "Articles are named, or --articles says how many.", "Give one of the two.")
    project = open_for_work()
    try:
        if told := send_waiting(project):
            talk(f"annotator: {told}")
        person = required_here(project, name)
        folder = target or default_folder(project)
        with progress("checking out", len(articles) or None) as step:
            checkout = check_out(project, person, folder.absolute(), Wish(articles, number or NUMBER, days), step)
    finally:
        project.close()
    until = time.strftime("%Y-%m-%d %H:%M", time.localtime((checkout.taken_at + days * DAY) / 1000))
    if as_json:
        print_json({"folder": str(folder), **checkout.plain()})
        return
    for one in checkout.articles:
        click.echo(shown(f"{one.article_id}  {counted(one.sent, 'decision')} of yours so far"))
    talk(f"annotator: {counted(len(checkout.articles), 'article')} in {folder}, kept for you until {until}.")
    talk(f"  Open it: cd {folder} && annotator label. Send what you did: annotator sync, in that folder.")
