"""Each code point's embedding level: UAX #9 from the paragraph's direction to rule I2, and rule L1 for a line.

Owns the order in which the rules run. An even level reads from left to right, an odd one from right to left.
"""

from typing import NamedTuple

from annotator.text.bidi.classes import BLANK_AT_LINE_END, EXPLICIT, RIGHT_TO_LEFT, bidi_class
from annotator.text.bidi.explicit import Explicit, first_strong, matching_isolates, resolve_explicit
from annotator.text.bidi.neutral import resolve_brackets, resolve_neutral
from annotator.text.bidi.sequences import Sequence, direction, isolating_run_sequences
from annotator.text.bidi.weak import resolve_weak


class Paragraph(NamedTuple):
    """The levels of one paragraph."""

    base: int
    """0 or 1: left-to-right or right-to-left as a whole."""
    levels: list[int] | None
    """One a code point; None when all are 0, which most left-to-right text is."""


def base_level(text: str) -> int:
    """Give the direction that a paragraph takes from its first strong character: 0 or 1 (rules P2 and P3)."""
    if not RIGHT_TO_LEFT.search(text):
        return 0
    return first_strong(bidi_class(character) for character in text) or 0


def paragraph_levels(text: str, base: int | None = None) -> Paragraph:
    """Give the levels of one paragraph; `base` (0 or 1) sets its direction, else its text does.

    A paragraph separator inside the text is not acted upon: the caller splits paragraphs (rule P1).
    """
    if base != 1 and not RIGHT_TO_LEFT.search(text):
        return Paragraph(0, None)
    classes = [bidi_class(character) for character in text]
    if base is None:
        base = first_strong(classes) or 0
    if EXPLICIT.isdisjoint(classes):
        whole = Sequence(list(range(len(text))), base, direction(base), direction(base))
        return Paragraph(base, _resolve(text, classes, classes, whole) if text else [])
    matches = matching_isolates(classes)
    explicit = resolve_explicit(classes, base, matches)
    levels = list(explicit.levels)
    for sequence in isolating_run_sequences(classes, explicit, matches, base):
        for position, level in zip(
            sequence.positions, _resolve(text, classes, explicit.classes, sequence), strict=True
        ):
            levels[position] = level
    return Paragraph(base, _with_removed(levels, explicit, base))


def _resolve(text: str, classes: list[str], overridden: list[str], sequence: Sequence) -> list[int]:
    """Give the levels of one sequence: W1 to W7, N0 to N2, then I1 and I2."""
    positions, level, before, after = sequence
    original = [classes[position] for position in positions]
    resolved = resolve_weak([overridden[position] for position in positions], before)
    resolve_brackets("".join([text[position] for position in positions]), original, resolved, level, before)
    resolve_neutral(resolved, level, before, after)
    odd = level & 1
    step = {"L": odd, "R": 1 - odd, "EN": 2 - odd, "AN": 2 - odd}
    return [level + step[name] for name in resolved]


def _with_removed(levels: list[int], explicit: Explicit, base: int) -> list[int]:
    """Give what X9 removed the level of what stands before it (UAX #9, section 5.2)."""
    previous = base
    for position, removed in enumerate(explicit.removed):
        if removed:
            levels[position] = previous
        previous = levels[position]
    return levels


def line_levels(text: str, levels: list[int], start: int, end: int, base: int) -> list[int]:
    """Give the levels of the line `[start, end)` of a paragraph: trailing blanks and tabs go with the base (L1)."""
    line = levels[start:end]
    trailing = True
    for position in range(end - 1, start - 1, -1):
        name = bidi_class(text[position])
        if name in ("S", "B"):
            trailing = True
            line[position - start] = base
        elif name not in BLANK_AT_LINE_END:
            trailing = False
        elif trailing:
            line[position - start] = base
    return line
