"""A team's store for tests: people with passwords of their own on a server that asks for them."""

import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from annotator.store.engine import open_engine
from annotator.store.membership import Role
from annotator.store.migrate import bring_up_to_date
from annotator.store.workspace import open_workspace
from annotator.workflow import event_edits, mention_edits
from annotator.workflow.importing import import_corpus
from annotator.workflow.labelling import labelling
from annotator.workflow.project import Project
from annotator.workflow.team import add

PASSWORD = "correct-horse-battery"


class Team:
    """A database on the tests' server, and people whose names no other test has."""

    def __init__(self, server: Callable[[str], str], database: str, root: Path) -> None:
        self.database = database
        self.keeper = server(database)
        self.root = root

    def name(self, who: str) -> str:
        """Give somebody's name here: the server's roles are shared by all tests."""
        return f"{who}.{self.database[1:9]}"

    def url(self, who: str, password: str = PASSWORD) -> str:
        """Give the URL by which somebody connects."""
        url = make_url(self.keeper).set(username=self.name(who), password=password)
        return url.render_as_string(hide_password=False)

    def add(self, who: str, role: Role, password: str | None = PASSWORD) -> str:
        """Let somebody in, as the superuser; give their first pseudonym."""
        engine = open_engine(self.keeper)
        try:
            return add(engine, self.name(who), role, password).pseudonyms[0]
        finally:
            engine.dispose()

    @contextmanager
    def project(self, who: str | None) -> Iterator[Project]:
        """Open the workspace as somebody; None: as the superuser."""
        opened = Project(open_workspace(self.root), open_engine(self.keeper if who is None else self.url(who)))
        try:
            yield opened
        finally:
            opened.close()

    @contextmanager
    def connected(self, who: str | None) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
        """Connect to the server as somebody, without this program; None: as the superuser."""
        with psycopg.connect(self.keeper if who is None else self.url(who), autocommit=True) as connection:
            yield connection

    def drop(self, server: Callable[[str], str]) -> None:
        """Take the database and all roles that were made for it away."""
        with psycopg.connect(server("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(self.database)))
            # Groups first: who let somebody into one of them cannot go before it.
            found = "SELECT rolname FROM pg_roles WHERE rolname LIKE %s ORDER BY NOT starts_with(rolname, %s)"
            for (role,) in connection.execute(found, (f"%{self.database[1:9]}%", self.database)).fetchall():
                connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(str(role))))


@contextmanager
def team_on(server: Callable[[str], str], made_workspace: Path, folder: Path) -> Iterator[Team]:
    """Make a team's store with the articles of a workspace and nobody in it; all of it is gone at the end."""
    name = f"t{uuid.uuid4().hex}"
    with psycopg.connect(server("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0".encode())
    team = Team(server, name, Path(shutil.copytree(made_workspace, folder / name)))
    try:
        with team.project(None) as project:
            bring_up_to_date(project.engine)
            import_corpus(project)
        yield team
    finally:
        team.drop(server)


def label(team: Team, who: str, article: str, *, reject_numbers: bool = False, finish: bool = True) -> None:
    """Label an article as somebody, to its end."""
    with team.project(who) as project, labelling(project, article, team.name(who)) as session:
        for item in session.in_order():
            if item.mention.kind == "number" and reject_numbers:
                mention_edits.reject(session, item)
            else:
                mention_edits.confirm(session, item)
        for item in session.in_order():
            if item.mention.kind == "trigger":
                event_edits.make_event(session, item)
        if finish:
            session.finish()
