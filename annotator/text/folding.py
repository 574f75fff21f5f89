"""A copy of a text on which equal words look equal, with the way back to the stored text.

Folding serves comparison only: it strips Arabic diacritics and tatweel, unifies the letter variants that writers
interchange, straightens quotes and dashes, and folds case. It never touches what is stored. Because it changes
lengths, every position of the folded copy knows the position it came from.
"""

import unicodedata
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
    origin: tuple[int, ...]
    """For each position of `text`, and one past its end, the position in the stored text, in code points."""

    def span(self, start: int, end: int) -> Span:
        """Give the stored stretch that `[start, end)` of the folded copy stands for, its last marks included."""
        return Span(CodePoint(self.origin[start]), CodePoint(self.origin[end] if end > start else self.origin[start]))


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    if character == _TATWEEL or unicodedata.category(character) in ("Mn", "Cf"):
        return ""
    return character.translate(_UNIFIED).casefold()


def fold(text: str) -> Folded:
    """Fold `text` for comparison; positions of the result lead back to code points of `text`."""
    letters: list[str] = []
    origin: list[int] = []
    for position, character in enumerate(text):
        for letter in _fold_character(character):
            letters.append(letter)
            origin.append(position)
    origin.append(len(text))
    return Folded("".join(letters), tuple(origin))
