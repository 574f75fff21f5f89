"""`annotator team`: people let in and out as whoever looks after a server would."""

from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from annotator.store.engine import open_engine
from annotator.store.tasks import tasks
from tests.team_store import PASSWORD, label


def test_on_sqlite_blinding_is_a_courtesy(run):
    for verb in (["add", "noor", "--role", "annotator"], ["list"], ["remove", "noor"]):
        refused = run("team", *verb)
        assert refused.status == 3
        assert "blinding is a courtesy" in refused.err
        assert "store copy" in refused.err


@pytest.fixture
def as_keeper(team, monkeypatch):
    monkeypatch.setenv("ANNOTATOR_STORE", team.keeper)
    return team


@pytest.mark.postgres
def test_a_password_is_made_shown_once_and_works(run, as_keeper):
    name = as_keeper.name("noor")
    came = run("team", "add", name, "--role", "annotator").out.splitlines()
    assert came[0].split() == [name, "annotator", "a1"]
    password = came[1].removeprefix("password  ")
    assert len(password) == 24
    with psycopg.connect(as_keeper.url("noor", password)) as connection:
        assert connection.execute("SELECT pseudonym FROM person").fetchall() == [("a1",)]
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(as_keeper.url("noor", password[:-1]))
    again = run("team", "add", name, "--role", "adjudicator").out.splitlines()
    assert again == [f"{name}  adjudicator  a1 j1 c1"]  # and nothing of a password
    psycopg.connect(as_keeper.url("noor", password)).close()


@pytest.mark.postgres
def test_a_password_comes_from_a_file_and_never_to_the_server(run, as_keeper, tmp_path):
    file = tmp_path / "password"
    file.write_text(f"{PASSWORD}\r\nnot this\n", encoding="utf-8")
    with as_keeper.connected(None) as keeper:
        keeper.execute("ALTER SYSTEM SET log_statement = 'all'")
        keeper.execute("SELECT pg_reload_conf()")
        try:
            name = as_keeper.name("noor")
            came = run("team", "add", name, "--role", "lead", "--password-file", file, "--json").json
            log = keeper.execute("SELECT pg_read_file(pg_current_logfile())" if _logs(keeper) else "SELECT ''")
            assert PASSWORD not in str(log.fetchone())
        finally:
            keeper.execute("ALTER SYSTEM RESET log_statement")
            keeper.execute("SELECT pg_reload_conf()")
        stored = keeper.execute("SELECT rolpassword FROM pg_authid WHERE rolname = %s", (name,)).fetchone()
    assert came == {
        "name": name,
        "role": "lead",
        "pseudonyms": ["a1", "j1", "c1"],
        "password": None,
        "unguarded": None,
    }
    assert str(stored[0]).startswith("SCRAM-SHA-256$")
    with as_keeper.connected("noor"):
        pass


def _logs(keeper):
    return keeper.execute("SELECT pg_current_logfile() IS NOT NULL").fetchone()[0]


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("pg_monitor", "cannot be the name of a role"),
        ("public", "cannot be the name of a role"),
        ("n" * 64, "cannot be the name of a role"),
        ("postgres", "which was not made for a team"),
        ('noor" SUPERUSER; --', "cannot be a person's name"),
    ],
)
def test_names_that_will_not_do(run, as_keeper, name, said):
    refused = run("team", "add", name, "--role", "annotator")
    assert refused.status == 2
    assert said in refused.err


@pytest.mark.postgres
def test_a_quote_in_a_name_is_a_name(run, as_keeper):
    name = as_keeper.name("o'neill b@x")
    assert run("team", "add", name, "--role", "annotator").status == 0
    assert name in run("team", "list").out
    assert run("team", "remove", name).status == 0
    assert f"{name}  no way in" in run("team", "list").out


@pytest.mark.postgres
def test_short_passwords_and_missing_files_are_refused(run, as_keeper, tmp_path):
    (tmp_path / "short").write_text("hunter2", encoding="utf-8")
    for file, said in (("short", "less than 12 characters"), ("none", "could not be read")):
        refused = run("team", "add", as_keeper.name("noor"), "--role", "lead", "--password-file", tmp_path / file)
        assert refused.status == 2
        assert said in refused.err
    assert run("team", "list").out == ""


@pytest.mark.postgres
def test_who_may_not_make_roles_is_told_so(run, as_keeper, monkeypatch):
    as_keeper.add("lea", "lead")
    monkeypatch.setenv("ANNOTATOR_STORE", as_keeper.url("lea"))
    for verb in (["add", as_keeper.name("noor"), "--role", "lead"], ["remove", as_keeper.name("lea")]):
        refused = run("team", *verb)
        assert refused.status == 3
        assert "may not make people's roles" in refused.err
        assert PASSWORD not in refused.err
    assert run("team", "list").out == f"{as_keeper.name('lea')}  lead         a1 c1 j1\n"
    assert run("store", "upgrade").status == 0  # there is nothing to do for her


