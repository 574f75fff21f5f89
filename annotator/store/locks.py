"""One window per person and article: the system frees the lock however a program dies."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from filelock import FileLock, Timeout

from annotator.errors import Refusal


@contextmanager
def only_window(work: Path, person: str, article_id: str) -> Iterator[None]:
    """Hold an article for one person in this workspace.

    Raises `Refusal` while another window holds it, or when the lock cannot be written.
    """
    folder = work / "open"
    name = sha256(f"{person}\n{article_id}".encode()).hexdigest()[:24]
    lock = FileLock(folder / f"{name}.lock", timeout=0)
    try:
        folder.mkdir(exist_ok=True)
        lock.acquire()
    except Timeout:
        raise Refusal(
            "label.open-elsewhere",
            f"{article_id} is already open in another window under the name of {person}.",
            "Go on there, or close it first; nothing was changed.",
        ) from None
    except OSError as error:
        raise Refusal(
            "workspace.read-only",
            f"{folder} cannot be written to ({error.strerror}), so the article cannot be kept for one window.",
            "Make it writable.",
        ) from None
    try:
        yield
    finally:
        lock.release()
