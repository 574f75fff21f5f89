"""`annotator guidelines gaps`: what work with the guidelines has shown of them."""

from pathlib import Path

import click

from annotator.cli.options import json_option, print_json
from annotator.cli.talk import shown, talk
from annotator.workflow.adjudicating import CONFIDENCE
from annotator.workflow.gaps import Gap, guideline_gaps
from annotator.workflow.project import open_project


@click.command("gaps")
@json_option
def command(as_json: bool) -> None:
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
