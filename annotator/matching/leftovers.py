"""Which labelled stretches of two sides are one thing, also where they differ: at their edges, in their label, in both.

What is equal is paired first, as multisets, as strict levels count it; of the rest those that share text, one-to-one
and as well as can be. Neither an order of a list nor which side is called the first changes who is paired. Knows
nothing of kinds: a caller compares like with like.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from annotator.matching.assignment import Pair, Weight, assign
from annotator.matching.spans import overlapping
from annotator.text.span import Span

_WEIGHED_FINELY = 64
"""Stretches of one run of text without a gap up to which shared code points decide; beyond, numbers would not fit."""


class Marked(NamedTuple):
    """A stretch of text with what is said of it."""

    span: Span
    label: str
    said: str = ""
    """What else is said: it only decides between what is equal otherwise."""


def pair_marked(a: Sequence[Marked], b: Sequence[Marked]) -> list[Pair]:
    """Give the index pairs of `a` and `b` that are one thing, in the order of `a`; one-to-one.

    Equal span and label first. Of what is left: most equal spans, then most pairs that share text, then most equal
    labels, then most code points in common, then most equal in what else is said.
    """
    order_a, order_b = (sorted(range(len(some)), key=some.__getitem__) for some in (a, b))
    pairs = list(_equal(a, b, order_a, order_b))
    taken_a, taken_b = {i for i, _ in pairs}, {j for _, j in pairs}
    left_a, left_b = [i for i in order_a if i not in taken_a], [j for j in order_b if j not in taken_b]
    if left_a and left_b:
        if [b[j] for j in left_b] < [a[i] for i in left_a]:
            pairs += ((i, j) for j, i in _alike(b, a, left_b, left_a))
        else:
            pairs += _alike(a, b, left_a, left_b)
    return sorted(pairs)


def _equal(a: Sequence[Marked], b: Sequence[Marked], order_a: list[int], order_b: list[int]) -> Iterator[Pair]:
    """Give pairs of equal span and label; among several first those that say the same."""
    standing: dict[tuple[Span, str], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, (marked, order) in enumerate(((a, order_a), (b, order_b))):
        for index in order:
            standing[marked[index][:2]][side].append(index)
    for ours, theirs in standing.values():
        if len(ours) == len(theirs) == 1:
            yield ours[0], theirs[0]
        elif ours and theirs:
            yield from _same_said(a, b, ours, theirs)


def _same_said(a: Sequence[Marked], b: Sequence[Marked], ours: list[int], theirs: list[int]) -> Iterator[Pair]:
    by_said: dict[str, list[int]] = defaultdict(list)
    for j in reversed(theirs):
        by_said[b[j].said].append(j)
    same = {i: by_said[a[i].said].pop() for i in ours if by_said.get(a[i].said)}
    yield from same.items()
    taken = set(same.values())
    yield from zip((i for i in ours if i not in same), (j for j in theirs if j not in taken), strict=False)


def _alike(a: Sequence[Marked], b: Sequence[Marked], left_a: list[int], left_b: list[int]) -> Iterator[Pair]:
    """Give pairs of what is left that share text, run of text by run of text; indices come in canonical order."""
    for ours, theirs in _runs(a, b, left_a, left_b):
        if len(ours) == len(theirs) == 1:
            yield ours[0], theirs[0]
            continue
        fine = len(ours) + len(theirs) <= _WEIGHED_FINELY
        sharing = overlapping([a[i].span for i in ours], [b[j].span for j in theirs])
        weights = {(x, y): _likeness(a[ours[x]], b[theirs[y]], fine) for x, y in sharing}
        yield from ((ours[x], theirs[y]) for x, y in assign(weights))


def _likeness(one: Marked, other: Marked, fine: bool) -> Weight:
    coarse = (int(one.span == other.span), 1, int(one.label == other.label))
    return (*coarse, one.span.overlap(other.span), int(one.said == other.said)) if fine else coarse


def _runs(
    a: Sequence[Marked], b: Sequence[Marked], left_a: list[int], left_b: list[int]
) -> Iterator[tuple[list[int], list[int]]]:
    """Give the indices of both sides by runs of text without a gap: two that are alone in one share text.

    Runs of one side alone are left out.
    """
    every = [(a[i].span, 0, rank, i) for rank, i in enumerate(left_a)]
    every += [(b[j].span, 1, rank, j) for rank, j in enumerate(left_b)]
    every.sort()
    sides: tuple[list[int], list[int]] = ([], [])
    reached: int | None = None
    for where, side, _, index in every:
        if reached is None or where.start >= reached:
            if sides[0] and sides[1]:
                yield sides
            sides, reached = ([], []), where.end
        reached = max(reached, where.end)
        sides[side].append(index)
    if sides[0] and sides[1]:
        yield sides
