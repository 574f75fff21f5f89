"""What each role of a team may do on PostgreSQL, as data, and the statements that make it so. Holds no data of anybody.

The log is append-only for all of them, and everybody reads their own work; an adjudicator reads what annotators said of
an article once they are done with it, a lead reads all. Who is asking is `session_user`, which nobody can change. A
table without an entry here is closed to everybody.
"""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, get_args

from sqlalchemy import Connection, text

from annotator.errors import Refusal
from annotator.store import tables
from annotator.store.membership import KEEPER, Role, group_of

_EVERYBODY: tuple[Role, ...] = get_args(Role)
_LONGEST_NAME = 63
"""Bytes that PostgreSQL keeps of a name."""

NEEDED = 2
"""How many people must have finished an article before its adjudicator reads it, where nothing of it was assigned."""

LONGEST_LEASE = 14 * 24 * 3_600_000
"""Milliseconds, by the server's clock, for which anybody can have a slot."""

_LOGGED = ", ".join(column.name for column in tables.decision.columns if column.name != "seq")
_FAR = "decisions, untouched, finished, cursor, active_ms, flagged, skipped, questions"

_TABLES = (*tables.metadata.tables, "alembic_version")

READ_BY_ALL = ("article", "corpus_file", "suggestions", "proposed", "alembic_version")
"""Tables without secrets: what everybody works on, and the shape of the store."""

GRANTS: Mapping[str, Mapping[Role, str]] = MappingProxyType(
    {
        "article": {"annotator": "SELECT", "adjudicator": "SELECT", "lead": "SELECT, INSERT, UPDATE"},
        "corpus_file": {"annotator": "SELECT", "adjudicator": "SELECT", "lead": "SELECT, INSERT, UPDATE"},
        "suggestions": {"annotator": "SELECT", "adjudicator": "SELECT", "lead": "SELECT, INSERT, UPDATE, DELETE"},
        "proposed": {"annotator": "SELECT", "adjudicator": "SELECT", "lead": "SELECT, INSERT, UPDATE, DELETE"},
        "alembic_version": dict.fromkeys(_EVERYBODY, "SELECT"),
        "person": dict.fromkeys(_EVERYBODY, "SELECT"),
        # A row's number tells how much all have decided: an annotator neither reads nor chooses it.
        "decision": {
            "annotator": f"SELECT ({_LOGGED}), INSERT ({_LOGGED})",
            "adjudicator": f"SELECT, INSERT ({_LOGGED})",
            "lead": f"SELECT, INSERT ({_LOGGED})",
        },
        "standing": dict.fromkeys(_EVERYBODY, f"SELECT, INSERT, UPDATE ({_FAR})"),
        "audit": dict.fromkeys(_EVERYBODY, "SELECT, INSERT"),
        "challenge": {
            "annotator": "SELECT",
            "adjudicator": "SELECT, INSERT, UPDATE (document)",
            "lead": "SELECT, INSERT, UPDATE (document)",
        },
        "task": {
            "annotator": "SELECT, UPDATE (state, owner, lease_until)",
            "adjudicator": "SELECT, UPDATE (state, owner, lease_until)",
            "lead": "SELECT, INSERT, UPDATE, DELETE",
        },
    }
)
"""What each role may do with each table at all; which rows of it, the policies say."""


class Policy(NamedTuple):
    """Which rows of a table some roles may see, or make."""

    table: str
    command: str
    """SELECT, INSERT or UPDATE."""
    roles: Sequence[str]
    sees: str | None
    """Of which rows; None where the command sees none."""
    makes: str | None = None
    """What rows it leaves behind must be; None where it leaves none."""


def _own(column: str, stage: str = "") -> str:
    """Give the condition that a column holds a pseudonym of who asks, in the stage that another column says."""
    in_stage = f" AND me.stage = {stage}" if stage else ""
    return f"{column} IN (SELECT me.pseudonym FROM person AS me WHERE me.name = session_user::text{in_stage})"  # noqa: S608 - ours


_NOW = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint"
_ANY = "true"

_SAYS_THE_SAME = " AND ".join(
    f"(decision.payload::json ->> '{said}') = decision.{column}"
    for said, column in (
        ("id", "decision_id"),
        ("person", "person"),
        ("article_id", "article_id"),
        ("text_sha256", "text_sha256"),
        ("stage", "stage"),
    )
)
"""What is logged under a name must say so itself: an export goes by it."""


def _labelled(table: str) -> str:
    """Give the condition that annotators are done with the article of a row: all who have a slot of it, else two."""
    task = f"FROM task AS slot WHERE slot.article_id = {table}.article_id AND slot.stage = 'label'"
    far = f"FROM standing AS far WHERE far.article_id = {table}.article_id AND far.text_sha256 = {table}.text_sha256"
    slots = f"CASE WHEN EXISTS (SELECT {task}) THEN NOT EXISTS (SELECT {task} AND slot.state <> 'done')"
    return f"{slots} ELSE (SELECT count(*) {far} AND far.finished AND left(far.person, 1) = 'a') >= {NEEDED} END"


