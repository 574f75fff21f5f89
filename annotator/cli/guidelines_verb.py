"""`annotator guidelines`: the guidelines as one page, and what work with them has shown of them."""

import sys
from pathlib import Path

import click

from annotator.cli.options import json_option, print_json, refuse_missing_folder
from annotator.cli.talk import shown, talk
from annotator.store.atomic import write_file
from annotator.store.workspace import find_workspace
from annotator.workflow.adjudicating import CONFIDENCE
from annotator.workflow.gaps import Gap, guideline_gaps
from annotator.workflow.guidebook import Guidebook
from annotator.workflow.project import open_project


@click.group()
def command() -> None:
    """Write the guidelines as one page, or show what their next revision should settle.

    Example: annotator guidelines build --out guidelines.html
    """


@command.command("build")
@click.option("--out", metavar="FILE", type=click.Path(path_type=Path), help="Write the page there.")
def build_verb(out: Path | None) -> None:
    """Write pages and schema as one HTML page without network; to standard output unless a file is named.

    Example: annotator guidelines build --out guidelines.html
    """
    if out is not None:
        refuse_missing_folder(out)
    workspace = find_workspace(Path.cwd())
    from annotator.cli.guidelines_page import guidelines_page  # reads Markdown, which no other verb does

    page = guidelines_page(Guidebook(workspace, workspace.guidelines())).encode()
    if out is None:
        sys.stdout.buffer.write(page)
        return
    write_file(out, page)
    talk(f"The page is in {out}.")


@command.command("gaps")
@json_option
def gaps_verb(as_json: bool) -> None:
    """List where adjudicators found that the guidelines do not say, by article and place.

    Example: annotator guidelines gaps --json
    """
    project = open_project(Path.cwd())
    try:
        found = guideline_gaps(project)
    finally:
        project.close()
    if as_json:
        print_json([_plain(gap) for gap in found])
    elif not found:
        talk("No adjudicator has flagged a gap in the guidelines. X on a disagreement does.")
    for gap in [] if as_json else found:
        click.echo(
            f"{gap.article_id} {gap.span.start}-{gap.span.end}  {gap.about}: {shown(' '.join(gap.quote.split()))}"
        )
        click.echo(f"  held as {gap.holds} by {gap.adjudicator}, {CONFIDENCE[gap.confidence]}")
        for note in gap.notes:
            click.echo(f"  {shown(note)}")


def _plain(gap: Gap) -> dict[str, object]:
    return {
        "article_id": gap.article_id,
        "start": gap.span.start,
        "end": gap.span.end,
        "quote": gap.quote,
        "about": gap.about,
        "holds": gap.holds,
        "confidence": gap.confidence,
        "adjudicator": gap.adjudicator,
        "notes": list(gap.notes),
    }
