"""`annotator export`: the work in this workspace as a file, for another store or another tool."""

import sys
from pathlib import Path

import click

from annotator.cli.options import refuse_missing_folder
from annotator.cli.talk import talk
from annotator.store.atomic import write_file
from annotator.workflow.exchange import EXPORTS
from annotator.workflow.project import open_project


@click.command()
@click.option("--to", "to", type=click.Choice(sorted(EXPORTS)), required=True, help="The format to write.")
@click.option("--out", metavar="FILE", type=click.Path(path_type=Path), help="Write there instead of standard output.")
def command(to: str, out: Path | None) -> None:
    """Write the work as a file; what could not go into it is said.

    `decisions` is the log that gold follows from: all decisions of annotators and adjudicators under their pseudonyms,
    the same bytes for the same log. Names and audits stay here.

    Example: annotator export --to decisions --out gold/decisions.jsonl
    """
    if out is not None:
        refuse_missing_folder(out)
    project = open_project(Path.cwd())
    try:
        exported = EXPORTS[to](project)
    finally:
        project.close()
    for loss in exported.losses:
        talk(f"left out: {loss}")
    if out is None:
        sys.stdout.buffer.write(exported.data)
        sys.stdout.buffer.flush()
    else:
        write_file(out, exported.data)