@pytest.mark.postgres
def test_the_server_that_asks_for_no_password_is_warned_of(run, as_keeper, asking_server):
    with as_keeper.connected(None) as keeper:
        (path,) = keeper.execute("SELECT current_setting('hba_file')").fetchone()
        file = Path(path)
        rules = file.read_text(encoding="utf-8")
        try:  # nothing is loaded: what is written there is what counts at the next start
            file.write_text("local all postgres trust\nlocal all all trust\n", encoding="utf-8")
            came = run("team", "add", as_keeper.name("noor"), "--role", "annotator")
        finally:
            file.write_text(rules, encoding="utf-8")
    assert f"{path}, line 2" in came.err
    assert came.status == 0


@pytest.mark.postgres
def test_verbs_work_for_an_annotator_and_show_own_work(run, as_keeper, monkeypatch, workspace):
    for who, role in (("noor", "annotator"), ("miriam", "annotator"), ("lea", "lead")):
        as_keeper.add(who, role)
    for who in ("noor", "miriam"):
        label(as_keeper, who, "en-1")
    monkeypatch.setenv("ANNOTATOR_STORE", as_keeper.url("noor"))
    (article,) = (one for one in run("status", "--json").json if one["article_id"] == "en-1")
    assert [one["person"] for one in article["people"]] == ["a1"]
    assert run("store", "status").status == 0
    assert run("suggest").status == 0
    for arguments, said in (
        (["label", "--as", as_keeper.name("miriam")], "under no other name"),
        (["import"], "no articles into this team's store"),
        (["agree"], "does not give you the rights"),
        (["assign"], "You may assign nothing in this team.\n  Its lead can."),
        (["assign", "--take-back"], "You may assign nothing in this team."),
        (["export", "--to", "decisions", "--out", "log.jsonl"], "does not give you the rights"),
        (["label", "en-1"], "no terminal"),
    ):
        refused = run(*arguments)
        assert refused.status != 0, arguments
        assert said in refused.err, (arguments, refused.err)
        assert "Traceback" not in refused.err
    monkeypatch.setenv("ANNOTATOR_STORE", as_keeper.url("lea"))
    (article,) = (one for one in run("status", "--json").json if one["article_id"] == "en-1")
    assert [one["person"] for one in article["people"]] == ["a1", "a2"]
    assert run("assign", "--to", as_keeper.name("noor"), "--overlap", "1").status == 0
    refused = run("assign", "--to", "nobody", "--overlap", "1")
    assert (refused.status, "Nobody called 'nobody' labels in this team." in refused.err) == (2, True)


@pytest.mark.postgres
def test_who_owns_the_database_looks_after_the_team_without_being_superuser(run, as_keeper, monkeypatch):
    owner = as_keeper.name("owner")
    with as_keeper.connected(None) as keeper:
        keeper.execute(f"CREATE ROLE \"{owner}\" LOGIN CREATEROLE PASSWORD '{PASSWORD}'")
        keeper.execute(f'ALTER DATABASE {as_keeper.database} OWNER TO "{owner}"')
        keeper.execute(f'ALTER SCHEMA public OWNER TO "{owner}"')
        tables = keeper.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        for (table,) in tables:
            keeper.execute(f'ALTER TABLE {table} OWNER TO "{owner}"')
        functions = keeper.execute("SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace").fetchall()
        for (function,) in functions:
            keeper.execute(f'ALTER FUNCTION {function} OWNER TO "{owner}"')
    monkeypatch.setenv("ANNOTATOR_STORE", as_keeper.url("owner"))
    for who, role in (("noor", "annotator"), ("lea", "lead")):
        file = as_keeper.root / "password"
        file.write_text(PASSWORD, encoding="utf-8")
        came = run("team", "add", as_keeper.name(who), "--role", role, "--password-file", file)
        assert came.status == 0, came.err
    label(as_keeper, "noor", "en-1")
    assert "en-1" in run("status").out
    slip = run("assign", "--to", as_keeper.name("noor") + "x", "--overlap", "1")
    assert (slip.status, "`annotator team list` tells who is in" in slip.err) == (2, True)
    run("assign", "--to", as_keeper.name("noor"), "--overlap", "1")
    assert run("team", "remove", as_keeper.name("noor")).status == 0
    assert run("store", "upgrade").status == 0
    engine = open_engine(make_url(as_keeper.keeper).render_as_string(hide_password=False))
    assert len(tasks(engine)) == 4
    engine.dispose()
