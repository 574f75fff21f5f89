"""Where the text-bound lines of a `.ann` file stand: brat joins the words of pieces, and ends a piece with its line.

Owns what is brat's own about its words; whether they stand in the text is judged where all formats are.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from annotator.formats.tools.brat_lines import Bound
from annotator.formats.tools.placing import Said, placed
from annotator.formats.tools.units import InsideCharacter, OutOfText, Ruler, Unit
from annotator.model.problem import Problem
from annotator.text.span import Span


class File(NamedTuple):
    """What is known of a file beside its lines."""

    path: str
    article_id: str
    person: str | None
    raw: str
    """The text that offsets count in."""
    text: str
    """The stored one."""


def places_of(
    bound: Iterable[Bound], file: File, unit: Unit | None, problems: list[Problem]
) -> Mapping[str, tuple[Span, ...]]:
    """Give the stretches of each text-bound line, those joined that brat split at line ends."""
    said, owners = [], []
    for one in bound:
        quotes = _quotes(one, file.raw, file.text)
        for (start, end), quote in zip(one.pieces, quotes, strict=True):
            said.append(Said(one.where, start, end, quote))
            owners.append(one)
    found: dict[str, list[Span]] = defaultdict(list)
    lost: set[str] = set()
    places = placed(said, file=file.path, raw=file.raw, text=file.text, problems=problems, unit=unit)
    for owner, span in zip(owners, places, strict=True):
        found[owner.id] += [span] if span is not None else []
        lost |= {owner.id} if span is None else set()
    where = {one.id: one.where for one in owners}
    whole = {}
    for name, spans in found.items():
        spans.sort()
        if any(one.overlaps(other) for one, other in pairwise(spans)):
            message = "The pieces of this span overlap."
            problems.append(Problem(rule="format.out-of-range", level="error", where=where[name], message=message))
        elif name not in lost:
            whole[name] = tuple(joined(spans, file.text))
    return whole


def _quotes(one: Bound, raw: str, text: str) -> list[str | None]:
    """Give the words of each piece: brat joins them by a blank, and has a blank for each line end in them.

    Where they do not come out even, each piece has all of them, so that it is told.
    """
    if not one.quote:
        return [None] * len(one.pieces)
    for unit in ("code_point", "utf16"):
        cut = _cut(one, unit)
        if cut is not None:
            return [
                _with_line_ends(quote, piece, raw, text, unit) for quote, piece in zip(cut, one.pieces, strict=True)
            ]
    return [one.quote] * len(one.pieces)


def _cut(one: Bound, unit: Unit) -> list[str] | None:
    """Cut the words where the pieces end, if they are as long as these."""
    ruler, at, found = Ruler(one.quote, unit), 0, []
    try:
        for start, end in one.pieces:
            begin, until = ruler.code_point(at), ruler.code_point(at + end - start)
            found.append(one.quote[begin:until])
            at += end - start + 1
        return found if until == len(one.quote) and all(found) else None
    except (InsideCharacter, OutOfText):
        return None


def _with_line_ends(quote: str, piece: tuple[int, int], raw: str, text: str, unit: Unit) -> str:
    """Give words with the line ends that the text has where they stand, if that is all in which they differ."""
    if "\n" not in text or " " not in quote:
        return quote
    try:
        ruler = _ruler(raw, unit)
        there = text[ruler.code_point(piece[0]) : ruler.code_point(piece[1])]
    except (InsideCharacter, OutOfText):
        return quote
    return there if there.replace("\n", " ") == quote else quote


@lru_cache(maxsize=2)
def _ruler(raw: str, unit: Unit) -> Ruler:
    return Ruler(raw, unit)


def joined(spans: Iterable[Span], text: str) -> Iterator[Span]:
    """Give pieces joined that nothing but line ends is between: brat ends each piece with its line."""
    held: Span | None = None
    for span in spans:
        if held is not None and not text[held.end : span.start].strip("\n"):
            held = Span(held.start, span.end)
            continue
        if held is not None:
            yield held
        held = span
    if held is not None:
        yield held
