"""`annotator score`: an extractor's output against gold."""

import sys

import click

from annotator.cli.options import json_option
from annotator.cli.talk import talk
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
@json_option
def command(gold: str, predictions: str, allow: tuple[str, ...], judged: bool, as_json: bool) -> None:
    """Score PREDICTIONS (JSONL, - for standard input) against GOLD (a release, pinned or not, or a JSONL file).

    Over all predictions, an extractor is charged for what it finds where nobody looked. With --judged precision is
    over judged regions only, and the signature says so.

    Example: annotator score gold/1.0.0 predictions.jsonl --json
    """
    report = score(gold, predictions, allow=allow, judged=judged)
    for problem in report.warnings:
        talk(problem.line())
    sys.stdout.buffer.write(report.to_json() if as_json else report.table().encode())
    sys.stdout.buffer.flush()
