"""Which predicted template is which gold one: the one-to-one mapping of an article with the best micro F1.

A mapped pair gives two numbers, what is right of the predicted template and what is found of the gold one, and F1 is no
sum over pairs: the best mapping may be the best by neither number nor by any weighing of the two, so that no single
assignment finds it. But F1 is a concave function of the two sums. Its tangent at a point lies nowhere below it, and is
a sum over pairs: the best assignment under it bounds every mapping. Nearly always the bound is reached at once. Else
the mappings are split in those that hold a pair and those that do not, and a part that is bound to be no better than
what was found is left.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from annotator.matching.assignment import Pair, assign


class Amounts(NamedTuple):
    """Two numbers that belong together: of the predicted templates, and of the gold ones."""

    predicted: int
    gold: int


def f1(matched: Amounts, held: Amounts) -> Fraction:
    """Give the micro F1 where of the things `held` so many are `matched`; 0 where none are."""
    weighed = matched.predicted * held.gold + matched.gold * held.predicted
    return Fraction(2 * matched.predicted * matched.gold, weighed) if weighed else Fraction(0)


def best_mapping(gains: Mapping[Pair, Amounts], held: Amounts) -> tuple[Pair, ...]:
    """Give the one-to-one pairs (predicted, gold) of the greatest micro F1, in order; a template may stay unmapped.

    `gains` says what matches on either side when two templates are mapped, each at least 1, for the pairs that may be;
    `held` how much there is in all. Of mappings with one F1 the one with more matches among the predicted is given.
    """
    best, point = tuple[Pair, ...](), Amounts(0, 0)
    waiting: list[tuple[tuple[Pair, ...], Mapping[Pair, Amounts]]] = [((), gains)]
    while waiting:
        kept, free = waiting.pop()
        slope = _slope(point if any(point) else held, held)
        mapping = (*kept, *assign({pair: _along(slope, gain) for pair, gain in free.items()}))
        reached = _sums(gains[pair] for pair in mapping)
        if any(point) and _bound(slope, reached, point, held) <= f1(point, held):
            continue
        if _rank(reached, held) > _rank(point, held):
            best, point = mapping, reached
            waiting.append((kept, free))
        elif len(mapping) > len(kept):
            split = mapping[len(kept)]
            waiting.append((kept, {pair: gain for pair, gain in free.items() if pair != split}))
            waiting.append(((*kept, split), {pair: gain for pair, gain in free.items() if _apart(pair, split)}))
    return tuple(sorted(best))


def _rank(matched: Amounts, held: Amounts) -> tuple[Fraction, int]:
    return f1(matched, held), matched.predicted


def _slope(point: Amounts, held: Amounts) -> Amounts:
    """Give how steeply F1 rises at a point by either number, but for a factor."""
    return Amounts(point.gold**2 * held.predicted, point.predicted**2 * held.gold)


def _along(slope: Amounts, gain: Amounts) -> int:
    return slope.predicted * gain.predicted + slope.gold * gain.gold


def _bound(slope: Amounts, reached: Amounts, point: Amounts, held: Amounts) -> Fraction:
    """Give the height above `reached` of the tangent at `point`: F1 is as high there only on the line through both."""
    return Fraction(2 * _along(slope, reached), (point.predicted * held.gold + point.gold * held.predicted) ** 2)


def _sums(gains: Iterable[Amounts]) -> Amounts:
    listed = list(gains)
    return Amounts(sum(gain.predicted for gain in listed), sum(gain.gold for gain in listed))


def _apart(one: Pair, other: Pair) -> bool:
    return one[0] != other[0] and one[1] != other[1]
