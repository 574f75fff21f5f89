"""Letting people into a team's store on PostgreSQL and out of it: who, with which role, by which password."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from annotator.errors import Refusal
from annotator.store.membership import Role
from annotator.store.migrate import make_ready
from annotator.store.people import pseudonym_of
from annotator.store.team_roles import (
    PARTS,
    Person,
    admit,
    lets_in_without_password,
    login_of,
    people,
    refuse_unless_in_charge,
    shut_out,
)
from annotator.workflow.person import checked_name

SHORTEST = 12
"""Characters that a password has at least."""

_RANDOM = 18
"""Bytes of chance in a password that is made here: 24 characters."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """Somebody who was let in."""

    name: str
    role: Role
    pseudonyms: tuple[str, ...]
    password: str | None
    """The one that was made for them; None where one was given, or they keep theirs."""
    unguarded: str | None
    """Which line of the server's settings lets people in without a password, if one does."""


def add(engine: Engine, name: str, role: Role, password: str | None = None) -> Admitted:
    """Let somebody in, or give who is in another role; without a password who has none gets one made.

    Raises `Refusal` `store.rights` when who is connected may not do that, `person.name` for a name that cannot be a
    role's, `usage` for a password that is too short.
    """
    name = checked_name(name)
    refuse_unless_in_charge(engine)
    if password is not None and len(password) < SHORTEST:
        raise Refusal("usage", f"The password has less than {SHORTEST} characters.", "Use a longer one, or none.")
    make_ready(engine)
    made = None
    if password is None and not login_of(engine, name).open:
        made = secrets.token_urlsafe(_RANDOM)
    admit(engine, name, role, password or made)
    own = tuple(pseudonym_of(engine, name, part) for part in PARTS[role])
    return Admitted(name, role, own, made, lets_in_without_password(engine))


def remove(engine: Engine, name: str) -> int:
    """Let somebody in no more; their work stays, what they held goes to others. Give how many slots that are.

    Raises `Refusal` as `add`, and `person.unknown` for who was never in.
    """
    refuse_unless_in_charge(engine)
    name = checked_name(name)
    if name not in {person.name for person in people(engine)}:
        raise Refusal("person.unknown", f"Nobody here is called {name!r}.", "`annotator team list` tells who is in.")
    return shut_out(engine, name)


def members(engine: Engine) -> Sequence[Person]:
    """Give who is in a team or was, as far as who is connected may know it. Raises `Refusal` on SQLite."""
    if engine.dialect.name != "postgresql":
        refuse_unless_in_charge(engine)
    make_ready(engine)
    return people(engine)


def read_password(file: Path) -> str:
    """Give the first line of a file. Raises `Refusal` `file.missing` when it cannot be read as UTF-8."""
    try:
        return file.read_text(encoding="utf-8").partition("\n")[0].rstrip("\r")
    except OSError as error:
        raise Refusal("file.missing", f"{file} could not be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise Refusal("file.missing", f"{file} could not be read: it is not UTF-8.") from None
