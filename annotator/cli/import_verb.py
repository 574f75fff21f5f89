"""`annotator import`: new and changed articles from the corpus folder, or copied into it first."""

from pathlib import Path

import click

from annotator.cli.options import jobs_option, json_option, print_json
from annotator.cli.progress import progress
from annotator.cli.talk import complain
from annotator.workflow.importing import copy_into_corpus, corpus_size, import_corpus
from annotator.workflow.project import open_project


@click.command()
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path(path_type=Path))
@jobs_option
@json_option
def command(files: tuple[Path, ...], jobs: int, as_json: bool) -> int | None:
    """Take the corpus folder's articles into the store; FILEs are copied into it first.

    The same bytes change nothing. A changed text is a new version; work on the old one is kept.

    Example: annotator import ~/downloads/*.txt --jobs 2
    """
    project = open_project(Path.cwd())
    refusals = copy_into_corpus(project, files)
    with progress("taking articles in", corpus_size(project)) as step:
        report = import_corpus(project, step, jobs)
    project.close()
    refusals += report.refusals
    status = complain(refusals)
    if as_json:
        print_json({"articles": report.arrivals, "refused": [refusal.what for refusal in refusals]})
    else:
        for article_id, arrival in report.arrivals.items():
            click.echo(f"{arrival:<9}  {article_id}")
    return status
