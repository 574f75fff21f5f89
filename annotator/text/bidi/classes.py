"""The bidi class of a character, and the groups of classes by which the rules speak.

Owns the look-up and the defaults of characters that this Python's Unicode data does not know yet. It must never decide
anything that depends on a neighbour.
"""

import re
import unicodedata
from functools import lru_cache

ISOLATE_INITIATORS = frozenset(("LRI", "RLI", "FSI"))
EMBEDDINGS = frozenset(("LRE", "RLE", "LRO", "RLO"))
REMOVED = EMBEDDINGS | {"PDF", "BN"}
"""What rule X9 takes out: it has no part in the rules after it."""
EXPLICIT = REMOVED | ISOLATE_INITIATORS | {"PDI"}
"""What makes the explicit rules X1 to X8 necessary."""
NEUTRAL = ISOLATE_INITIATORS | {"PDI", "B", "S", "WS", "ON"}
"""What rules N1 and N2 give a direction (NI in UAX #9)."""
BLANK_AT_LINE_END = REMOVED | ISOLATE_INITIATORS | {"PDI", "WS"}
"""What rule L1 sets back to the paragraph's level where nothing else follows on the line."""

RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Finds any character that can raise a level in a left-to-right paragraph, or make the paragraph right-to-left."""

_UNKNOWN = (
    (0x0590, 0x05FF, "R"), (0x0600, 0x07BF, "AL"), (0x07C0, 0x085F, "R"), (0x0860, 0x08FF, "AL"),
    (0x20A0, 0x20CF, "ET"), (0xFB1D, 0xFB4F, "R"), (0xFB50, 0xFDCF, "AL"), (0xFDD0, 0xFDEF, "BN"),
    (0xFDF0, 0xFDFF, "AL"), (0xFE70, 0xFEFF, "AL"), (0x10800, 0x10CFF, "R"), (0x10D00, 0x10D3F, "AL"),
    (0x10D40, 0x10EBF, "R"), (0x10EC0, 0x10EFF, "AL"), (0x10F00, 0x10F2F, "R"), (0x10F30, 0x10F6F, "AL"),
    (0x10F70, 0x10FFF, "R"), (0x1E800, 0x1EC6F, "R"), (0x1EC70, 0x1ECBF, "AL"), (0x1ECC0, 0x1ECFF, "R"),
    (0x1ED00, 0x1ED4F, "AL"), (0x1ED50, 0x1EDFF, "R"), (0x1EE00, 0x1EEFF, "AL"), (0x1EF00, 0x1EFFF, "R"),
    (0xE0000, 0xE0FFF, "BN"),
)  # fmt: skip
"""Classes of code points without an entry of their own: the `@missing` lines of DerivedBidiClass.txt."""


@lru_cache(maxsize=8192)
def bidi_class(character: str) -> str:
    """Give the character's bidi class by its short name in UAX #9, such as `AL` or `EN`."""
    known = unicodedata.bidirectional(character)
    if known:
        return known
    code_point = ord(character)
    if code_point & 0xFFFE == 0xFFFE:
        return "BN"
    return next((name for first, last, name in _UNKNOWN if first <= code_point <= last), "L")
