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
@json_option
def command(gold: str, predictions: str, allow: tuple[str, ...], as_json: bool) -> None:
    """Score PREDICTIONS (JSONL, - for standard input) against GOLD (a release, pinned or not, or a JSONL file).

    Example: annotator score gold/1.0.0 predictions.jsonl --json
    """
    report = score(gold, predictions, allow=allow)
    for problem in report.warnings:
        talk(problem.line())
    sys.stdout.buffer.write(report.to_json() if as_json else report.table().encode())
    sys.stdout.buffer.flush()
