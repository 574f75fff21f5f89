"""Which program runs here, so that another machine can tell whether it would find the same. Reads its source only."""

import sys
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import NamedTuple
from unicodedata import unidata_version

from annotator.model.canonical import sha256
from annotator.version import __version__

_ROOMS = ("text", "model", "finders")
"""The parts of the program that candidates hang on."""


class Program(NamedTuple):
    """What must be the same on two machines for them to find the same."""

    version: str
    source: str
    """SHA-256 over the source of those parts."""
    python: str
    unicode: str

    def __str__(self) -> str:
        return f"annotator {self.version} (source {self.source[:8]}, Python {self.python}, Unicode {self.unicode})"


@cache
def this_program() -> Program:
    """Give what runs here."""
    rooms = (files("annotator") / room for room in _ROOMS)
    source = sha256(b"".join(one for room in rooms for one in _sources(room)))
    return Program(__version__, source, ".".join(map(str, sys.version_info[:2])), unidata_version)


def _sources(folder: Traversable) -> Iterator[bytes]:
    for one in sorted(folder.iterdir(), key=lambda found: found.name):
        if one.is_dir():
            yield from _sources(one)
        elif one.name.endswith(".py"):
            yield one.read_bytes()
