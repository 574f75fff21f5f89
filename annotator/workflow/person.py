"""Who is at the keyboard: `--as`, else the environment, else what was remembered, else asked by whoever calls."""

import getpass
import os
import re
import unicodedata
from pathlib import Path

from annotator.errors import Refusal
from annotator.store.atomic import write_file
from annotator.store.checkouts import read_checkout
from annotator.store.membership import membership
from annotator.store.workspace import Workspace
from annotator.workflow.project import Project

NAME_VARIABLE = "ANNOTATOR_NAME"

_NAME = re.compile(r"[^\W_][\w .@'-]{0,63}")


def known_person(workspace: Workspace, given: str | None) -> str | None:
    """Give the name of the person, or None when nobody said it yet. Raises `Refusal` for a name that cannot be one."""
    for name in (given, os.environ.get(NAME_VARIABLE), _remembered(workspace)):
        if name:
            return checked_name(name)
    return None


def required_person(workspace: Workspace, given: str | None) -> str:
    """Give the name of the person. Raises `Refusal` when nobody said it."""
    name = known_person(workspace, given)
    if name is None:
        raise Refusal("person.unknown", "Nobody said who is at the keyboard.", "Add `--as NAME`.")
    return name


def person_here(project: Project, given: str | None) -> str | None:
    """Give the name of the person as `known_person` does; in a team it is the one that they are connected by.

    In a checkout it is whoever checked it out. Raises `Refusal` `store.rights` for another one.
    """
    checkout = read_checkout(project.workspace)
    if checkout is not None:
        if given is not None and checked_name(given) != checkout.name:
            what = f"This was checked out by {checkout.name!r}, and holds nobody else's work."
            raise Refusal("store.rights", what, "Leave out `--as`, or check articles out as the other one.")
        return checkout.name
    member = membership(project.engine)
    if member is None:
        return known_person(project.workspace, given)
    if given is not None and checked_name(given) != member.name:
        what = f"You are connected as {member.name!r}, and work under no other name."
        raise Refusal("store.rights", what, "Leave out `--as`, or connect as the other one.")
    return member.name


def required_here(project: Project, given: str | None) -> str:
    """Give the name of the person as `person_here` does. Raises `Refusal` when nobody said it."""
    return person_here(project, given) or required_person(project.workspace, given)


def checked_name(name: str) -> str:
    """Give `name` composed (NFC) and without surrounding blanks.

    Raises `Refusal` when it is empty, too long or holds odd characters.
    """
    name = unicodedata.normalize("NFC", name.strip())
    if not _NAME.fullmatch(name):
        raise Refusal(
            "person.name",
            f"{name!r} cannot be a person's name.",
            "Use up to 64 letters, digits, blanks and . _ @ ' - beginning with a letter or digit.",
        )
    return name


def remember_person(workspace: Workspace, name: str) -> None:
    """Keep the name for the next time in this workspace."""
    write_file(_memory(workspace), checked_name(name).encode())


def suggested_name() -> str:
    """Give the name to offer when asking: the system's name of the user, or nothing."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _memory(workspace: Workspace) -> Path:
    return workspace.work / "person"


def _remembered(workspace: Workspace) -> str | None:
    try:
        return _memory(workspace).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
