"""`annotator suggest`: run the finders over all articles; the output is predictions in the full shape."""

import sys
from collections.abc import Collection
from pathlib import Path
from typing import get_args

import click

from annotator.cli.elsewhere import let_go, take
from annotator.cli.open_for_work import open_for_work
from annotator.cli.options import RealRange, jobs_option, json_option, print_json, refuse_missing_folder
from annotator.cli.progress import progress
from annotator.cli.talk import complain, shown, talk
from annotator.errors import Refusal
from annotator.scoring.proposals import Outcome
from annotator.store.articles import count_articles
from annotator.store.atomic import growing_file, held_back
from annotator.text.counted import counted
from annotator.workflow.baseline import prediction_lines
from annotator.workflow.dask_cluster import Jobs, scheduler_at
from annotator.workflow.differing import told_cases
from annotator.workflow.importing import corpus_size, import_corpus
from annotator.workflow.measuring import measure
from annotator.workflow.project import Project


@click.command()
@click.option("--out", metavar="FILE", type=click.Path(path_type=Path), help="Write there instead of standard output.")
@click.option(
    "--report", "gold", metavar="GOLD", help="Print recall and precision of the candidates against GOLD instead."
)
@click.option(
    "--list",
    "outcomes",
    multiple=True,
    type=click.Choice(get_args(Outcome)),
    help="With --report: tell each such case. May be repeated.",
)
@click.option(
    "--from", "source", metavar="X", help="Take in what X proposes: a file, a URL, spacy:PIPELINE, an installed finder."
)
@click.option("--system", metavar="NAME", help="With --from: whose proposals they are where they do not say.")
@click.option(
    "--allow",
    multiple=True,
    metavar="RULE",
    help="With --from: as `annotator score` has it: extra-articles, text-hash, quote, anchor. May be repeated.",
)
@click.option(
    "--timeout",
    type=RealRange(0, 86_400, min_open=True),
    default=120,
    show_default=True,
    help="With --from URL: seconds for an answer.",
)
@click.option("--forget", metavar="SYSTEM", help="Take away all that SYSTEM proposes; decisions stand.")
@jobs_option
@click.option(
    "--dask",
    metavar="ADDRESS",
    help="Run the finders on the workers of the Dask scheduler there: tcp://HOST:PORT or tls://HOST:PORT.",
)
@json_option
def command(
    out: Path | None,
    gold: str | None,
    outcomes: tuple[Outcome, ...],
    source: str | None,
    system: str | None,
    allow: tuple[str, ...],
    timeout: float,
    forget: str | None,
    jobs: int,
    dask: str | None,
    as_json: bool,
) -> int | None:
    """Print what the finders propose for every article, as predictions that `annotator score` takes.

    That is what our own finders propose, whatever came from elsewhere: the baseline. A trigger of an event makes one,
    hypothetical where the words around it only threaten it, attempted where it is only tried; denied ones and idioms
    are mentions without an event.

    With --report, print instead how much of GOLD (a release, pinned or not, or a JSONL file) they find, by language
    and kind; a proposal finds what it shares text with, and its bounds and what it says are counted apart.

    With --from, take in instead what another system proposes. What several propose of one span is one candidate that
    names them all. Taken again, it replaces what that system proposed for the same articles.

    Example: annotator suggest --out baseline.jsonl

    Example: annotator suggest --report gold/1.0.0 --list missed

    Example: annotator suggest --from predictions.jsonl

    Example: annotator suggest --dask tcp://10.0.0.5:8786 --out baseline.jsonl
    """
    if sum(one is not None for one in (out, gold, source, forget)) > 1:
        raise Refusal("usage", "--out, --report, --from and --forget are four different things.", "Give one of them.")
    if gold is None and outcomes:
        raise Refusal("usage", "--list tells more of a report.", "Add --report GOLD.")
    if as_json and gold is None and source is None and forget is None:
        raise Refusal("usage", "The candidates are JSON already.", "Leave --json out.")
    if source is None and (system is not None or allow):
        raise Refusal("usage", "--system and --allow go with --from.", "Add --from X.")
    if dask is not None and jobs != 1:
        raise Refusal("usage", "--dask and --jobs are two ways to run the finders.", "Give one of them.")
    hands: Jobs = jobs if dask is None else scheduler_at(dask)
    if out is not None:
        refuse_missing_folder(out)
    project = open_for_work()
    try:
        with progress("taking articles in", corpus_size(project)) as step:
            import_corpus(project, step, hands)
        if source is not None:
            return take(project, source, system, allow, timeout, as_json)
        if forget is not None:
            let_go(project, forget, as_json)
        elif gold is None:
            return _write(project, out, hands)
        else:
            _report(project, gold, outcomes, as_json, hands)
    finally:
        project.close()
    return None


def _write(project: Project, out: Path | None, jobs: Jobs) -> int | None:
    written = 0
    refusals: list[Refusal] = []
    with (
        held_back(sys.stdout.buffer) if out is None else growing_file(out) as add,
        progress("looking for candidates", count_articles(project.engine)) as step,
    ):
        for line in prediction_lines(project, step, jobs):
            if isinstance(line, Refusal):
                refusals.append(line)
            else:
                add(line)
                written += 1
    if out is not None:
        talk(f"{counted(written, 'article')} written to {out}")
    return complain(refusals)


def _report(project: Project, gold: str, outcomes: Collection[Outcome], as_json: bool, jobs: Jobs) -> None:
    with progress("measuring") as step:
        report = measure(project, gold, step, jobs)
    told = list(told_cases(project, report, outcomes))
    if as_json:
        print_json(report.plain() | {"cases": [case._asdict() for case in told]})
        return
    for note in report.notes:
        talk(note)
    for case in told:
        click.echo(shown(case.line()))
    click.echo(report.table(), nl=False)
