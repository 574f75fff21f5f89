"""The people of a team as roles of the PostgreSQL server: made, given a part, shut out. Their work is never touched.

A role that was not made here is never taken over. No password is kept, sent or logged: the server is told what it
checks one by (SCRAM), made on this machine.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple, cast, get_args

from sqlalchemy import Connection, Engine, bindparam, null, select, text, update

from annotator.errors import Refusal
from annotator.store import tables
from annotator.store.engine import one_at_a_time, reading, writing
from annotator.store.membership import Role
from annotator.store.people import Part
from annotator.store.strangers import is_stranger
from annotator.store.team_rights import Names, are_set_up, set_up

_MADE_HERE = "annotator: a person"
"""The comment by which a role is known again as one that was made here."""

_RESERVED = ("public", "none")


class Person(NamedTuple):
    """Somebody who has a part in the work, or had."""

    name: str
    role: Role | None
    """None: no way in of their own."""
    pseudonyms: tuple[str, ...]


class Login(NamedTuple):
    """How somebody could get in before."""

    there: bool
    open: bool
    """Whether there is a password that they have, for this store or another one."""


def refuse_unless_in_charge(engine: Engine) -> None:
    """Raise `Refusal` `store.rights` unless who is connected may look after a team here."""
    if engine.dialect.name != "postgresql":
        raise Refusal(
            "store.rights",
            "A SQLite store has no team: whoever can open the file can read all of it, so that blinding is a courtesy.",
            "`annotator store copy` takes it to PostgreSQL; then set [store] url.",
        )
    with reading(engine) as connection:
        if not connection.execute(_IN_CHARGE).scalar():
            raise Refusal(
                "store.rights",
                f"{engine.url.username} may not make people's roles on this server.",
                "Connect as who owns the database and may make roles (CREATEROLE), or as the superuser.",
            )


_IN_CHARGE = text(
    "SELECT rolsuper OR (rolcreaterole AND pg_has_role(current_user, datdba, 'MEMBER')) FROM pg_roles, pg_database "
    "WHERE rolname = current_user AND datname = current_database()"
)


def login_of(engine: Engine, name: str) -> Login:
    """Give how somebody could get in before.

    Raises `Refusal` `person.name` for a name that no role can have, or that has one which was not made here.
    """
    if len(name.encode()) > 63 or name.startswith("pg_") or name in _RESERVED:
        what = f"{name!r} cannot be the name of a role on PostgreSQL."
        raise Refusal("person.name", what, "Use 63 bytes at most, not beginning with pg_.")
    with reading(engine) as connection:
        found = connection.execute(_ROLE, {"name": name}).first()
    if found is None:
        return Login(there=False, open=False)
    if found.comment != _MADE_HERE:
        what = f"The server has a role {name!r} already, which was not made for a team."
        raise Refusal("person.name", what, "Choose another name: what it may do elsewhere is not known here.")
    return Login(there=True, open=found.rolcanlogin)


_ROLE = text("SELECT rolcanlogin, shobj_description(oid, 'pg_authid') AS comment FROM pg_roles WHERE rolname = :name")


def admit(engine: Engine, name: str, role: Role, password: str | None) -> None:
    """Let somebody in with a role, instead of any that they had; None: the password stays as it is.

    The first time it sets the rights of all roles up. Raises the storage refusals.
    """
    login = login_of(engine, name)
    with writing(engine) as connection:
        one_at_a_time(connection, "team")
        if not are_set_up(connection):
            set_up(connection)
        names = _names(connection)
        quoted = names.quoted(name)
        if not login.there:
            names.run(f"CREATE ROLE {quoted}")
            names.run(f"COMMENT ON ROLE {quoted} IS '{_MADE_HERE}'")
        names.run(f"ALTER ROLE {quoted} LOGIN INHERIT")
        if password is not None:
            names.run(f"ALTER ROLE {quoted} PASSWORD '{_verifier(connection, name, password)}'")
        for other in get_args(Role):
            names.run(f"REVOKE {names.group(other)} FROM {quoted}")
        names.run(f"GRANT {names.group(role)} TO {quoted}")


def _verifier(connection: Connection, name: str, password: str) -> str:
    """Give what the server checks a password by. It holds neither quotes nor backslashes."""
    server = cast(Any, connection.connection.dbapi_connection).pgconn
    return str(server.encrypt_password(password.encode(), name.encode(), b"scram-sha-256").decode())


def shut_out(engine: Engine, name: str) -> int:
    """Take somebody's role away and give back what they held and did not finish; give how many slots that are.

    Who has no part in another team either cannot log in any more. Raises the storage refusals.
    """
    login = login_of(engine, name)
    with writing(engine) as connection:
        one_at_a_time(connection, "team")
        names = _names(connection)
        if login.there and are_set_up(connection):
            for role in get_args(Role):
                names.run(f"REVOKE {names.group(role)} FROM {names.quoted(name)}")
            if not connection.execute(_HAS_PARTS, {"name": name}).scalar():
                names.run(f"ALTER ROLE {names.quoted(name)} NOLOGIN PASSWORD NULL")
        return _give_back(connection, name)


_HAS_PARTS = text(
    "SELECT EXISTS (SELECT FROM pg_auth_members JOIN pg_roles ON pg_roles.oid = member WHERE rolname = :name)"
)


def _give_back(connection: Connection, name: str) -> int:
    task = tables.task.c
    own = list(connection.execute(select(tables.person.c.pseudonym).where(tables.person.c.name == name)).scalars())
    reserved = update(tables.task).where(task.reserved_for.in_(own), task.state != "done").values(reserved_for=null())
    held = update(tables.task).where(task.owner.in_(own), task.state == "leased")
    kept = connection.execute(reserved.where(task.state == "open").returning(task.task_id)).all()
    connection.execute(reserved)
    back = connection.execute(
        held.values(state=bindparam("now", "open"), owner=null(), lease_until=null()).returning(task.task_id)
    ).all()
    return len(kept) + len(back)


def people(engine: Engine) -> list[Person]:
    """Give everybody who has or had a part in the work, by name; who is not a lead sees themselves."""
    with reading(engine) as connection:
        database = connection.execute(text("SELECT current_database()")).scalar_one()
        roles: Mapping[str, str] = {
            row.name: row.of_team.removeprefix(f"{database}_") for row in connection.execute(_PARTS)
        }
        rows = connection.execute(select(tables.person.c.name, tables.person.c.pseudonym)).all()
    own: dict[str, list[str]] = {}
    for name, pseudonym in rows:
        if not is_stranger(name):
            own.setdefault(name, []).append(pseudonym)
    return [Person(name, cast(Role | None, roles.get(name)), tuple(sorted(own[name]))) for name in sorted(own)]


_PARTS = text(
    "SELECT person.rolname AS name, team.rolname AS of_team FROM pg_auth_members "
    "JOIN pg_roles AS person ON person.oid = member JOIN pg_roles AS team ON team.oid = roleid "
    "WHERE team.rolname IN (SELECT current_database() || '_' || role FROM unnest("
    "ARRAY['annotator', 'adjudicator', 'lead']) AS role)"
)

PARTS: Mapping[Role, tuple[Part, ...]] = {
    "annotator": ("label",),
    "adjudicator": ("label", "adjudicate", "challenge"),
    "lead": ("label", "adjudicate", "challenge"),
}
"""Under which pseudonyms somebody with a role works."""


def lets_in_without_password(engine: Engine) -> str | None:
    """Give the line of the server's settings that lets everybody in unasked; None when there is none, or is unknown."""
    with reading(engine) as connection:
        if not connection.execute(text("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")).scalar():
            return None
        seen: set[tuple[str, str | None]] = set()
        for rule in connection.execute(_WAYS_IN):
            if (rule.type, rule.address) not in seen and rule.auth_method == "trust":
                return f"{rule.file_name}, line {rule.line_number}"
            seen.add((rule.type, rule.address))
    return None


_WAYS_IN = text(
    "SELECT type, address, auth_method, current_setting('hba_file') AS file_name, line_number FROM pg_hba_file_rules "
    "WHERE 'all' = ANY (user_name) AND ('all' = ANY (database) OR current_database() = ANY (database)) "
    "AND error IS NULL ORDER BY line_number"
)


def _names(connection: Connection) -> Names:
    return Names(connection, connection.execute(text("SELECT current_database()")).scalar_one())
