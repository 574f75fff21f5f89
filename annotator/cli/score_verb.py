"""`annotator score`: an extractor's output against gold."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.options import (
    allow_option,
    boot_option,
    html_option,
    json_option,
    refuse_missing_folder,
    seed_option,
)
from annotator.cli.progress import progress
from annotator.cli.talk import talk, warn
from annotator.errors import Exit, Refusal
from annotator.scoring.report import Report
from annotator.workflow.evaluating import score
from annotator.workflow.floors import Floor, floor, missed

if TYPE_CHECKING:
    from annotator.workflow.score_details import ScoreDetails


@click.command()
@click.argument("gold")
@click.argument("predictions")
@allow_option
@click.option(
    "--judged",
    is_flag=True,
    help="Leave out predictions where nobody judged: boilerplate, and articles not read to the end but for what"
    " people marked or rejected there.",
)
@boot_option(" and takes the least time")
@seed_option()
@click.option(
    "--level",
    "levels",
    multiple=True,
    metavar="NAME",
    help="Count this level alone, by its name or a short one (mentions, arguments); takes less time. May be repeated.",
)
@click.option(
    "--ids",
    metavar="MAP",
    help="Their article ids and ours: two columns (tabs or commas, no headings), or a JSON object.",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    metavar="N",
    help="Score N parts at a time where both sides are folders of files of the same names; 0 is one for each core. What"
    " is printed is the same.",
)
@click.option(
    "--fail-under",
    "written",
    multiple=True,
    metavar="LEVEL=F1",
    help="Exit 1 when the F1 of a level is less (arguments=0.70) or undefined, and say so. May be repeated.",
)
@json_option
@click.option(
    "--full",
    is_flag=True,
    help="With --json: also intervals of every breakdown, and precision and recall by confidence; takes more time.",
)
@click.option("--markdown", "as_markdown", is_flag=True, help="Print GitHub's Markdown, for a pipeline's summary.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV: a row for each level and each part of its breakdowns.")
@html_option
def command(
    gold: str,
    predictions: str,
    levels: tuple[str, ...],
    jobs: int,
    written: tuple[str, ...],
    as_json: bool,
    full: bool,
    as_markdown: bool,
    as_csv: bool,
    html: Path | None,
    **rules: Any,
) -> int | None:
    """Score PREDICTIONS (JSONL or an array, - for standard input) against GOLD (a release, pinned, or JSONL).

    Both may be packed by gzip. A folder of such files is one system's output, or plain gold, in parts: it scores as one
    file would. With --html or --full one process reads all of it.

    Over all predictions, an extractor is charged for what it finds where nobody looked. With --judged precision is
    over judged regions only, and the signature says so.

    --html goes beside any way to print. Its page also shows what was taken for what, precision and recall by
    confidence, and the commonest errors in their sentences.

    Example: annotator score gold/1.0.0 predictions.jsonl --json

    Example: annotator score gold/1.0.0 predictions.jsonl --html scores.html
    """
    if as_json + as_markdown + as_csv > 1:
        raise Refusal("usage", "--json, --markdown and --csv are three ways to print a score.", "Give one of them.")
    if full and not as_json:
        raise Refusal("usage", "--full says more in JSON.", "Add --json.")
    if html is not None:
        refuse_missing_folder(html)
    floors = [floor(one) for one in written]
    # A level that must reach something is counted also where only others are asked for.
    asked = (*levels, *(one.level for one in floors)) if levels else ()
    details = None
    if full or html is not None:
        from annotator.workflow.score_details import score_details

        details = score_details(gold, predictions, levels=asked, **rules)
        report = details.report
    else:
        with progress("scoring") as step:
            report = score(gold, predictions, levels=asked, jobs=jobs, progress=step, **rules)
    warn(report.warnings)
    if details is not None and html is not None:
        _write_page(html, details, floors)
    if as_json:
        told = details.to_json() if details is not None and full else report.to_json()
    else:
        told = _printed(report, floors, as_markdown, as_csv)
    sys.stdout.buffer.write(told)
    sys.stdout.buffer.flush()
    short = list(missed(report, floors))
    for said in short:
        talk(f"annotator: {said}")
    return Exit.NO if short else None


def _write_page(html: Path, details: "ScoreDetails", floors: Sequence[Floor]) -> None:
    from annotator.cli.score_page import score_page
    from annotator.store.atomic import write_file

    write_file(html, score_page(details, floors).encode())
    talk(f"The page is in {html}.")


def _printed(report: Report, floors: Sequence[Floor], as_markdown: bool, as_csv: bool) -> bytes:
    if as_markdown:
        from annotator.cli.score_markdown import score_markdown

        return score_markdown(report, floors).encode()
    if as_csv:
        from annotator.cli.score_csv import score_csv

        return score_csv(report)
    return report.table().encode()
