"""`annotator compare`: whether one system scores better than another, or by chance."""

import sys

import click

from annotator.cli.options import allow_option, boot_option, json_option, seed_option
from annotator.cli.talk import shown, warn
from annotator.statistics.randomisation import TRIALS
from annotator.workflow.comparing_systems import SIDES, compare
from annotator.workflow.id_maps import id_maps


@click.command()
@click.argument("gold")
@click.argument("a")
@click.argument("b")
@allow_option
@click.option("--judged", is_flag=True, help="Leave out predictions where nobody judged, as `annotator score` does.")
@click.option(
    "--level",
    "levels",
    multiple=True,
    metavar="LEVEL",
    help="Compare at this level alone, and name the articles that decide. May be repeated.",
)
@click.option(
    "--trials",
    type=click.IntRange(1, 10_000_000),
    default=TRIALS,
    show_default=True,
    metavar="TIMES",
    help="How often articles are traded between the two for p.",
)
@boot_option()
@seed_option("trades and draws follow")
@click.option(
    "--ids",
    multiple=True,
    metavar="MAP",
    help="Their article ids and ours, as in `annotator score`: a map for both, or a=MAP or b=MAP for one of them.",
)
@json_option
def command(
    gold: str,
    a: str,
    b: str,
    allow: tuple[str, ...],
    judged: bool,
    levels: tuple[str, ...],
    trials: int,
    boot: int,
    seed: int,
    ids: tuple[str, ...],
    as_json: bool,
) -> None:
    """Compare the predictions A and B (JSONL, - for standard input) by F1 against GOLD, as `annotator score` takes it.

    p comes of approximate randomisation: how often A and B differ at least as far when whole articles are traded
    between them at random. Two that predict the same have p = 1.

    Example: annotator compare gold/1.0.0 mine.jsonl baseline.jsonl --level arguments
    """
    maps = id_maps(ids, SIDES)
    compared = compare(
        gold, a, b, allow=allow, judged=judged, levels=levels, trials=trials, boot=boot, seed=seed, ids=maps
    )
    warn(compared.warnings)
    sys.stdout.buffer.write(compared.to_json() if as_json else shown(compared.table()).encode())
    sys.stdout.buffer.flush()
