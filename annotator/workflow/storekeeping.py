"""Looking after the work store as a whole: what it holds, another engine for it, a damaged one. Knows no table."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from annotator.errors import Refusal
from annotator.model.article import Article
from annotator.store.articles import row_of
from annotator.store.atomic import keep_aside, put_in_place, remove
from annotator.store.copying import Held, copy_store
from annotator.store.corpus import read_corpus
from annotator.store.engine import open_engine, writing
from annotator.store.membership import membership
from annotator.store.migrate import HEAD, bring_up_to_date, shape_of
from annotator.store.network_disks import network_warning
from annotator.store.recovering import Recovered, recover
from annotator.store.store_facts import StoreFacts, facts_of
from annotator.store.team_rights import are_set_up, set_up
from annotator.store.workspace import Workspace
from annotator.workflow.article_files import Read, articles_in, files_of_many


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    """Give an engine for a store, let go of at the end. Raises `Refusal` for a URL that names none."""
    engine = open_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


def look(url: str) -> StoreFacts:
    """Give what is to be known of a store without changing it. Raises `Refusal` when it cannot be opened."""
    with opened(url) as engine:
        return facts_of(engine)


def upgrade(url: str) -> tuple[str | None, str]:
    """Bring a store to the shape that this program knows; give the one it had and the one it has.

    A team's rights are set up anew: what is new is closed until they say who may do what with it.
    """
    with opened(url) as engine:
        before = shape_of(engine)
        bring_up_to_date(engine)
        if membership(engine) is None:
            with writing(engine) as connection:
                if are_set_up(connection):
                    set_up(connection)
        return before, HEAD


def warning_of(url: str) -> str:
    """Give what is to be told of where a store lies; nothing where it lies well. Raises `Refusal` for no URL of one."""
    with opened(url) as engine:
        return network_warning(engine)


def copy(source: str, target: str, begun: Callable[[str], None] = lambda _: None) -> dict[str, Held]:
    """Copy one store into another, empty one.

    Raises `Refusal` as `copy_store` does, `usage` for a store into itself, `store.unreachable` for a file not there.
    """
    with opened(source) as ours, opened(target) as theirs:
        if ours.url == theirs.url:
            raise Refusal("usage", "A store is not copied into itself.", "Name another one.")
        _refuse_missing_file(ours)
        return copy_store(ours, theirs, begun)


def _refuse_missing_file(engine: Engine) -> None:
    """SQLite would make the file anew, and who mistyped a backup's name would be told that all was copied."""
    try:
        if engine.dialect.name == "sqlite":
            Path(engine.url.database or "").stat()
    except FileNotFoundError:
        do = "Check its path; a workspace's own store is made by `annotator import`."
        raise Refusal("store.unreachable", f"There is no store at {engine.url.database}.", do) from None
    except OSError:
        return  # opening it says what is wrong


@dataclass(frozen=True, slots=True)
class Rescue:
    """A damaged store, and what was made of it."""

    damaged: Path
    """Where the damaged file is now."""
    recovered: Path
    outcome: Recovered


def rescue(workspace: Workspace, out: Path | None, *, replace: bool) -> Rescue:
    """Bring back what is intact of a workspace's damaged store, in a new file; with `replace` in its place.

    The damaged file is kept, under another name when it is replaced.
    Raises `Refusal` as `recover` does, and `usage` for a store on a server: its backups are its own.
    """
    with opened(workspace.store_url) as engine:  # nothing is opened in it
        url = engine.url
    if url.get_backend_name() != "sqlite" or not url.database:
        raise Refusal("usage", "Only a SQLite store is recovered.", "Restore a server's store from its backup.")
    damaged = Path(url.database)
    recovered = out or _free_name(damaged, "recovered")
    outcome = recover(damaged, recovered, _texts(workspace))
    if not replace:
        return Rescue(damaged, recovered, outcome)
    aside = _free_name(damaged, "damaged")
    _put_in_place(recovered, damaged, aside)
    return Rescue(aside, damaged, outcome)


def _put_in_place(recovered: Path, damaged: Path, aside: Path) -> None:
    """Exchange the files so that a store is there at any time, and never the journal of one beside the other."""
    journals = [ending for ending in ("-journal", "-wal", "-shm") if damaged.with_name(damaged.name + ending).exists()]
    for ending in ("", *journals):
        keep_aside(damaged.with_name(damaged.name + ending), aside.with_name(aside.name + ending))
    for ending in journals:
        remove(damaged.with_name(damaged.name + ending))
    put_in_place(recovered, damaged)


def _free_name(path: Path, word: str) -> Path:
    """Give a name beside a file that nothing has yet: work.recovered.db, work.recovered-2.db."""
    names = (f"{path.stem}.{word}{'' if number == 1 else f'-{number}'}{path.suffix}" for number in range(1, 1000))
    return next(free for name in names if not (free := path.with_name(name)).exists())


def _texts(workspace: Workspace) -> dict[tuple[str, str], dict[str, object]]:
    """Give the rows of the corpus's articles: they stand in for texts that are lost."""
    if not workspace.corpus.is_dir():
        return {}
    articles = [found for found in read_corpus(workspace.corpus) if isinstance(found, Article)]
    for file in files_of_many(workspace.corpus):
        articles += [found.article for found in articles_in(file) if isinstance(found, Read)]
    return {(article.article_id, article.text_sha256): row_of(article, version=1) for article in articles}
