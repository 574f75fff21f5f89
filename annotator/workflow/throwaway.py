"""A store in which nothing is kept: for articles that are only looked at, or tried things out on."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine

from annotator.store.engine import file_url, open_engine
from annotator.store.migrate import bring_up_to_date


@contextmanager
def throwaway_store() -> Iterator[Engine]:
    """Give an empty store, which is gone afterwards with all that was put into it."""
    with TemporaryDirectory(prefix="annotator-") as folder:
        engine = open_engine(file_url(Path(folder) / "work.db"))
        try:
            bring_up_to_date(engine)
            yield engine
        finally:
            engine.dispose()
