"""Words for a kind of place beside its name: which stay outside it ("village"), and what "provinces" says of many.

Owns where the name begins and ends beside them. A region is left whole whose name without the word is no place.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache

from annotator.finders.phrases import Phrases
from annotator.finders.words import KEPT_WORDS, folded_set
from annotator.model.lexicon import Words
from annotator.model.registry import Registry
from annotator.text.folding import Folded, fold
from annotator.text.span import Span, span

_WORD = re.compile(r"\S+")
_JOINED = re.compile(r"\s*[,،]?\s*(?:and|or|و|أو)?\s*", re.IGNORECASE)
"""What may stand between two places of a row."""


class KindsOfPlace:
    """A registry and the words of a lexicon for kinds of places."""

    def __init__(self, lexicon: Words, registry: Registry) -> None:
        self._outside, self._of = folded_set(lexicon.places.outside), folded_set(lexicon.places.of)
        self._rows = Phrases((phrase, None) for phrase in lexicon.places.rows)
        self._names = {fold(name).text for entry in registry.places.values() for name in (*entry.en, *entry.ar)}
        self._regions = {key for key, entry in registry.places.items() if entry.type == "region"}
        self._provinces = {
            fold(name).text: key
            for key, entry in registry.places.items()
            for name in (*entry.en, *entry.ar)
            if entry.type == "province"
        }
        self._kinds = folded_set(lexicon.places.provinces)
        self._folded = lru_cache(maxsize=KEPT_WORDS)(lambda word: fold(word).text)

    def bare(self, place: Span, ref: str | None, text: str) -> Span:
        """Give the span of a place without the words for its kind that stand outside."""
        found = [(match.start(), match.end(), self._folded(match[0])) for match in _WORD.finditer(text, *place)]
        first, until = 0, len(found)
        while first + 1 < until and found[first][2] in self._outside:
            first += 1 + (first + 2 < until and found[first + 1][2] in self._of)
        while until - 1 > first and found[until - 1][2] in self._outside and found[until - 1][2].isascii():
            until -= 1
        if (first, until) == (0, len(found)):
            return place
        rest = span(found[first][0], found[until - 1][1])
        return place if ref in self._regions and fold(rest.of(text)).text not in self._names else rest

    def in_rows(self, places: Iterable[Span], text: str, folded: Folded) -> Iterator[tuple[Span, str]]:
        """Give the places that "the provinces of" makes provinces, with their ids; `places` in reading order."""
        ends = sorted(found.span.end for found in self._rows.find(text, folded))
        previous: int | None = None
        inside = False
        for place in places:
            number = bisect_right(ends, place.start)
            opens = number > 0 and not text[ends[number - 1] : place.start].strip()
            joined = previous is not None and _JOINED.fullmatch(text, previous, place.start) is not None
            inside = opens or (inside and joined)
            previous = place.end
            province = self._province(place.of(text)) if inside else None
            if province is not None:
                yield place, province

    def _province(self, name: str) -> str | None:
        written = fold(name).text
        forms = (form for kind in self._kinds for form in (f"{written} {kind}", f"{kind} {written}"))
        return next((self._provinces[form] for form in forms if form in self._provinces), None)
