"""`annotator score`: an extractor's output against gold."""

import sys

import click

from annotator.cli.options import json_option
from annotator.cli.talk import talk
from annotator.errors import Exit
from annotator.statistics.bootstrap import SEED, TRIALS
from annotator.workflow.evaluating import score
from annotator.workflow.floors import floor, missed


@click.command()
@click.argument("gold")
@click.argument("predictions")
@click.option(
    "--allow",
    multiple=True,
    metavar="RULE",
    help="Take predictions that break a rule: extra-articles, text-hash, quote, anchor. May be repeated.",
)
@click.option(
    "--judged",
    is_flag=True,
    help="Leave out predictions where nobody judged: boilerplate, and articles not read to the end but for what"
    " people marked or rejected there.",
)
@click.option(
    "--boot",
    type=click.IntRange(min=0),
    default=TRIALS,
    show_default=True,
    metavar="TIMES",
    help="How often articles are drawn for the 95 % intervals; 0 leaves them out and takes the least time.",
)
@click.option(
    "--seed", type=click.IntRange(0, 2**32 - 1), default=SEED, show_default=True, help="What the draws follow from."
)
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
    "--fail-under",
    "written",
    multiple=True,
    metavar="LEVEL=F1",
    help="Exit 1 when the F1 of a level is less (arguments=0.70) or undefined, and say so. May be repeated.",
)
@json_option
def command(
    gold: str,
    predictions: str,
    allow: tuple[str, ...],
    judged: bool,
    boot: int,
    seed: int,
    levels: tuple[str, ...],
    ids: str | None,
    written: tuple[str, ...],
    as_json: bool,
) -> int | None:
    """Score PREDICTIONS (JSONL or an array, - for standard input) against GOLD (a release, pinned, or JSONL).

    Both may be packed by gzip.

    Over all predictions, an extractor is charged for what it finds where nobody looked. With --judged precision is
    over judged regions only, and the signature says so.

    Example: annotator score gold/1.0.0 predictions.jsonl --json
    """
    floors = [floor(one) for one in written]
    # A level that must reach something is counted also where only others are asked for.
    asked = (*levels, *(one.level for one in floors)) if levels else ()
    report = score(gold, predictions, allow=allow, judged=judged, boot=boot, seed=seed, levels=asked, ids=ids)
    for problem in report.warnings:
        talk(problem.line())
    sys.stdout.buffer.write(report.to_json() if as_json else report.table().encode())
    sys.stdout.buffer.flush()
    short = list(missed(report, floors))
    for said in short:
        talk(f"annotator: {said}")
    return Exit.NO if short else None
