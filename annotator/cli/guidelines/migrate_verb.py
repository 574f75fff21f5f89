"""`annotator guidelines migrate`: labels move to the names of a new schema, as decisions that nobody made anew."""

import click

from annotator.cli.open_for_work import open_for_work
from annotator.cli.options import json_option, print_json
from annotator.cli.talk import complain, talk
from annotator.text.counted import counted
from annotator.workflow.migrating import Moved, migrate


@click.command("migrate")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@json_option
def command(dry_run: bool, as_json: bool) -> int | None:
    """Carry out the migrations in guidelines/migrations/: rename and merge what was labelled under an older schema.

    What was split is asked on the labelling screen, of the adjudicator where there is one. Doing it twice does it once.

    Example: annotator guidelines migrate --dry-run
    """
    project = open_for_work()
    try:
        migrations = len(project.migrations)
        moved, left = migrate(project, dry_run=dry_run)
    finally:
        project.close()
    if as_json:
        print_json([_plain(one) for one in moved])
    else:
        for one in moved:
            click.echo(f"{one.article_id} by {one.person}: {_told(one)}")
    changes, asked = sum(one.changes for one in moved), sum(one.questions for one in moved)
    if not migrations:
        talk("There is no migration in guidelines/migrations/.")
    else:
        would = "Would move" if dry_run else "Moved"
        talk(f"{would} {counted(changes, 'label')}; {counted(asked, 'question')} to answer.")
    return complain(left)


def _told(one: Moved) -> str:
    said = [counted(one.changes, "label")] if one.changes else []
    return ", ".join([*said, f"{counted(one.questions, 'question')} to answer"] if one.questions else said)


def _plain(one: Moved) -> dict[str, object]:
    return {
        "article_id": one.article_id,
        "person": one.person,
        "labels": one.changes,
        "questions": one.questions,
    }
