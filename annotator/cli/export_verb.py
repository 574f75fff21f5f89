"""`annotator export`: the work in this workspace, or gold, as files: for another store or another tool."""

import sys
from pathlib import Path

import click

from annotator.cli.export_tools import refuse_bad_target, write_export
from annotator.cli.talk import talk
from annotator.errors import Refusal
from annotator.formats.tools.document import Written
from annotator.formats.tools.registry import FORMATS, Format, format_named
from annotator.store.atomic import write_file
from annotator.workflow.exchange import EXPORTS
from annotator.workflow.project import open_project
from annotator.workflow.tool_export import export_gold, export_work

_NAMES = [*sorted(EXPORTS), *(row.name for row in FORMATS if row.writes)]


@click.command()
@click.option("--to", "to", type=click.Choice(_NAMES), required=True, help="The format to write.")
@click.option(
    "--out",
    metavar="PATH",
    type=click.Path(path_type=Path),
    help="Write there: a file, or a folder where the format makes several. Else one file goes to standard output.",
)
@click.option("--gold", metavar="GOLD", help="Write this release, not the work.")
@click.option("--person", "people", multiple=True, metavar="P", help="Only this person's work. May be repeated.")
def command(to: str, out: Path | None, gold: str | None, people: tuple[str, ...]) -> None:
    """Write work or gold as files; what could not go into them is listed beside them and summed up.

    `decisions` is the log that gold follows from: all decisions of annotators and adjudicators under their pseudonyms,
    the same bytes for the same log. Names and audits stay here. All others are formats of other tools, which
    `annotator formats` tells of: each person's work on each article, or with --gold a release.

    Example: annotator export --to brat --gold gold/1.0.0 --out for-brat
    """
    row = format_named(to)
    if row is None:
        _export_log(to, out, gold, people)
        return
    if gold is not None and people:
        raise Refusal("usage", "--gold is nobody's own work.", "Leave --person out.")
    refuse_bad_target(out)
    write_export(export_gold(row, gold) if gold is not None else _work(row, people), out)


def _work(row: Format, people: tuple[str, ...]) -> Written:
    project = open_project(Path.cwd(), only_to_look=True)
    try:
        return export_work(project, row, people)
    finally:
        project.close()


def _export_log(to: str, out: Path | None, gold: str | None, people: tuple[str, ...]) -> None:
    if gold is not None or people:
        raise Refusal("usage", f"{to} is the whole log.", "Leave --gold and --person out.")
    refuse_bad_target(out)
    project = open_project(Path.cwd(), only_to_look=True)
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
