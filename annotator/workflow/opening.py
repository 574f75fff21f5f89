"""Files that somebody named, open to be read: unpacked where they are gzip, standard input where it is asked for.

Owns how a file that cannot be read is refused. Knows nothing of what is in it.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from annotator.errors import Refusal
from annotator.formats.packed import Source, unpacked

STANDARD_INPUT = "-"

Progress = Callable[[str], None]
"""Is told the name of each file that takes time."""


def untold(_: str) -> None:
    """Be the progress that nobody is told of."""


@contextmanager
def opened(written: str | Path, *, hashed: bool = False) -> Iterator[Source]:
    """Give a file ready to be read, unpacked where it is gzip; `-` is standard input.

    Raises `Refusal` as `unpacked` does, and `file.missing` when it cannot be opened.
    """
    if str(written) == STANDARD_INPUT:
        yield unpacked(sys.stdin.buffer, "standard input", hashed=hashed)
        return
    with _open(Path(written)) as raw:
        yield unpacked(raw, str(written), hashed=hashed)


def each_opened(files: Iterable[Path], progress: Progress = untold) -> Iterator[tuple[str, Source]]:
    """Give files by name, each ready to be read and open only until the next; `progress` is told each before it."""
    for file in files:
        progress(file.name)
        with opened(file) as source:
            yield str(file), source


def read_file(path: Path) -> bytes:
    """Give the bytes of a file, unpacked where it is gzip. Raises `Refusal` when it cannot be read."""
    with opened(path) as source:
        return source.read()


def _open(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise Refusal("file.missing", f"{path} could not be read: {error.strerror}.", "Check its name.") from None
