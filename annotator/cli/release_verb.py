"""`annotator release`: cut the next gold version."""

from pathlib import Path

import click

from annotator.cli.options import json_option, print_json
from annotator.cli.talk import talk
from annotator.errors import Exit
from annotator.text.counted import counted
from annotator.workflow.project import open_project
from annotator.workflow.releasing import ReleasePlan, cut_release, plan_release


@click.command()
@click.option("--dry-run", is_flag=True, help="Say what would be released and why not, and write nothing.")
@json_option
def command(dry_run: bool, as_json: bool) -> int | None:
    """Release all adjudicated articles as the next version; the number is computed from what changed.

    Example: annotator release --dry-run
    """
    project = open_project(Path.cwd())
    try:
        plan = plan_release(project)
        for problem in plan.problems:
            if problem.level == "warning" or dry_run:
                talk(problem.line())
        path = None if dry_run else cut_release(project, plan)
    finally:
        project.close()
    if as_json:
        print_json({"manifest": plan.release.manifest.plain(), "path": path, "waiting": list(plan.waiting)})
    else:
        _say(plan, path)
    return Exit.NO if plan.errors else None


def _say(plan: ReleasePlan, path: str | None) -> None:
    manifest = plan.release.manifest
    done = "would release" if path is None else "released"
    click.echo(f"{done} {manifest.version}: {counted(len(manifest.articles), 'article')}")
    for name, counts in (("mentions", manifest.counts.mentions), ("events", manifest.counts.events)):
        click.echo(f"  {name}: {', '.join(f'{number} {what}' for what, number in counts.items()) or 'none'}")
    if plan.waiting:
        click.echo(f"  not adjudicated, so not in it: {', '.join(plan.waiting)}")
    if path is not None:
        click.echo(f"  {path}#sha256:{plan.release.manifest_sha256[:16]}")
