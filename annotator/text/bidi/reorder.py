"""Rules L2 and L4: the order in which a line stands on the screen, and the glyphs that turn round in it."""

from collections.abc import Sequence

from annotator.text.bidi.tables import MIRRORS


def visual_order(levels: Sequence[int]) -> list[int]:
    """Give for each place of a line, from left to right, the index into `levels` of what stands there (L2)."""
    order = list(range(len(levels)))
    lowest_odd = min((level for level in levels if level & 1), default=0)
    if not lowest_odd:
        return order
    for level in range(max(levels), lowest_odd - 1, -1):
        # Positions at or above a level stay together through every reversal of a higher level, so the runs can be
        # found in logical order.
        k = 0
        while k < len(levels):
            if levels[k] < level:
                k += 1
                continue
            start = k
            while k < len(levels) and levels[k] >= level:
                k += 1
            order[start:k] = order[start:k][::-1]
    return order


def mirrored(glyph: str) -> str:
    """Give `glyph` with its first character turned round, as a right-to-left run shows a bracket (L4)."""
    return MIRRORS.get(glyph[:1], glyph[:1]) + glyph[1:]
