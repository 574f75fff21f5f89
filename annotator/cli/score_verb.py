"""`annotator score`: an extractor's output against gold."""

import sys

import click

from annotator.cli.options import json_option
from annotator.cli.talk import talk
from annotator.statistics.bootstrap import SEED, TRIALS
from annotator.workflow.evaluating import score


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
@json_option
def command(
    gold: str,
    predictions: str,
    allow: tuple[str, ...],
    judged: bool,
    boot: int,
    seed: int,
    levels: tuple[str, ...],
    as_json: bool,
) -> None:
    """Score PREDICTIONS (JSONL, - for standard input) against GOLD (a release, pinned or not, or a JSONL file).

    Over all predictions, an extractor is charged for what it finds where nobody looked. With --judged precision is
    over judged regions only, and the signature says so.

    Example: annotator score gold/1.0.0 predictions.jsonl --json
    """
    report = score(gold, predictions, allow=allow, judged=judged, boot=boot, seed=seed, levels=levels)
    for problem in report.warnings:
        talk(problem.line())
    sys.stdout.buffer.write(report.to_json() if as_json else report.table().encode())
    sys.stdout.buffer.flush()
