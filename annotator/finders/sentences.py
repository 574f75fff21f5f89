"""Where sentences end, by a short rule that serves both languages and sentences that are glued without a space.

A line end, a question or exclamation mark ends one; so does a full stop, unless it stands in a number, an address, or
behind an abbreviation that goes on ("Gen. Suleimani", "U.S. forces", "Oct. 9", "No. 5").
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from annotator.text.span import Span, span

_END = re.compile(r"\n|[!?؟۔]|\.(?=[\s\"'”’)»\]]|[^\W\d_]|$)")
_BEFORE = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]+\Z")
_NEXT = re.compile(r"[\s\"'“‘(]*([^\W_]+)")
_LONGEST = 12
"""Code points of the longest abbreviation that is looked for, and of the word that tells whether it goes on."""

_TITLES = frozenset({
    "adm", "brig", "capt", "cdr", "cmdr", "col", "cpl", "dr", "gen", "gov", "hon", "lt", "ltc", "maj", "messrs",
    "mr", "mrs", "ms", "pres", "prof", "pvt", "rep", "rev", "sen", "sgt", "spc", "st", "supt", "vs", "mt", "ft",
    "viz", "cf", "approx",
})  # fmt: skip
_BEFORE_FIGURES = frozenset({
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "no", "nos", "art", "fig",
    "p", "pp", "vol", "km",
})  # fmt: skip
_STARTERS = frozenset({
    "the", "a", "an", "in", "on", "at", "it", "its", "he", "she", "they", "we", "but", "and", "this", "that",
    "these", "there", "his", "her", "their", "after", "before", "when", "while", "according", "however",
    "meanwhile", "earlier", "later", "no", "two", "three", "one", "some", "many", "more", "most", "several",
    "dozens", "hundreds", "both", "also", "another", "since", "as", "if", "for",
})  # fmt: skip
"""Words that open a sentence behind initials: "in the U.S. The army …", but "the U.S. Army"."""


class Sentences:
    """The sentences of one text."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *_ends(text)]
        self._length = len(text)

    def around(self, position: int) -> Span:
        """Give the sentence that holds `position`, in code points."""
        index = bisect_right(self._starts, position)
        return span(self._starts[index - 1], self._starts[index] if index < len(self._starts) else self._length)


def _ends(text: str) -> Iterator[int]:
    for match in _END.finditer(text):
        if match[0] != "." or not _goes_on(text, match.start()):
            yield match.end()


def _goes_on(text: str, stop: int) -> bool:
    """Tell whether the full stop at `stop` belongs to the word before it, and its sentence goes on."""
    following = text[stop + 1 : stop + 2]
    if following.isascii() and following.islower():
        return True
    before = _BEFORE.search(text, max(0, stop - _LONGEST), stop)
    if before is None:
        return False
    word, behind = before[0], _NEXT.match(text, stop + 1, stop + 1 + _LONGEST)
    told = behind[1] if behind else ""
    if len(word) == 1 or "." in word:
        # An initial, or the middle or the end of "U.S.".
        return word.isascii() and told != "" and (told.casefold() not in _STARTERS or not told[0].isupper())
    if told[:1].isdecimal():
        return word.casefold() in _BEFORE_FIGURES
    return word.casefold() in _TITLES and word[0].isupper() and told != ""
