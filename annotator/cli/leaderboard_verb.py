"""`annotator leaderboard`: many systems in the order of their scores."""

import sys

import click

from annotator.cli.leaderboard_tables import markdown, table_as_csv
from annotator.cli.options import allow_option, boot_option, json_option, seed_option
from annotator.cli.progress import progress
from annotator.cli.talk import warn
from annotator.errors import Refusal
from annotator.scoring.leaderboard_report import Leaderboard
from annotator.statistics.randomisation import TRIALS
from annotator.workflow.leading import leaderboard


@click.command()
@click.argument("gold")
@click.argument("predictions", nargs=-1, required=True)
@click.option(
    "--level",
    "levels",
    multiple=True,
    metavar="NAME",
    help="Show this level, in place of triggers, arguments and mentions. May be repeated.",
)
@click.option("--by", metavar="LEVEL", help="Sort by this level; else by the first --level, or by arguments.")
@allow_option
@click.option("--judged", is_flag=True, help="Leave out predictions where nobody judged, as `annotator score` does.")
@click.option(
    "--ids",
    multiple=True,
    metavar="MAP",
    help="Their article ids and ours, as in `annotator score`: a map for all, or NAME=MAP for what NAME=FILE named.",
)
@click.option(
    "--trials",
    type=click.IntRange(1, 10_000_000),
    default=TRIALS,
    show_default=True,
    metavar="TIMES",
    help="How often articles are traded between a system and the best.",
)
@boot_option()
@seed_option("trades and draws follow")
@click.option("--markdown", "as_markdown", is_flag=True, help="Print one table in Markdown.")
@click.option("--csv", "as_csv", is_flag=True, help="Print a table as CSV, a row a system and level.")
@json_option
def command(
    gold: str,
    predictions: tuple[str, ...],
    levels: tuple[str, ...],
    by: str | None,
    allow: tuple[str, ...],
    judged: bool,
    ids: tuple[str, ...],
    trials: int,
    boot: int,
    seed: int,
    as_markdown: bool,
    as_csv: bool,
    as_json: bool,
) -> None:
    """Score many systems against GOLD and print them in the order of their F1, those marked = that may be the best.

    PREDICTIONS are files as `annotator score` takes them, folders with a file for each system, or NAME=FILE; with
    NAME= a folder is one system's output in parts. A system is called by that name, by the "system" that its lines
    say, or by its file.

    All below the best are tested against it by trading whole articles at random, with Holm's correction for how many
    they are. No order of files changes a digit.

    Example: annotator leaderboard gold/1.0.0 runs/ baseline=baseline.jsonl --by triggers
    """
    if as_json + as_markdown + as_csv > 1:
        raise Refusal("usage", "--json, --markdown and --csv are ways to print one thing.", "Give one of them.")
    with progress("scoring") as step:
        board = leaderboard(
            gold,
            predictions,
            allow=allow,
            judged=judged,
            levels=levels,
            by=by,
            trials=trials,
            boot=boot,
            seed=seed,
            ids=ids,
            progress=step,
        )
    warn(board.warnings)
    sys.stdout.buffer.write(_written(board, as_json=as_json, as_markdown=as_markdown, as_csv=as_csv))
    sys.stdout.buffer.flush()


def _written(board: Leaderboard, *, as_json: bool, as_markdown: bool, as_csv: bool) -> bytes:
    if as_json:
        return board.to_json()
    if as_csv:
        return table_as_csv(board)
    return (markdown(board) if as_markdown else board.table()).encode()
