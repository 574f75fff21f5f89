"""`annotator import`: new and changed articles from the corpus folder, or work from another store or tool."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from annotator.cli.import_tools import people_given, take_tool_files
from annotator.cli.open_for_work import open_for_work
from annotator.cli.options import jobs_option, json_option, print_json
from annotator.cli.progress import progress
from annotator.cli.talk import complain, shown, talk
from annotator.errors import Exit, Refusal
from annotator.formats.tools.registry import FORMATS, Format, format_named
from annotator.formats.tools.units import UNITS, Unit
from annotator.text.counted import counted
from annotator.workflow.exchange import IMPORTS
from annotator.workflow.importing import copy_into_corpus, corpus_size, import_corpus, refuse_who_may_not_import
from annotator.workflow.opening import read_file
from annotator.workflow.tool_files import files_at
from annotator.workflow.tool_import import UNKNOWN_TYPES, Taking

_NAMES = [*sorted(IMPORTS), *(row.name for row in FORMATS if row.reads)]

_SHOWN = 20
"""Problems that are told before they are only counted; --json has them all."""


@click.command()
@click.argument("files", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--from", "source", type=click.Choice(_NAMES), help="Take in work: PATH is in this format.")
@click.option(
    "--person",
    "people",
    multiple=True,
    metavar="CALLED=NAME",
    help="With --from: who is behind a pseudonym or name of the file; NAME alone where it names nobody.",
)
@click.option("--labels", type=click.Path(path_type=Path), metavar="MAP", help="A TOML file: what its words are here.")
@click.option("--unit", type=click.Choice(UNITS), help="In what its offsets count, where no quotes tell.")
@click.option("--allow", type=click.Choice([UNKNOWN_TYPES]), multiple=True, help="Leave out what no map names.")
@click.option("--complete", is_flag=True, help="The articles were read to their end: what is not marked is not there.")
@click.option("--unfinished", is_flag=True, help="The work is not done; it is gone on with here.")
@click.option("--as-gold", is_flag=True, help="It is settled: it goes into the next release with its source named.")
@click.option("--dry-run", is_flag=True, help="Only tell what would be taken in.")
@jobs_option
@json_option
def command(
    files: tuple[Path, ...],
    source: str | None,
    people: tuple[str, ...],
    labels: Path | None,
    jobs: int,
    as_json: bool,
    **how: Any,
) -> int | None:
    """Take the corpus folder's articles into the store; PATHs are copied into it first.

    A FILE.txt is an article; a FILE.jsonl (or .jsonl.gz) holds many, one a line, and is read once. An import that was
    broken off goes on where it was.

    The same bytes change nothing. A changed text is a new version; work on the old one is kept. With --from, PATH holds
    work: a log of decisions on articles that are here already, or another tool's files or folder (`annotator formats`).
    All of it is taken in, or with an error nothing.

    Example: annotator import --from brat project/ --person ann1=miriam --person ann2=noor
    """
    row = None if source is None else format_named(source)
    given = [f"--{name.replace('_', '-')}" for name, value in {**how, "labels": labels}.items() if value]
    if row is not None:
        return _take_tool_files(row, files, people, labels, as_json=as_json, **how)
    if given:
        raise Refusal("usage", f"{given[0]} is for other tools' files.", "Leave it out, or name their --from.")
    if source is not None:
        return _take_work(source, files, people, as_json)
    if people:
        raise Refusal("usage", "--person is for --from.", "Add --from, or leave it out.")
    return _take_articles(files, jobs, as_json)


def _take_tool_files(
    row: Format,
    files: Sequence[Path],
    people: Sequence[str],
    labels: Path | None,
    *,
    as_json: bool,
    unit: Unit | None,
    allow: Sequence[str],
    complete: bool,
    unfinished: bool,
    as_gold: bool,
    dry_run: bool,
) -> int | None:
    if not files:
        raise Refusal("usage", "--from takes files or a folder, and none is named.", "Name one.")
    if unfinished and (complete or as_gold):
        raise Refusal("usage", "--unfinished work is neither complete nor gold.", "Leave one of them out.")
    given = people_given(people)
    taking = Taking(
        row=row,
        files=files_at(files, row.endings),
        people=given,
        unit=unit,
        allow=allow,
        stage="adjudicate" if as_gold else "label",
        complete=complete,
        finished=not unfinished,
    )
    return take_tool_files(taking, labels, dry_run=dry_run, as_json=as_json)


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
