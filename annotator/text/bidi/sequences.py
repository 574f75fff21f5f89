"""Rule X10: the isolating run sequences, which the weak and neutral rules treat as one stretch each.

It must never change a level or a class.
"""

from typing import NamedTuple

from annotator.text.bidi.classes import ISOLATE_INITIATORS
from annotator.text.bidi.explicit import Explicit


class Sequence(NamedTuple):
    """Positions of one level that belong together although an isolate may stand between them."""

    positions: list[int]
    """In logical order."""
    level: int
    before: str
    """The direction on its left edge: `L` or `R` (sos in UAX #9)."""
    after: str
    """The direction on its right edge (eos)."""


def direction(level: int) -> str:
    """Give `R` for an odd level and `L` for an even one."""
    return "R" if level & 1 else "L"


def _level_runs(explicit: Explicit) -> list[list[int]]:
    runs: list[list[int]] = []
    level = -1
    for position, removed in enumerate(explicit.removed):
        if removed:
            continue
        if explicit.levels[position] != level:
            level = explicit.levels[position]
            runs.append([])
        runs[-1].append(position)
    return runs


def isolating_run_sequences(
    classes: list[str], explicit: Explicit, matches: dict[int, int], base: int
) -> list[Sequence]:
    """Give the isolating run sequences of a paragraph of level `base`; `classes` are those before any override."""
    runs = _level_runs(explicit)
    run_of_first = {run[0]: run for run in runs}
    continued = set(matches.values())
    kept = [position for run in runs for position in run]
    rank = {position: order for order, position in enumerate(kept)}
    sequences = []
    for run in runs:
        if run[0] in continued:
            continue
        positions = list(run)
        while positions[-1] in matches:
            positions += run_of_first[matches[positions[-1]]]
        level = explicit.levels[run[0]]
        first, last = rank[positions[0]], rank[positions[-1]]
        lower = explicit.levels[kept[first - 1]] if first else base
        ends_open = classes[positions[-1]] in ISOLATE_INITIATORS or last + 1 == len(kept)
        upper = base if ends_open else explicit.levels[kept[last + 1]]
        sequences.append(Sequence(positions, level, direction(max(level, lower)), direction(max(level, upper))))
    return sequences
