"""Gold that is no release: a file of JSON lines, or a folder of such files that are one corpus in parts.

Owns what of it is kept: all articles of a small one, of a large one only their ids, and it is read again to be scored.
Decides nothing about what is wrong with it: who asks for it refuses.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from annotator.errors import Refusal
from annotator.formats.known import Known, Tally
from annotator.formats.packed import Source
from annotator.formats.predictions import read_parts, say_of_the_whole
from annotator.model.problem import Problem
from annotator.scoring.document import Document
from annotator.store.workspace_root import root_of
from annotator.workflow.opening import opened
from annotator.workflow.parts import digest_of, parts_of, passed_over

KEPT = 1 << 23
"""Bytes of plain gold whose articles are kept in memory: more are read a second time instead."""


class Look:
    """One look at the articles of plain gold, file by file: what it comes to is known when the last was taken."""

    def __init__(self, path: Path) -> None:
        self.path, self.parts = path, parts_of(path)
        self.problems: list[Problem] = []
        """What is wrong or doubtful so far, line by line."""
        self.tally = Tally()
        """What is to be said of the whole."""
        self._digests: dict[Path, str] = {}
        self._before = 0
        self._source: Source | None = None

    def __iter__(self) -> Iterator[Document]:
        return read_parts(self._opened(), self.problems, prefix="gold", known=Known(), tally=self.tally)

    @property
    def size(self) -> int:
        """Bytes that came so far, unpacked."""
        return self._before + (self._source.size if self._source is not None else 0)

    def sha256(self) -> str:
        """Give the SHA-256 of its bytes, unpacked; of a folder that of what `sha256sum` writes of its parts."""
        return digest_of(self._digests) if self.path.is_dir() else self._digests[self.path]

    def said(self) -> list[Problem]:
        """Give all that is wrong or doubtful, also about the whole."""
        said = [*passed_over(self.path, "gold"), *self.problems]
        say_of_the_whole(str(self.path), self.tally, said, "gold")
        return said

    def _opened(self) -> Iterator[tuple[str, Source]]:
        for part in self.parts:
            with opened(part, hashed=True) as source:
                self._source = source
                yield str(part), source
                self._digests[part] = source.sha256()
                self._before, self._source = self.size, None


class PlainGold(NamedTuple):
    """Plain gold that was read from its first byte to its last."""

    look: Look
    documents: Iterable[Document]
    """What is scored, an article each; may be gone through again and again."""
    articles: frozenset[str]


def read_plain_gold(path: Path) -> PlainGold:
    """Give the plain gold at a path, and keep its articles unless they are too many.

    Raises `Refusal` where a file cannot be read.
    """
    look, ids, kept = Look(path), set[str](), list[Document]()
    keeps = sum(part.stat().st_size for part in look.parts) <= KEPT
    for document in look:
        ids.add(document.article_id)
        if look.size > KEPT:
            keeps = False
            kept.clear()
        if keeps:
            kept.append(document)
    documents = tuple(with_sources(kept, path)) if keeps else _ReadAgain(path, look.sha256())
    return PlainGold(look, documents, frozenset(ids))


@dataclass(frozen=True, slots=True)
class _ReadAgain:
    """The articles of plain gold that is right but too large to be kept: each look at them reads the files."""

    path: Path
    digest: str

    def __iter__(self) -> Iterator[Document]:
        """Give the articles. Raises `Refusal` `gold.invalid` at their end when it is no longer what it was."""
        look = Look(self.path)
        yield from with_sources(look, self.path)
        if look.sha256() != self.digest:
            raise Refusal("gold.invalid", f"{self.path} changed while it was read.", "Score again.")


def with_sources(documents: Iterable[Document], gold: Path) -> Iterator[Document]:
    """Give gold's articles with the outlets that the workspace around it names; gold stands on its own without."""
    outlets = _outlets_around(gold)
    if not outlets:
        yield from documents
        return
    for document in documents:
        outlet = outlets.get(document.article_id)
        yield document if outlet is None else document._replace(source=outlet)


def _outlets_around(gold: Path) -> dict[str, str]:
    """Give the outlets that the workspace around gold names, by article id."""
    if root_of(gold) is None:
        return {}
    from annotator.store.corpus import outlets_in
    from annotator.store.workspace import find_workspace

    try:
        return outlets_in(find_workspace(gold).corpus)
    except Refusal:
        return {}
