"""Rules N0 to N2: brackets, spaces and punctuation take the direction of what is around them.

Works on the classes of one isolating run sequence after the weak rules. Of the characters it looks at brackets alone.
"""

from annotator.text.bidi.classes import NEUTRAL
from annotator.text.bidi.tables import CLOSING_OF, OPENING_OF

_MOST_OPEN = 63
"""BD16: beyond this many open brackets a sequence has no pairs at all."""

_EQUIVALENT = {"\u2329": "\u3008", "\u232a": "\u3009"}
"""Canonically equivalent brackets pair with each other."""

_STRONG = {"L": "L", "R": "R", "EN": "R", "AN": "R"}
"""The direction that a class stands for in N0 to N2."""


def resolve_brackets(characters: str, original: list[str], classes: list[str], level: int, before: str) -> None:
    """Apply N0 in place. `characters` and `original` (classes before any rule) are those of the sequence."""
    embedding = "R" if level & 1 else "L"
    for opening, closing in _bracket_pairs(characters, classes):
        direction = _direction_of_pair(classes, opening, closing, embedding, before)
        if direction:
            for bracket in (opening, closing):
                classes[bracket] = direction
                _carry_to_marks(original, classes, bracket)


def _direction_of_pair(classes: list[str], opening: int, closing: int, embedding: str, before: str) -> str:
    """N0 b and c; nothing where the pair holds nothing strong."""
    inside = {_STRONG.get(name) for name in classes[opening + 1 : closing]} - {None}
    if embedding in inside:
        return embedding
    if not inside:
        return ""
    for k in range(opening - 1, -1, -1):
        if classes[k] in _STRONG:
            return _STRONG[classes[k]]
    return before


def _carry_to_marks(original: list[str], classes: list[str], bracket: int) -> None:
    """N0, last paragraph: marks on a bracket go with it."""
    k = bracket + 1
    while k < len(classes) and original[k] == "NSM":
        classes[k] = classes[bracket]
        k += 1


def _bracket_pairs(characters: str, classes: list[str]) -> list[tuple[int, int]]:
    """Give the pairs of BD16, by their opening bracket."""
    opened: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for k, character in enumerate(characters):
        if classes[k] != "ON":
            continue
        character = _EQUIVALENT.get(character, character)
        if character in CLOSING_OF:
            if len(opened) == _MOST_OPEN:
                return []
            closing = CLOSING_OF[character]
            opened.append((_EQUIVALENT.get(closing, closing), k))
        elif character in OPENING_OF:
            for depth in range(len(opened) - 1, -1, -1):
                if opened[depth][0] == character:
                    pairs.append((opened[depth][1], k))
                    del opened[depth:]
                    break
    return sorted(pairs)


def resolve_neutral(classes: list[str], level: int, before: str, after: str) -> None:
    """Apply N1 and N2 in place; `before` and `after` are the directions on the sequence's edges."""
    embedding = "R" if level & 1 else "L"
    end = len(classes)
    k = 0
    while k < end:
        if classes[k] not in NEUTRAL:
            k += 1
            continue
        start = k
        while k < end and classes[k] in NEUTRAL:
            k += 1
        left = _STRONG[classes[start - 1]] if start else before
        right = _STRONG[classes[k]] if k < end else after
        classes[start:k] = [left if left == right else embedding] * (k - start)