_FOR_ME = f"(task.reserved_for IS NULL OR {_own('task.reserved_for')})"
_FREE = f"(task.state = 'open' OR (task.state = 'leased' AND task.lease_until < {_NOW}))"
_MINE_OR_FREE = f"{_own('task.owner')} OR ({_FOR_ME} AND {_FREE})"
_TAKEN_OR_GIVEN_BACK = (
    "(task.state = 'open' AND task.owner IS NULL AND task.lease_until IS NULL) OR "
    f"({_own('task.owner', 'task.stage')} AND {_FOR_ME} AND ((task.state = 'done' AND task.lease_until IS NULL) "
    f"OR (task.state = 'leased' AND task.lease_until <= {_NOW} + {LONGEST_LEASE})))"
)
_FILED = _own("(challenge.document::json ->> 'filed_by')")
_TRUSTED: tuple[Role, ...] = ("adjudicator", "lead")
_BLIND: tuple[Role, ...] = ("annotator", "adjudicator")

POLICIES: tuple[Policy, ...] = (
    Policy("person", "SELECT", _BLIND, "person.name = session_user::text"),
    Policy("person", "SELECT", ["lead"], _ANY),
    Policy("decision", "SELECT", _BLIND, _own("decision.person")),
    Policy("decision", "SELECT", ["adjudicator"], f"decision.stage = 'adjudicate' OR {_labelled('decision')}"),
    Policy("decision", "SELECT", ["lead", KEEPER], _ANY),
    Policy(
        "decision",
        "INSERT",
        ["annotator"],
        None,
        f"decision.stage = 'label' AND {_own('decision.person', 'decision.stage')} AND {_SAYS_THE_SAME}",
    ),
    Policy("decision", "INSERT", _TRUSTED, None, f"{_own('decision.person', 'decision.stage')} AND {_SAYS_THE_SAME}"),
    Policy("decision", "INSERT", [KEEPER], None, _ANY),
    Policy("standing", "SELECT", ["annotator"], _own("standing.person")),
    Policy("standing", "SELECT", _TRUSTED, _ANY),
    Policy("standing", "INSERT", _EVERYBODY, None, _own("standing.person")),
    Policy("standing", "UPDATE", _EVERYBODY, _own("standing.person"), _own("standing.person")),
    Policy("audit", "SELECT", _BLIND, _own("audit.person")),
    Policy("audit", "SELECT", ["adjudicator"], _labelled("audit")),
    Policy("audit", "SELECT", ["lead"], _ANY),
    Policy("audit", "INSERT", _EVERYBODY, None, _own("audit.person")),
    Policy("challenge", "SELECT", _TRUSTED, _ANY),
    Policy("challenge", "INSERT", _TRUSTED, None, _FILED),
    Policy("challenge", "UPDATE", _TRUSTED, _FILED, _FILED),
    Policy("task", "SELECT", ["annotator"], _MINE_OR_FREE),
    Policy("task", "SELECT", ["adjudicator"], _ANY),
    Policy("task", "UPDATE", _BLIND, _MINE_OR_FREE, _TAKEN_OR_GIVEN_BACK),
    Policy("task", "ALL", ["lead"], _ANY, _ANY),
    *(Policy(table, "ALL", [KEEPER], _ANY, _ANY) for table in ("person", "standing", "audit", "challenge", "task")),
)
"""Of a table with policies, a role sees and makes no rows but those that one of them lets it."""

GUARDED = tuple(dict.fromkeys(policy.table for policy in POLICIES))
"""The tables of which not everybody sees everything."""

SLOTS = "slot"
"""A view of the tasks in which others' names are left out: that an article has slots, and others have them, is all."""

_SHOWN = ", ".join(
    f"CASE WHEN {_own(whose)} THEN task.{column} END AS {column}"
    for column, whose in (
        ("owner", "task.owner"),
        ("reserved_for", "task.reserved_for"),
        ("lease_until", "task.owner"),
    )
)
_SELECTED = f"SELECT task_id, article_id, stage, slot, ord, state, waits, {_SHOWN} FROM task"  # noqa: S608 - ours

COUNTING = ("task_begins_to_wait", "task_waits_for_more", "task_waits_for_less")
"""Functions that count what a slot to adjudicate waits for: they write where who works may not, for triggers alone."""


def are_set_up(connection: Connection) -> bool:
    """Tell whether the store has a team, and so rights."""
    return connection.dialect.name == "postgresql" and bool(connection.execute(_HAS_KEEPER).scalar())


_HAS_KEEPER = text(
    "SELECT EXISTS (SELECT FROM pg_class JOIN pg_roles ON pg_roles.oid = relowner "
    "WHERE pg_class.oid = to_regclass('decision') AND rolname = current_database() || '_keeper')"
)


class Names:
    """The names of a store's groups, as SQL has them, and a connection to run it on."""

    def __init__(self, connection: Connection, database: str) -> None:
        self._connection = connection
        self.database = database

    def quoted(self, name: str) -> str:
        """Give a name as SQL has it, whatever characters it holds."""
        return self._connection.dialect.identifier_preparer.quote_identifier(name)

    def group(self, role: str) -> str:
        """Give the group of a role."""
        return self.quoted(group_of(self.database, role))

    def run(self, statement: str) -> None:
        """Run a statement that takes no parameters: names and rights can be none."""
        self._connection.exec_driver_sql(statement)


