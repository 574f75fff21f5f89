"""A copy of a text on which equal words look equal, with the way back to the stored text.

Folding serves comparison only: it strips diacritics (composed and combining ones alike) and tatweel, unifies the letter
variants that writers interchange, straightens quotes and dashes, and folds case. It never touches what is stored.
Because it changes lengths, every position of the folded copy knows the position it came from.
"""

import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from annotator.text.span import CodePoint, Span

_UNIFIED = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا",
        "ى": "ي", "ی": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ک": "ك",
        "‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
        "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-",
        "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ",
    }
)  # fmt: skip

_TATWEEL = "\u0640"


class Folded(NamedTuple):
    """The folded copy of a text."""

    text: str
    origin: Sequence[int]
    """For each position of `text`, and one past its end, the position in the stored text, in code points; a range where
    each is its own."""

    def span(self, start: int, end: int) -> Span:
        """Give the stored stretch that `[start, end)` of the folded copy stands for, its last marks included.

        A letter that folds to several ("ß") is given whole when any of them is asked for.
        """
        if isinstance(self.origin, range):
            return Span(CodePoint(start), CodePoint(max(start, end)))
        first = self.origin[start]
        if end <= start:
            return Span(CodePoint(first), CodePoint(first))
        last = self.origin[end - 1]
        behind = end if self.origin[end] > last else bisect_right(self.origin, last, lo=end)
        return Span(CodePoint(first), CodePoint(self.origin[behind]))


@lru_cache(maxsize=4096)
def fold_character(character: str) -> str:
    """Give what one character folds to, whatever stands beside it: a letter, several, or nothing."""
    letters = (letter for letter in unicodedata.normalize("NFD", character) if not _is_silent(letter))
    return "".join(letters).translate(_UNIFIED).casefold()


def _is_silent(character: str) -> bool:
    return character == _TATWEEL or unicodedata.category(character) in ("Mn", "Cf")


def fold(text: str) -> Folded:
    """Fold `text` for comparison; positions of the result lead back to code points of `text`."""
    if text.isascii():
        return Folded(text.replace("\t", " ").lower(), range(len(text) + 1))
    folds = {character: fold_character(character) for character in set(text)}  # a text has few different ones
    folded = text.translate({ord(character): letters for character, letters in folds.items()})
    if all(len(letters) == 1 for letters in folds.values()):  # as in most texts: every position leads to itself
        return Folded(folded, range(len(text) + 1))
    origin = [position for position, character in enumerate(text) for _ in folds[character]]
    return Folded(folded, (*origin, len(text)))
