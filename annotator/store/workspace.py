"""The folder that a team works in: where its articles, guidelines, gold and work in progress lie, and how one begins.

A workspace is any folder with `guidelines/` and a corpus (`seeds/`, or what `annotator.toml` names). The project's
own repository is one.
"""

import os
import shutil
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from annotator.errors import Refusal
from annotator.model.guidelines import Guidelines
from annotator.model.pages import PAGE
from annotator.model.settings import Settings
from annotator.store.atomic import NO_ROOM
from annotator.store.kept_guidelines import guidelines_of
from annotator.store.toml import read_bounded, read_toml, shaped
from annotator.store.workspace_root import SETTINGS_FILE, root_of

STORE_VARIABLE = "ANNOTATOR_STORE"
"""Environment variable that names the store's URL, before the settings do."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """An existing workspace."""

    root: Path
    settings: Settings

    @property
    def corpus(self) -> Path:
        """Folder of the articles and of `articles.toml`."""
        return self.root / self.settings.corpus

    @property
    def guidelines_folder(self) -> Path:
        """Folder of the schema, the registries, the lexicon and the prose."""
        return self.root / "guidelines"

    @property
    def gold(self) -> Path:
        """Folder of the releases."""
        return self.root / "gold"

    @property
    def work(self) -> Path:
        """Folder of work in progress; not for version control."""
        return self.root / ".annotator"

    @property
    def checkout_file(self) -> Path:
        """Where a checkout remembers what it is a copy of; no other workspace has that file."""
        return self.work / "checkout.json"

    @property
    def is_checkout(self) -> bool:
        """Whether it was taken out of a store to work without a network (`checkouts.py`)."""
        return self.checkout_file.is_file()

    @property
    def store_url(self) -> str:
        """Where work in progress is kept: by environment, by settings, else SQLite in the work folder.

        A relative file of the settings lies in the workspace, wherever in it the program was started. A checkout is
        always its own: the environment names the store that it was taken from.
        """
        from annotator.store.engine import file_url  # scoring reads workspaces and must load no database

        if self.is_checkout:
            return file_url(self.work / "work.db")
        if url := os.environ.get(STORE_VARIABLE):
            return url
        url = self.settings.store.url
        if url is None:
            return file_url(self.work / "work.db")
        relative = url.removeprefix("sqlite:///")
        return url if relative == url or relative.startswith("/") else f"{file_url(self.root)}/{relative}"

    def guidelines(self) -> Guidelines:
        """Read the guidelines. Raises `Refusal` naming file and line of what is wrong in them."""
        return guidelines_of(self.guideline_files(), self.work)

    def guideline_files(self) -> dict[str, bytes]:
        """Give the bytes of the guidelines' data, by name within their folder, as `lexicon/en.toml`.

        Raises `Refusal` when one cannot be read.
        """
        folder = self.guidelines_folder
        try:
            return {path.relative_to(folder).as_posix(): read_bounded(path) for path in sorted(folder.rglob("*.toml"))}
        except OSError as error:
            raise Refusal("file.missing", f"{error.filename} could not be read: {error.strerror}.") from None

    def page_files(self) -> dict[str, bytes]:
        """Give the bytes of the guidelines' prose by name, as `numbers.md`; none where there are no pages.

        Raises `Refusal` when one cannot be read.
        """
        try:
            return {path.name: read_bounded(path) for path in sorted(self.guidelines_folder.glob(f"*{PAGE}"))}
        except OSError as error:
            raise Refusal("file.missing", f"{error.filename} could not be read: {error.strerror}.") from None

    def ready_for_work(self) -> None:
        """Make the work folder. Raises `Refusal` when the workspace cannot be written to."""
        try:
            self.work.mkdir(exist_ok=True)
            probe = self.work / f".probe-{os.getpid()}"
            probe.touch()
            probe.unlink()
        except OSError as error:
            raise Refusal(
                "workspace.read-only",
                f"The workspace {self.root} cannot be written to ({error.strerror}), so no decision could be saved.",
                "Make room." if error.errno in NO_ROOM else "Make it writable, or copy it to where you may write.",
            ) from None


def find_workspace(start: Path) -> Workspace:
    """Give the workspace that `start` lies in, itself or one above. Raises `Refusal` when there is none."""
    root = root_of(start)
    if root is None:
        raise Refusal(
            "workspace.missing",
            f"{start} is no workspace: it has neither {SETTINGS_FILE} nor guidelines/ and seeds/.",
            "Go into one, or make one with `annotator init DIR --from FOLDER`.",
        )
    return open_workspace(root)


def open_workspace(root: Path) -> Workspace:
    """Give the workspace at `root`. Raises `Refusal` when its settings cannot be read."""
    path = root / SETTINGS_FILE
    tables = read_toml(path, "workspace.settings")
    return Workspace(root, shaped(Settings, tables, str(path), "workspace.settings"))


def create_workspace(root: Path, sources: list[Path]) -> Workspace:
    """Make a workspace at `root` with copies of the article files `sources` and our guidelines.

    Raises `Refusal` when `root` exists and is not empty, or it cannot be written whole: then nothing is left in it.
    """
    there = root.exists()
    if there and _holds_something(root):
        raise Refusal("workspace.exists", f"{root} exists and is not empty.", "Name a new folder.")
    try:
        (root / "seeds").mkdir(parents=True)  # of two programs at one time, one gets past this
    except OSError as error:
        raise _not_made(root, error) from None
    try:
        _fill(root, sources)
    except OSError as error:
        for made in root.iterdir() if there else [root]:
            shutil.rmtree(made) if made.is_dir() else made.unlink()
        raise _not_made(root, error) from None
    return open_workspace(root)


def _holds_something(root: Path) -> bool:
    try:
        return any(root.iterdir())
    except OSError:  # a file, or a folder that nobody may look into
        return True


def _not_made(root: Path, error: OSError) -> Refusal:
    return Refusal(
        "file.not-written",
        f"{root} could not be made: {error.filename or root}: {error.strerror or error}.",
        "Name a folder that you may write to, and articles that you may read.",
    )


def _fill(root: Path, sources: list[Path]) -> None:
    (root / "gold").mkdir()
    for source in sources:
        shutil.copyfile(source, root / "seeds" / source.name)
    (root / ".gitattributes").write_text("seeds/** -text\ngold/*/** -text\n", encoding="utf-8")
    (root / ".gitignore").write_text(".annotator/\n", encoding="utf-8")
    # What makes the folder a workspace comes last: one that was begun and not finished is none.
    # Nothing in it was labelled under an older schema, so that there is nothing to migrate.
    shutil.copytree(shipped_guidelines(), root / "guidelines", ignore=shutil.ignore_patterns("migrations"))
    (root / SETTINGS_FILE).write_text('corpus = "seeds"\n', encoding="utf-8")


def shipped_guidelines() -> Path:
    """Give the guidelines that come with the program: inside an installed package, beside it in a checkout."""
    package = Path(str(resources.files("annotator")))
    inside = package / "guidelines"
    return inside if inside.is_dir() else package.parent / "guidelines"
