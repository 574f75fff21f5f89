"""`annotator check`: every rule over articles, guidelines, work and gold."""

from pathlib import Path

import click

from annotator.cli.options import json_option, print_json
from annotator.cli.progress import progress
from annotator.cli.talk import shown, talk
from annotator.errors import Exit
from annotator.text.counted import counted
from annotator.workflow.checking import check_workspace
from annotator.workflow.project import open_project


@click.command()
@json_option
def command(as_json: bool) -> int | None:
    """Check the whole workspace; exit 1 when there is an error. Warnings are said and do not fail.

    Example: annotator check --json
    """
    project = open_project(Path.cwd())
    try:
        with progress("checking") as step:
            problems = check_workspace(project, step)
    finally:
        project.close()
    errors = sum(problem.level == "error" for problem in problems)
    if as_json:
        print_json([problem.plain() for problem in problems])
    else:
        for problem in problems:
            click.echo(shown(problem.line()))
        talk(f"{counted(errors, 'error')}, {counted(len(problems) - errors, 'warning')}")
    return Exit.NO if errors else None
