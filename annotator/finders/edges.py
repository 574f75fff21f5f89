"""Where a word may begin and end: whole words, and the Arabic letters that are written onto the word they go with.

Works on folded text. A word begins after a non-letter; in Arabic also after و ف ب ل ك that stand after a non-letter.
The article ال belongs to the word. A word ends before a non-letter, in Arabic also before a pronoun.
"""

import re
from functools import lru_cache

AND = "و"
"""The one conjunction that parts of numbers, days and names are joined by."""
CONJUNCTIONS = f"{AND}ف"
PREPOSITIONS = "بلك"
ARTICLE = "ال"
CONTRACTED_ARTICLE = "لل"
"""What ل and ال are written as; the span of the word then begins behind both."""
POSSESSIVE = "'s"
"""What English writes onto a name, folded; it is no part of the span."""
PRONOUNS = ("هما", "ها", "هم", "هن", "كم", "نا", "ه")

_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3]")
_PROCLITICS = re.compile(f"[{CONJUNCTIONS}]?[{PREPOSITIONS}]?")
_PRONOUN = re.compile("|".join(PRONOUNS))


@lru_cache(maxsize=4096)
def is_arabic(character: str) -> bool:
    """Tell whether a character is an Arabic letter."""
    return bool(_ARABIC.match(character))


def is_letter(character: str) -> bool:
    """Tell whether a character belongs to a word: a letter or a digit."""
    return character.isalnum()


def word_start(text: str, position: int) -> int:
    """Give where the run of letters that holds or precedes `position` begins."""
    while position > 0 and is_letter(text[position - 1]):
        position -= 1
    return position


def is_proclitic(letters: str) -> bool:
    """Tell whether `letters` may be glued in front of an Arabic word: nothing, conjunction, preposition, or both."""
    return _PROCLITICS.fullmatch(letters) is not None


def begins(text: str, start: int, definite: bool) -> int | None:
    """Give where the span of a word found at `start` begins, or None when no word begins there.

    `definite`: the word is only meant with its article, and was looked up without it. Offsets are positions in `text`.
    """
    lead = text[word_start(text, start) : start]
    if not is_arabic(text[start]):
        return start if not lead or (is_arabic(lead[-1]) and is_proclitic(lead)) else None
    if lead.endswith(ARTICLE) and is_proclitic(lead.removesuffix(ARTICLE)):
        return start - len(ARTICLE)
    if lead.endswith(CONTRACTED_ARTICLE) and is_proclitic(lead.removesuffix(CONTRACTED_ARTICLE)):
        return start
    return start if not definite and is_proclitic(lead) else None


def ends(text: str, end: int) -> bool:
    """Tell whether a word may end at `end`: before a non-letter, or in Arabic before a pronoun and a non-letter."""
    if end >= len(text) or not is_letter(text[end]) or not is_letter(text[end - 1]):
        return True
    if not is_arabic(text[end - 1]):
        return False
    pronoun = _PRONOUN.match(text, end)
    return pronoun is not None and (pronoun.end() >= len(text) or not is_letter(text[pronoun.end()]))
