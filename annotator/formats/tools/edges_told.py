"""In what offsets without quotes are counted, as far as spans tell: people mark words, and cut none.

A guess, and to be told as one: only where in one unit more spans begin and end with words than in any other.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from annotator.formats.tools.units import InsideCharacter, OutOfText, Ruler, Unit

LIKELY: tuple[Unit, ...] = ("utf16", "code_point", "grapheme")
"""Units that tools without quotes count in."""


_ENOUGH = 50
"""Texts that are looked at."""


class Counted(NamedTuple):
    """The spans of one text, as a file says them."""

    raw: str
    text: str
    spans: Sequence[tuple[object, object]]


class Likeliest(NamedTuple):
    """The unit that spans speak for."""

    unit: Unit
    fitting: int
    """Spans that begin and end with words in it."""
    otherwise: int
    """Of those, how many do so in the unit that the format has by default."""
    spans: int


def likeliest_unit(counted: Iterable[Counted], default: Unit) -> Likeliest | None:
    """Give the one unit in which most spans begin and end with words; None where two are as likely.

    Only the first texts that have spans are looked at: a tool counts all in one way.
    """
    fitting: dict[Unit, int] = dict.fromkeys(LIKELY, 0)
    spans = 0
    for one in islice((one for one in counted if one.spans), _ENOUGH):
        spans += len(one.spans)
        for unit in LIKELY:
            ruler = Ruler(one.raw, unit)
            fitting[unit] += sum(_is_whole(start, end, ruler, one.text) for start, end in one.spans)
    first, second = sorted(LIKELY, key=lambda unit: -fitting[unit])[:2]
    if fitting[first] == fitting[second]:
        return None
    return Likeliest(first, fitting[first], fitting[default], spans)


def _is_whole(start: object, end: object, ruler: Ruler, text: str) -> bool:
    """Tell whether a span has no blank at its edges and cuts no word there."""
    if type(start) is not int or type(end) is not int:
        return False
    try:
        begin, until = ruler.code_point(start), ruler.code_point(end)
    except (InsideCharacter, OutOfText):
        return False
    words = text[begin:until]
    return bool(words) and words == words.strip() and not _cuts(text, begin) and not _cuts(text, until)


def _cuts(text: str, at: int) -> bool:
    """Tell whether a position is within a word, marks on its letters included."""
    return 0 < at < len(text) and _is_of_word(text[at - 1]) and _is_of_word(text[at])


def _is_of_word(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character) in ("Mn", "Mc")