def set_up(connection: Connection) -> None:
    """Give every role its rights and nobody else any, whatever they were before, in the transaction at hand.

    Raises `Refusal` `store.rights` for a database after which roles cannot be named: its name leaves no room for
    more, or somebody else's role has that name.
    """
    database, schema = connection.execute(text("SELECT current_database(), current_schema()")).one()
    left = connection.execute(text("SELECT tablename, policyname FROM pg_policies WHERE schemaname = current_schema()"))
    names = Names(connection, database)
    _make_groups(connection, names)
    if not connection.execute(text("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")).scalar():
        names.run(f"GRANT {names.group(KEEPER)} TO CURRENT_USER")
    for table, policy in left.all():
        names.run(f"DROP POLICY {names.quoted(policy)} ON {names.quoted(table)}")
    names.run(f"GRANT USAGE, CREATE ON SCHEMA {names.quoted(schema)} TO {names.group(KEEPER)}")
    names.run(f"DROP VIEW IF EXISTS {SLOTS}")
    for table in _TABLES:
        names.run(f"ALTER TABLE {table} OWNER TO {names.group(KEEPER)}")
    for function in COUNTING:
        names.run(f"ALTER FUNCTION {function}() OWNER TO {names.group(KEEPER)}")
    for someone in connection.execute(_GRANTED).scalars().all():
        names.run(f"REVOKE ALL ON ALL TABLES IN SCHEMA {names.quoted(schema)} FROM {someone}")
    for statement in _statements(names, schema):
        names.run(statement)


def _make_groups(connection: Connection, names: Names) -> None:
    found = connection.execute(text("SELECT rolname, rolcanlogin OR rolsuper OR rolbypassrls FROM pg_roles"))
    there: dict[str, bool] = {row[0]: row[1] for row in found}
    for role in (*_EVERYBODY, KEEPER):
        group = group_of(names.database, role)
        if len(group.encode()) > _LONGEST_NAME:
            what = f"The database's name, {names.database}, is too long to name its roles after it."
            raise Refusal("store.rights", what, "Use a database whose name has 50 bytes at most.")
        if there.get(group):
            what = f"The server has a role {group} that is no group of this team: it can log in, or do more than any."
            raise Refusal("store.rights", what, "Rename one of the two.")
        if group not in there:
            names.run(f"CREATE ROLE {names.group(role)} NOLOGIN")


_GRANTED = text("""
    SELECT DISTINCT grantee::regrole::text
    FROM (SELECT relowner AS owner, relacl AS acl FROM pg_class
        WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
        UNION ALL SELECT relowner, attacl FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
        WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r') AS given, aclexplode(acl)
    WHERE grantee NOT IN (0, owner)
""")
"""Whoever was given anything, as SQL has their names: a login that all shared, say."""


def _statements(names: Names, schema: str) -> Iterator[str]:
    keeper, everybody = names.group(KEEPER), ", ".join(names.group(role) for role in _EVERYBODY)
    database, schema = names.quoted(names.database), names.quoted(schema)
    # No temporary tables either: with them come functions of one's own, which see what conditions are asked of.
    yield f"REVOKE ALL ON DATABASE {database} FROM PUBLIC, {everybody}"
    yield f"GRANT CONNECT ON DATABASE {database} TO {keeper}, {everybody}"
    yield f"REVOKE ALL ON SCHEMA {schema} FROM PUBLIC, {everybody}"
    yield f"GRANT USAGE ON SCHEMA {schema} TO PUBLIC"  # who is put out in mid-work is told so, not that tables are gone
    for table in _TABLES:
        yield f"REVOKE ALL ON TABLE {table} FROM PUBLIC, {everybody}"
        for role, rights in GRANTS.get(table, {}).items():
            yield f"GRANT {rights} ON TABLE {table} TO {names.group(role)}"
        if table not in READ_BY_ALL:
            yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
            yield f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"
    yield f"REVOKE UPDATE, DELETE, TRUNCATE ON TABLE decision FROM {keeper}"
    for number, policy in enumerate(POLICIES):
        yield _statement(names, f"{policy.table}_{number}", policy)
    yield f"CREATE VIEW {SLOTS} WITH (security_barrier) AS {_SELECTED}"
    yield f"ALTER VIEW {SLOTS} OWNER TO {keeper}"
    yield f"REVOKE ALL ON TABLE {SLOTS} FROM PUBLIC, {everybody}"
    yield f"GRANT SELECT ON TABLE {SLOTS} TO {everybody}"


def _statement(names: Names, called: str, policy: Policy) -> str:
    roles = ", ".join(names.group(role) for role in policy.roles)
    statement = f"CREATE POLICY {called} ON {policy.table} FOR {policy.command} TO {roles}"
    statement += f" USING ({policy.sees})" if policy.sees is not None else ""
    return statement + (f" WITH CHECK ({policy.makes})" if policy.makes is not None else "")
