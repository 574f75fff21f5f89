"""`annotator team add`: somebody is let in."""

from pathlib import Path
from typing import get_args

import click

from annotator.cli.options import json_option, print_json
from annotator.cli.talk import talk
from annotator.store.membership import Role
from annotator.store.workspace import find_workspace
from annotator.workflow.storekeeping import opened
from annotator.workflow.team import Admitted, add, read_password


@click.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice(get_args(Role)), required=True, help="What they may do.")
@click.option(
    "--password-file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Its first line is their password; otherwise one is made and shown, once.",
)
@json_option
def command(name: str, role: Role, password_file: Path | None, as_json: bool) -> None:
    """Let NAME in with a role, and an own password; who is in already gets the role instead of the one they had.

    An annotator reads their own work only. An adjudicator reads besides what annotators said of an article, once all
    who are to label it are done. A lead reads everything, brings articles in, assigns and releases. Nobody changes or
    deletes a decision, not even their own. The first time, the tables are closed to everybody else; connect as the
    server's superuser, or as who owns the database and may make roles.

    Example: annotator team add noor --role annotator
    """
    password = None if password_file is None else read_password(password_file)
    with opened(find_workspace(Path.cwd()).store_url) as engine:
        came = add(engine, name, role, password)
    if as_json:
        told = {"name": came.name, "role": came.role, "pseudonyms": list(came.pseudonyms), "password": came.password}
        print_json(told | {"unguarded": came.unguarded})
    else:
        click.echo(f"{came.name}  {came.role}  {' '.join(came.pseudonyms)}")
        _tell_password(came)
    if came.unguarded is not None:
        talk(
            f"annotator: WARNING: the server asks nobody for a password ({came.unguarded}: trust). Anybody is anybody."
        )
        talk("  Write scram-sha-256 there and reload the server.")


def _tell_password(came: Admitted) -> None:
    if came.password is None:
        return
    click.echo(f"password  {came.password}")
    talk(f"annotator: it is shown this once. {came.name} works with")
    talk("  ANNOTATOR_STORE=postgresql://NAME@HOST/DATABASE, and the password in ~/.pgpass or PGPASSWORD.")
