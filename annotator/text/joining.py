"""Arabic letters in the form that their neighbours ask for, one slot a code point.

Terminals draw each cell by itself, so joined forms have to be chosen here, from the presentation forms that Unicode
keeps. Owns the choice of forms and the lam-alef ligature; knows nothing of order on the screen.
"""

import unicodedata
from collections.abc import Collection
from functools import lru_cache

from annotator.text.bidi.tables import JOINING

_LAM = "\u0644"
_ALEFS = "\u0622\u0623\u0625\u0627"
_ISOLATED, _FINAL = "isolated", "final"
_FORM_WHERE = {(False, False): _ISOLATED, (True, False): _FINAL, (False, True): "initial", (True, True): "medial"}
"""The form of a letter that does or does not join what comes before it, and what comes after it."""


def _read_forms() -> tuple[dict[str, dict[str, str]], dict[str, dict[str, str]]]:
    """Read the forms of single letters, and those of lam with each alef, from the compatibility decompositions."""
    letters: dict[str, dict[str, str]] = {}
    lam_alefs: dict[str, dict[str, str]] = {}
    for code_point in (*range(0xFB50, 0xFBB2), *range(0xFBD3, 0xFC00), *range(0xFE80, 0xFEFD)):
        tag, *parts = unicodedata.decomposition(chr(code_point)).split() or [""]
        source = "".join(chr(int(part, 16)) for part in parts)
        if len(source) == 1:
            letters.setdefault(source, {})[tag.strip("<>")] = chr(code_point)
        elif len(source) == 2 and source[0] == _LAM and source[1] in _ALEFS:
            lam_alefs.setdefault(source[1], {})[tag.strip("<>")] = chr(code_point)
    return letters, lam_alefs


_FORMS, _LAM_ALEFS = _read_forms()


@lru_cache(maxsize=4096)
def _joining_type(character: str) -> str:
    known = JOINING.get(character)
    if known:
        return known
    return "T" if unicodedata.category(character) in ("Mn", "Me", "Cf") else "U"


def _neighbour(text: str, offset: int, step: int) -> int:
    """Give the offset of the next code point in that direction that is not transparent; outside the text if none."""
    offset += step
    while 0 <= offset < len(text) and _joining_type(text[offset]) == "T":
        offset += step
    return offset


def _type_at(text: str, offset: int) -> str:
    return _joining_type(text[offset]) if 0 <= offset < len(text) else "U"


def joined(text: str, start: int, end: int, cuts: Collection[int] = ()) -> list[str]:
    """Give the glyph of each code point of `[start, end)`; neighbours outside the stretch count.

    Lam and alef become one glyph in lam's slot, alef's slot is then empty. A cut after the lam and not after the
    alef's start (`cuts` are offsets where a span begins or ends) keeps them apart, so that each can be coloured.
    """
    glyphs = list(text[start:end])
    standing = [offset for offset in range(start, end) if _joining_type(text[offset]) != "T"]
    if not standing:
        return glyphs
    after = [*standing[1:], _neighbour(text, standing[-1], 1)]
    before_type = _type_at(text, _neighbour(text, standing[0], -1))
    absorbed = -1
    for offset, following in zip(standing, after, strict=True):
        own = _joining_type(text[offset])
        joins_before = own in "RDC" and before_type in "DLC"
        joins_after = own in "DLC" and _type_at(text, following) in "RDC"
        before_type = own
        if offset == absorbed:
            glyphs[offset - start] = ""
        elif _makes_one(text, offset, following, end, cuts):
            absorbed = following
            glyphs[offset - start] = _LAM_ALEFS[text[following]][_FINAL if joins_before else _ISOLATED]
        else:
            glyphs[offset - start] = _form(text[offset], joins_before, joins_after)
    return glyphs


def _makes_one(text: str, offset: int, following: int, end: int, cuts: Collection[int]) -> bool:
    """Tell whether these are a lam and an alef that nothing keeps apart."""
    if text[offset] != _LAM or following >= end or text[following] not in _LAM_ALEFS:
        return False
    return not any(between in cuts for between in range(offset + 1, following + 1))


def _form(letter: str, joins_before: bool, joins_after: bool) -> str:
    forms = _FORMS.get(letter)
    if forms is None:
        return letter
    return forms.get(_FORM_WHERE[joins_before, joins_after]) or forms.get(_ISOLATED) or letter
