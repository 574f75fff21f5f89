"""`annotator gold diff`: what changed in meaning from one version of gold to another."""

from pathlib import Path

import click

from annotator.cli.gold.diff_text import diff_plain, diff_text
from annotator.cli.gold.terminal_here import printer_here
from annotator.cli.options import json_option, print_json
from annotator.cli.talk import talk
from annotator.errors import Exit
from annotator.workflow.gold_diff import diff_gold


@click.command()
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option(
    "--predictions",
    metavar="FILE",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Say how far the scores of these predictions move. May be repeated.",
)
@click.option(
    "--allow",
    multiple=True,
    metavar="RULE",
    help="With --predictions: take those that break a rule, as `score` does. May be repeated.",
)
@click.option("--exit-code", is_flag=True, help="Leave with status 1 when anything changed.")
@json_option
def command(
    before: str, after: str, predictions: tuple[Path, ...], allow: tuple[str, ...], exit_code: bool, as_json: bool
) -> int | None:
    """Compare A with B (releases, pinned or not, or JSONL files): what they say otherwise, and why.

    Events and mentions are the same by what they say, whatever their ids. What a file does not say is not compared.
    Reasons are those of the adjudication, where B lies in the workspace that it was made in, and of accepted
    challenges.

    Example: annotator gold diff gold/1.0.0 gold/2.0.0 --predictions predictions.jsonl
    """
    found = diff_gold(before, after, predictions, allow=allow)
    for problem in dict.fromkeys(problem for scores in found.scores for problem in scores.warnings):
        talk(problem.line())
    if as_json:
        print_json(diff_plain(found))
    else:
        with printer_here() as printer:
            told = diff_text(found)
            click.echo(printer.line(told) if printer else told, nl=False)
    return Exit.NO if exit_code and found.changes else None
