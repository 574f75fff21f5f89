"""`annotator guidelines skeleton`: a first schema of one's own, from the types that a project of brat's has."""

from pathlib import Path

import click

from annotator.cli.options import refuse_missing_folder
from annotator.cli.talk import talk, warn
from annotator.errors import Exit, Refusal
from annotator.formats.tools.brat_schema import labels_of, read_conf, schema_skeleton
from annotator.formats.tools.texts import decoded
from annotator.model.problem import Problem
from annotator.store.atomic import write_file
from annotator.workflow.opening import read_file

_VISUAL = "visual.conf"


@click.command("skeleton")
@click.argument("conf", metavar="ANNOTATION.CONF", type=click.Path(path_type=Path))
@click.option("--out", metavar="FILE", type=click.Path(path_type=Path), help="Write it there; never over a file.")
def command(conf: Path, out: Path | None) -> int | None:
    """Make a schema.toml of brat's annotation.conf: event types, roles, how many fill them, which kinds may.

    Kinds are guessed by the names of brat's types, and descriptions are to be written; what a schema has no place for
    stands at its end as a comment. Titles are those of a visual.conf beside it.

    Example: annotator guidelines skeleton project/annotation.conf --out schema.toml
    """
    if out is not None:
        refuse_missing_folder(out)
        if out.exists():
            raise Refusal("usage", f"{out} is there already.", "Name a file that is not, and compare the two.")
    problems: list[Problem] = []
    made = _made(conf, problems)
    warn(problem for problem in problems if problem.level == "warning")
    if errors := [problem for problem in problems if problem.level == "error"]:
        for problem in errors:
            talk(problem.line())
        return Exit.BAD_INPUT
    if out is None:
        click.echo(made, nl=False)
        return None
    write_file(out, made.encode())
    talk(f"The skeleton is in {out}. See to each role, and write the descriptions.")
    talk("Where it takes another schema's place, lexicon/ and cues.toml must name its types: `annotator check` tells.")
    return None


def _made(conf: Path, problems: list[Problem]) -> str:
    """Give the skeleton of a configuration, with the titles of a `visual.conf` beside it."""
    text = decoded(read_file(conf), str(conf), problems)
    visual = conf.with_name(_VISUAL)
    shown = decoded(read_file(visual), str(visual), problems) if visual.exists() else ""
    if text is None or shown is None:
        return ""
    return schema_skeleton(read_conf(text, str(conf), problems), labels_of(shown), problems)
