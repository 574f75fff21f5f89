"""Which mentions of two annotations of one article are the same mention. Decides by kind and span, never by id."""

from collections.abc import Sequence

from annotator.matching.assignment import assign
from annotator.matching.spans import overlapping
from annotator.model.mention import KINDS, Mention

_KIND_ORDER = {kind: rank for rank, kind in enumerate(KINDS)}


def pair_mentions(a: Sequence[Mention], b: Sequence[Mention]) -> tuple[tuple[int, int], ...]:
    """Give the index pairs of `a` and `b` that are one mention, in the order of `a`: same kind, sharing text.

    Most exact spans first, then most code points in common, then most equal labels, refs and values; one-to-one. No
    order of either list changes which mentions are paired, as long as ids are unique.
    """
    order_a, order_b = _canonical(a), _canonical(b)
    candidates = overlapping([a[index].span for index in order_a], [b[index].span for index in order_b])
    weights = {
        (i, j): _likeness(a[order_a[i]], b[order_b[j]])
        for i, j in candidates
        if a[order_a[i]].kind == b[order_b[j]].kind
    }
    return tuple(sorted((order_a[i], order_b[j]) for i, j in assign(weights)))


def _likeness(one: Mention, other: Mention) -> tuple[int, ...]:
    return (
        int(one.span == other.span),
        one.span.overlap(other.span),
        (one.label == other.label) + (one.ref == other.ref),
        int(one.value == other.value),
    )


def _canonical(mentions: Sequence[Mention]) -> list[int]:
    """Give the indices in reading order, ties by what the mentions say."""

    def key(index: int) -> tuple[int, int, int, str, str, str, str]:
        mention = mentions[index]
        return (
            mention.start, mention.end, _KIND_ORDER[mention.kind], mention.label or "", mention.ref or "",
            repr(mention.value), mention.id,
        )  # fmt: skip

    return sorted(range(len(mentions)), key=key)
