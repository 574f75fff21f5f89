"""Which predicted template is which gold one: the one-to-one mapping of an article with the best micro F1.

A mapped pair gives two numbers, what is right of the predicted template and what is found of the gold one, and F1 is no
sum over pairs: the best mapping may be the best by neither number nor by any weighing of the two, so that no single
assignment finds it. But F1 is a concave function of the two sums. Its tangent at a point lies nowhere below it, and is
a sum over pairs: the best assignment under it bounds every mapping. Nearly always the bound is reached at once. Where
it is not, all mappings that the bound leaves open are followed, template by template.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from annotator.matching.assignment import Pair, assign


class Amounts(NamedTuple):
    """Two numbers that belong together: of the predicted templates, and of the gold ones."""

    predicted: int
    gold: int

    def plus(self, other: "Amounts") -> "Amounts":
        """Give both sums."""
        return Amounts(self.predicted + other.predicted, self.gold + other.gold)


Gains = Mapping[Pair, Amounts]
Pairs = tuple[Pair, ...]

NOTHING = Amounts(0, 0)


def f1(matched: Amounts, held: Amounts) -> Fraction:
    """Give the micro F1 where of the things `held` so many are `matched`; 0 where none are."""
    weighed = matched.predicted * held.gold + matched.gold * held.predicted
    return Fraction(2 * matched.predicted * matched.gold, weighed) if weighed else Fraction(0)


def best_mapping(gains: Gains, held: Amounts) -> Pairs:
    """Give the one-to-one pairs (predicted, gold) of the greatest micro F1, in order; a template may stay unmapped.

    `gains` says what matches on either side when two templates are mapped, each at least 1, for the pairs that may be;
    `held` how much there is in all. Of mappings with one F1 the one with more matches among the predicted is given.
    """
    best, point = Pairs(), NOTHING
    while True:
        tangent = _tangent(point if best else held, held)
        pairs = assign({pair: _along(tangent, gain) for pair, gain in gains.items()})
        reached = _sum(pairs, gains)
        if _rank(reached, held) <= _rank(point, held):
            break
        best, point = pairs, reached
    if _along(tangent, reached) <= _along(tangent, point):
        return best
    return max(_open(gains, tangent, _along(tangent, point)), key=lambda one: _rank(one[1], held))[0]


State = tuple[frozenset[int], Amounts]
"""Which templates of the shorter side are taken, and what matches so far."""


def _open(gains: Gains, tangent: Amounts, height: int) -> list[tuple[Pairs, Amounts]]:
    """Give mappings and what they reach: all that rise to a height along a tangent, but one of those that reach equal.

    Goes through the longer side. What is still to win depends on which templates of the shorter one are taken, not how.
    """
    long = int(len({gold for _, gold in gains}) > len({predicted for predicted, _ in gains}))
    states: dict[State, Pairs] = {(frozenset(), NOTHING): ()}
    for line in sorted({pair[long] for pair in gains}):
        here = sorted(pair for pair in gains if pair[long] == line)
        coming = {pair: _along(tangent, gain) for pair, gain in gains.items() if pair[long] > line}
        to_win: dict[frozenset[int], int] = {}
        following: dict[State, Pairs] = {}
        for (taken, matched), pairs in states.items():
            steps: list[tuple[State, Pairs]] = [((taken, matched), pairs)]
            for pair in here:
                if pair[1 - long] not in taken:
                    state = taken | {pair[1 - long]}, matched.plus(gains[pair])
                    steps.append((state, (*pairs, pair)))
            for state, mapping in steps:
                if state[0] not in to_win:
                    left = {pair: weight for pair, weight in coming.items() if pair[1 - long] not in state[0]}
                    to_win[state[0]] = sum(left[pair] for pair in assign(left))
                if _along(tangent, state[1]) + to_win[state[0]] >= height:
                    following.setdefault(state, mapping)
        states = following
    return [(tuple(sorted(pairs)), matched) for (_, matched), pairs in states.items()]


def _rank(matched: Amounts, held: Amounts) -> tuple[Fraction, int]:
    return f1(matched, held), matched.predicted


def _tangent(point: Amounts, held: Amounts) -> Amounts:
    """Give how steeply F1 rises at a point by either number, but for a factor that both have."""
    return Amounts(point.gold**2 * held.predicted, point.predicted**2 * held.gold)


def _along(tangent: Amounts, gain: Amounts) -> int:
    return tangent.predicted * gain.predicted + tangent.gold * gain.gold


def _sum(pairs: Pairs, gains: Gains) -> Amounts:
    return Amounts(sum(gains[pair].predicted for pair in pairs), sum(gains[pair].gold for pair in pairs))
