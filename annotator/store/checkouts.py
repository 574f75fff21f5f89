"""What a checkout remembers: whose work it holds a copy of, from which store, and how far that store has it again.

A checkout is a workspace whose store is a SQLite file of its own, whatever settings and environment say. Its log is a
copy and a continuation; the store that it was taken from stays the truth. No password is ever kept in it.
"""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import orjson
from pydantic import Field, StrictBool, ValidationError
from sqlalchemy import URL, Engine

from annotator.errors import Refusal
from annotator.model.article import Sha256
from annotator.model.canonical import MAX_INTEGER, canonical_json
from annotator.model.frozen import Frozen, Name, Quantity
from annotator.model.settings import Settings
from annotator.store.atomic import write_file
from annotator.store.kept_guidelines import KEPT
from annotator.store.workspace import Workspace
from annotator.store.workspace_root import SETTINGS_FILE

FEWEST_DAYS, MOST_DAYS = 4, 14
"""For which anything can be checked out: a window has a slot for three, a server lets nobody have one for longer."""

Counted = Annotated[Quantity, Field(ge=0, le=MAX_INTEGER)]


class Taken(Frozen):
    """One article of a checkout."""

    article_id: Name
    text_sha256: Sha256
    slotted: StrictBool
    """Whether a slot of it was leased; not so where nobody assigned it."""
    sent: Counted
    """How many of the decisions here the server is known to have."""
    active_ms: Counted
    """Of the time at the keys, in milliseconds, what the server was told."""
    finders: Name | None = None
    """What the server's suggestions were made by; None where it kept none."""


class Checkout(Frozen):
    """All that is remembered."""

    server: Name
    """URL of the store that it was taken from, without a password."""
    name: Name
    """Who checked it out."""
    person: Name
    """The pseudonym of that person, which is kept."""
    taken_at: Counted
    """Milliseconds since 1970."""
    days: Annotated[Quantity, Field(ge=FEWEST_DAYS, le=MOST_DAYS)]
    """For how long slots are leased, now and at each sync."""
    first: Sha256 | None = None
    """Where the person's chain begins on that store: no other store has it. None before their first decision."""
    articles: tuple[Taken, ...]


def read_checkout(workspace: Workspace) -> Checkout | None:
    """Give what a checkout remembers; None for a workspace that is none. Raises `Refusal` `checkout.file`."""
    if not workspace.is_checkout:
        return None
    path = workspace.checkout_file
    try:
        return Checkout.model_validate_json(path.read_bytes())
    except OSError as error:
        what = f"{path} could not be read: {error.strerror}."
    except ValidationError:
        what = f"{path} cannot be read: it was changed, or a newer program made it."
    raise Refusal("checkout.file", what, "Restore it, or install the newer version; the work beside it is untouched.")


def keep_checkout(workspace: Workspace, checkout: Checkout) -> None:
    """Remember it. Raises `Refusal` `file.not-written`."""
    write_file(workspace.checkout_file, canonical_json(checkout.plain()), private=True)


def bare_url(engine: Engine) -> str:
    """Give a store's URL without any password."""
    url = engine.url.difference_update_query(("password", "sslpassword"))
    bare = URL.create(url.get_backend_name(), url.username, None, url.host, url.port, url.database, url.query)
    return bare.render_as_string()


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """Give a folder of its owner alone that becomes `target` when the block is left, and is gone when it fails.

    Raises `Refusal`: `workspace.exists` when there is something called `target`, `file.not-written` as the disk does.
    """
    try:
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            do = "`annotator sync` in it goes on with a checkout; or name a new folder: --to FOLDER."
            raise Refusal("workspace.exists", f"{target} exists and is not empty.", do)
        folder = Path(tempfile.mkdtemp(prefix=".checkout-", dir=target.parent))
    except OSError as error:
        raise _not_made(target, error) from None
    try:
        yield folder
        folder.rename(target)
    except OSError as error:
        raise _not_made(target, error) from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _not_made(target: Path, error: OSError) -> Refusal:
    what = f"{target} could not be made: {error.strerror or error}."
    return Refusal("file.not-written", what, "Name a folder that you may write to, on a disk with room.")


def furnish(folder: Path, source: Workspace) -> Workspace:
    """Put guidelines and settings of a workspace into a folder, without where its store is, and give what it becomes.

    Articles are in the store alone: the folder for their files stays empty.
    """
    shutil.copytree(source.guidelines_folder, folder / "guidelines")
    (folder / Settings().corpus).mkdir()
    settings = source.settings.model_copy(update={"store": Settings().store, "corpus": Settings().corpus})
    (folder / SETTINGS_FILE).write_text(_as_toml(settings), encoding="utf-8")
    made = Workspace(folder, settings)
    made.work.mkdir()
    if (source.work / KEPT).is_file():  # a second less at the first opening
        shutil.copyfile(source.work / KEPT, made.work / KEPT)
    return made


def _as_toml(settings: Settings) -> str:
    """Give what settings say beyond their defaults: tables of texts, numbers, truths and lists of texts."""
    tables: Mapping[str, Mapping[str, Any]] = settings.model_dump(mode="json", exclude_defaults=True)
    lines = ["# Of the workspace that this was checked out from. Its store is on this machine."]
    for table, values in tables.items():
        lines += ["", f"[{table}]", *(f"{_json(key)} = {_json(value)}" for key, value in values.items())]
    return "\n".join(lines) + "\n"


def _json(value: object) -> str:
    """Give a value as JSON, which TOML reads alike but for DEL."""
    return orjson.dumps(value).decode().replace("\x7f", "\\u007f")
