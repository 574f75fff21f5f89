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

MOST_HELD = 1 << 30
"""Bytes of a file that is held whole: what is made of them takes several times as much."""

_PIECE = 1 << 20

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
        yield unpacked(sys.stdin.buffer, _name(written), hashed=hashed)
        return
    with _open(Path(written)) as raw:
        yield unpacked(raw, str(written), hashed=hashed)


def each_opened(files: Iterable[Path], progress: Progress = untold) -> Iterator[tuple[str, Source]]:
    """Give files by name, each ready to be read and open only until the next; `progress` is told each before it."""
    for file in files:
        progress(file.name)
        with opened(file) as source:
            yield str(file), source


def read_file(written: str | Path) -> bytes:
    """Give the bytes of a file that is held whole, unpacked where it is gzip; `-` is standard input.

    Raises `Refusal` when it cannot be read, and `file.too-large` before it fills the machine.
    """
    pieces, size = list[bytes](), 0
    with opened(written) as source:
        while piece := source.read(_PIECE):
            pieces.append(piece)
            if (size := size + len(piece)) > MOST_HELD:
                what = f"{_name(written)} is larger than {MOST_HELD >> 30} GB, unpacked, and would be held whole."
                raise Refusal("file.too-large", what, "Split it into several files, by article.")
    return b"".join(pieces)


def _name(written: str | Path) -> str:
    return "standard input" if str(written) == STANDARD_INPUT else str(written)


def _open(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise Refusal("file.missing", f"{path} could not be read: {error.strerror}.", "Check its name.") from None
