"""`annotator templates`: filled templates, as MUC-4's and GTT's, against gold ones."""

import sys

import click

from annotator.cli.options import boot_option, json_option, seed_option
from annotator.cli.talk import shown, warn
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
@boot_option()
@seed_option()
@json_option
def command(gold: str, predictions: str, allow: tuple[str, ...], boot: int, seed: int, as_json: bool) -> None:
    """Score PREDICTIONS (GTT's output, one JSON object) against GOLD (GTT's gold, JSON lines).

    Counted as GTT's scorer counts, to compare with what is published on MUC-4; our own levels stand beside it.

    Example: annotator templates test.json preds_gtt.out
    """
    report = score_templates(gold, predictions, allow=allow, boot=boot, seed=seed)
    warn(report.warnings)
    sys.stdout.buffer.write(report.to_json() if as_json else shown(report.table()).encode())
    sys.stdout.buffer.flush()
