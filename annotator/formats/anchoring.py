"""Where a quote without offsets stands in a text, as language models write them. Decides by the text alone.

The places where the text has the quote exactly come first, then those where it reads the same (case, diacritics, blanks
and the ways to write a letter do not count); whole words before parts of them. Of several places, the one nearest to
what is known of the same event is the one, unless another is as near.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from annotator.finders.edges import ends, is_letter, is_proclitic
from annotator.text.folding import Folded, fold
from annotator.text.span import Span, span

How = Literal["exact", "folded"]

MOST = 1000
"""Places of a quote that are looked at: what stands more often says nothing about where it was meant."""

_GLUED = 3
"""Letters looked at before a word: those that Arabic glues on are fewer."""
_AROUND = 16
"""Code points looked at on either side of a quote: the letters that Arabic glues on, with the marks on them."""


class Places(NamedTuple):
    """Where a quote stands."""

    spans: tuple[Span, ...] = ()
    how: How = "exact"


class Quotes:
    """One text in which quotes are looked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[str, Places] = {}

    def places(self, quote: str) -> Places:
        """Give the places of a quote, in reading order, of the best sort that there is; at most `MOST` of them."""
        if quote not in self._found:
            self._found[quote] = self._look_for(quote)
        return self._found[quote]

    def _look_for(self, quote: str) -> Places:
        exact = self._exact(quote) if quote.strip() else []
        if whole := _whole(self._text, exact):
            return Places(tuple(whole))
        folded = self._reading_as(quote)
        if whole := _whole(self._folded.text, folded):
            return Places(self._stored(whole), "folded")
        return Places(tuple(exact)) if exact else Places(self._stored(folded), "folded")

    def _exact(self, quote: str) -> list[Span]:
        def next_one(position: int) -> Span | None:
            start = self._text.find(quote, position)
            return None if start < 0 else span(start, start + len(quote))

        return list(_up_to_most(next_one))

    def _reading_as(self, quote: str) -> list[Span]:
        """Give where the folded copy reads as the quote does, whatever the blanks in it, in positions of the copy."""
        pattern = re.compile(r"\s+".join(map(re.escape, fold(quote).text.split())))

        def next_one(position: int) -> Span | None:
            found = pattern.search(self._folded.text, position)
            return None if found is None else span(*found.span())

        return list(_up_to_most(next_one)) if pattern.pattern else []

    @cached_property
    def _folded(self) -> Folded:
        return fold(self._text)

    def _stored(self, found: Iterable[Span]) -> tuple[Span, ...]:
        return tuple(dict.fromkeys(self._folded.span(*one) for one in found))


def nearest(places: Sequence[Span], known: Sequence[Span]) -> Span | None:
    """Give the place that is nearest to something known, and then to all of it.

    None when nothing is known, when two are as near, or when there may be more than the `MOST` places looked at.
    """
    if not known or len(places) >= MOST:
        return None
    away = sorted((_away(place, known), place) for place in places)
    return None if len(away) > 1 and away[0][0] == away[1][0] else away[0][1]


def _away(place: Span, known: Sequence[Span]) -> tuple[int, int]:
    apart = [max(0, place.start - other.end, other.start - place.end) for other in known]
    return min(apart), sum(apart)


def _up_to_most(next_one: Callable[[int], Span | None]) -> Iterator[Span]:
    position = 0
    for _ in range(MOST):
        found = next_one(position)
        if found is None:
            return
        yield found
        position = found.start + 1


def _whole(text: str, found: list[Span]) -> list[Span]:
    """Give those places that are whole words; all of them where further words may stand behind the last."""
    return found if len(found) == MOST else [one for one in found if _is_whole(text, one)]


def _is_whole(text: str, one: Span) -> bool:
    """Tell whether words begin and end at the edges, the marks on their letters included.

    Letters that Arabic glues onto a word are apart from it.
    """
    if one.end < len(text) and _is_mark(text[one.end]):
        return False
    before = _unmarked(text[max(0, one.start - _AROUND) : one.start])
    upto = before + _unmarked(text[one.start : one.end])
    around = upto + _unmarked(text[one.end : one.end + _AROUND])
    if len(upto) == len(before):
        return False
    return ends(around, len(upto)) and (not is_letter(around[len(before)]) or _is_proclitic_before(before))


def _is_proclitic_before(before: str) -> bool:
    lead = before[-_GLUED:]
    letters = lead[next((at for at in range(len(lead), 0, -1) if not is_letter(lead[at - 1])), 0) :]
    return is_proclitic(letters)


def _unmarked(text: str) -> str:
    return text if text.isascii() else "".join(one for one in text if not _is_mark(one))


def _is_mark(character: str) -> bool:
    """Tell whether a character is a mark on the letter before it, as Arabic's vowels are."""
    return unicodedata.category(character) == "Mn"
