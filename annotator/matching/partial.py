"""What one-to-one pairs of spans are worth: exactly, by any overlap, at half credit, by intersection over union.

Always the pairing of greatest credit, each way to count its own: never greedy, so that no order changes a digit. Credit
is kept as whole numbers and exact fractions. Knows nothing of kinds and labels: a caller compares like with like.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from annotator.matching.assignment import Pair, assign

Stretch = tuple[int, int]
"""A half-open span as bare as it gets."""

_MOST_EXACT = 64
"""Spans of one cluster up to which shares are compared as exact fractions; beyond, as multiples of a tiny part."""

_EXACT_FLOAT = 2**51
"""What the weights of a large cluster may sum to, so that a solver that computes in floats stays exact."""


class Credit(NamedTuple):
    """What one-to-one pairings of two lists of spans are worth."""

    exact: int
    """Pairs of equal spans."""
    overlap: int
    """The most pairs that share text."""
    halves: int
    """Twice `half`."""
    shares: tuple[Stretch, ...]
    """Intersection and union of each pair that is not equal, in the pairing of the greatest sum of their shares."""

    @property
    def half(self) -> Fraction:
        """The greatest credit where equal spans count 1 and others that share text one half."""
        return Fraction(self.halves, 2)

    @property
    def iou(self) -> Fraction:
        """The greatest credit where a pair counts its intersection over its union."""
        by_union: dict[int, int] = defaultdict(int)
        for part, whole in self.shares:
            by_union[whole] += part
        return self.exact + sum((Fraction(part, whole) for whole, part in by_union.items()), Fraction())


def credit(gold: Sequence[Stretch], predicted: Sequence[Stretch]) -> Credit:
    """Give what the best one-to-one pairings of two lists of half-open spans are worth; a span may come twice."""
    ours, theirs = set(gold), set(predicted)
    common = ours & theirs
    once = len(ours) == len(gold) and len(theirs) == len(predicted)
    exact = len(common) if once else equal(gold, predicted)
    overlap, halves = exact, 2 * exact
    if exact == min(len(gold), len(predicted)):
        return Credit(exact, overlap, halves, ())
    shares: list[Stretch] = []
    knots: list[list[Stretch]] = []
    for run in _runs(ours | theirs):
        if not once or len(run) > 2:
            knots.append(run)
        elif common.isdisjoint(run) and (run[0] in ours) != (run[1] in ours) and (share := _share(*run))[0]:
            shares.append(share)
    overlap += len(shares)
    halves += len(shares)
    if knots:
        times = Counter(gold), Counter(predicted)
        for knot in knots:
            one = _of_knot(*([span for span in knot for _ in range(side[span])] for side in times))
            overlap += one.overlap - one.exact
            halves += one.halves - 2 * one.exact
            shares += one.shares
    return Credit(exact, overlap, halves, tuple(shares))


def equal(gold: Sequence[Stretch], predicted: Sequence[Stretch]) -> int:
    """Give how many spans both lists have, an equal one for an equal one."""
    ours, theirs = set(gold), set(predicted)
    if len(ours) == len(gold) and len(theirs) == len(predicted):
        return len(ours & theirs)
    return (Counter(gold) & Counter(predicted)).total()


def _runs(spans: Iterable[Stretch]) -> Iterator[list[Stretch]]:
    """Give the spans by stretches of text without a gap, in reading order; those that stand alone are left out."""
    run: list[Stretch] = []
    reached = None
    for one in sorted(spans):
        start, end = one
        if reached is None or start >= reached:
            if len(run) > 1:
                yield run
            run, reached = [one], end
        else:
            run.append(one)
            if end > reached:
                reached = end
    if len(run) > 1:
        yield run


def _of_knot(gold: list[Stretch], predicted: list[Stretch]) -> Credit:
    """Give what the best pairings of spans are worth that no gap parts, in reading order."""
    if predicted < gold:  # which side is called gold breaks no tie, however it is solved
        gold, predicted = predicted, gold
    common, left, right = _taken_away(gold, predicted)
    if not left or not right:  # one side has nothing to add
        return Credit(len(common), len(common), 2 * len(common), ())
    # Equal spans may be paired first without loss where they count most: what two pairs across them are worth, one
    # pair of equals and what is left of both is worth as well. (Of shares it is the triangle inequality of the
    # Jaccard distance.) Where any overlap counts alike that does not hold, so there all are paired anew.
    beside = _sharing(left, right)
    overlap = len(assign(dict.fromkeys(_sharing(gold, predicted), 1)))
    halves = 2 * len(common) + len(assign(dict.fromkeys(beside, 1)))
    return Credit(len(common), overlap, halves, tuple(_best_shares(beside, len(left) + len(right))))


def _taken_away(gold: Iterable[Stretch], predicted: Iterable[Stretch]) -> tuple[list[Stretch], ...]:
    """Give the spans that both have, an equal one for an equal one, and what is left of either, in reading order."""
    ours, theirs = Counter(gold), Counter(predicted)
    return tuple(sorted(some.elements()) for some in (ours & theirs, ours - theirs, theirs - ours))


def _sharing(gold: Sequence[Stretch], predicted: Sequence[Stretch]) -> dict[Pair, Stretch]:
    """Give intersection and union of the index pairs that share text."""
    found = (((i, j), _share(one, other)) for i, one in enumerate(gold) for j, other in enumerate(predicted))
    return {pair: share for pair, share in found if share[0]}


def _share(one: Stretch, other: Stretch) -> Stretch:
    start, end = one
    others_start, others_end = other
    part = (end if end < others_end else others_end) - (start if start > others_start else others_start)
    return (part, end - start + others_end - others_start - part) if part > 0 else (0, 1)


def _best_shares(sharing: dict[Pair, Stretch], size: int) -> Iterable[Stretch]:
    """Give the shares of the pairing in which they sum to most."""
    scale = lcm(*(whole for _, whole in sharing.values())) if size <= _MOST_EXACT else _EXACT_FLOAT // size
    # Rounded up, so that no pair that shares text is worth nothing; of small clusters nothing is rounded.
    weights = {pair: -(-part * scale // whole) for pair, (part, whole) in sharing.items()}
    return (sharing[pair] for pair in assign(weights))
