"""`annotator import`: new and changed articles from the corpus folder, or work from another store."""

from collections.abc import Sequence
from pathlib import Path

import click

from annotator.cli.open_for_work import open_for_work
from annotator.cli.options import jobs_option, json_option, print_json
from annotator.cli.progress import progress
from annotator.cli.talk import complain, shown, talk
from annotator.errors import Exit, Refusal
from annotator.text.counted import counted
from annotator.workflow.exchange import IMPORTS
from annotator.workflow.importing import copy_into_corpus, corpus_size, import_corpus, refuse_who_may_not_import
from annotator.workflow.opening import read_file

_SHOWN = 20
"""Problems that are told before they are only counted; --json has them all."""


@click.command()
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--from", "source", type=click.Choice(sorted(IMPORTS)), help="Take in work: FILE is in this format.")
@click.option(
    "--person",
    "people",
    multiple=True,
    metavar="PSEUDONYM=NAME",
    help="With --from: who is behind a pseudonym of the file. May be repeated.",
)
@jobs_option
@json_option
def command(
    files: tuple[Path, ...], source: str | None, people: tuple[str, ...], jobs: int, as_json: bool
) -> int | None:
    """Take the corpus folder's articles into the store; FILEs are copied into it first.

    A FILE.txt is an article; a FILE.jsonl (or .jsonl.gz) holds many, one a line, and is read once. An import that was
    broken off goes on where it was.

    The same bytes change nothing. A changed text is a new version; work on the old one is kept. With --from, FILE holds
    work on articles that are here already: all of it is taken in, or with a problem nothing.

    Example: annotator import --from decisions gold/decisions.jsonl --person j1=miriam
    """
    if source is not None:
        return _take_work(source, files, people, as_json)
    if people:
        raise Refusal("usage", "--person is for --from.", "Add --from, or leave it out.")
    return _take_articles(files, jobs, as_json)


def _take_articles(files: Sequence[Path], jobs: int, as_json: bool) -> int | None:
    project = open_for_work()
    try:
        refuse_who_may_not_import(project)
        refusals = copy_into_corpus(project, files)
        with progress("taking articles in", corpus_size(project)) as step:
            report = import_corpus(project, step, jobs)
    finally:
        project.close()
    refusals += report.refusals
    status = complain(refusals)
    if as_json:
        print_json(
            {"articles": report.arrivals, "files": report.files, "refused": [refusal.what for refusal in refusals]}
        )
    else:
        for article_id, arrival in report.arrivals.items():
            click.echo(f"{arrival:<9}  {article_id}")
        for file, counts in report.files.items():
            click.echo(f"{', '.join(f'{number:,} {what}' for what, number in counts.items())}  {shown(file)}")
    return status


def _take_work(source: str, files: Sequence[Path], people: Sequence[str], as_json: bool) -> int | None:
    if len(files) != 1:
        raise Refusal("usage", f"--from takes one FILE, not {len(files)}.", "Name the file that holds the work.")
    who = dict(map(_who, people))
    data = read_file(files[0])
    project = open_for_work()
    try:
        came = IMPORTS[source](project, data, str(files[0]), who)
    finally:
        project.close()
    for problem in came.problems[:_SHOWN]:
        talk(problem.line())
    if as_json:
        problems = [problem.plain() for problem in came.problems]
        print_json({"taken": came.taken, "there": came.there, "strangers": list(came.strangers), "problems": problems})
    if came.problems:
        more = len(came.problems) - _SHOWN
        talk(f"nothing was taken in{f', and {more} more problems' if more > 0 else ''}")
        return Exit.BAD_INPUT
    if not as_json:
        click.echo(f"{counted(came.taken, 'decision')} taken in, {came.there} were here already")
    if came.strangers:
        talk(f"Nobody here works as {', '.join(came.strangers)}; to go on as one of them: --person PSEUDONYM=NAME.")
    return None


def _who(written: str) -> tuple[str, str]:
    pseudonym, mark, name = written.partition("=")
    if not (pseudonym and mark and name):
        raise Refusal("usage", f"{written!r} does not say who is who.", "Write --person PSEUDONYM=NAME, as j1=miriam.")
    return pseudonym, name
