"""`annotator templates`: filled templates, as MUC-4's and GTT's, against gold ones."""

import sys

import click

from annotator.cli.options import json_option
from annotator.cli.talk import shown, talk
from annotator.statistics.bootstrap import SEED, TRIALS
from annotator.workflow.template_scores import EXTRA, score_templates


@click.command()
@click.argument("gold")
@click.argument("predictions")
@click.option(
    "--allow",
    multiple=True,
    type=click.Choice([EXTRA]),
    help="Take predictions that break a rule: extra-articles leaves out articles that gold lacks.",
)
@click.option(
    "--boot",
    type=click.IntRange(min=0),
    default=TRIALS,
    show_default=True,
    metavar="TIMES",
    help="How often articles are drawn for the 95 % intervals; 0 leaves them out.",
)
@click.option(
    "--seed", type=click.IntRange(0, 2**32 - 1), default=SEED, show_default=True, help="What the draws follow from."
)
@json_option
def command(gold: str, predictions: str, allow: tuple[str, ...], boot: int, seed: int, as_json: bool) -> None:
    """Score PREDICTIONS (GTT's output, one JSON object) against GOLD (GTT's gold, JSON lines).

    Counted as GTT's scorer counts, to compare with what is published on MUC-4; our own levels stand beside it.

    Example: annotator templates test.json preds_gtt.out
    """
    report = score_templates(gold, predictions, allow=allow, boot=boot, seed=seed)
    for problem in report.warnings:
        talk(problem.line())
    sys.stdout.buffer.write(report.to_json() if as_json else shown(report.table()).encode())
    sys.stdout.buffer.flush()
