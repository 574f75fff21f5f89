"""`annotator predictions check`: what a score would warn of or refuse, and where quotes were found."""

import click

from annotator.cli.options import json_option, print_json
from annotator.cli.talk import shown
from annotator.errors import Exit
from annotator.formats import inspection
from annotator.formats.known import Placed
from annotator.text.counted import counted
from annotator.workflow.checking_predictions import Checked, check_predictions


@click.command("check")
@click.argument("file")
@click.option(
    "--gold", metavar="GOLD", help="Hold it against this gold; without it, against the workspace around here."
)
@click.option("--ids", metavar="MAP", help="A map from their article ids to ours, as `annotator score` takes it.")
@click.option("--allow", multiple=True, metavar="RULE", help="As `annotator score` takes it. May be repeated.")
@json_option
def command(file: str, gold: str | None, ids: str | None, allow: tuple[str, ...], as_json: bool) -> int | None:
    """Check the predictions in FILE as a score reads them; exit 1 when there is an error.

    FILE is a file, - for standard input, or a folder of files that are one system's output in parts.

    Tells every problem with file, line and field, and every quote without offsets that has no exact and only place.

    Example: annotator predictions check predictions.jsonl --gold gold/1.0.0 --json
    """
    checked = check_predictions(file, gold, allow=allow, ids=ids)
    if as_json:
        print_json(checked.plain())
    else:
        for line in _lines(checked):
            click.echo(shown(line))
    return Exit.NO if checked.errors else None


def _lines(checked: Checked) -> list[str]:
    quotes = ", ".join(f"{times} {how}" for how, times in checked.quotes().items() if times)
    rules = ", ".join(f"{rule} {times}" for rule, times in checked.rules().items())
    return [
        *(problem.line() for problem in checked.problems),
        *(_told(one) for one in checked.placed if one.how in ("folded", "nearest")),
        f"{counted(checked.articles, 'article')}, {counted(checked.mentions, 'mention')}, "
        f"{counted(checked.events, 'event')}, held against {checked.against}",
        *([f"quotes without offsets: {quotes}"] if quotes else []),
        *([f"by rule: {rules}"] if rules else []),
        f"{counted(checked.errors, 'error')}, {counted(len(checked.problems) - checked.errors, 'warning')}",
    ]


def _told(one: Placed) -> str:
    among = f", of {one.places} places" if one.places > 1 else ""
    where = f"{one.span.start}-{one.span.end}" if one.span else ""
    return f"{one.how}: {one.where}: {one.field} {inspection.shown(one.quote)} is at {where}{among}"
