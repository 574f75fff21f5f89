"""Drawing lots that fall alike on every machine and in every order: by hash, never by a generator with a state."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

_Thing = TypeVar("_Thing")
_BITS = 52
"""As many as a float holds exactly."""


@dataclass(frozen=True, slots=True)
class Lots:
    """The lots of one person over one text; another person's fall otherwise."""

    seed: int
    person: str
    article_id: str
    text_sha256: str

    def number(self, *about: str) -> float:
        """Give a number in `[0, 1)`, even over all that it can be asked about, and the same for the same."""
        asked = "\n".join((str(self.seed), self.person, self.article_id, self.text_sha256, *about))
        drawn = int.from_bytes(hashlib.sha256(asked.encode()).digest()[:8])
        return (drawn >> (64 - _BITS)) / (1 << _BITS)

    def index(self, below: int, *about: str) -> int:
        """Give an integer in `[0, below)`."""
        return int(self.number(*about) * below)

    def one_of(self, things: Sequence[_Thing], *about: str) -> _Thing | None:
        """Give one of `things`; None when there is none."""
        return things[self.index(len(things), *about)] if things else None
