"""`annotator import`: new and changed articles from the corpus folder, or copied into it first."""

from pathlib import Path

import click

from annotator.cli.options import json_option, print_json
from annotator.cli.progress import progress
from annotator.cli.talk import talk
from annotator.workflow.importing import copy_into_corpus, import_corpus
from annotator.workflow.project import open_project


@click.command()
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path(path_type=Path))
@json_option
def command(files: tuple[Path, ...], as_json: bool) -> int | None:
    """Take the corpus folder's articles into the store; FILEs are copied into it first.

    The same bytes change nothing. A changed text is a new version; work on the old one is kept.

    Example: annotator import ~/downloads/*.txt
    """
    project = open_project(Path.cwd())
    refusals = copy_into_corpus(project, files)
    with progress("taking articles in") as step:
        report = import_corpus(project, step)
    project.close()
    refusals += report.refusals
    for refusal in refusals:
        talk(f"annotator: {refusal}")
    if as_json:
        print_json({"articles": report.arrivals, "refused": [refusal.what for refusal in refusals]})
    else:
        for article_id, arrival in report.arrivals.items():
            click.echo(f"{arrival:<9}  {article_id}")
    return refusals[0].exit if refusals else None
