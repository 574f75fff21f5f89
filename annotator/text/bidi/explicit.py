"""Rules P2, P3 and X1 to X8: the paragraph's direction, and what embeddings, overrides and isolates ask for.

Owns the directional status stack. It must never look at a character, only at classes.
"""

from collections.abc import Iterable
from typing import NamedTuple

from annotator.text.bidi.classes import EMBEDDINGS, ISOLATE_INITIATORS, REMOVED

_DEEPEST = 125


class Explicit(NamedTuple):
    """What the explicit rules leave for the others."""

    levels: list[int]
    classes: list[str]
    """As they were, but for those that stand under an override."""
    removed: list[bool]
    """Which positions rule X9 takes out."""


class _Status(NamedTuple):
    """One entry of the directional status stack."""

    level: int
    override: str
    """`L`, `R` or nothing."""
    isolate: bool


def first_strong(classes: Iterable[str]) -> int | None:
    """Give the level (0 or 1) that the first strong class asks for (rules P2 and P3); None where nothing is strong.

    Isolates are passed over.
    """
    depth = 0
    for name in classes:
        if name in ISOLATE_INITIATORS:
            depth += 1
        elif name == "PDI":
            depth = max(0, depth - 1)
        elif depth == 0 and name in ("L", "R", "AL"):
            return int(name != "L")
    return None


def matching_isolates(classes: list[str]) -> dict[int, int]:
    """Give for each isolate initiator that has a matching PDI (BD9) the position of that PDI."""
    open_initiators: list[int] = []
    matches: dict[int, int] = {}
    for position, name in enumerate(classes):
        if name in ISOLATE_INITIATORS:
            open_initiators.append(position)
        elif name == "PDI" and open_initiators:
            matches[open_initiators.pop()] = position
    return matches


class _Stack:
    """The directional status stack with its three counters, as X1 sets them up."""

    def __init__(self, base: int) -> None:
        self.entries = [_Status(base, "", isolate=False)]
        self.overflowing_isolates = 0
        self.overflowing_embeddings = 0
        self.valid_isolates = 0

    @property
    def top(self) -> _Status:
        return self.entries[-1]

    def _next_level(self, rightward: bool) -> int | None:
        """Give the level of a further embedding, or None where it lies too deep."""
        level = self.top.level + 2 & ~1 if rightward else self.top.level + 1 | 1
        fits = level <= _DEEPEST and not self.overflowing_isolates and not self.overflowing_embeddings
        return level if fits else None

    def embed(self, name: str) -> None:
        """X2 to X5: an embedding or override begins."""
        level = self._next_level(rightward=name[0] == "L")
        if level is not None:
            self.entries.append(_Status(level, name[0] if name[2] == "O" else "", isolate=False))
        elif not self.overflowing_isolates:
            self.overflowing_embeddings += 1

    def isolate(self, rightward: bool) -> None:
        """X5a to X5c: an isolate begins."""
        level = self._next_level(rightward)
        if level is not None:
            self.valid_isolates += 1
            self.entries.append(_Status(level, "", isolate=True))
        else:
            self.overflowing_isolates += 1

    def end_isolate(self) -> None:
        """X6a: a PDI ends the isolate that it matches, with all embeddings within it."""
        if self.overflowing_isolates:
            self.overflowing_isolates -= 1
        elif self.valid_isolates:
            self.overflowing_embeddings = 0
            while not self.top.isolate:
                self.entries.pop()
            self.entries.pop()
            self.valid_isolates -= 1

    def end_embedding(self) -> None:
        """X7: a PDF ends the embedding or override that it matches."""
        if self.overflowing_isolates:
            return
        if self.overflowing_embeddings:
            self.overflowing_embeddings -= 1
        elif not self.top.isolate and len(self.entries) > 1:
            self.entries.pop()


def _goes_right(classes: list[str], position: int, matches: dict[int, int]) -> bool:
    """Tell whether the isolate that begins at `position` is left-to-right; an FSI asks its content (X5c)."""
    if classes[position] == "FSI":
        inside = range(position + 1, matches.get(position, len(classes)))
        return first_strong(classes[k] for k in inside) != 1
    return classes[position] == "LRI"


def resolve_explicit(classes: list[str], base: int, matches: dict[int, int]) -> Explicit:
    """Apply X1 to X8 to the classes of one paragraph of level `base`; `matches` is of `matching_isolates`."""
    stack = _Stack(base)
    levels: list[int] = []
    overridden: list[str] = []
    for position, name in enumerate(classes):
        if name == "PDI":
            stack.end_isolate()
        status = stack.top
        levels.append(base if name == "B" else status.level)
        overridden.append(status.override if status.override and name != "B" and name not in REMOVED else name)
        if name in EMBEDDINGS:
            stack.embed(name)
        elif name in ISOLATE_INITIATORS:
            stack.isolate(_goes_right(classes, position, matches))
        elif name == "PDF":
            stack.end_embedding()
    return Explicit(levels, overridden, [name in REMOVED for name in classes])
