"""What a coefficient of agreement is, and Cohen's kappa, for two people. Krippendorff's alpha is next door."""

from collections import Counter
from collections.abc import Hashable, Iterable
from typing import NamedTuple


class Coefficient(NamedTuple):
    """Agreement beyond chance: 1 is perfect, 0 is what chance gives, below is worse than chance."""

    value: float | None
    """None where nothing could be compared."""
    single: bool = False
    """Whether all said one and the same thing: a perfect agreement that tells little, as nobody had to choose."""


NOTHING = Coefficient(None)
"""There was nothing to compare."""

SINGLE = Coefficient(1.0, single=True)
"""All said one and the same thing; chance would agree as well, and the usual formula gives 0/0."""


def kappa(pairs: Iterable[tuple[Hashable, Hashable]]) -> Coefficient:
    """Give Cohen's kappa (1960) of what two people said of each thing; who of them comes first changes nothing."""
    said = Counter(pairs)
    number = said.total()
    if not number:
        return NOTHING
    mine, theirs = Counter[Hashable](), Counter[Hashable]()
    for (one, other), times in said.items():
        mine[one] += times
        theirs[other] += times
    by_chance = sum(times * theirs[one] for one, times in mine.items())
    if by_chance == number**2:
        return SINGLE
    alike = sum(times for (one, other), times in said.items() if one == other)
    # In integers: (alike / number - chance) / (1 - chance), with chance = by_chance / number².
    return Coefficient((alike * number - by_chance) / (number**2 - by_chance))
