"""The guidelines as somebody reads them: pages in their order, each worked example with the words around it.

Reads the pages and, one by one as examples name them, the articles of the corpus. Needs no store. An article that is
not there costs its examples the words around, and nothing else.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Literal, NamedTuple

from annotator.checks.claims import full_id
from annotator.errors import Refusal
from annotator.model.article import Article
from annotator.model.guidelines import Guidelines
from annotator.model.pages import Handbook, handbook, read_pages
from annotator.model.worked_example import Claim, FillsRole, Range, SameEvent, Slip, read_example
from annotator.store.corpus import ArticleFile, article_files, read_article
from annotator.store.workspace import Workspace
from annotator.text.script import dominant_language

_AROUND = 70
"""How much of the article is shown on either side, in code points."""
_REACH = 260
"""How far away a trigger is still shown in the same stretch."""

Mark = Literal["", "quote", "trigger"]


class Piece(NamedTuple):
    """A stretch of the words shown."""

    text: str
    mark: Mark
    """What the claim is about, the trigger of its event, or neither."""


class Told(NamedTuple):
    """One claim as it is shown."""

    right: bool
    said: str
    """As it was written."""
    there: str | None
    """The words at the range that it names, where it names one and the article is there."""


@dataclass(frozen=True)
class Illustration:
    """Claims on one stretch of an article, with the words around it."""

    article: str
    """The article's id, or what the page says where it is not there."""
    place: Range
    pieces: tuple[Piece, ...]
    """What to show, in order; the quote alone where the article is not there or says something else."""
    rtl: bool
    claims: tuple[Told, ...]


class Guidebook:
    """The pages of a workspace with all that is needed to show them."""

    def __init__(self, workspace: Workspace, guidelines: Guidelines) -> None:
        """Read the pages. Raises `Refusal` for one that cannot be read."""
        self.guidelines = guidelines
        self.handbook: Handbook = handbook(read_pages(workspace.page_files()))
        self._corpus = workspace.corpus
        self._read: dict[str, Article | None] = {}

    @cached_property
    def _files(self) -> dict[str, ArticleFile]:
        with suppress(Refusal):
            return {file.article_id: file for file in article_files(self._corpus)}
        return {}

    def article(self, written: str) -> Article | None:
        """Give the article of an id or a beginning of it, or None when there is no such one, or several."""
        named = full_id(written, self._files)
        if len(named) != 1:
            return None
        if named[0] not in self._read:
            self._read[named[0]] = None
            with suppress(Refusal):
                self._read[named[0]] = read_article(self._files[named[0]])
        return self._read[named[0]]

    def illustrated(self, block: str) -> tuple[tuple[Illustration, ...], tuple[Slip, ...]]:
        """Give what a block of worked examples shows, claims on one stretch together, and what is wrong in it."""
        schema, registry = self.guidelines.schema, self.guidelines.registry
        example = read_example(block.rstrip("\n").split("\n"), 0, schema, registry)
        stretches = groupby(example.claims, key=lambda claim: (claim.article, claim.place, claim.quote))
        return tuple(self._illustration(tuple(claims)) for _, claims in stretches), example.slips

    def _illustration(self, claims: tuple[Claim, ...]) -> Illustration:
        first = claims[0]
        article = self.article(first.article)
        text = article.text if article else ""
        known = first.place.span.of(text) == first.quote
        pieces = tuple(_pieces(text, claims)) if known else (Piece(first.quote, "quote"),)
        return Illustration(
            article=article.article_id if article else first.article,
            place=first.place,
            pieces=pieces,
            rtl=(article.language if article else dominant_language(first.quote)) == "ar",
            claims=tuple(Told(claim.right, claim.told, self._there(claim, text)) for claim in claims),
        )

    def _there(self, claim: Claim, text: str) -> str | None:
        if isinstance(claim.says, FillsRole):
            return claim.says.trigger.span.of(text) or None
        if isinstance(claim.says, SameEvent):
            other = self.article(claim.says.article)
            return claim.says.trigger.span.of(other.text) or None if other else None
        return None


def _pieces(text: str, claims: Iterable[Claim]) -> Iterator[Piece]:
    """Cut the words around a stretch into what is marked and what is not."""
    marked: dict[tuple[int, int], Mark] = {}
    for claim in claims:
        marked.setdefault(claim.place.span, "quote")
        if isinstance(claim.says, FillsRole) and _near(claim.says.trigger, claim.place):
            marked.setdefault(claim.says.trigger.span, "trigger")
    spans = sorted(marked)
    start = _blank_before(text, spans[0][0] - _AROUND)
    stop = _blank_after(text, spans[-1][1] + _AROUND)
    at = start
    yield Piece("…" if start else "", "")
    for begin, end in spans:
        if begin >= at:  # a trigger inside another marked stretch is told by its claim alone
            yield Piece(_on_a_line(text[at:begin]), "")
            yield Piece(text[begin:end], marked[begin, end])
            at = end
    yield Piece(_on_a_line(text[at:stop]) + ("…" if stop < len(text) else ""), "")


def _on_a_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _near(trigger: Range, place: Range) -> bool:
    apart = max(trigger.start - place.end, place.start - trigger.end)
    return 0 <= apart <= _REACH


def _blank_before(text: str, start: int) -> int:
    if start <= 0:
        return 0
    return max(text.rfind(" ", 0, start), text.rfind("\n", 0, start)) + 1


def _blank_after(text: str, stop: int) -> int:
    blanks = [place for place in (text.find(" ", stop), text.find("\n", stop)) if place >= 0]
    return min(blanks, default=len(text))
