"""`annotator store recover`: what is intact of a damaged SQLite store."""

from pathlib import Path

import click

from annotator.cli.options import json_option, print_json
from annotator.cli.talk import talk
from annotator.errors import Exit
from annotator.store.workspace import find_workspace
from annotator.text.counted import counted
from annotator.workflow.storekeeping import rescue


@click.command("recover")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Where to write the recovered store.")
@click.option("--replace", is_flag=True, help="Put it in the damaged one's place, which is kept under another name.")
@json_option
def command(out: Path | None, replace: bool, as_json: bool) -> int | None:
    """Write a new store with every decision, text and name that the damaged SQLite file of the workspace still holds.

    The file is read page by page, so that damage costs what stands on the damaged pages and no more; each decision
    proves by its hash that it is what was saved. The damaged file is not touched. Leaves with 1 when anything is lost.

    Example: annotator store recover --replace
    """
    found = rescue(find_workspace(Path.cwd()), out, replace=replace)
    outcome = found.outcome
    if as_json:
        lost = [problem.plain() for problem in outcome.lost]
        print_json(
            {"decisions": outcome.decisions, "articles": outcome.articles, "people": outcome.people} | {"lost": lost}
        )
    else:
        click.echo(
            f"{counted(outcome.decisions, 'decision')}, {counted(outcome.articles, 'text')} and "
            f"{counted(outcome.people, 'pseudonym')} brought back in {found.recovered}"
        )
        for problem in outcome.lost:
            click.echo(problem.line())
    talk(f"annotator: the file that it was read from is {found.damaged}, as it was.")
    return Exit.NO if outcome.lost else None
