"""What every step of the work needs at hand: the workspace, its guidelines and its open store."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from sqlalchemy import Engine

from annotator.errors import Refusal
from annotator.model.guidelines import Guidelines
from annotator.model.migration import Migration, read_migrations
from annotator.store.engine import open_engine
from annotator.store.migrate import make_ready
from annotator.store.network_disks import network_warning
from annotator.store.workspace import Workspace, find_workspace


@dataclass(frozen=True)
class Project:
    """An open workspace. The guidelines are read at the first use, the store is open from the start."""

    workspace: Workspace
    engine: Engine

    @cached_property
    def guidelines(self) -> Guidelines:
        """The workspace's schema, registries and lexicon. Raises `Refusal` for what is wrong in them."""
        return self.workspace.guidelines()

    @cached_property
    def migrations(self) -> tuple[Migration, ...]:
        """The migrations of the schema, in order. Raises `Refusal` for what is wrong in their files."""
        return tuple(migration for migration, _ in read_migrations(self.workspace.guideline_files()))

    @cached_property
    def store_warning(self) -> str:
        """What is to be told of where the store lies; nothing where it lies well."""
        return network_warning(self.engine)

    def close(self) -> None:
        """Let go of the store."""
        self.engine.dispose()


def open_project(start: Path, *, only_to_look: bool = False) -> Project:
    """Open the workspace around `start` for work; `only_to_look` where it may be one that takes no new file.

    Raises `Refusal` when there is none, it cannot be written to, or its store cannot be opened.
    """
    workspace = find_workspace(start)
    if not (only_to_look and workspace.work.is_dir()):
        workspace.ready_for_work()
    engine = open_engine(workspace.store_url)
    try:
        make_ready(engine)
    except Refusal:
        engine.dispose()
        raise
    return Project(workspace, engine)
