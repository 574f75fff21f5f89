"""`annotator release`: cut the next gold version."""

from pathlib import Path

import click

from annotator.cli.options import json_option, print_json
from annotator.cli.release_text import release_text
from annotator.cli.talk import shown, talk
from annotator.errors import Exit
from annotator.workflow.gold_changelog import write_missing_entries
from annotator.workflow.project import open_project
from annotator.workflow.releasing import cut_release, plan_release


@click.command()
@click.option("--dry-run", is_flag=True, help="Say what would be released and why not, and write nothing.")
@click.option(
    "--sign",
    "key",
    metavar="KEYFILE",
    type=click.Path(path_type=Path),
    help="Sign the manifest with this SSH key, into manifest.json.sig.",
)
@click.option(
    "--remove",
    multiple=True,
    metavar="ARTICLE",
    help="Let an article go that the release before has and that is not adjudicated any more. May be repeated.",
)
@json_option
def command(dry_run: bool, key: Path | None, remove: tuple[str, ...], as_json: bool) -> int | None:
    """Release all adjudicated articles as the next version; the number is computed from what changed.

    Example: annotator release --dry-run
    """
    project = open_project(Path.cwd())
    try:
        if not dry_run:
            write_missing_entries(project)  # of a release whose program was killed before it told of it
        plan = plan_release(project, remove)
        for problem in plan.problems:
            if problem.level == "warning" or dry_run:
                talk(problem.line())
        path = None if dry_run else cut_release(project, plan, key)
    finally:
        project.close()
    if as_json:
        print_json({"manifest": plan.release.manifest.plain(), "path": path, "waiting": list(plan.waiting)})
    else:
        for line in release_text(plan, path):
            click.echo(shown(line))
    return Exit.NO if plan.errors else None
