"""Where the text-bound lines of a `.ann` file stand: brat joins the words of pieces, and ends a piece with its line.

Owns what is brat's own about its words; whether they stand in the text is judged where all formats are.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from annotator.formats.inspection import shown
from annotator.formats.tools.brat_lines import Bound
from annotator.formats.tools.edges_told import Counted, likeliest_unit
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
    said: list[Said] = []
    owners: list[Bound] = []
    for one in bound:
        quotes = _quotes(one, file.raw, file.text)
        for (start, end), quote in zip(one.pieces, quotes, strict=True):
            said.append(Said(one.where, start, end, quote))
            owners.append(one)
    found: dict[str, list[Span]] = defaultdict(list)
    lost: set[str] = set()
    said = _unshifted(said, file, unit, problems)
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


_SEVERAL = 2
"""Words that are cut, from which on it is no chance."""


def _unshifted(said: list[Said], file: File, unit: Unit | None, problems: list[Problem]) -> list[Said]:
    """Give what is said without the words that brat took at shifted places, where the user says that they are shifted.

    Its browser counts UTF-16 and its server code points: what is marked behind a character beyond U+FFFF is stored too
    far behind, with the words that stand there. Nothing but words that are cut tells it, so that it is only warned of.
    """
    if unit not in (None, "utf16") or not any(one > "\uffff" for one in file.raw):
        return said
    stored = [_words(one, file, "code_point") for one in said]
    if any(one.quote not in (None, words) for one, words in zip(said, stored, strict=True)):
        return said

    def warn(rule: str, where: str, message: str) -> None:
        problems.append(Problem(rule=f"format.{rule}", level="warning", where=where, message=message))

    if unit is None:
        found = likeliest_unit([Counted(file.raw, file.text, [one[1:3] for one in said])], "code_point")
        if found is not None and found.unit == "utf16" and found.fitting == found.spans >= found.otherwise + _SEVERAL:
            told = f"Of {found.spans} spans {found.spans - found.otherwise} cut words, and none if offsets count UTF-16"
            warn("shifted", file.path, f"{told}: brat's browser may have shifted them. If it has, say --unit utf16.")
        return said
    for one, words in zip(said, stored, strict=True):
        meant = _words(one, file, "utf16")
        if meant != words and meant is not None:
            warn("quote-moved", one.where, f"The file has {shown(words)}; counted in UTF-16, it is {shown(meant)}.")
    return [one._replace(quote=None) for one in said]


def _words(one: Said, file: File, unit: Unit) -> str | None:
    """Give the words that stand where a span is said to, or None where it has no place."""
    if type(one.start) is not int or type(one.end) is not int:
        return None
    try:
        ruler = _ruler(file.raw, unit)
        return file.text[ruler.code_point(one.start) : ruler.code_point(one.end)]
    except (InsideCharacter, OutOfText):
        return None


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
